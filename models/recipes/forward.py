"""BERT's forward pass in numpy, float64: what the weights give by definition, apart from ONNX and its runtime."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bert import PROJECTIONS, BertShape, State

Doubles = npt.NDArray[np.float64]

_erf = np.frompyfunc(math.erf, 1, 1)


@dataclass(frozen=True)
class Encoded:
    """One text inside the encoder."""

    # After each layer, the embedding layer first: tokens x dim.
    hidden_states: list[Doubles]
    # Of each layer: heads x from x to; rows sum to 1.
    attentions: list[Doubles]


def encode(state: State, shape: BertShape, ids: list[int]) -> Encoded:
    """Runs the encoder on the ids of one text."""
    words, positions, types = (
        state[f'embeddings.{name}_embeddings.weight'] for name in ('word', 'position', 'token_type')
    )
    embedded = words[ids].astype(np.float64) + positions[: len(ids)] + types[0]
    hidden = _norm(state, shape, 'embeddings', embedded)
    hidden_states, attentions = [hidden], []
    for layer in range(shape.layers):
        prefix = f'encoder.layer.{layer}'
        query, key, value = (
            _linear(state, f'{prefix}.attention.self.{name}', hidden)
            .reshape(len(ids), shape.heads, shape.head_dim)
            .swapaxes(0, 1)
            for name in PROJECTIONS
        )
        attention = _softmax(query @ key.swapaxes(1, 2) / np.sqrt(shape.head_dim))
        mixed = (attention @ value).swapaxes(0, 1).reshape(len(ids), shape.dim)
        mixed = _linear(state, f'{prefix}.attention.output.dense', mixed)
        hidden = _norm(state, shape, f'{prefix}.attention.output', mixed + hidden)
        inner = _gelu(_linear(state, f'{prefix}.intermediate.dense', hidden))
        hidden = _norm(state, shape, f'{prefix}.output', _linear(state, f'{prefix}.output.dense', inner) + hidden)
        hidden_states.append(hidden)
        attentions.append(attention)
    return Encoded(hidden_states, attentions)


def _linear(state: State, name: str, value: Doubles) -> Doubles:
    return value @ state[f'{name}.weight'].T.astype(np.float64) + state[f'{name}.bias']


def _norm(state: State, shape: BertShape, name: str, value: Doubles) -> Doubles:
    centred = value - value.mean(axis=-1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + shape.epsilon)
    scaled: Doubles = centred / deviation * state[f'{name}.LayerNorm.weight'] + state[f'{name}.LayerNorm.bias']
    return scaled


def _softmax(scores: Doubles) -> Doubles:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Doubles = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def _gelu(value: Doubles) -> Doubles:
    """The exact form (Hendrycks and Gimpel 2016), by the error function."""
    return value * (1 + np.asarray(_erf(value / math.sqrt(2)), dtype=np.float64)) / 2
