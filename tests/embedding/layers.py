"""
Records vectors after each layer of the bundled models into layers.json: hidden states as onnxruntime in Python gives them, one text
at a time, their mean and its unit vector by numpy in float64. Token ids are those of each model's golden.json.

    pip install numpy==2.4.6 onnxruntime==1.32.0
    python tests/embedding/layers.py
"""

import json
import pathlib

import numpy as np
import onnxruntime

here = pathlib.Path(__file__).parent
models = here.parent.parent / "models"

# Of the 20 texts: a word, and sentences of some tokens.
chosen = [0, 9, 19]
# Values of each vector that are recorded.
kept = 6

recorded = []
for entry in json.loads((models / "models.json").read_text()):
    folder = models / entry["id"]
    golden = json.loads((folder / "golden.json").read_text())
    session = onnxruntime.InferenceSession(folder / entry["weights"], providers=["CPUExecutionProvider"])
    names = [f"hidden_states.{layer}" for layer in range(entry["layers"])] + ["last_hidden_state"]
    for text in (golden["texts"][i] for i in chosen):
        ids = np.array([text["ids"]], dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        wanted = {i.name for i in session.get_inputs()}
        states = session.run(names, {name: value for name, value in feeds.items() if name in wanted})
        means = [state[0].astype(np.float64).mean(axis=0) for state in states]
        units = [mean / np.linalg.norm(mean) for mean in means]
        recorded.append(
            {
                "modelId": entry["id"],
                "prompt": golden["prompt"],
                "text": text["text"],
                "layers": [[round(float(value), 8) for value in unit[:kept]] for unit in units],
                # Of each layer's vector with the last one's: what the whole vectors are, and not their first values alone.
                "cosines": [round(float(unit @ units[-1]), 8) for unit in units],
            }
        )

(here / "layers.json").write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")
