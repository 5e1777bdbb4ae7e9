"""The smallest payments between parties with which nobody who pays ends below zero: a linear programme."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from data_contracts.vocabulary.field import Stakeholder

Array = npt.NDArray[np.float64]
# People and society at large gain or lose, but no budget of theirs can be asked to pay along.
NO_PURSE = frozenset({Stakeholder.CLIENT, Stakeholder.SOCIETY})


def side_payments(nets: dict[Stakeholder, float]) -> dict[tuple[Stakeholder, Stakeholder], float] | None:
    """(payer, receiver) -> amount, from what each party gains or loses; None when the gains cannot cover the losses.

    Only parties with a purse of their own pay or are made whole. Of all solutions with the same total the one in the
    order of the vocabulary is taken, so the same balance gives the same payments.
    """
    purses = [who for who in Stakeholder if who in nets and who not in NO_PURSE]
    losers = [who for who in purses if nets[who] < 0]
    winners = [who for who in purses if nets[who] > 0]
    if not losers:
        return {}
    if sum(nets[who] for who in (*losers, *winners)) < 0:
        return None
    pairs = [(payer, receiver) for payer in winners for receiver in losers]
    paid = np.array([[-1.0 if payer is who else 0.0 for payer, _ in pairs] for who in winners])
    received = np.array([[-1.0 if receiver is who else 0.0 for _, receiver in pairs] for who in losers])
    order = np.arange(len(pairs)) * 1e-9
    found = linprog(
        1.0 + order,
        A_ub=np.vstack([-paid, received]),
        b_ub=[*(nets[who] for who in winners), *(nets[who] for who in losers)],
        method="highs",
    )
    amounts = np.asarray(found.x)
    return {pair: float(amount) for pair, amount in zip(pairs, amounts, strict=True) if amount > 0.005}
