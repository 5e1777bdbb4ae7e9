"""Weights of pysyncon 1.7.0 (not a dependency) on municipalities.csv: python reference_pysyncon.py, in this folder.

Outcomes before the start are its only predictors. It divides each by its spread over municipalities; weights on the
predictors of that spread squared make them count equally again.
"""

from functools import partial

import pandas as pd
from pysyncon import Synth

data = pd.read_csv("municipalities.csv")
shape = data - data[:16].mean()
before = shape[:16]
synth = Synth()
synth.w_optimize = partial(Synth.w_optimize, qp_options={"maxiter": 1000, "ftol": 1e-14})  # its own stops early
synth.fit(
    X0=before.drop(columns="own"),
    X1=before["own"],
    Z0=before.drop(columns="own"),
    Z1=before["own"],
    custom_V=before.var(axis=1).to_numpy(),
)
print([round(float(weight), 6) for weight in synth.W])  # noqa: T201
