"""What a recipe starts from: a file that is checked before it is used, and the weights inside it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from urllib.request import urlopen

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, numpy_helper
from safetensors.numpy import load_file

from bert import BertShape, State, linear_names, norm_names


class RecipeError(Exception):
    """A file is not what the recipe needs, or what was made of it is not good enough. The message says which and why."""


def fetch(source: str) -> bytes:
    """The bytes of a file, or of what an http(s) address answers."""
    if source.startswith(('https://', 'http://')):
        with urlopen(source) as answer:
            content: bytes = answer.read()
        return content
    path = Path(source)
    if not path.is_file():
        raise RecipeError(f'there is no file {source}')
    return path.read_bytes()


def unpack(archive: bytes, name: str, sha256: str) -> bytes:
    """A file inside a zip archive (a jar, a wheel). Raises RecipeError when it is missing or its sha256 is another one."""
    try:
        content = zipfile.ZipFile(io.BytesIO(archive)).read(name)
    except (zipfile.BadZipFile, KeyError) as error:
        raise RecipeError(f'cannot read {name} from the archive: {error}') from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise RecipeError(f'{name} has the sha256 {found}, not {sha256}')
    return content


def read_safetensors(path: Path) -> Mapping[str, npt.NDArray[np.generic]]:
    """The tensors of a safetensors file, by name."""
    return load_file(path)


def read_onnx(model: ModelProto) -> Mapping[str, npt.NDArray[np.generic]]:
    """The weights of an ONNX export, by the names of the PyTorch module.

    An exporter keeps the names of biases, norms and embeddings. It folds the transpose of a linear layer's weights into a
    constant without one, which is found by the bias that is added to its product.
    """
    constants = {constant.name: numpy_helper.to_array(constant) for constant in model.graph.initializer}
    weights = dict(constants)
    products = {node.output[0]: node for node in model.graph.node if node.op_type == 'MatMul'}
    for node in model.graph.node:
        if node.op_type != 'Add':
            continue
        biases = [name for name in node.input if name in constants and name.endswith('.bias')]
        added = [products[name] for name in node.input if name in products]
        if len(biases) == 1 and len(added) == 1 and added[0].input[1] in constants:
            weights[f'{biases[0].removesuffix("bias")}weight'] = constants[added[0].input[1]].T
    return weights


def bert_state(weights: Mapping[str, npt.NDArray[np.generic]], shape: BertShape, first_position: int = 0) -> State:
    """The encoder's weights among `weights`, in fp32, without the prefix that a larger module puts before their names.

    `first_position` is the row of the position embeddings for a text's first token (RoBERTa leaves out the first ones).
    Raises RecipeError when some are missing or of a shape that is not `shape`'s.
    """
    embeddings = [f'embeddings.{name}_embeddings.weight' for name in ('word', 'position', 'token_type')]
    anchor = next((name for name in weights if name.endswith(embeddings[0])), None)
    if anchor is None:
        raise RecipeError(f'the weights lack {embeddings[0]}: this is no BERT-like encoder')
    prefix = anchor.removesuffix(embeddings[0])
    linears = [name for layer in range(shape.layers) for name in linear_names(layer)]
    names = [
        *embeddings,
        *(f'{name}.{part}' for name in [*norm_names(shape.layers), *linears] for part in ('weight', 'bias')),
    ]
    missing = [name for name in names if prefix + name not in weights]
    if missing:
        raise RecipeError(f'the weights lack {len(missing)} of {len(names)} tensors, among them {prefix}{missing[0]}')
    if any(name.startswith(f'{prefix}encoder.layer.{shape.layers}.') for name in weights):
        raise RecipeError(f'the weights have more than {shape.layers} layers')
    state = {name: np.asarray(weights[prefix + name], dtype=np.float32) for name in names}
    for name, tensor in state.items():
        # Each has the model's dimensions on one side at least, but for the bias of the inner, wider layer.
        if shape.dim not in tensor.shape and not name.endswith('intermediate.dense.bias'):
            raise RecipeError(f'{prefix}{name} is {tensor.shape}, and the model has {shape.dim} dimensions')
    positions = embeddings[1]
    return {**state, positions: state[positions][first_position:]}
