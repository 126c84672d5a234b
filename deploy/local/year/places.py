"""Places that change hands before the rosters come: returned, borrowed with the lender's word, released on a day."""

from __future__ import annotations

from deploy.local.journey import Journey
from services.enrollment.contract.transfers import (
    BORROW_PLACES,
    DECIDE_PLACES,
    LIST_PLACE_TRANSFERS,
    RETURN_PLACES,
    SCHEDULE_RELEASE,
)
from services.enrollment.contract.units import LIST_QUOTAS


def move_places(journey: Journey) -> str:
    """Return a place, borrow one, and say when what nobody uses goes back to the city."""
    first, second = journey.shown[0]["term_id"], journey.shown[1]["term_id"]
    giver = _holders(journey, first)[0]
    back = {"term_id": first, "unit_id": giver, "places": 1, "cause_code": "no-candidate"}
    journey.cast.unit(giver).call(RETURN_PLACES, back, step="places/return")
    lender = _holders(journey, second)[-1]
    borrower = next(unit["unit_id"] for unit in journey.sample.facts["units"] if unit["unit_id"] != lender)
    wish = {
        "term_id": second,
        "unit_id": borrower,
        "lender_id": lender,
        "places": 1,
        "cause_code": "key-task",
        "note": "承担市级专项任务",
    }
    asked = journey.cast.unit(borrower).call(BORROW_PLACES, wish, step="places/borrow")
    word = {"transfer_id": asked["transfer_id"], "decision": "consent"}
    journey.cast.unit(lender).call(DECIDE_PLACES, word, step="places/consent")
    release = {"term_id": second, "release_on": journey.sample.facts["days"]["release"]}
    journey.gateway.call(SCHEDULE_RELEASE, release, step="places/release")
    transfers = [
        row for term_id in (first, second)
        for row in journey.gateway.pages(LIST_PLACE_TRANSFERS, {"term_id": term_id})
    ]  # fmt: skip
    moved = {kind: sum(row["places"] for row in transfers if row["kind"] == kind) for kind in ("returned", "borrowed")}
    return f"退回 {moved['returned']} 个，借用 {moved['borrowed']} 个"


def _holders(journey: Journey, term_id: str) -> list[str]:
    quotas = journey.gateway.call(LIST_QUOTAS, {"term_id": term_id})["items"]
    return sorted(row["unit_id"] for row in quotas if row["places"] > 1)
