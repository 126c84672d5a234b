"""The placed year in versions: each change makes one, none changes any more, and any two are compared."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.scheduling import contract
from services.scheduling.commands.terms import move_term
from services.scheduling.contract.parts import TermClash
from services.scheduling.contract.placement_adoptions import ADOPT_PREVIEW
from services.scheduling.contract.placement_previews import PREVIEW_PLACEMENT
from services.scheduling.contract.sending_units import PUT_SENDING_UNIT
from services.scheduling.contract.year_versions import COMPARE_YEAR, LIST_YEAR_VERSIONS
from services.scheduling.store import PLACEMENTS, SCHEMA, TERMS, YEAR_VERSIONS
from services.scheduling.store.migrations import MIGRATIONS
from shared.errors import Forbidden, Invalid, NotFound
from shared.security.caller import Caller, Role
from shared.storage import Transaction
from tests.integration.scheduling.conftest import School, programme
from tests.integration.scheduling.retiming_city import City
from tests.integration.scheduling.teaching import register

UNITS = ("city.donghu", "city.yunling")


def placed(school: School, *programmes: dict[str, Any]) -> str:
    school.places()
    plan_id: str = school.approved(*(programmes or (programme(1),)))["plan_id"]
    school.place(plan_id)
    return plan_id


def versions(school: School, plan_id: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = school.call(LIST_YEAR_VERSIONS, {"plan_id": plan_id, "limit": 200})["items"]
    return items


def compare(school: School, plan_id: str, first: int, *second: int, **more: Any) -> dict[str, Any]:
    request = {"plan_id": plan_id, "from_number": first, **({"to_number": second[0]} if second else {})}
    return school.call(COMPARE_YEAR, request, **more)


def kept(school: School) -> list[dict[str, Any]]:
    return school.harness.kit.store.view(school.harness.kit.own_context()).rows(YEAR_VERSIONS).find(sort=[("_id", 1)])


def test_a_placement_a_move_and_a_cancellation_make_a_version_each_and_a_refusal_none(school: School) -> None:
    plan_id = placed(school)
    first, second = school.terms(plan_id)
    assert [(each["number"], each["placed"], each["changed"]) for each in versions(school, plan_id)] == [(1, 2, 2)]
    school.call(contract.MOVE_TERM, {"term_id": first["term_id"], "starts_on": "2020-06-29", "reason": "场地检修"})
    with pytest.raises(TermClash):
        school.call(contract.MOVE_TERM, {"term_id": first["term_id"], "starts_on": "2020-06-27"})
    school.call(contract.CANCEL_TERM, {"term_id": second["term_id"], "reason": "不办"})
    school.call(contract.MOVE_TERM, {"term_id": first["term_id"], "pinned": False})
    found = versions(school, plan_id)
    assert [(each["number"], each["placed"], each["changed"]) for each in found] == [(1, 2, 2), (2, 2, 1), (3, 1, 1)]
    assert [each["reason"] for each in found][1:] == ["场地检修", "不办"]
    assert {each["changed_by"] for each in found[1:]} == {"test:organiser"}


def test_a_placement_is_put_down_to_whoever_asked_for_it(school: School) -> None:
    plan_id = placed(school)
    assert [each["changed_by"] for each in versions(school, plan_id)] == ["test:organiser"]


def test_a_placement_asked_for_before_that_was_kept_is_put_down_to_the_service(school: School) -> None:
    school.places()
    plan_id = school.approved()["plan_id"]
    kit = school.harness.kit
    asked = school.call(contract.PLACE_TERMS, {"plan_id": plan_id, "wait_seconds": 0, "scheduler": "greedy"})

    def forget(tx: Transaction) -> dict[str, Any]:
        doc = tx.rows(PLACEMENTS).get(asked["placement_id"])
        del doc["asked_by"]
        tx.rows(PLACEMENTS).save(doc)
        return {}

    kit.store.transact(kit.own_context(), forget, operation="test")
    school.pump()
    assert [each["changed_by"] for each in versions(school, plan_id)] == ["service:scheduling"]


def test_any_two_versions_are_compared_term_by_term(school: School) -> None:
    register(school, "wen", "国家治理")
    for unit_id in UNITS:
        school.call(PUT_SENDING_UNIT, {"unit_id": unit_id, "title": unit_id[5:], "staff": 900, "far": False})
    shares = [{"unit_id": unit_id, "people": 20} for unit_id in UNITS]
    plan_id = placed(school, programme(1, lecturers=[{"lecturer_id": "wen"}], shares=shares, min_gap_days=2))
    first, second = school.terms(plan_id)
    school.call(contract.MOVE_TERM, {"term_id": first["term_id"], "starts_on": "2020-06-29", "room_id": "r2"})
    school.call(contract.CANCEL_TERM, {"term_id": second["term_id"], "reason": "不办"})

    moved = compare(school, plan_id, 1, 2)
    (row,) = moved["differences"]
    assert (moved["from_number"], moved["to_number"], moved["placed_before"], moved["placed_after"]) == (1, 2, 2, 2)
    assert (row["term_id"], row["told"], row["unit_ids"]) == (first["term_id"], 41, list(UNITS))
    assert (row["before"]["starts_on"], row["before"]["room_id"]) == (first["starts_on"], first["room_id"])
    assert (row["after"]["starts_on"], row["after"]["room_title"]) == ("2020-06-29", "教室r2")
    assert row["words"]["zh"].endswith("→6月29日至7月3日教室r2，通知学员40人、教师教师wen，涉及donghu、yunling")
    assert moved["words"]["zh"] == "改动1期，需通知41人"
    assert (moved["affected_unit_ids"], moved["affected_lecturer_ids"]) == (list(UNITS), ["wen"])

    whole = compare(school, plan_id, 1)
    assert (whole["to_number"], whole["told"], whole["placed_after"]) == (3, 82, 1)
    gone = {each["term_id"]: each for each in whole["differences"]}[second["term_id"]]
    assert (gone["after"], gone["told"]) == (None, 41)
    assert "→取消，通知学员40人" in gone["words"]["zh"]
    assert "-> dropped; tell 40 trainees" in gone["words"]["en"]

    back = compare(school, plan_id, 2, 1)["differences"]
    assert [(each["before"], each["after"]) for each in back] == [(row["after"], row["before"])]
    assert compare(school, plan_id, 2, 2)["differences"] == []
    assert compare(school, plan_id, 2, 2)["words"]["zh"] == "改动0期，需通知0人"


def test_an_adopted_preview_is_one_version_and_differs_as_it_was_previewed(school: School) -> None:
    plan_id = placed(school, programme(1), programme(2))
    terms = school.terms(plan_id)
    closed = {"kind": "blackout", "starts_on": terms[0]["starts_on"], "ends_on": terms[0]["ends_on"]}
    request = {"plan_id": plan_id, "changes": [closed]}
    seen = school.call(PREVIEW_PLACEMENT, request)
    school.call(ADOPT_PREVIEW, {**request, "basis": seen["basis"], "moves": seen["moves"]})
    assert [each["number"] for each in versions(school, plan_id)] == [1, 2]
    found = compare(school, plan_id, 1)
    assert found["told"] == seen["told"] > 0
    assert {each["term_id"]: each["words"] for each in found["differences"]} == {
        each["term_id"]: each["words"] for each in seen["affected"]
    }


def test_what_changes_later_changes_no_older_version(school: School) -> None:
    plan_id = placed(school)
    first = school.terms(plan_id)[0]
    school.call(contract.MOVE_TERM, {"term_id": first["term_id"], "starts_on": "2020-06-29"})
    before, found = kept(school), compare(school, plan_id, 1, 2)
    school.call(contract.PUT_ROOM, {"room_id": "r1", "campus_id": "main", "title": "新名字", "capacity": 60})
    school.call(
        contract.AMEND_PLAN,
        {"plan_id": plan_id, "programmes": [{"ordinal": 1, "title": "改了名的班", "trainees": 90}]},
    )
    assert [each["number"] for each in versions(school, plan_id)] == [1, 2]
    assert kept(school) == before
    assert compare(school, plan_id, 1, 2) == found


def test_a_retiming_makes_one_version_of_all_its_terms(school: School) -> None:
    city = City(school)
    plan_id = city.plan_id
    known = [each["number"] for each in versions(school, plan_id)]
    begun = city.begin()
    city.run()
    found = versions(school, plan_id)
    assert [each["number"] for each in found[len(known) :]] == [known[-1] + 1]
    rows = compare(school, plan_id, known[-1])["differences"]
    assert len(rows) == found[-1]["changed"] > 1
    assert {each["term_id"] for each in rows} == set(city.term_ids)
    assert (found[-1]["reason"], city.retiming(begun)["state"]) == ("疫情防控要求", "done")
    assert found[-1]["changed_by"] == "test:organiser"


def test_a_retiming_that_is_taken_back_is_put_down_to_whoever_asked_for_it(school: School) -> None:
    city = City(school)
    city.begin()
    city.run(until=lambda turn: turn == 5)
    last = city.waiting
    school.call(contract.MOVE_TERM, {"term_id": city.term_ids[1], "starts_on": "2020-06-29", "room_id": "r2"})
    city.step(last)
    city.run()
    back = versions(school, city.plan_id)[-1]
    assert (back["reason"], back["changed_by"]) == ("统一调整撤回 / retiming taken back", "test:organiser")


def test_a_term_taken_online_differs_from_one_held_in_its_room(school: School) -> None:
    city = City(school)
    number = versions(school, city.plan_id)[-1]["number"]
    city.begin(outcomes=[{"term_id": city.term_ids[0], "outcome": "online"}])
    city.run()
    row = {each["term_id"]: each for each in compare(school, city.plan_id, number)["differences"]}[city.term_ids[0]]
    assert row["before"] == {**row["after"], "delivery": "campus"}
    assert (row["after"]["delivery"], row["told"]) == ("online", 30)
    assert "5月11日至15日教室r1→5月11日至15日线上，通知学员30人" in row["words"]["zh"]


def test_two_moves_at_once_make_two_versions(school: School) -> None:
    plan_id = placed(school)
    first, second = school.terms(plan_id)
    kit, tries = school.harness.kit, list[int]()

    def overtaken(tx: Transaction) -> dict[str, Any]:
        doc = tx.rows(TERMS).get(first["term_id"])
        tries.append(len(tries))
        if len(tries) == 1:
            school.call(contract.MOVE_TERM, {"term_id": second["term_id"], "starts_on": "2020-07-06"})
        return move_term(tx, {"term_id": doc["_id"], "starts_on": date(2020, 6, 29)})

    kit.store.transact(kit.own_context(), overtaken, operation="test")
    assert len(tries) > 1
    assert [(each["number"], each["changed"]) for each in versions(school, plan_id)] == [(1, 2), (2, 1), (3, 1)]


def test_a_unit_sees_its_own_share_of_a_comparison(school: School) -> None:
    for unit_id in UNITS:
        school.call(PUT_SENDING_UNIT, {"unit_id": unit_id, "title": unit_id[5:], "staff": 900, "far": False})
    mixed = [{"unit_id": unit_id, "people": 20} for unit_id in UNITS]
    theirs = [{"unit_id": UNITS[1], "people": 40}]
    plan_id = placed(
        school,
        programme(1, terms=1, trainees=40, shares=mixed),
        programme(2, terms=1, trainees=40, shares=theirs),
        programme(3, terms=1, trainees=40),
    )
    for term, day in zip(school.terms(plan_id), ("2020-06-08", "2020-06-15", "2020-06-29"), strict=True):
        school.call(contract.MOVE_TERM, {"term_id": term["term_id"], "starts_on": day})
    whole = compare(school, plan_id, 1)
    unit = Caller("test:unit", frozenset({Role.UNIT}), (UNITS[0],))
    own = compare(school, plan_id, 1, caller=unit)
    assert len(whole["differences"]) == 3
    assert {each["words"]["zh"][:6] for each in own["differences"]} == {"第1班第1期", "第3班第1期"}
    assert own["affected_unit_ids"] == [UNITS[0]]
    assert "yunling" not in str(own)
    assert (own["told"], whole["told"]) == (80, 120)
    for role in (Role.TRAINEE, Role.LECTURER):
        with pytest.raises(Forbidden):
            compare(school, plan_id, 1, caller=Caller("test:somebody", frozenset({role}), ("",)))


def test_a_version_says_whom_a_term_concerned_then_however_long_ago_it_moved(school: School) -> None:
    for unit_id in UNITS:
        school.call(PUT_SENDING_UNIT, {"unit_id": unit_id, "title": unit_id[5:], "staff": 900, "far": False})
    ours, theirs = ([{"unit_id": unit_id, "people": 40}] for unit_id in UNITS)
    one = programme(1, terms=1, trainees=40, shares=ours)
    plan_id = placed(school, one, programme(2, terms=1, trainees=40))
    first, second = school.terms(plan_id)
    school.call(contract.MOVE_TERM, {"term_id": first["term_id"], "starts_on": "2020-06-29"})
    register(school, "wen", "国家治理")
    amended = {"ordinal": 1, "trainees": 60, "shares": theirs, "lecturers": [{"lecturer_id": "wen"}]}
    school.call(contract.AMEND_PLAN, {"plan_id": plan_id, "programmes": [amended]})
    assert len(versions(school, plan_id)) == 2
    school.call(contract.MOVE_TERM, {"term_id": second["term_id"], "starts_on": "2020-07-06"})
    assert [(each["number"], each["changed"]) for each in versions(school, plan_id)] == [(1, 2), (2, 1), (3, 1)]

    def row(*numbers: int, **more: Any) -> dict[str, Any] | None:
        found = compare(school, plan_id, *numbers, **more)["differences"]
        return next((each for each in found if each["term_id"] == first["term_id"]), None)

    then, now = row(1, 2), row(1, 3)
    assert then is not None
    assert now is not None
    assert (then["told"], then["unit_ids"], then["lecturer_ids"]) == (40, [UNITS[0]], [])
    assert (now["told"], now["unit_ids"], now["lecturer_ids"]) == (61, [UNITS[1]], ["wen"])
    assert "通知学员60人" in now["words"]["zh"]
    assert row(2, 3) is None
    seen = [row(1, 3, caller=Caller("test:unit", frozenset({Role.UNIT}), (unit_id,))) for unit_id in UNITS]
    assert [each is not None for each in seen] == [False, True]


def test_a_version_or_a_plan_that_is_not_there_is_named(school: School) -> None:
    plan_id = placed(school)
    for first, second in ((9, 1), (1, 9)):
        with pytest.raises(NotFound, match="没有第 9 版") as refusal:
            compare(school, plan_id, first, second)
        assert refusal.value.details == {"plan_id": plan_id, "number": 9}
    with pytest.raises(NotFound):
        compare(school, "plan_unknown", 1, 1)
    with pytest.raises(NotFound):
        versions(school, "plan_unknown")
    with pytest.raises(Invalid):
        school.call(COMPARE_YEAR, {"plan_id": plan_id})
    draft = school.call(contract.CREATE_PLAN, {"year": 2021, "title": "空", "programmes": [programme()]})
    assert versions(school, draft["plan_id"]) == []
    with pytest.raises(NotFound, match="没有第 1 版"):
        compare(school, draft["plan_id"], 1)


def test_a_year_placed_before_versions_were_kept_begins_with_how_it_lies(school: School) -> None:
    plan_id = placed(school)
    kit = school.harness.kit

    def forget(tx: Transaction) -> dict[str, Any]:
        for doc in tx.rows(YEAR_VERSIONS).find():
            tx.rows(YEAR_VERSIONS).remove(doc)
        return {}

    kit.store.transact(kit.own_context(), forget, operation="test")
    for _ in range(2):
        MIGRATIONS[0].run(kit.store.backing.database)
    assert [(each["number"], each["placed"]) for each in versions(school, plan_id)] == [(1, 2)]
    first = school.terms(plan_id)[0]
    school.call(contract.MOVE_TERM, {"term_id": first["term_id"], "starts_on": "2020-06-29"})
    (row,) = compare(school, plan_id, 1)["differences"]
    assert row["before"]["starts_on"] == first["starts_on"]
    assert [each.phase for each in SCHEMA.migrations] == ["expand"]
