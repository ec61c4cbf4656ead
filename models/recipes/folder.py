"""A model's folder in the layout that transformers.js reads, with the golden vectors that the application checks it by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from bert import BertShape
from graph import LAST_HIDDEN, attention_name, encoder_outputs
from session import Session, pool
from upstream import RecipeError

WEIGHTS = 'onnx/model_quantized.onnx'
GOLDEN = 'golden.json'

# Words, two of them ambiguous, sentences, and accents: of two languages, so that a wrong tokenizer shows.
TEXTS = (
    *('cat', 'dog', 'king', 'queen', 'bank', 'river bank', 'word embedding', 'attention', 'transformer', 'fine-tuning'),
    *('prompt engineering', 'bias', 'interpretability', 'The quick brown fox jumps over the lazy dog.'),
    *('She deposited the cheque at the bank.', 'cachorro', 'rei', 'São Paulo é a maior cidade do Brasil.'),
    *('o preço do pão subiu', 'naïve café, 50% off!'),
)

# Below it the application refuses a model (src/embedding/canary.ts).
LEAST_COSINE = 0.999
# A text alone and among others: what rounding in another order of additions may make of a component of its vector.
BATCH_TOLERANCE = 1e-5
# What a row of attention, 512 numbers in fp32 at most, may lack of 1.
ROW_TOLERANCE = 1e-5

# The last hidden state (tokens x dim) for a text's token ids.
Encode = Callable[[list[int]], npt.ArrayLike]


@dataclass(frozen=True)
class Made:
    """What a recipe made."""

    id: str
    prompt: str
    max_tokens: int
    shape: BertShape
    model: bytes
    # By path in the folder: tokenizer.json and whatever goes beside it.
    files: Mapping[str, bytes]
    # The upstream encoder, by its own weights: what the golden vectors are made with.
    encode: Encode
    # How, in words.
    source: str


@dataclass(frozen=True)
class GoldenText:
    """A text with its token ids, prompt and special ones included, and its vector by the upstream weights."""

    text: str
    ids: list[int]
    vector: npt.NDArray[np.float64]


def compact(value: Any) -> bytes:
    """JSON without blanks, as for a file that nobody edits."""
    return json.dumps(value, ensure_ascii=False, separators=(',', ':')).encode()


def indented(value: Any) -> bytes:
    """JSON for people."""
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def write_folder(made: Made, out: Path, texts: Sequence[str] = TEXTS) -> float:
    """Checks the model and writes its folder. Gives the least cosine of its vectors with the upstream's, over `texts`.

    Raises RecipeError, and writes nothing, when the model is not one that the application would use.
    """
    golden = _make_golden(made, texts)
    least = check_model(made.model, made.shape, golden)
    content = {
        'model': made.id,
        'prompt': made.prompt,
        'source': made.source,
        'minimumCosineOfBundledFile': round(least, 6),
        'texts': [{'text': each.text, 'ids': each.ids, 'vector': each.vector.round(7).tolist()} for each in golden],
    }
    for path, file in {**made.files, GOLDEN: compact(content), WEIGHTS: made.model}.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file)
    return least


def check_model(model: bytes, shape: BertShape, golden: Sequence[GoldenText]) -> float:
    """The least cosine of the model's vectors with the golden ones.

    Raises RecipeError when it is below `LEAST_COSINE`, when an output is missing, when a text's vector depends on the texts
    beside it, or when a row of attention does not sum to 1.
    """
    session = Session(model)
    missing = [
        value.name
        for value in encoder_outputs(shape.layers, shape.heads, shape.dim)
        if value.name not in session.outputs
    ]
    if missing:
        raise RecipeError(f'the model lacks the outputs {", ".join(missing)}')
    names = [LAST_HIDDEN, *(attention_name(layer) for layer in range(shape.layers))]
    batch, *attentions = session.run([each.ids for each in golden], names)
    least = 1.0
    for row, each in enumerate(golden):
        alone = pool(session.encode(each.ids))
        least = min(least, float(alone @ each.vector))
        apart = np.abs(pool(batch[row, : len(each.ids)]) - alone).max()
        if not apart <= BATCH_TOLERANCE:
            raise RecipeError(f'"{each.text}" alone and in a batch has vectors that differ by {apart:.1e}')
    if not least >= LEAST_COSINE:
        raise RecipeError(f'the model agrees with the upstream to a cosine of {least:.5f}, less than {LEAST_COSINE}')
    off = max(np.abs(attention.sum(axis=-1) - 1).max() for attention in attentions)
    if not off <= ROW_TOLERANCE:
        raise RecipeError(f'a row of attention sums to something {off:.1e} off 1')
    return least


def registry_entry(made: Made, out: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    """The entry of models.json for a folder that was written; `about` has its `name`, `languages`, `licence` and `source`."""

    def describe(path: str) -> dict[str, Any]:
        content = (out / path).read_bytes()
        return {'bytes': len(content), 'sha256': hashlib.sha256(content).hexdigest()}

    return {
        'id': made.id,
        'name': about['name'],
        'languages': about['languages'],
        'dim': made.shape.dim,
        'maxTokens': made.max_tokens,
        'layers': made.shape.layers,
        'heads': made.shape.heads,
        'prompt': made.prompt,
        'licence': about['licence'],
        'source': about['source'],
        'weights': WEIGHTS,
        'files': {path: describe(path) for path in [*made.files, GOLDEN, WEIGHTS]},
    }


def read_golden(path: Path) -> list[GoldenText]:
    """The texts of a golden.json."""
    texts = json.loads(path.read_text(encoding='utf-8'))['texts']
    return [GoldenText(each['text'], each['ids'], np.array(each['vector'])) for each in texts]


def _make_golden(made: Made, texts: Sequence[str]) -> list[GoldenText]:
    tokenizer = Tokenizer.from_buffer(made.files['tokenizer.json'])
    tokenizer.no_truncation()
    tokenizer.no_padding()
    golden = []
    for text in texts:
        ids = tokenizer.encode(made.prompt.replace('{text}', text, 1)).ids
        if len(ids) > made.max_tokens:
            # As the application cuts it: the final separator stays.
            ids = [*ids[: made.max_tokens - 1], ids[-1]]
        golden.append(GoldenText(text, ids, pool(made.encode(ids))))
    return golden
