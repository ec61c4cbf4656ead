"""The tokenizer of the E5 model, as Hugging Face's tokenizers and transformers.js read it."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator
from typing import Any

import sentencepiece

from e5s1 import E5S1
from upstream import RecipeError

# SentencePiece's normaliser of this name, as its versions up to 0.2.0 have it; 0.2.1 has another table.
NORMALISER = 'nmt_nfkc'
TABLE_SHA256 = '51d3684747b35ef99cd4802f37cc1ee0c6bec4d060814f774efb1066d3c167f2'
# Where a SentencePiece model keeps it: fields of ModelProto and of NormalizerSpec in sentencepiece_model.proto.
NORMALISER_SPEC, PRECOMPILED_TABLE = 3, 2

SPECIAL_TOKENS = {
    'bos_token': '<s>',
    'eos_token': '</s>',
    'unk_token': '<unk>',
    'sep_token': '</s>',
    'pad_token': '<pad>',
    'cls_token': '<s>',
}
MASK = '<mask>'


def normaliser_table() -> bytes:
    """The normaliser's table. SentencePiece gives it only inside a model, so a small one is trained for it."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(['a model of no use'] * 10),
        model_writer=model,
        vocab_size=20,
        hard_vocab_limit=False,
        normalization_rule_name=NORMALISER,
        minloglevel=2,
    )
    spec = next(value for field, value in _fields(model.getvalue()) if field == NORMALISER_SPEC)
    table = next(value for field, value in _fields(spec) if field == PRECOMPILED_TABLE)
    if hashlib.sha256(table).hexdigest() != TABLE_SHA256:
        version = sentencepiece.__version__
        raise RecipeError(
            f'sentencepiece {version} has another table {NORMALISER}; 0.1.99 and 0.2.0 have the one that is needed'
        )
    return table


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """The fields of a protocol buffer that hold bytes, with their numbers."""
    fixed = {1: 8, 5: 4}
    at = 0

    def number() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(message):
        field, kind = divmod(number(), 8)
        if kind == 2:
            length = number()
            yield field, message[at : at + length]
            at += length
        elif kind in fixed:
            at += fixed[kind]
        else:
            number()


def tokenizer_json(source: E5S1, table: bytes) -> dict[str, Any]:
    """tokenizer.json: the normaliser, the vocabulary with its scores, and the special tokens around a text."""
    normalisers = [
        # XLM-R's table of 2019 makes a blank of it, which the one at hand keeps.
        {'type': 'Replace', 'pattern': {'String': '\u200d'}, 'content': ' '},
        {'type': 'Precompiled', 'precompiled_charsmap': base64.b64encode(table).decode()},
        {'type': 'Replace', 'pattern': {'Regex': ' {2,}'}, 'content': ' '},
    ]
    metaspace = {'type': 'Metaspace', 'replacement': '\u2581', 'prepend_scheme': 'always', 'split': True}
    begin, end = ({'SpecialToken': {'id': token, 'type_id': 0}} for token in ('<s>', '</s>'))
    first, second = ({'Sequence': {'id': sequence, 'type_id': 0}} for sequence in ('A', 'B'))
    special = source.special
    return {
        'version': '1.0',
        'truncation': None,
        'padding': None,
        'added_tokens': added_tokens(source),
        'normalizer': {'type': 'Sequence', 'normalizers': normalisers},
        'pre_tokenizer': metaspace,
        'post_processor': {
            'type': 'TemplateProcessing',
            'single': [begin, first, end],
            'pair': [begin, first, end, end, second, end],
            'special_tokens': {
                '<s>': {'id': '<s>', 'ids': [special.begin], 'tokens': ['<s>']},
                '</s>': {'id': '</s>', 'ids': [special.end], 'tokens': ['</s>']},
            },
        },
        'decoder': metaspace,
        'model': {
            'type': 'Unigram',
            'unk_id': special.unknown,
            'vocab': [[piece, float(score)] for piece, score in zip(source.pieces, source.scores, strict=True)],
            'byte_fallback': False,
        },
    }


def added_tokens(source: E5S1) -> list[dict[str, Any]]:
    """The special tokens by their ids, the mask, which is the last piece, included."""
    special = source.special
    mask = source.pieces.index(MASK)
    return [
        {
            'id': token,
            'content': source.pieces[token],
            'single_word': False,
            'lstrip': token == mask,
            'rstrip': False,
            'normalized': False,
            'special': True,
        }
        for token in (special.begin, special.pad, special.end, special.unknown, mask)
    ]


def special_tokens_map() -> dict[str, Any]:
    """special_tokens_map.json."""
    mask = {'content': MASK, 'lstrip': True, 'normalized': False, 'rstrip': False, 'single_word': False}
    return {**SPECIAL_TOKENS, 'mask_token': mask}


def tokenizer_config(source: E5S1, max_tokens: int) -> dict[str, Any]:
    """tokenizer_config.json."""
    by_id = {
        str(token['id']): {key: value for key, value in token.items() if key != 'id'} for token in added_tokens(source)
    }
    return {
        'added_tokens_decoder': by_id,
        **SPECIAL_TOKENS,
        'mask_token': MASK,
        'clean_up_tokenization_spaces': False,
        'model_max_length': max_tokens,
        'padding_side': 'right',
        'model_input_names': ['input_ids', 'attention_mask'],
        'tokenizer_class': 'XLMRobertaTokenizer',
    }
