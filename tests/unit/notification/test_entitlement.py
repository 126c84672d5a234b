"""Which letters a roster is owed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.notification.domain.entitlement import Decision, Entitlement

_ROSTERS = st.dictionaries(st.sampled_from([f"n{number}" for number in range(8)]), st.sampled_from("abc"), max_size=8)


def _carried_out(entitlement: Entitlement, decision: Decision, prefix: str) -> Entitlement:
    for position, owed in enumerate(decision.register):
        entitlement = entitlement.hold(owed, f"{prefix}-{position}")
    for letter_id in decision.withdraw:
        entitlement = entitlement.let_go(letter_id)
    return entitlement


def test_a_first_roster_is_owed_everything() -> None:
    decision = Entitlement().decide("t", {"n1": "a", "n2": "b"})
    assert [(owed.nomination_id, owed.supersedes) for owed in decision.register] == [
        (None, None),
        ("n1", None),
        ("n2", None),
    ]


def test_an_empty_roster_of_nobody_asks_for_nothing() -> None:
    assert Entitlement().decide(None, {}).nothing


def test_an_emptied_roster_withdraws_all() -> None:
    held = _carried_out(Entitlement(), Entitlement().decide("t", {"n1": "a"}), "first")
    assert set(held.decide(None, {}).withdraw) == {"first-0", "first-1"}


@given(st.lists(_ROSTERS, min_size=1, max_size=6))
def test_after_any_history_everybody_on_the_roster_has_exactly_one_current_letter(
    history: list[dict[str, str]],
) -> None:
    entitlement = Entitlement()
    for step, roster in enumerate(history):
        transfer = "".join(sorted(f"{key}{value}" for key, value in roster.items())) or None
        entitlement = _carried_out(entitlement, entitlement.decide(transfer, roster), str(step))
        assert {key: held.digest for key, held in entitlement.admissions.items()} == roster
        assert (entitlement.transfer.digest if entitlement.transfer else None) == transfer
        assert entitlement.decide(transfer, roster).nothing
