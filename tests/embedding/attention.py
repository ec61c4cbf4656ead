"""Makes attention.json: attention rollout by numpy, as Abnar & Zuidema 2020 (section 3) define it, of seeded random maps.

python attention.py > attention.json
"""

import json

import numpy as np

rng = np.random.default_rng(7)
cases = []
for layers, heads, tokens in [(1, 1, 1), (2, 3, 4), (4, 3, 6)]:
    maps = rng.dirichlet(np.full(tokens, 0.4), size=(layers, heads, tokens)).astype(np.float32)
    means = maps.astype(np.float64).mean(axis=1)
    flow = np.eye(tokens)
    for mean in means:
        residual = mean + np.eye(tokens)
        flow = residual / residual.sum(axis=-1, keepdims=True) @ flow
    cases.append(
        {
            "layers": layers,
            "heads": heads,
            "tokens": tokens,
            "maps": [float(value) for value in maps.ravel()],
            "rollout": [float(value) for value in flow.ravel()],
        }
    )
print(json.dumps(cases))
