"""Makes a model folder for Constela from any BERT-like sentence model on disk.

    python bring.py SOURCE --out FOLDER --name NAME --languages en --licence MIT --source-page ADDRESS [--prompt 'query: {text}']

SOURCE is a folder in the Hugging Face layout: config.json, tokenizer.json, tokenizer_config.json, and model.safetensors or an
fp32 ONNX export (onnx/model.onnx or model.onnx). FOLDER is written in the layout that transformers.js reads, with int8
weights, arithmetic in fp32, attention and hidden-state outputs, and golden vectors of the source's own weights; its name is the
model's id. The entry for models.json is printed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import onnx

from bert import LINEAR_BLOCK, BertShape, State, bert_model, compress_bert
from folder import TEXTS, Encode, Made, compact, registry_entry, write_folder
from forward import encode
from session import Session
from upstream import RecipeError, bert_state, read_onnx, read_safetensors

# Encoders whose layers are BERT's, and whether their positions begin after the padding's id, as RoBERTa's do.
MODEL_TYPES = {'bert': False, 'roberta': True, 'xlm-roberta': True, 'camembert': True}
# Parts of a sentence-transformers model that come to the mean of the last hidden state, scaled to unit length.
MODULES = ('Transformer', 'Pooling', 'Normalize')
EXPORTS = ('onnx/model.onnx', 'model.onnx')


def make(folder: Path, model_id: str, prompt: str, max_tokens: int | None, block: int) -> Made:
    """The model and its files. Raises RecipeError, with the reason, for a source that cannot be brought along exactly."""
    if '{text}' not in prompt:
        raise RecipeError(f'the prompt "{prompt}" has no {{text}}')
    config = read_json(folder / 'config.json')
    check_pooling(folder)
    shape, first_position = read_shape(config)
    state, compute, source = read_weights(folder, shape, first_position)
    positions = len(state['embeddings.position_embeddings.weight'])
    model = bert_model(compress_bert(state, shape, block), shape, model_id).SerializeToString()
    return Made(
        id=model_id,
        prompt=prompt,
        max_tokens=read_max_tokens(folder, positions) if max_tokens is None else min(max_tokens, positions),
        shape=shape,
        model=model,
        files=read_files(folder),
        encode=compute,
        source=source,
    )


def read_json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise RecipeError(f'there is no {path}')
    try:
        value: dict[str, Any] = json.loads(path.read_text(encoding='utf-8'))
    except ValueError as error:
        raise RecipeError(f'{path} is not JSON: {error}') from error
    return value


def read_shape(config: Mapping[str, Any]) -> tuple[BertShape, int]:
    """The encoder's shape, and the row of its position embeddings that a text begins with."""
    kind = config.get('model_type')
    if kind not in MODEL_TYPES:
        raise RecipeError(f'the model type is {kind}; known are {", ".join(MODEL_TYPES)}')
    if config.get('hidden_act', 'gelu') != 'gelu':
        raise RecipeError(f'the activation is {config["hidden_act"]}, not gelu')
    if config.get('position_embedding_type', 'absolute') != 'absolute':
        raise RecipeError(f'the positions are {config["position_embedding_type"]}, not absolute')
    try:
        layers, heads, dim = (config[key] for key in ('num_hidden_layers', 'num_attention_heads', 'hidden_size'))
        first_position = config['pad_token_id'] + 1 if MODEL_TYPES[kind] else 0
    except KeyError as error:
        raise RecipeError(f'config.json lacks {error}') from error
    if dim % heads != 0:
        raise RecipeError(f'{dim} dimensions cannot be shared among {heads} heads')
    return BertShape(layers, heads, dim, config.get('layer_norm_eps', 1e-12)), first_position


def check_pooling(folder: Path) -> None:
    """Raises RecipeError when sentence-transformers would pool in another way than the application does."""
    modules = folder / 'modules.json'
    if modules.is_file():
        for module in json.loads(modules.read_text(encoding='utf-8')):
            if module['type'].split('.')[-1] not in MODULES:
                raise RecipeError(f'the model has a module {module["type"]}, which the application has not')
    pooling = folder / '1_Pooling' / 'config.json'
    if pooling.is_file():
        modes = [name for name, on in read_json(pooling).items() if name.startswith('pooling_mode_') and on is True]
        if modes != ['pooling_mode_mean_tokens']:
            raise RecipeError(f'the model pools by {", ".join(modes)}; the application takes the mean over the tokens')


