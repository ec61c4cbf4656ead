"""Tests of the graphs and of what is compared. They need no upstream: models are tiny, or the bundled ones.

`python -m unittest` in this folder runs them and those beside it. Expected values come from the committed files, from the numpy
forward pass, which knows nothing of ONNX, or from definitions.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import unittest
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import numpy_helper

from bert import BertShape, bert_model, compress_bert
from blocks import block_length, compress
from compare import compare_folders
from e5_graph import e5_model
from folder import GOLDEN, WEIGHTS, Made, check_model, read_golden, write_folder
from forward import encode
from session import Session, pool
from tiny import CLOSE, TINY, FolderTest, expanded, tiny_state, tiny_tokenizer
from upstream import RecipeError

BUNDLED = Path(__file__).resolve().parent.parent
MINILM = BUNDLED / 'all-MiniLM-L6-v2'
MINILM_SHAPE = BertShape(layers=6, heads=12, dim=384, epsilon=1e-12)
E5 = BUNDLED / 'multilingual-e5-small-en-pt'
E5_SHAPE = BertShape(layers=12, heads=12, dim=384, epsilon=1e-12)


def stored_tensors(path: Path) -> dict[str, npt.NDArray[Any]]:
    return {constant.name: numpy_helper.to_array(constant) for constant in onnx.load(path).graph.initializer}


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
        self.assertRegex(
            '\n'.join(self.compare()), f'{WEIGHTS}: other bytes; vectors of every layer and attention differ by 0.0e'
        )

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


if __name__ == '__main__':
    unittest.main()
