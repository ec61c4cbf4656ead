"""A model run by ONNX Runtime, and a text's vector made of what it gives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import onnxruntime

from blocks import Floats
from graph import LAST_HIDDEN


class Session:
    """An encoder in a session on the CPU."""

    def __init__(self, model: bytes) -> None:
        self._session = onnxruntime.InferenceSession(model, providers=['CPUExecutionProvider'])
        self._inputs = [value.name for value in self._session.get_inputs()]
        outputs = self._session.get_outputs()
        self.outputs = [value.name for value in outputs]
        # An export calls it as it likes, and may give sentence vectors, batch x dim, beside it.
        states = [value.name for value in outputs if len(value.shape) == 3]
        self._last_hidden = LAST_HIDDEN if LAST_HIDDEN in states else states[0]

    def run(self, batch: Sequence[Sequence[int]], outputs: Sequence[str]) -> list[Floats]:
        """Some outputs for a batch of texts, each given as its token ids; shorter ones are padded and masked."""
        length = max(map(len, batch))
        ids = np.array([[*text, *[0] * (length - len(text))] for text in batch], dtype=np.int64)
        mask = np.array([[1] * len(text) + [0] * (length - len(text)) for text in batch], dtype=np.int64)
        feeds = {'input_ids': ids, 'attention_mask': mask, 'token_type_ids': np.zeros_like(ids)}
        results: list[Floats] = self._session.run(list(outputs), {name: feeds[name] for name in self._inputs})
        return results

    def encode(self, ids: Sequence[int]) -> Floats:
        """The last hidden state of one text alone, tokens x dim."""
        [hidden] = self.run([ids], [self._last_hidden])
        last: Floats = hidden[0]
        return last


def pool(hidden: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """A text's vector: the mean of its tokens' hidden states (tokens x dim), scaled to unit length."""
    mean = np.asarray(hidden, dtype=np.float64).mean(axis=0)
    vector: npt.NDArray[np.float64] = mean / np.linalg.norm(mean)
    return vector
