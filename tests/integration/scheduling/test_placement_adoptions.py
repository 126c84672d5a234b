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


@pytest.fixture
def crowded(school: School) -> tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]:
    """A plan, a preview that gives the only place of its first term to the second, the change, and the first term."""
    school.places(r1=60)
    one = programme(1, terms=1, trainees=40, starts_on="2020-05-11", ends_on="2020-05-15")
    plan_id = school.approved(one, programme(2, terms=1, trainees=40, starts_on="2020-05-11"))["plan_id"]
    school.place(plan_id, scheduler="cp_sat")
    first, second = school.terms(plan_id)
    move = {"kind": "move", "term_id": second["term_id"], "starts_on": first["starts_on"], "room_id": "r1"}
    seen = preview(school, plan_id, move)
    assert [each["term_id"] for each in seen["unplaced"]] == [first["term_id"]]
    return plan_id, seen, move, first


def test_a_term_that_the_preview_leaves_without_a_place_is_due_once_it_is_adopted(
    school: School, crowded: tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]
) -> None:
    plan_id, seen, move, first = crowded
    done = adopt(school, plan_id, seen, move, unplaced=[each["term_id"] for each in seen["unplaced"]])
    assert done["moved"] == [move["term_id"]]
    lies = {each["term_id"]: each for each in school.terms(plan_id)}
    assert {id: (each["starts_on"], each["due"]) for id, each in lies.items()} == {
        first["term_id"]: ("2020-05-11", True), move["term_id"]: ("2020-05-11", False)
    }  # fmt: skip
    assert "同用教室" in lies[first["term_id"]]["due_reason"]["zh"]


def test_a_preview_that_leaves_a_term_without_a_place_is_adopted_only_by_who_says_so(
    school: School, crowded: tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]
) -> None:
    plan_id, seen, move, first = crowded
    before = school.terms(plan_id)
    with pytest.raises(TermClash, match=r"同用教室.*须列入 unplaced"):
        adopt(school, plan_id, seen, move)
    for stranger in ([move["term_id"]], [first["term_id"], "term_x"]):
        with pytest.raises(Invalid, match="未排下"):
            adopt(school, plan_id, seen, move, unplaced=stranger)
    assert school.terms(plan_id) == before


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
