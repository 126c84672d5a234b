"""What tests of what scheduling and compliance announce have in common: two terms, who is in them, news of new days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.enrollment import contract
from tests.integration.enrollment.conftest import OPENING, Desk, line


def two_terms(desk: Desk) -> Desk:
    """Two seats of donghu taken, one more person in line; a second term well after the first."""
    for unit in ("donghu", "nanshan"):
        desk.unit(f"city.{unit}", unit)
    desk.place("term_1", capacity=10)
    desk.place("term_2", programme=2, starts=OPENING + timedelta(days=28), capacity=10)
    desk.allot("term_1", donghu=2, nanshan=4)
    desk.allot("term_2", donghu=5)
    desk.file("city.donghu", [line(1), line(2), line(3), line(1, programme=2)])
    desk.accept_all()
    for term_id in ("term_1", "term_2"):
        desk.call(contract.ADMIT_TERM, {"term_id": term_id, "standby_left_out": True})
    return desk


def seated(desk: Desk, term_id: str = "term_1") -> list[str]:
    return [row["nomination_id"] for row in desk.nominations(state="admitted", term_id=term_id)]


def state(desk: Desk, nomination_id: str) -> str:
    return str(desk.call(contract.GET_NOMINATION, {"nomination_id": nomination_id})["state"])


def move(desk: Desk, term_id: str, days: int, version: int = 2, **changes: Any) -> None:
    """Announce that a term opens so many days later, as scheduling does."""
    programme = int(term_id[-1])
    base = OPENING + timedelta(days=28 * (programme - 1))
    desk.place(
        term_id, programme=programme, starts=base + timedelta(days=days), capacity=10, version=version, **changes
    )


def retimed(days: int) -> dict[str, Any]:
    before, after = OPENING, OPENING + timedelta(days=days)
    return {
        "retiming_id": "retiming_1",
        "plan_id": "plan_2020",
        "reason_code": "epidemic",
        "reason": "疫情防控",
        "terms": [
            {
                "term_id": "term_1",
                "outcome": "moved",
                "starts_on_before": before.isoformat(),
                "ends_on_before": (before + timedelta(days=4)).isoformat(),
                "starts_on": after.isoformat(),
                "ends_on": (after + timedelta(days=4)).isoformat(),
            }
        ],
    }


def lines(desk: Desk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.call(contract.LIST_STANDBY, {"term_id": "term_1"})["items"]
    return found
