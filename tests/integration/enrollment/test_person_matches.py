"""Records of one person are found and asked about; only a person joins them, and nothing breaks by it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from services.compliance.contract import COMPLETION_DECIDED
from services.enrollment import contract, store
from shared.errors import Forbidden, Invalid, StaleVersion
from shared.security.caller import Caller, Role
from tests.integration.enrollment.conftest import OPENING, Desk, id_number, line, unit_caller
from tests.integration.enrollment.fee_desk import AUDITOR, SCHOOL, hear
from tests.integration.enrollment.replacing import approve, ask, carry_out

RIGHT, WRONG = id_number(1), id_number(3)


@pytest.fixture
def city(desk: Desk) -> Desk:
    for unit in ("donghu", "nanshan"):
        desk.unit(f"city.{unit}", f"{unit}区委")
    for number, days in ((1, 0), (2, 3), (3, 30)):
        desk.place(f"term_{number}", programme=number, starts=OPENING + timedelta(days=days))
        desk.allot(f"term_{number}", donghu=20, nanshan=20)
    return desk


def nominate(desk: Desk, name: str, number: str, programme: int = 1, unit: str = "donghu", **more: Any) -> str:
    """Nominate one person and let the service hear of it; return the nomination."""
    known = {row["nomination_id"] for row in desk.nominations()}
    desk.file(f"city.{unit}", [line(1, programme) | {"姓名": name, "身份证号": number, "手机": "13800000001"} | more])
    hear(desk)
    [new] = {row["nomination_id"] for row in desk.nominations()} - known
    return new


def matches(desk: Desk, state: str = "open") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.call(contract.LIST_PERSON_MATCHES, {"state": state})["items"]
    return found


def decide(desk: Desk, match: dict[str, Any], decision: str, **more: Any) -> dict[str, Any]:
    request = {"match_id": match["match_id"], "decision": decision} | more
    reply = desk.call(contract.DECIDE_PERSON_MATCH, request)
    hear(desk)
    return reply


def side(match: dict[str, Any], nomination_id: str) -> dict[str, Any]:
    return next(each for each in match["sides"] if each["nomination_id"] == nomination_id)


def seat(desk: Desk, term_id: str) -> list[str]:
    desk.accept_all(term_id=term_id)
    admitted: list[str] = desk.call(contract.ADMIT_TERM, {"term_id": term_id})["admitted"]
    hear(desk)
    return admitted


def engagements(desk: Desk, person_id: str) -> set[str]:
    view = desk.harness.store.view(desk.harness.kit.own_context())
    return {item["nomination_id"] for item in view.rows(store.PEOPLE).get(person_id)["engagements"]}


def test_a_variant_spelling_from_another_unit_is_asked_about_and_joined_by_a_person_only(city: Desk) -> None:
    first = nominate(city, "李詠", RIGHT)
    second = nominate(city, "李咏", WRONG, programme=3, unit="nanshan")
    [match] = matches(city)
    assert match["kind"] == "numbers"
    assert match["score"] == 40 + 30 + 20
    assert {each["name"] for each in match["sides"]} == {"李詠", "李咏"}
    assert side(match, first)["person_id"] != side(match, second)["person_id"], "nothing was joined yet"
    kept = side(match, first)["person_id"]
    answered = decide(city, match, "same", keep=kept, note="电话核实，南山区录错号码")
    assert (answered["state"], answered["decision"]["keep"]) == ("same", kept)
    assert engagements(city, kept) == {first, second}
    dossier = city.call(contract.GET_DOSSIER, {"nomination_id": second})
    assert [each["nomination_id"] for each in dossier["others"]] == [first]
    opened = city.call(contract.UNSEAL_ID_NUMBER, {"nomination_id": second, "purpose": "核对证件"})
    assert opened["id_number"] == RIGHT
    assert matches(city) == []


def test_a_number_found_wrong_leads_to_the_right_person_from_then_on(city: Desk) -> None:
    first = nominate(city, "李咏", RIGHT)
    nominate(city, "李咏", WRONG, programme=3, unit="nanshan")
    [match] = matches(city)
    kept = side(match, first)["person_id"]
    decide(city, match, "same", keep=kept)
    city.file("city.nanshan", [line(1, 1) | {"姓名": "李咏", "身份证号": WRONG}])
    [again] = city.nominations(unit_id="city.nanshan", term_id="term_1")
    verdicts = city.call(contract.GET_NOMINATION, {"nomination_id": again["nomination_id"]})["verdicts"]
    assert next(item for item in verdicts if item["rule"] == "duplicate_nomination")["ruling"] == "refuse"
    hear(city)
    assert matches(city) == [], "answered once is answered"


def test_two_people_kept_apart_are_not_asked_about_again(city: Desk) -> None:
    nominate(city, "李咏", RIGHT)
    second = nominate(city, "李咏", WRONG, unit="nanshan", 手机="13900000009")
    [match] = matches(city)
    decide(city, match, "different", note="双胞胎")
    nominate(city, "李咏", WRONG, programme=3, unit="nanshan", 手机="13900000010")
    assert matches(city) == []
    [apart] = matches(city, "different")
    assert engagements(city, side(apart, second)["person_id"]) != set()


def test_hours_on_record_follow_the_person(city: Desk) -> None:
    first, second = nominate(city, "李咏", RIGHT), nominate(city, "李咏", WRONG, programme=3, unit="nanshan")
    seat(city, "term_1")
    seat(city, "term_3")
    for nomination_id, term_id, hours in ((first, "term_1", 38), (second, "term_3", 30)):
        news = {"nomination_id": nomination_id, "term_id": term_id, "unit_id": "city.donghu", "completed": True}
        news |= {"hours_attended": hours, "total_hours": 40, "days": 5, "decided_on": "2020-06-30"}
        city.harness.deliver(COMPLETION_DECIDED, news)
    [match] = matches(city)
    decide(city, match, "same", keep=side(match, first)["person_id"])
    ledger = city.call(contract.GET_HOURS_OF_NOMINATION, {"nomination_id": second})
    assert sorted(entry["hours"] for entry in ledger["entries"]) == [30, 38]


def test_two_seats_that_share_a_day_have_to_be_settled_first(city: Desk) -> None:
    first, second = nominate(city, "李咏", RIGHT), nominate(city, "李咏", WRONG, programme=2, unit="nanshan")
    assert seat(city, "term_1") == [first]
    assert seat(city, "term_2") == [second], "as two people they may"
    [match] = matches(city)
    keep = side(match, first)["person_id"]
    with pytest.raises(contract.SeatsOverlap) as refused:
        decide(city, match, "same", keep=keep)
    assert sorted(refused.value.details["nomination_ids"]) == sorted([first, second])
    assert [each["state"] for each in matches(city)] == ["open"], "nothing was saved"
    city.call(contract.WITHDRAW_NOMINATION, {"nomination_id": second, "reason_code": "other"})
    decide(city, match, "same", keep=keep)
    assert engagements(city, keep) == {first}


def test_another_name_under_one_number_is_a_spelling_or_the_number_is_wrong(city: Desk) -> None:
    nominate(city, "李晓明", RIGHT)
    other = nominate(city, "李小明", RIGHT, programme=3, unit="nanshan")
    [match] = matches(city)
    assert (match["kind"], match["score"]) == ("names", 67)
    decide(city, match, "same", note="曾用名")
    nominate(city, "李小明", RIGHT, programme=2, unit="nanshan")
    assert matches(city) == [], "the spelling is known"
    wrong = nominate(city, "王芳", RIGHT, programme=1, unit="nanshan")
    [match] = matches(city)
    assert match["score"] == 0
    decide(city, match, "different")  # refused for another reason already: one person, two terms at once
    assert city.call(contract.GET_NOMINATION, {"nomination_id": wrong})["state"] == "refused"
    assert (other != wrong, matches(city)) == (True, [])


def test_a_nomination_under_somebody_elses_number_goes_back_for_correction(city: Desk) -> None:
    first = nominate(city, "李晓明", RIGHT)
    other = nominate(city, "王芳", RIGHT, programme=3, unit="nanshan")
    [match] = matches(city)
    decide(city, match, "different", note="号码属于他人")
    shown = city.call(contract.GET_NOMINATION, {"nomination_id": other})
    assert (shown["state"], shown["review"]["reason_code"]) == ("returned", "identity-wrong")
    city.call(contract.CORRECT_NOMINATION, {"nomination_id": other, "id_number": WRONG})
    hear(city)
    assert engagements(city, side(match, first)["person_id"]) == {first}
    assert matches(city) == []


def correct(desk: Desk, nomination_id: str, **changes: str) -> None:
    desk.call(contract.CORRECT_NOMINATION, {"nomination_id": nomination_id} | changes)
    hear(desk)


def test_nobody_asks_about_a_name_whose_nomination_has_ended(city: Desk) -> None:
    nominate(city, "李晓明", RIGHT)
    other = nominate(city, "王芳", RIGHT, programme=3, unit="nanshan")
    [match] = matches(city)
    city.call(contract.WITHDRAW_NOMINATION, {"nomination_id": other, "reason_code": "filed-by-mistake"})
    hear(city)
    assert (matches(city), [each["match_id"] for each in matches(city, "lapsed")]) == ([], [match["match_id"]])
    with pytest.raises(contract.WrongState):
        decide(city, match, "different")


def test_nobody_asks_about_a_name_once_somebody_else_goes_instead(city: Desk) -> None:
    nominate(city, "李晓明", RIGHT)
    other = nominate(city, "王芳", RIGHT, programme=3, unit="nanshan")
    assert seat(city, "term_3") == [other]
    asked = ask(city, other)
    assert len(matches(city)) == 1
    approve(city, asked)
    carry_out(city)
    assert matches(city) == []


def test_a_corrected_number_answers_whose_name_it_is(city: Desk) -> None:
    nominate(city, "李晓明", RIGHT)
    other = nominate(city, "王芳", RIGHT, programme=3, unit="nanshan")
    correct(city, other, id_number=WRONG)
    assert matches(city) == []
    assert city.call(contract.GET_NOMINATION, {"nomination_id": other})["state"] == "filed"


def test_another_wrong_name_is_another_question_and_the_same_one_again_the_same(city: Desk) -> None:
    nominate(city, "李晓明", RIGHT)
    other = nominate(city, "王芳", RIGHT, programme=3, unit="nanshan")
    [first] = matches(city)
    correct(city, other, name="王方")
    [second] = matches(city)
    assert second["match_id"] != first["match_id"]
    correct(city, other, name="王芳")
    assert [each["match_id"] for each in matches(city)] == [first["match_id"]]
    correct(city, other, name="李晓明")
    assert matches(city) == []
    correct(city, other, post="处长")
    assert (len(matches(city)), len(matches(city, "lapsed"))) == (0, 2)


def test_an_answer_about_a_nomination_that_is_somebody_elses_by_now_returns_nothing(city: Desk) -> None:
    nominate(city, "李晓明", RIGHT)
    other = nominate(city, "王芳", RIGHT, programme=3, unit="nanshan")
    correct(city, other, id_number=WRONG)
    [asked] = matches(city, "lapsed")
    stored = city.harness.store.view(city.harness.kit.own_context()).backing.collection("person_matches")
    stored.update_one({"_id": asked["match_id"]}, {"$set": {"state": "open"}})  # as rows of before may be
    assert decide(city, asked, "different")["state"] == "different"
    assert city.call(contract.GET_NOMINATION, {"nomination_id": other})["state"] == "filed"


def test_who_is_joined_takes_their_open_questions_along(city: Desk) -> None:
    third = id_number(5)
    first = nominate(city, "李咏", RIGHT)
    nominate(city, "李咏", WRONG, programme=3, unit="nanshan")
    nominate(city, "李咏", third, programme=2, unit="nanshan")
    assert len(matches(city)) == 3
    pair = next(
        match for match in matches(city) if {each["term_id"] for each in match["sides"]} == {"term_1", "term_3"}
    )
    decide(city, pair, "same", keep=side(pair, first)["person_id"])
    [left] = matches(city)
    assert side(left, first)["person_id"] in {each["person_id"] for each in left["sides"]}
    assert len(matches(city, "lapsed")) == 1


def test_an_answer_needs_the_right_side_the_open_question_and_the_newest_version(city: Desk) -> None:
    first = nominate(city, "李咏", RIGHT)
    nominate(city, "李咏", WRONG, programme=3, unit="nanshan")
    [match] = matches(city)
    with pytest.raises(Invalid, match="keep"):
        decide(city, match, "same")
    with pytest.raises(Invalid):
        decide(city, match, "same", keep="person_nobody")
    request = {"match_id": match["match_id"], "decision": "different"}
    with pytest.raises(StaleVersion):
        city.call(contract.DECIDE_PERSON_MATCH, request, expected_version=7)
    decide(city, match, "same", keep=side(match, first)["person_id"])
    with pytest.raises(contract.WrongState):
        decide(city, match, "different")


def test_only_the_organisation_department_answers_and_events_name_nobody(city: Desk) -> None:
    nominate(city, "李咏", RIGHT)
    city.file("city.nanshan", [line(1, 3) | {"姓名": "李咏", "身份证号": WRONG, "手机": "13800000001"}])
    for each in [each for each in city.harness.take() if each.type == contract.ROSTER_IMPORTED.type]:
        city.harness.deliver(contract.ROSTER_IMPORTED, each.data, event_id=each.id)
        city.harness.deliver(contract.ROSTER_IMPORTED, each.data, event_id=each.id)
    [event] = city.harness.emitted(contract.MATCH_FOUND)
    assert set(event.data) == {"match_id", "kind", "nomination_ids"}
    [match] = matches(city)
    assert len(city.call(contract.LIST_PERSON_MATCHES, {}, caller=AUDITOR)["items"]) == 1
    request = {"match_id": match["match_id"], "decision": "different"}
    for caller in (SCHOOL, AUDITOR, unit_caller("city.donghu"), Caller("test:t", frozenset({Role.TRAINEE}), ())):
        with pytest.raises(Forbidden):
            city.call(contract.DECIDE_PERSON_MATCH, request, caller=caller)
    with pytest.raises(Forbidden):
        city.call(contract.LIST_PERSON_MATCHES, {}, caller=unit_caller("city.donghu"))
    assert date.fromisoformat(match["sides"][0]["born_on"]) == date(1980, 1, 1)
