"""Adopting a preview in one step: it is done as shown, told to others, and refused once anything is different."""

from __future__ import annotations

from typing import Any

import pytest

from services.scheduling import contract
from services.scheduling.contract.parts import PLANNERS, TermClash
from services.scheduling.contract.placement_adoptions import ADOPT_PREVIEW, PreviewOvertaken
from services.scheduling.contract.placement_previews import PREVIEW_PLACEMENT
from shared.errors import Invalid
from tests.integration.scheduling.conftest import School, programme
from tests.integration.scheduling.retiming_city import City


def placed(school: School, *programmes: dict[str, Any]) -> str:
    school.places()
    plan = school.approved(*(programmes or (programme(1),)))
    school.place(plan["plan_id"], scheduler="cp_sat")
    school.harness.take()
    plan_id: str = plan["plan_id"]
    return plan_id


def adopt(school: School, plan_id: str, seen: dict[str, Any], *changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    request = {"plan_id": plan_id, "changes": list(changes), "basis": seen["basis"], "moves": seen["moves"], **more}
    return school.call(ADOPT_PREVIEW, request)


def preview(school: School, plan_id: str, *changes: dict[str, Any]) -> dict[str, Any]:
    return school.call(PREVIEW_PLACEMENT, {"plan_id": plan_id, "changes": list(changes)})


def test_a_closed_week_is_adopted_with_its_blackout_and_others_are_told(school: School) -> None:
    plan_id = placed(school)
    first = school.terms(plan_id)[0]
    closed = {"kind": "blackout", "starts_on": first["starts_on"], "ends_on": first["ends_on"]}
    seen = preview(school, plan_id, closed)
    done = adopt(school, plan_id, seen, closed)
    assert first["term_id"] in done["moved"]
    lies = {each["term_id"]: each for each in school.terms(plan_id)}
    for move in seen["moves"]:
        assert lies[move["term_id"]]["starts_on"] == move["starts_on"]
        assert not lies[move["term_id"]]["due"]
    blackouts = school.call(contract.LIST_BLACKOUTS, {})["items"]
    assert [each["blackout_id"] for each in blackouts] == done["blackout_ids"]
    told = [each.data["term_id"] for each in school.harness.take() if each.type.endswith("term.moved.v1")]
    assert set(told) == set(done["moved"])


def test_a_term_moved_in_a_preview_is_pinned_where_it_was_put(school: School) -> None:
    plan_id = placed(school)
    first = school.terms(plan_id)[0]
    move = {"kind": "move", "term_id": first["term_id"], "starts_on": "2020-06-01"}
    adopt(school, plan_id, preview(school, plan_id, move), move)
    now = {each["term_id"]: each for each in school.terms(plan_id)}[first["term_id"]]
    assert (now["starts_on"], now["pinned"]) == ("2020-06-01", True)


def test_what_changed_after_the_preview_is_refused_and_nothing_moves(school: School) -> None:
    plan_id = placed(school)
    first = school.terms(plan_id)[0]
    move = {"kind": "move", "term_id": first["term_id"], "starts_on": "2020-06-01"}
    seen = preview(school, plan_id, move)
    room = {"room_id": "r3", "campus_id": "main", "title": "新教室", "capacity": 80}
    school.call(contract.PUT_ROOM, room)
    before = school.terms(plan_id)
    with pytest.raises(PreviewOvertaken, match="重新推演"):
        adopt(school, plan_id, seen, move)
    assert school.terms(plan_id) == before
    assert adopt(school, plan_id, preview(school, plan_id, move), move)["moved"]


def test_other_changes_or_moves_than_those_previewed_are_refused(school: School) -> None:
    plan_id = placed(school, programme(1, terms=2, trainees=80, min_gap_days=2))
    one, other = school.terms(plan_id)
    move = {"kind": "move", "term_id": one["term_id"], "starts_on": "2020-06-01"}
    seen = preview(school, plan_id, move)
    with pytest.raises(PreviewOvertaken):
        adopt(school, plan_id, seen, {**move, "starts_on": "2020-06-08"})
    elsewhere = {"term_id": one["term_id"], "starts_on": other["starts_on"], "room_id": other["room_id"]}
    with pytest.raises(TermClash):
        adopt(school, plan_id, seen, move, moves=[elsewhere])
    with pytest.raises(Invalid, match="moves"):
        adopt(school, plan_id, seen, move, moves=[{**elsewhere, "room_id": "nowhere"}])
    drop = {"kind": "drop", "term_id": one["term_id"]}
    with pytest.raises(Invalid, match="cancel_term"):
        adopt(school, plan_id, preview(school, plan_id, drop), drop)


def test_planners_alone_adopt() -> None:
    assert ADOPT_PREVIEW.roles == PLANNERS


def test_a_term_of_another_plan_that_lost_its_place_keeps_nobody_from_adopting(school: School) -> None:
    mine = placed(school)
    other = school.approved(programme(2, terms=1, trainees=40, starts_on="2020-06-01", ends_on="2020-06-05"))
    school.place(other["plan_id"])
    closed = {"blackout_id": "closed", "title": "停办", "starts_on": "2020-06-01", "ends_on": "2020-06-05"}
    school.call(contract.PUT_BLACKOUT, closed)
    assert [each["due"] for each in school.terms(other["plan_id"])] == [True]
    first = school.terms(mine)[0]
    move = {"kind": "move", "term_id": first["term_id"], "starts_on": "2020-06-08"}
    assert first["term_id"] in adopt(school, mine, preview(school, mine, move), move)["moved"]


def test_places_that_a_running_retiming_holds_are_no_moves_of_a_preview(school: School) -> None:
    city = City(school)
    city.begin()
    city.run(until=lambda turn: turn == 2)
    plan = school.approved(programme(9, terms=1, trainees=40, ends_on="2020-12-31"))
    school.place(plan["plan_id"], scheduler="cp_sat")
    (term,) = school.terms(plan["plan_id"])
    move = {"kind": "move", "term_id": term["term_id"], "starts_on": "2020-09-07"}
    seen = preview(school, plan["plan_id"], move)
    assert [each["term_id"] for each in seen["moves"]] == [term["term_id"]]
    assert adopt(school, plan["plan_id"], seen, move)["moved"] == [term["term_id"]]
