"""A tiny random BERT with a tokenizer, for the tests."""

from __future__ import annotations

import json
import tempfile
import unittest
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from bert import BertShape, State, linear_names, norm_names
from blocks import Floats

TINY = BertShape(layers=2, heads=4, dim=64, epsilon=1e-12)
TINY_INNER, TINY_POSITIONS = 96, 40
WORDS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'a', 'cat', 'and', 'the', 'dog', '##s', 'bank', 'river', 'king', ',']
# fp32 against float64 over two layers.
CLOSE = 1e-5


def random_state(shape: BertShape, inner: int, words: int, positions: int) -> dict[str, Floats]:
    """Seeded weights about as large as those of a trained model."""
    random = np.random.default_rng(7)

    def draw(*dims: int) -> Floats:
        return random.normal(0, 0.3, dims).astype(np.float32)

    state = {
        'embeddings.word_embeddings.weight': draw(words, shape.dim),
        'embeddings.position_embeddings.weight': draw(positions, shape.dim),
        'embeddings.token_type_embeddings.weight': draw(2, shape.dim),
    }
    for name in norm_names(shape.layers):
        state[f'{name}.weight'], state[f'{name}.bias'] = 1 + draw(shape.dim), draw(shape.dim)
    for layer in range(shape.layers):
        for name in linear_names(layer):
            outputs, inputs = shape.dim, shape.dim
            if name.endswith('intermediate.dense'):
                outputs = inner
            elif name.endswith(f'{layer}.output.dense'):
                inputs = inner
            state[f'{name}.weight'], state[f'{name}.bias'] = draw(outputs, inputs), draw(outputs)
    return state


def tiny_state() -> dict[str, Floats]:
    return random_state(TINY, TINY_INNER, len(WORDS), TINY_POSITIONS)


def expanded(tensors: Mapping[str, npt.NDArray[Any]], shape: BertShape) -> State:
    """The weights that a compressed BERT computes with, by definition: values x scales, the query's factor taken back."""
    words = tensors['wemb'].reshape(len(tensors['wemb']), tensors['wemb.s'].shape[1], -1) * tensors['wemb.s']
    state = {
        'embeddings.word_embeddings.weight': words.reshape(tensors['wemb'].shape),
        'embeddings.position_embeddings.weight': tensors['pemb'],
        'embeddings.token_type_embeddings.weight': tensors['temb'],
    }
    for name in norm_names(shape.layers):
        state[f'{name}.weight'], state[f'{name}.bias'] = tensors[f'{name}.g'], tensors[f'{name}.lb']
    for layer in range(shape.layers):
        for name in linear_names(layer):
            factor = np.sqrt(np.float32(shape.head_dim)) if name.endswith('.query') else np.float32(1)
            blocks = tensors[f'{name}.w'] * tensors[f'{name}.s']
            state[f'{name}.weight'] = blocks.reshape(-1, blocks.shape[2]).T * factor
            state[f'{name}.bias'] = tensors[f'{name}.b'] * factor
    return state


def tiny_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece({word: index for index, word in enumerate(WORDS)}, unk_token='[UNK]'))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single='[CLS] $A [SEP]', special_tokens=[('[CLS]', 2), ('[SEP]', 3)]
    )
    # As upstreams do it; the folder's must do neither.
    tokenizer.enable_truncation(8)
    tokenizer.enable_padding(length=8)
    return tokenizer


def tiny_config() -> dict[str, Any]:
    return {
        'model_type': 'bert',
        'num_hidden_layers': TINY.layers,
        'num_attention_heads': TINY.heads,
        'hidden_size': TINY.dim,
        'layer_norm_eps': TINY.epsilon,
        'hidden_act': 'gelu',
        'pad_token_id': 0,
    }


class FolderTest(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def write(self, path: str, content: Any) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(content), encoding='utf-8')