def read_weights(folder: Path, shape: BertShape, first_position: int) -> tuple[State, Encode, str]:
    """The weights, the encoder that the golden vectors are made with, and how that is called."""
    safetensors = folder / 'model.safetensors'
    if safetensors.is_file():
        state = bert_state(read_safetensors(safetensors), shape, first_position)
        how = 'upstream weights, a forward pass in numpy (float64), mean pooling, L2'
        return state, lambda ids: encode(state, shape, ids).hidden_states[-1], how
    export = next((folder / path for path in EXPORTS if (folder / path).is_file()), None)
    if export is None:
        raise RecipeError(f'{folder} has no model.safetensors, {" or ".join(EXPORTS)}')
    model = onnx.load(export)
    state = bert_state(read_onnx(model), shape, first_position)
    how = 'upstream fp32 weights, onnxruntime on CPU, mean pooling, L2'
    return state, Session(model.SerializeToString()).encode, how


def read_max_tokens(folder: Path, positions: int) -> int:
    """The limit that the model was trained with, as far as the folder tells, and at most its positions."""
    limits = [positions]
    for path, key in (('sentence_bert_config.json', 'max_seq_length'), ('tokenizer_config.json', 'model_max_length')):
        if (folder / path).is_file():
            limits.append(int(read_json(folder / path).get(key) or positions))
    return min(limits)


def read_files(folder: Path) -> dict[str, bytes]:
    """The configuration and the tokenizer, which neither cuts nor pads: the application does both itself."""
    files = {name: read_bytes(folder / name) for name in ('config.json', 'tokenizer.json', 'tokenizer_config.json')}
    tokenizer = json.loads(files['tokenizer.json'])
    files['tokenizer.json'] = compact({**tokenizer, 'truncation': None, 'padding': None})
    special = folder / 'special_tokens_map.json'
    return {**files, special.name: special.read_bytes()} if special.is_file() else files


def read_bytes(path: Path) -> bytes:
    if not path.is_file():
        raise RecipeError(f'there is no {path}')
    return path.read_bytes()


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('folder', metavar='SOURCE', type=Path, help='the model in the Hugging Face layout')
    parser.add_argument('--out', type=Path, required=True, help="the folder to write, called by the model's id")
    parser.add_argument('--name', required=True, help='what people see')
    parser.add_argument('--languages', nargs='+', required=True, help='ISO 639-1 codes, the one it serves best first')
    parser.add_argument('--licence', required=True, help='an SPDX identifier')
    parser.add_argument('--source-page', required=True, help="the upstream's page")
    parser.add_argument('--prompt', default='{text}', help='as the model was trained (default: %(default)s)')
    parser.add_argument('--max-tokens', type=int, help="tokens of one text (default: the source's own limit)")
    parser.add_argument(
        '--texts', type=Path, help='texts for golden.json, one a line (default: 20, English and Portuguese)'
    )
    parser.add_argument(
        '--block',
        type=int,
        default=LINEAR_BLOCK,
        help='inputs that share a scale: fewer are more exact (default: %(default)s)',
    )
    options = parser.parse_args(arguments)
    texts = options.texts.read_text(encoding='utf-8').splitlines() if options.texts else TEXTS
    made = make(options.folder, options.out.resolve().name, options.prompt, options.max_tokens, options.block)
    least = write_folder(made, options.out, texts)
    about = {
        'name': options.name,
        'languages': options.languages,
        'licence': options.licence,
        'source': options.source_page,
    }
    print(f'least cosine with the upstream weights: {least:.6f}', file=sys.stderr)
    licence = options.folder / 'LICENSE'
    if licence.is_file():
        shutil.copy(licence, options.out)
    else:
        print(f'{options.folder} has no LICENSE: put the licence of its files into {options.out}', file=sys.stderr)
    print(json.dumps(registry_entry(made, options.out, about), ensure_ascii=False, indent=2))


if __name__ == '__main__':
    try:
        main()
    except RecipeError as error:
        sys.exit(f'bring.py: {error}')
