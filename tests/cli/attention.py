"""Makes attention.json: attention of one text by onnxruntime in Python, and its rollout by numpy (Abnar & Zuidema 2020).

The tokens are given, and looked up in the vocabulary of the bundled model's tokenizer.json.
    python attention.py > attention.json
"""

import json
from pathlib import Path

import numpy as np
import onnxruntime

tokens = ["[CLS]", "the", "bank", "of", "the", "river", "[UNK]", "[SEP]"]
folder = Path(__file__).parents[2] / "models/all-MiniLM-L6-v2"
vocabulary = json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"]
session = onnxruntime.InferenceSession(folder / "onnx/model_quantized.onnx", providers=["CPUExecutionProvider"])
ids = np.array([[vocabulary[token] for token in tokens]], dtype=np.int64)
feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
layers = [layer[0].astype(np.float64) for layer in session.run([f"attentions.{i}" for i in range(6)], feeds)]

flow = np.eye(len(tokens))
for layer in layers:
    residual = layer.mean(axis=0) + np.eye(len(tokens))
    flow = residual / residual.sum(axis=-1, keepdims=True) @ flow
print(
    json.dumps(
        {
            "tokens": tokens,
            # The last layer's second head, and what each token received: of all heads, and by rollout.
            "head": layers[5][1].tolist(),
            "received": np.mean(layers, axis=(0, 1, 2)).tolist(),
            "rollout": flow.mean(axis=0).tolist(),
        }
    )
)
