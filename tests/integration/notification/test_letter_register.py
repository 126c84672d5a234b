"""Numbers, letters and their replacement on a real store."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.enrollment.contract import NOMINATION_WITHDRAWN
from services.notification import contract
from services.notification.store import LETTERS, REGISTERS, TERMS
from services.scheduling.contract import CALENDAR_CHANGED, TERM_CANCELLED, TERM_MOVED
from shared.context import Context
from shared.errors import NotFound, Unavailable
from shared.security.caller import Caller, Role, service_caller
from tests.fixtures.store import MakeStore
from tests.integration.notification.notification_city import TERM, TERM_DATA, UNIT, City

UNIT_CLERK = Caller("test:clerk", frozenset({Role.UNIT}), (UNIT,))


@pytest.fixture
def city(make_store: MakeStore, tmp_path: Path) -> City:
    made = City(make_store, tmp_path)
    made.place_term()
    return made


def letters(city: City, **wanted: object) -> list[dict[str, object]]:
    items: list[dict[str, object]] = city.harness.call(contract.LIST_LETTERS, {"limit": 200, **wanted})["items"]
    return items


def test_a_roster_gets_one_transfer_letter_and_a_notice_each(city: City) -> None:
    city.admit("张伟", "李娜", "欧阳建国")
    city.roster_admitted()
    events = city.settle()
    assert [letter["number"] for letter in letters(city, kind="transfer")] == ["江组函〔2020〕1号"]
    assert [letter["number"] for letter in letters(city, kind="admission")] == [
        "江校学〔2020〕1号",
        "江校学〔2020〕2号",
        "江校学〔2020〕3号",
    ]
    assert {letter["state"] for letter in letters(city)} == {"issued"}
    assert events == [
        "notification.batch.registered.v1",
        "notification.letters.issued.v1",
        "notification.letters.delivered.v1",
    ]
    assert city.outbox == [
        f"{UNIT}/入学通知书/江校学〔2020〕1号.pdf",
        f"{UNIT}/入学通知书/江校学〔2020〕2号.pdf",
        f"{UNIT}/入学通知书/江校学〔2020〕3号.pdf",
        f"{UNIT}/选调函/江组函〔2020〕1号.pdf",
    ]


def test_a_repeated_or_redelivered_roster_issues_nothing_twice(city: City) -> None:
    city.admit("张伟", "李娜")
    city.roster_admitted(event_id="evt_1")
    city.roster_admitted(event_id="evt_1")
    city.roster_admitted(event_id="evt_2")
    assert city.settle().count("notification.batch.registered.v1") == 1
    assert len(letters(city)) == 3


def test_a_newcomer_gets_a_notice_and_the_unit_a_superseding_transfer_letter(city: City) -> None:
    city.admit("张伟", "李娜")
    city.roster_admitted()
    city.settle()
    city.admit("王强")
    city.roster_admitted()
    city.settle()
    old, new = letters(city, kind="transfer")
    assert (old["number"], old["superseded_by"]) == ("江组函〔2020〕1号", new["letter_id"])
    assert (new["number"], new["supersedes"], new["trainees"]) == ("江组函〔2020〕2号", old["letter_id"], 3)
    assert len(letters(city, kind="admission")) == 3
    assert len(letters(city, current=True)) == 4


def test_somebody_who_left_the_roster_keeps_no_current_notice(city: City) -> None:
    city.admit("张伟", "李娜")
    city.roster_admitted()
    city.settle()
    gone = city.trainees.pop()
    city.roster_admitted()
    city.settle()
    notices = {letter["nomination_id"]: letter for letter in letters(city, kind="admission")}
    assert notices[gone["nomination_id"]]["state"] == "void"
    assert notices[gone["nomination_id"]]["void_reason"] == "已不在录取名单中"
    assert len(letters(city, kind="transfer", current=True)) == 1


def test_units_below_get_letters_of_their_own(city: City) -> None:
    city.admit("张伟")
    city.admit("李娜", unit_id=f"{UNIT}.health")
    city.roster_admitted()
    city.settle()
    assert [letter["trainees"] for letter in letters(city, kind="transfer")] == [1]


def test_a_long_roster_is_asked_for_page_by_page(city: City) -> None:
    city.admit(*(f"学员{number}" for number in range(1, 206)))
    city.harness.call(contract.ISSUE_LETTERS, {"term_id": TERM, "unit_id": UNIT})
    assert letters(city, kind="transfer")[0]["trainees"] == 205


def test_an_unknown_term_is_a_passing_fault_and_leaves_nothing(city: City) -> None:
    city.admit("张伟", term_id="term_2")
    with pytest.raises(contract.TermNotKnown) as caught:
        city.roster_admitted(term_id="term_2")
    assert caught.value.transient
    assert letters(city) == []


def test_whoever_asks_for_letters_of_an_unknown_term_is_told_so(city: City) -> None:
    with pytest.raises(NotFound, match="term_2"):
        city.harness.call(contract.ISSUE_LETTERS, {"term_id": "term_2", "unit_id": UNIT})
    assert letters(city) == []


def test_enrollment_out_of_reach_is_a_passing_fault_and_leaves_nothing(city: City) -> None:
    city.admit("张伟")
    asked = city.harness.equipment.asking
    asked._answers.clear()  # type: ignore[attr-defined]
    with pytest.raises(Unavailable):
        city.roster_admitted()
    assert letters(city) == []


def test_a_moved_term_gets_its_letters_anew(city: City) -> None:
    city.admit("张伟")
    city.roster_admitted()
    city.settle()
    city.harness.deliver(
        TERM_MOVED,
        {**TERM_DATA, "starts_on": "2020-07-06", "ends_on": "2020-07-10", "reports_on": "2020-07-05", "version": 2},
    )
    city.settle()
    assert len(letters(city)) == 4
    assert [letter["number"] for letter in letters(city, current=True)] == ["江组函〔2020〕2号", "江校学〔2020〕2号"]


def test_letters_name_the_last_day_for_replacements_by_the_citys_own_calendar(city: City) -> None:
    city.place_term(replacement_day_kind="working", version=2)
    city.admit("张伟")
    city.roster_admitted()
    city.settle()
    off = {"day": "2020-06-03", "working": False, "reason": "全市停课"}
    for version, days in ((2, [off]), (1, []), (2, [off])):
        city.harness.deliver(CALENDAR_CHANGED, {"days": days, "version": version})
        city.settle()
    (row,) = city.store.view(Context(service_caller("notification"))).rows(TERMS).find()
    assert row["replace_by"] == "2020-05-29"
    assert [each["number"] for each in letters(city, kind="transfer", current=True)] == ["江组函〔2020〕2号"]


def test_an_answer_that_somebody_else_outran_is_asked_for_again(city: City) -> None:
    city.admit("张伟")

    def meanwhile() -> None:
        city.admit("李娜")
        city.roster_admitted()

    city.while_asking(meanwhile)
    city.roster_admitted()
    assert [letter["trainees"] for letter in letters(city, kind="transfer")] == [2]
    assert [letter["state"] for letter in letters(city, kind="admission")] == ["registered", "registered"]


@pytest.mark.parametrize("others", [(), ("李娜",)])
def test_who_leaves_while_the_letters_are_drawn_up_gets_none(city: City, others: tuple[str, ...]) -> None:
    city.admit(*others)
    city.roster_admitted()
    city.admit("张伟")
    gone = city.trainees[-1]["nomination_id"]

    def leave() -> None:
        city.trainees.pop()
        left = {"nomination_id": gone, "term_id": TERM, "unit_id": UNIT, "was_admitted": True}
        city.harness.deliver(NOMINATION_WITHDRAWN, {**left, "reason_code": "illness"})

    city.while_asking(leave)
    city.roster_admitted()
    assert gone not in {letter["nomination_id"] for letter in letters(city)}
    assert [letter["trainees"] for letter in letters(city, kind="transfer")] == [1] * len(others)


def test_a_term_moved_while_its_first_letters_are_drawn_up_is_in_them(city: City) -> None:
    city.admit("张伟")
    city.while_asking(lambda: city.harness.deliver(TERM_MOVED, {**TERM_DATA, "days": 9, "version": 2}))
    city.roster_admitted()
    rows = city.store.view(Context(caller=service_caller("test"))).rows(LETTERS)
    assert {each["term"]["days"] for each in rows.unseal_many(rows.find(), "said", purpose="test")} == {9}


def test_an_older_announcement_of_a_term_is_passed_over(city: City) -> None:
    city.harness.deliver(TERM_MOVED, {**TERM_DATA, "days": 9, "version": 3})
    city.harness.deliver(TERM_MOVED, {**TERM_DATA, "days": 2, "version": 2})
    city.admit("张伟")
    city.roster_admitted()
    rows = city.store.view(Context(caller=service_caller("test"))).rows(LETTERS)
    said = rows.unseal_many(rows.find(), "said", purpose="test")
    assert {each["term"]["days"] for each in said} == {9}


def test_a_cancelled_term_makes_its_letters_void(city: City) -> None:
    city.admit("张伟")
    city.roster_admitted()
    city.settle()
    city.harness.deliver(TERM_CANCELLED, {"term_id": TERM, "plan_id": "plan_1", "reason": "疫情", "version": 2})
    assert {letter["state"] for letter in letters(city)} == {"void"}
    city.roster_admitted()
    city.settle()
    assert len(letters(city)) == 2


def test_a_cancellation_that_comes_before_or_after_its_time_does_no_harm(city: City) -> None:
    cancelled = {"term_id": TERM, "plan_id": "plan_1", "reason": "年度计划调整", "version": 2}
    with pytest.raises(contract.TermNotKnown):
        city.harness.deliver(TERM_CANCELLED, {**cancelled, "term_id": "term_2"})
    city.place_term(version=3)
    city.harness.deliver(TERM_CANCELLED, cancelled)
    city.admit("张伟")
    city.roster_admitted()
    assert {letter["state"] for letter in letters(city)} == {"registered"}
    city.harness.deliver(TERM_CANCELLED, {**cancelled, "version": 5})
    city.harness.deliver(TERM_MOVED, {**TERM_DATA, "version": 4})
    city.settle()
    assert letters(city, current=True) == []


def test_a_void_letter_keeps_its_number_and_the_next_one_goes_on(city: City) -> None:
    city.admit("张伟")
    city.roster_admitted()
    city.settle()
    first = letters(city, kind="transfer")[0]
    voided = city.harness.call(contract.VOID_LETTER, {"letter_id": first["letter_id"], "reason": "印错单位名称"})
    assert (voided["state"], voided["number"], voided["void_reason"]) == ("void", "江组函〔2020〕1号", "印错单位名称")
    reply = city.harness.call(contract.ISSUE_LETTERS, {"term_id": TERM, "unit_id": UNIT})
    assert reply["registered"] == 1
    assert [letter["number"] for letter in letters(city, kind="transfer")] == ["江组函〔2020〕1号", "江组函〔2020〕2号"]
    with pytest.raises(contract.LetterClosed, match="江组函〔2020〕1号"):
        city.harness.call(contract.VOID_LETTER, {"letter_id": first["letter_id"], "reason": "再次作废"})


def test_the_register_starts_anew_with_the_calendar_year_of_the_city(city: City) -> None:
    city.admit("张伟")
    city.clock.set(datetime(2020, 12, 31, 15, 59, tzinfo=UTC))
    city.roster_admitted()
    city.admit("李娜")
    city.clock.set(datetime(2020, 12, 31, 16, 0, tzinfo=UTC))
    city.roster_admitted()
    assert [letter["number"] for letter in letters(city, kind="admission")] == [
        "江校学〔2020〕1号",
        "江校学〔2021〕1号",
    ]


def test_concurrent_registrations_leave_no_gap_and_no_double(city: City, make_store: MakeStore) -> None:
    units = [f"jiangcheng.unit-{number}" for number in range(8)]
    for unit in units:
        city.admit("张伟", "李娜", "王强", unit_id=unit)
    # Two stores stand for two replicas; threads of one replica share a harness.
    replicas = [city.harness, city.service_on(make_store(city.store.schema, clock=city.clock))]
    faults: list[BaseException] = []

    def issue(position: int, unit: str) -> None:
        try:
            replicas[position % 2].call(contract.ISSUE_LETTERS, {"term_id": TERM, "unit_id": unit})
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=issue, args=(position, unit)) for position, unit in enumerate(units)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    rows = city.store.view(Context(caller=service_caller("test"))).rows(LETTERS).find()
    for series, count in (("江组函", 8), ("江校学", 24)):
        taken = sorted(row["sequence"] for row in rows if row["series"] == series)
        assert taken == list(range(1, count + 1))


def test_a_registration_that_fails_gives_no_number_out(city: City) -> None:
    city.admit("张伟")
    city.roster_admitted()
    view = city.store.view(Context(caller=service_caller("test")))

    def broken(tx: object) -> dict[str, object]:
        row = tx.rows(REGISTERS).hold("江校学〔2020〕")  # type: ignore[attr-defined]
        tx.rows(REGISTERS).save({**row, "last": 99})  # type: ignore[attr-defined]
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        city.store.transact(view.context, broken, operation="test", request={})
    city.admit("李娜")
    city.roster_admitted()
    assert [letter["number"] for letter in letters(city, kind="admission")] == [
        "江校学〔2020〕1号",
        "江校学〔2020〕2号",
    ]


def test_a_unit_sees_its_own_letters_only(city: City) -> None:
    city.admit("张伟")
    city.admit("李娜", unit_id="jiangcheng.finance")
    city.roster_admitted()
    city.roster_admitted(unit_id="jiangcheng.finance")
    city.settle()
    mine = city.harness.call(contract.LIST_LETTERS, caller=UNIT_CLERK)["items"]
    assert {letter["unit_id"] for letter in mine} == {UNIT}
    other = letters(city, unit_id="jiangcheng.finance")[0]["letter_id"]
    for operation in (contract.GET_LETTER, contract.GET_LETTER_FILE):
        with pytest.raises(NotFound):
            city.harness.call(operation, {"letter_id": other}, caller=UNIT_CLERK)


def test_the_summary_counts_by_term_kind_and_state(city: City) -> None:
    city.admit("张伟", "李娜")
    city.roster_admitted()
    city.settle()
    city.admit("王强")
    city.roster_admitted()
    city.settle()
    summary = city.harness.call(contract.LETTERS_SUMMARY)
    (term,) = summary["items"]
    assert term["transfer"] == {
        "registered": 0,
        "printed": 0,
        "issued": 1,
        "unprintable": 0,
        "void": 0,
        "superseded": 1,
    }
    assert summary["admission"]["issued"] == 3
    assert summary["deliveries"]["delivered"] == 5
