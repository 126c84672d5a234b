"""Terms that lost their place (due): nobody is kept from it, and they have it back only while nobody lies there."""

from __future__ import annotations

from typing import Any

from services.scheduling.contract import LIFT_BLACKOUT, PUT_BLACKOUT
from services.scheduling.contract import retimings as contract
from tests.integration.scheduling.conftest import School, programme

ONE_ROOM = {"r1": 60}


def placed(school: School, first: str, last: str, days: int) -> str:
    """Place a plan of one term within a window, and return its id."""
    wanted = {"terms": 1, "trainees": 40, "days": days, "starts_on": first, "ends_on": last}
    plan: dict[str, Any] = school.approved(programme(**wanted))
    assert school.place(plan["plan_id"])["state"] == "done"
    return str(plan["plan_id"])


def closed(first: str, last: str) -> dict[str, Any]:
    return {"blackout_id": "closed", "title": "停办", "starts_on": first, "ends_on": last}


def standing(school: School, plan_id: str) -> tuple[str, bool]:
    (term,) = school.terms(plan_id)
    return term["starts_on"], term["due"]


def test_a_retiming_goes_where_a_term_of_another_plan_is_struck_by_the_same_blackout(school: School) -> None:
    school.places(**ONE_ROOM)
    mine = placed(school, "2020-05-07", "2020-05-08", 2)
    other = placed(school, "2020-05-11", "2020-05-15", 5)
    ask = {
        "plan_id": mine,
        "blackout": closed("2020-05-06", "2020-05-11"),
        "reason_code": "epidemic",
        "reason": "防控",
        "not_after": "2020-05-15",
    }
    shown = school.call(contract.PREVIEW_RETIMING, ask)
    assert shown["can_proceed"] is True
    begun = school.call(contract.RETIME_TERMS, {**ask, "digest": shown["digest"]})
    school.pump()
    done = school.call(contract.GET_RETIMING, {"retiming_id": begun["retiming_id"]})
    assert (done["state"], done["failure"]) == ("done", None)
    assert standing(school, mine) == ("2020-05-13", False)
    assert standing(school, other) == ("2020-05-11", True)


def test_a_place_somebody_else_has_meanwhile_is_not_given_back_though_the_blackout_is_lifted(school: School) -> None:
    school.places(**ONE_ROOM)
    lost = placed(school, "2020-05-11", "2020-05-15", 5)
    school.call(PUT_BLACKOUT, closed("2020-05-06", "2020-05-11"))
    assert standing(school, lost) == ("2020-05-11", True)
    taken = placed(school, "2020-05-13", "2020-05-15", 2)
    school.call(LIFT_BLACKOUT, {"blackout_id": "closed"})
    assert standing(school, taken) == ("2020-05-13", False)
    (term,) = school.terms(lost)
    assert term["due"] is True
    assert "同用教室" in term["due_reason"]["zh"]
