"""A model run by ONNX Runtime, and a text's vector made of what it gives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import onnxruntime

from blocks import Floats
from graph import hidden_name


class Session:
    """An encoder in a session on the CPU."""

    def __init__(self, model: bytes) -> None:
        self._session = onnxruntime.InferenceSession(model, providers=['CPUExecutionProvider'])
        self._inputs = [value.name for value in self._session.get_inputs()]
        self.outputs = [value.name for value in self._session.get_outputs()]

    def run(self, batch: Sequence[Sequence[int]], outputs: Sequence[str]) -> list[Floats]:
        """Some outputs for a batch of texts, each given as its token ids; shorter ones are padded and masked."""
        length = max(map(len, batch))
        ids = np.array([[*text, *[0] * (length - len(text))] for text in batch], dtype=np.int64)
        mask = np.array([[1] * len(text) + [0] * (length - len(text)) for text in batch], dtype=np.int64)
        feeds = {'input_ids': ids, 'attention_mask': mask, 'token_type_ids': np.zeros_like(ids)}
        results: list[Floats] = self._session.run(list(outputs), {name: feeds[name] for name in self._inputs})
        return results

    def encode(self, ids: Sequence[int]) -> Floats:
        """The last hidden state of one text alone (tokens x dim): the first output of an export, whatever it is called."""
        last = hidden_name(0, 0)
        [hidden] = self.run([ids], [last if last in self.outputs else self.outputs[0]])
        return hidden[0]


def pool(hidden: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """A text's vector: the mean of its tokens' hidden states (tokens x dim), scaled to unit length."""
    mean = np.asarray(hidden, dtype=np.float64).mean(axis=0)
    return mean / np.linalg.norm(mean)
