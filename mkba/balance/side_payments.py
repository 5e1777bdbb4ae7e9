"""The smallest payments between parties with which nobody who pays ends below zero."""

from __future__ import annotations

from data_contracts.vocabulary.field import Stakeholder

# People and society at large gain or lose, but no budget of theirs can be asked to pay along.
NO_PURSE = frozenset({Stakeholder.CLIENT, Stakeholder.SOCIETY})
CENT = 0.005


def side_payments(nets: dict[Stakeholder, float]) -> dict[tuple[Stakeholder, Stakeholder], float] | None:
    """(payer, receiver) -> amount, from what each party gains or loses; None when the gains cannot cover the losses.

    Only parties with a purse of their own pay or are made whole. However divided, the total is that of the losses;
    the first winner in the order of the vocabulary pays the first loser, and so on, so the same balance gives the same
    payments.
    """
    purses = [who for who in Stakeholder if who in nets and who not in NO_PURSE]
    left = {who: nets[who] for who in purses if nets[who] > 0}
    losers = [who for who in purses if nets[who] < 0]
    if sum(left.values()) < -sum(nets[who] for who in losers):
        return None
    paid: dict[tuple[Stakeholder, Stakeholder], float] = {}
    for loser in losers:
        short = -nets[loser]
        for payer in left:
            amount = min(left[payer], short)
            left[payer] -= amount
            short -= amount
            if amount > CENT:
                paid[payer, loser] = amount
    return paid
