"""Tests of what any model is brought along by: its weights, its folder, and what is refused."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import unittest
import zipfile
from collections.abc import Iterator
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file

import bring
from bert import BertShape
from folder import GOLDEN, TEXTS, WEIGHTS, read_golden
from forward import encode
from session import Session, pool
from tiny import TINY, TINY_POSITIONS, FolderTest, tiny_config, tiny_state, tiny_tokenizer
from upstream import RecipeError, bert_state, read_onnx, read_safetensors, unpack


class Upstream(FolderTest):
    def test_weights_of_an_onnx_export_are_found_by_their_biases(self) -> None:
        weights = np.arange(6, dtype=np.float32).reshape(2, 3)
        nodes = [
            helper.make_node('MatMul', ['x', 'onnx::MatMul_1'], ['product']),
            helper.make_node('Add', ['encoder.query.bias', 'product'], ['y']),
            helper.make_node('Add', ['y', 'position'], ['z']),
        ]
        constants = {
            'onnx::MatMul_1': weights,
            'encoder.query.bias': np.ones(3, np.float32),
            'position': np.ones(3, np.float32),
        }
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
        for content, name, sha256 in (
            (b'no zip', 'a', expected),
            (archive.getvalue(), 'b', expected),
            (archive.getvalue(), 'a', '0'),
        ):
            with self.assertRaises(RecipeError):
                unpack(content, name, sha256)


class Bring(FolderTest):
    def setUp(self) -> None:
        super().setUp()
        self.write('source/config.json', tiny_config())
        self.write('source/tokenizer_config.json', {'model_max_length': 512})
        tiny_tokenizer().save(str(self.folder / 'source/tokenizer.json'))
        save_file(tiny_state(), self.folder / 'source/model.safetensors')
        (self.folder / 'source/LICENSE').write_text('free', encoding='utf-8')

    def bring(self, *options: str) -> dict[str, Any]:
        """Runs the command, and gives the entry that it prints."""
        required = [
            '--name',
            'Tiny',
            '--languages',
            'en',
            'pt',
            '--licence',
            'MIT',
            '--source-page',
            'https://example.org',
        ]
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
        self.assertEqual((self.folder / 'tiny/LICENSE').read_text(encoding='utf-8'), 'free')
        tokenizer = json.loads((self.folder / 'tiny/tokenizer.json').read_text(encoding='utf-8'))
        self.assertEqual((tokenizer['truncation'], tokenizer['padding']), (None, None))
        golden = read_golden(self.folder / 'tiny' / GOLDEN)
        self.assertEqual([each.text for each in golden], list(TEXTS))
        # [CLS] the cat [SEP]; the vector is that of the weights before they were compressed.
        self.assertEqual(golden[0].ids, [2, 7, 5, 3])
        hidden = encode(tiny_state(), TINY, golden[0].ids).hidden_states[-1]
        np.testing.assert_allclose(golden[0].vector, pool(hidden), atol=1e-7)
        session = Session((self.folder / 'tiny' / WEIGHTS).read_bytes())
        self.assertGreater(pool(session.encode(golden[0].ids)) @ golden[0].vector, 0.999)

    def test_robertas_positions_begin_after_the_paddings_id(self) -> None:
        self.write('source/config.json', {**tiny_config(), 'model_type': 'xlm-roberta', 'pad_token_id': 1})
        self.assertEqual(self.bring('--block', '16')['maxTokens'], TINY_POSITIONS - 2)
        [cat] = [each for each in read_golden(self.folder / 'tiny' / GOLDEN) if each.text == 'cat']
        state = tiny_state()
        positions = 'embeddings.position_embeddings.weight'
        hidden = encode({**state, positions: state[positions][2:]}, TINY, cat.ids).hidden_states[-1]
        np.testing.assert_allclose(cat.vector, pool(hidden), atol=1e-7)

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


if __name__ == '__main__':
    unittest.main()
