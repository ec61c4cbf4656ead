"""An ONNX graph written node by node, and the outputs by which one looks inside an encoder."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

# Operators of ONNX Runtime, which is what runs the files: in the browser, in Node and in Python.
MICROSOFT = 'com.microsoft'
# The output that holds the hidden state after the last layer.
LAST_HIDDEN = 'last_hidden_state'


class Graph:
    """Nodes and constants in the order in which they were asked for.

    Nodes are named by operator and number, so that the same calls give the same bytes.
    """

    def __init__(self) -> None:
        self._nodes: list[NodeProto] = []
        self._constants: dict[str, TensorProto] = {}

    def constant(self, name: str, value: npt.ArrayLike) -> str:
        """The name of a constant, stored once, however often it is asked for."""
        if name not in self._constants:
            array = np.array(value, order='C')
            self._constants[name] = numpy_helper.from_array(array, name)
        return name

    def node(
        self, operator: str, inputs: list[str], output: str | None = None, domain: str = '', **attributes: Any
    ) -> str:
        """Adds a node with one output and gives the output's name, which is made up where none is given."""
        name = self._next_name(operator)
        self._add(name, operator, inputs, [output or name], domain, attributes)
        return output or name

    def split(self, value: str, parts: int, axis: int) -> list[str]:
        """Splits a tensor into equal parts."""
        name = self._next_name('Split')
        outputs = [f'{name}_{part}' for part in range(parts)]
        self._add(name, 'Split', [value], outputs, '', {'axis': axis, 'num_outputs': parts})
        return outputs

    def model(
        self, name: str, inputs: list[str], outputs: list[ValueInfoProto], opset: int, ir_version: int
    ) -> ModelProto:
        """The model, whose inputs are int64, batch x tokens."""
        tokens = ['batch_size', 'sequence_length']
        graph = helper.make_graph(
            self._nodes,
            name,
            [helper.make_tensor_value_info(value, TensorProto.INT64, tokens) for value in inputs],
            outputs,
            list(self._constants.values()),
        )
        opsets = [helper.make_opsetid('', opset), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=ir_version, producer_name='constela')

    def _next_name(self, operator: str) -> str:
        return f'{operator}_{len(self._nodes) + 1}'

    def _add(
        self, name: str, operator: str, inputs: list[str], outputs: list[str], domain: str, attributes: dict[str, Any]
    ) -> None:
        self._nodes.append(helper.make_node(operator, inputs, outputs, name=name, domain=domain, **attributes))


def attention_name(layer: int) -> str:
    """The output that holds the attention of a layer, from 0 on."""
    return f'attentions.{layer}'


def hidden_name(layer: int, layers: int) -> str:
    """The output that holds the hidden state after a layer: 0 is the embedding layer, `layers` the last."""
    return LAST_HIDDEN if layer == layers else f'hidden_states.{layer}'


def encoder_outputs(layers: int, heads: int, dim: int) -> list[ValueInfoProto]:
    """The outputs of an encoder.

    `last_hidden_state` and `hidden_states.0` ... are batch x tokens x dim, `attentions.0` ... batch x heads x from x to,
    all fp32.
    """
    states: list[str | int] = ['batch_size', 'sequence_length', dim]
    attention: list[str | int] = ['batch_size', heads, 'sequence_length', 'sequence_length']

    def value(name: str, dims: list[str | int]) -> ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, dims)

    return [
        value(LAST_HIDDEN, states),
        *(value(attention_name(layer), attention) for layer in range(layers)),
        *(value(hidden_name(layer, layers), states) for layer in range(layers)),
    ]
