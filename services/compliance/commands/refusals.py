"""From a refusal of the domain to a fault of the contract, or to one row of a bulk report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from services.compliance.contract.parts import OutsideWindow, TermFrozen, Unfounded, WrongState
from services.compliance.domain.wording import Refusal
from shared.errors import Fault

_UNFOUNDED = frozenset({"reason-needed", "no-sessions", "period-reversed"})


def fault_of(refusal: Refusal, **details: Any) -> Fault:
    """Return the fault that says to a caller what the domain refused; ``details["reason"]`` is the domain's code."""
    kind: type[Fault] = Unfounded if refusal.code in _UNFOUNDED else WrongState
    return kind(refusal.sentence.zh, refusal.sentence.en, reason=refusal.code, **details)


def outside(zh: str, en: str, **details: Any) -> OutsideWindow:
    """Return the fault for an action before or after its time."""
    return OutsideWindow(zh, en, **details)


def refuse_frozen(term: dict[str, Any]) -> None:
    """Raise ``TermFrozen`` when the term is being closed or is closed."""
    if term["frozen"]:
        raise TermFrozen(
            f"班次 {term['_id']} 已封存归档，不再变更；确需更正请由组织部重新打开",
            f"term {term['_id']} is closed; the organisation department can reopen it",
            term_id=term["_id"],
        )


def row_by_row(ids: Iterable[str], act: Callable[[str], str | None]) -> dict[str, Any]:
    """Do something for each person and return the report; ``act`` returns the state, or raises ``Refusal``."""
    items: list[dict[str, Any]] = []
    for nomination_id in dict.fromkeys(ids):
        state, problem = None, None
        try:
            state = act(nomination_id)
        except Refusal as refusal:
            problem = {"code": refusal.code, "message": refusal.sentence.plain()}
        items.append({"nomination_id": nomination_id, "done": problem is None, "state": state, "problem": problem})
    done = sum(item["done"] for item in items)
    return {"done": done, "left": len(items) - done, "items": items}


def not_of_this_term(nomination_id: str) -> Refusal:
    """Return what is said of somebody who is no trainee of the term, or out of the caller's reach."""
    return Refusal(
        "not-found",
        f"本期学员中没有 {nomination_id}，请核对编号",
        f"{nomination_id} is no trainee of this term; check the identifier",
    )


def has_withdrawn(nomination_id: str) -> Refusal:
    """Return what is said of somebody who no longer takes part."""
    return Refusal("withdrawn", f"学员 {nomination_id} 已退出本期", f"{nomination_id} no longer takes part in the term")
