"""
Records what the Python package wefe makes of vectors, and scipy of their associations, into association.json:

    pip install wefe==1.0.1 scipy==1.12.0 numpy==1.26.4
    constela embed WORDS.txt --out WORDS.npz      # the words of `sets` below, by all-MiniLM-L6-v2
    python tests/similarity/association.py WORDS.npz && npx prettier --write tests/similarity/association.json

The vectors are the first 48 numbers of the model's, brought to unit length and rounded to float32; wefe is given them as float64. Its p-values are
not recorded: version 1.0.1 draws words with replacement, so that some stand in a set twice and others in none.
"""

import base64
import json
import pathlib
import sys

import numpy as np
from gensim.models import KeyedVectors
from scipy.stats import permutation_test
from wefe.metrics import RND, WEAT
from wefe.query import Query
from wefe.word_embedding_model import WordEmbeddingModel

sets = {
    "X": "math algebra geometry calculus equations computation numbers addition".split(),
    "Y": "poetry art dance literature novel symphony drama sculpture".split(),
    "A": "male man boy brother he him his son".split(),
    "B": "female woman girl sister she her hers daughter".split(),
}
dim = 48

archive = np.load(sys.argv[1])
row_of = {text: row for row, text in enumerate(archive["texts"].tolist())}
vectors = archive["vectors"][:, :dim].astype(np.float64)
vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)

words = [word for key in "XYAB" for word in sets[key]]
keyed = KeyedVectors(vector_size=dim, dtype=np.float64)
keyed.add_vectors(words, [vectors[row_of[word]].astype(np.float64) for word in words])
model = WordEmbeddingModel(keyed, "recorded")


def measure(x, y, a, b):
    query = Query([x, y], [a, b], ["X", "Y"], ["A", "B"])
    weat = WEAT().run_query(query, model)
    rnd = lambda attributes: float(RND().run_query(Query([x, y], [attributes]), model)["rnd"])
    return {
        "words": {"X": x, "Y": y, "A": a, "B": b},
        "effectSize": float(weat["effect_size"]),
        "weat": float(weat["weat"]),
        "rnd": rnd(a),
        "rndB": rnd(b),
    }


def association(word, a, b):
    mean = lambda attributes: np.mean([keyed[word] @ keyed[other] for other in attributes])
    return mean(a) - mean(b)


def exact_p(x, y, a, b):
    values = [[association(word, a, b) for word in target] for target in (x, y)]
    result = permutation_test(
        values,
        lambda x, y, axis: np.mean(x, axis=axis) - np.mean(y, axis=axis),
        vectorized=True,
        alternative="greater",
        n_resamples=np.inf,
    )
    return float(result.pvalue)


x, y, a, b = (sets[key] for key in "XYAB")
cases = [measure(x, y, a, b), measure(x[:3], y[:3], a, b), measure(x[:7], y[:3], a[:2], b[:5])]
for case in cases[:2]:
    case["p"] = exact_p(*(case["words"][key] for key in "XYAB"))

differences = np.array([keyed[there] - keyed[here] for here, there in zip(a, b)])
_, singular, components = np.linalg.svd(differences, full_matrices=False)

recorded = {
    "dim": dim,
    "words": words,
    "vectors": base64.b64encode(np.array([vectors[row_of[word]] for word in words], dtype="<f4").tobytes()).decode(),
    "cases": cases,
    "component": {
        "axis": components[0].tolist(),
        "explained": float(singular[0] ** 2 / np.sum(singular**2)),
    },
}
path = pathlib.Path(__file__).parent / "association.json"
path.write_text(json.dumps(recorded, indent=2) + "\n")
