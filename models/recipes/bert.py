"""The BERT encoder as an ONNX graph: int8 weights, arithmetic in fp32, attention and hidden states as outputs.

Devlin, Chang, Lee and Toutanova, "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding" (2019).

The weights are expanded when the session is made, so a text has one vector, in any batch; quantised activations, whose
scale is that of the whole batch, would give it another one in each. Names of nodes and constants are those of the bundled
file, whose sha256 covers them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, TensorProto

from blocks import Floats, block_length, compress
from graph import MICROSOFT, Graph, attention_name, encoder_outputs, hidden_name

# An encoder's weights by the names of Hugging Face's BertModel; those of a linear layer are outputs x inputs.
State = Mapping[str, Floats]
# What the graph stores, by the names of its constants.
Tensors = Mapping[str, npt.NDArray[np.generic]]

# Lengths of the blocks that share a scale of 4 bytes: MiniLM's cosines with fp32 are at least 0.9995 (models/README.md).
LINEAR_BLOCK = 64
EMBEDDING_BLOCK = 128

PROJECTIONS = ('query', 'key', 'value')


@dataclass(frozen=True)
class BertShape:
    """What the weights alone do not tell about an encoder."""

    layers: int
    heads: int
    dim: int
    epsilon: float

    @property
    def head_dim(self) -> int:
        return self.dim // self.heads


def linear_names(layer: int) -> list[str]:
    """The linear layers of an encoder layer, in the order in which they are computed."""
    prefix = f'encoder.layer.{layer}.'
    attention = [f'{prefix}attention.self.{projection}' for projection in PROJECTIONS]
    return [*attention, *(f'{prefix}{name}.dense' for name in ('attention.output', 'intermediate', 'output'))]


def norm_names(layers: int) -> list[str]:
    """The layer norms of an encoder."""
    inside = [
        f'encoder.layer.{layer}.{name}.LayerNorm' for layer in range(layers) for name in ('attention.output', 'output')
    ]
    return ['embeddings.LayerNorm', *inside]


def compress_bert(state: State, shape: BertShape, linear_block: int = LINEAR_BLOCK) -> Tensors:
    """What `bert_model` stores: int8 blocks of at most `linear_block` inputs, and biases, norms and positions as they are.

    The division of the attention's scores by the root of a head's dimensions goes into the query's weights.
    """
    root = np.float32(1 / np.sqrt(shape.head_dim))
    words = state['embeddings.word_embeddings.weight']
    length = block_length(shape.dim, EMBEDDING_BLOCK)
    values, scales = compress(words.reshape(len(words), -1, length), axis=2)
    tensors: dict[str, npt.NDArray[np.generic]] = {
        'wemb': values.reshape(words.shape),
        'wemb.s': scales,
        'pemb': state['embeddings.position_embeddings.weight'],
        'temb': state['embeddings.token_type_embeddings.weight'],
    }
    for name in norm_names(shape.layers):
        tensors[f'{name}.g'] = state[f'{name}.weight']
        tensors[f'{name}.lb'] = state[f'{name}.bias']
    for layer in range(shape.layers):
        for name in linear_names(layer):
            factor = root if name.endswith('.query') else np.float32(1)
            weights = state[f'{name}.weight'].T * factor
            inputs, outputs = weights.shape
            blocks = weights.reshape(-1, block_length(inputs, linear_block), outputs)
            tensors[f'{name}.w'], tensors[f'{name}.s'] = compress(blocks, axis=1)
            tensors[f'{name}.b'] = state[f'{name}.bias'] * factor
    return tensors


def bert_model(tensors: Tensors, shape: BertShape, name: str) -> ModelProto:
    """The model, with inputs `input_ids`, `attention_mask` and `token_type_ids`."""
    encoder = _Encoder(tensors, shape)
    hidden = encoder.embed()
    mask = encoder.mask()
    for layer in range(shape.layers):
        hidden = encoder.layer(layer, hidden, mask)
    inputs = ['input_ids', 'attention_mask', 'token_type_ids']
    outputs = encoder_outputs(shape.layers, shape.heads, shape.dim)
    return encoder.graph.model(name, inputs, outputs, opset=17, ir_version=8)


class _Encoder:
    """Writes the parts of the encoder, each given the name of its input and giving that of its output."""

    def __init__(self, tensors: Tensors, shape: BertShape) -> None:
        self.graph = Graph()
        self._tensors = tensors
        self._shape = shape

    def embed(self) -> str:
        """The embedding layer: the hidden state 0, batch x tokens x dim."""
        graph, shape = self.graph, self._shape
        length = shape.dim // self._tensors['wemb.s'].shape[1]
        values = graph.node('Cast', [graph.node('Gather', [self._stored('wemb'), 'input_ids'])], to=TensorProto.FLOAT)
        blocks = graph.node('Reshape', [values, graph.constant('shp_e', [0, 0, -1, length])])
        scaled = graph.node('Mul', [blocks, graph.node('Gather', [self._stored('wemb.s'), 'input_ids'])])
        words = graph.node('Reshape', [scaled, graph.constant('shp_h', [0, 0, shape.dim])])
        count = graph.node('Gather', [graph.node('Shape', ['input_ids']), graph.constant('one', np.int64(1))])
        end = graph.node('Unsqueeze', [count, graph.constant('ax0', [0])])
        places = graph.node('Slice', [self._stored('pemb'), graph.constant('z1', [0]), end, graph.constant('ax0', [0])])
        types = graph.node('Gather', [self._stored('temb'), 'token_type_ids'])
        total = graph.node('Add', [graph.node('Add', [words, types]), places])
        return graph.node(
            'LayerNormalization',
            [total, *self._norm('embeddings.LayerNorm')],
            hidden_name(0, shape.layers),
            axis=-1,
            epsilon=shape.epsilon,
        )

    def mask(self) -> str:
        """What is added to the attention's scores: 0 for a token and -10,000 for padding, batch x 1 x 1 x tokens."""
        graph = self.graph
        # Nothing reads this node; it is part of the bundled file, and sessions drop it.
        graph.node('Cast', ['attention_mask'], to=TensorProto.INT32)
        present = graph.node('Cast', ['attention_mask'], to=TensorProto.FLOAT)
        absent = graph.node('Sub', [graph.constant('onef', np.float32(1)), present])
        added = graph.node('Mul', [absent, graph.constant('neg', np.float32(-10_000))])
        return graph.node('Unsqueeze', [added, graph.constant('ax12', [1, 2])])

    def layer(self, layer: int, hidden: str, mask: str) -> str:
        """One layer: the hidden state after it, batch x tokens x dim."""
        *projections, attended, widened, narrowed = linear_names(layer)
        heads = self._attend(layer, hidden, mask, projections)
        hidden = self._add_and_norm(self._linear(heads, attended), hidden, attended)
        inner = self.graph.node('BiasGelu', [*self._linear(hidden, widened)], domain=MICROSOFT)
        output = hidden_name(layer + 1, self._shape.layers)
        return self._add_and_norm(self._linear(inner, narrowed), hidden, narrowed, output)

    def _attend(self, layer: int, hidden: str, mask: str, projections: list[str]) -> str:
        """Self-attention up to its own linear layer: the heads' sums of values side by side, batch x tokens x dim."""
        graph, shape = self.graph, self._shape
        split = graph.constant('shp4', [0, 0, shape.heads, shape.head_dim])
        joined = graph.constant('shp3', [0, 0, shape.dim])
        projected = [graph.node('Add', [*self._linear(hidden, name)]) for name in projections]
        # Queries and values are batch x heads x tokens x head_dim; keys have the last two swapped.
        query, key, value = (
            graph.node('Transpose', [graph.node('Reshape', [each, split])], perm=perm)
            for each, perm in zip(projected, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]), strict=True)
        )
        scores = graph.node('Add', [graph.node('MatMul', [query, key]), mask])
        attention = graph.node('Softmax', [scores], attention_name(layer), axis=-1)
        heads = graph.node('Transpose', [graph.node('MatMul', [attention, value])], perm=[0, 2, 1, 3])
        return graph.node('Reshape', [heads, joined])

    def _linear(self, value: str, name: str) -> tuple[str, str]:
        """A linear layer in two: the product with its weights, and its bias, which the node after it adds.

        Constant folding expands the weights when the session is made.
        """
        graph = self.graph
        blocks, length, outputs = self._tensors[f'{name}.w'].shape
        inputs = blocks * length
        values = graph.node('Cast', [self._stored(f'{name}.w')], to=TensorProto.FLOAT)
        scaled = graph.node('Mul', [values, self._stored(f'{name}.s')])
        weights = graph.node('Reshape', [scaled, graph.constant(f'shape{inputs}x{outputs}', [inputs, outputs])])
        bias = self._stored(f'{name}.b')
        return graph.node('MatMul', [value, weights]), bias

    def _add_and_norm(self, linear: tuple[str, str], hidden: str, name: str, output: str | None = None) -> str:
        product, bias = linear
        return self.graph.node(
            'SkipLayerNormalization',
            [product, hidden, *self._norm(name.replace('.dense', '.LayerNorm')), bias],
            output,
            domain=MICROSOFT,
            epsilon=self._shape.epsilon,
        )

    def _norm(self, name: str) -> list[str]:
        return [self._stored(f'{name}.g'), self._stored(f'{name}.lb')]

    def _stored(self, name: str) -> str:
        return self.graph.constant(name, self._tensors[name])
