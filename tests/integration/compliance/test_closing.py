"""Closing a term on a real store: refused by name, killed at every step, sealed, verified, reopened."""

from __future__ import annotations

import base64
import csv
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from services.compliance import contract
from services.compliance.domain.archive import STEPS
from services.compliance.service import ComplianceService
from services.compliance.store.closing import ARCHIVES, PIECES
from services.compliance.store.term import TERMS
from services.enrollment.contract import CONTRACT as ENROLLMENT
from services.enrollment.contract import LIST_TRAINEES
from services.outcomes.contract import REPORT_GRADED
from services.scheduling.contract import TIMETABLE_ISSUED
from shared.contracts.exports import files_export
from shared.errors import Forbidden, NotFound, Unavailable
from shared.runtime.directory import Directory
from shared.runtime.process import ROWS
from shared.runtime.testing import Answers, ServiceHarness
from shared.storage import Store
from tests.fixtures.clock import StillClock
from tests.integration.compliance.compliance_city import DONGHU, ORGANISERS, SCHOOL, City, at, timetable, trainee, week
from tests.integration.compliance.term_closing import GIVEN, answers, carry_out, close, given, graded, hold_term, judge


@pytest.fixture
def city(store: Store, clock: StillClock) -> City:
    harness = ServiceHarness(ComplianceService, store, clock=clock, answers=answers())
    return City(harness, clock)


@pytest.fixture
def over(city: City) -> City:
    """A term of two that is over, judged and confirmed."""
    hold_term(city, "n1", "n2")
    judge(city)
    return city


def give(city: City, answer: dict[Any, Any]) -> None:
    city.harness.asks(Answers(answer), city.harness.equipment.directory)


def closing(city: City) -> dict[str, Any]:
    return city.ask(contract.GET_CLOSING, SCHOOL, term_id="term_1")


def count(city: City, collection: Any) -> int:
    found: int = city.harness.store.view(city.harness.kit.own_context()).rows(collection).count({})
    return found


def frozen(city: City) -> bool:
    return bool(city.harness.store.view(city.harness.kit.own_context()).rows(TERMS).get("term_1")["frozen"])


def archive(city: City) -> zipfile.ZipFile:
    content = city.ask(contract.GET_TERM_ARCHIVE, ORGANISERS, term_id="term_1")["content"]
    return zipfile.ZipFile(io.BytesIO(base64.b64decode(content)))


def test_a_complete_file_set_becomes_an_archive_that_verifies(over: City) -> None:
    assert (close(over)["state"], closing(over)["step"]) == ("closing", "freeze")
    carry_out(over, set())
    done = closing(over)
    assert (done["state"], done["edition"], done["retention"]["basis"]) == ("closed", 1, "unverified")
    with archive(over) as opened:
        manifest = json.loads(opened.read("manifest.json"))
        names = opened.namelist()
        sheet = opened.read("compliance/签到与考勤表.csv").decode("utf-8-sig")
    assert names == ["manifest.json", *sorted(each["path"] for each in manifest["files"])]
    assert {each["path"] for each in done["files"]} == set(names) - {"manifest.json"}
    assert all(line["files"] for line in manifest["checklist"] if line["required"])
    assert "5月18日" not in sheet
    assert "2020-05-18 上午" in sheet
    verdict = over.ask(contract.VERIFY_TERM_ARCHIVE, ORGANISERS, term_id="term_1")
    assert (verdict["holds"], len(verdict["findings"])) == (True, len(names))
    (event,) = over.harness.emitted(contract.TERM_CLOSED)
    assert (event.data["sha256"], event.data["files"]) == (done["sha256"], len(names) - 1)


def test_no_name_in_the_archive_runs_in_a_spreadsheet(over: City) -> None:
    words = dict.fromkeys(("workplace", "post", "rank", "political_status", "phone_masked", "unit_title"), "")
    person = words | {"nomination_id": "n1", "name": "＝HYPERLINK(1)", "unit_id": "jiangcheng.donghu", "sex": "male"}
    person |= {"term_id": "term_1", "admitted_at": "2020-05-01T00:00:00+08:00"}
    give(over, answers() | {LIST_TRAINEES: {"items": [person], "next_cursor": None}})
    close(over)
    carry_out(over, set())
    with archive(over) as opened:
        tables = [opened.read(name).decode("utf-8-sig") for name in opened.namelist() if name.endswith(".csv")]
    cells = [cell for table in tables for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
    assert "'＝HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "＝"))]


def test_a_missing_file_is_named_and_the_term_is_open_again(over: City) -> None:
    give(over, answers(enrollment=("roster",), outcomes=("questions",)))
    close(over)
    done: set[str] = set()
    carry_out(over, done)
    refused = closing(over)
    assert (refused["state"], [each["item"] for each in refused["missing"]]) == ("refused", ["fees", "reports"])
    assert "培训费清单（enrollment）" in refused["refusal"]["zh"]
    assert (frozen(over), count(over, PIECES), count(over, ARCHIVES)) == (False, 0, 0)
    (event,) = over.harness.emitted(contract.CLOSING_REFUSED)
    assert event.data["missing"] == ["fees", "reports"]
    give(over, answers())
    close(over)
    carry_out(over, done)
    assert closing(over)["state"] == "closed"


def test_a_timetable_issued_while_closing_is_counted_when_the_term_is_open_again(over: City) -> None:
    give(over, answers(outcomes=("questions",)))
    close(over)
    (frozen_by,) = over.harness.emitted(contract.PROCESS_ADVANCED)
    over.harness.deliver(contract.PROCESS_ADVANCED, frozen_by.data, event_id=frozen_by.id)
    over.harness.deliver(TIMETABLE_ISSUED, timetable(week()[1:], version=2))
    assert (frozen(over), over.sums("n1")["attended_hours"]) == (True, 40)
    carry_out(over, {frozen_by.id})
    assert (closing(over)["state"], frozen(over)) == ("refused", False)
    sums = over.sums("n1")
    assert (sums["attended_hours"], sums["total_hours"]) == (36, 36)


def test_what_is_not_settled_is_named_before_anything_begins(city: City, clock: StillClock) -> None:
    hold_term(city, "n1", "n2")
    city.leave("n1", (18, "morning"), by=SCHOOL)
    with pytest.raises(contract.NotReadyToClose) as refused:
        close(city)
    codes = {each["code"]: each["count"] for each in refused.value.details["blockers"]}
    assert codes == {"leave-undecided": 1, "completion-undecided": 2}
    city.ask(contract.DECIDE_COMPLETION, SCHOOL, term_id="term_1")
    clock.set(at(21))
    with pytest.raises(contract.NotReadyToClose, match="班次尚未结束"):
        close(city)
    assert closing(city)["state"] == "open"


def test_nothing_of_a_closed_term_changes(over: City) -> None:
    close(over)
    carry_out(over, set())
    for act in (
        lambda: over.roll("s-0518-morning", n1="absent", reason="更正"),
        lambda: over.leave("n1", (22, "afternoon"), by=SCHOOL),
        lambda: over.check_in("n1"),
        lambda: judge(over),
    ):
        with pytest.raises(contract.TermFrozen):
            act()
    with pytest.raises(contract.WrongState):
        close(over)


def test_a_report_told_missing_after_the_closing_counts_only_once_the_term_is_open_again(over: City) -> None:
    def completed() -> list[str]:
        rows = over.ask(contract.LIST_COMPLETIONS, SCHOOL, term_id="term_1", limit=10)["items"]
        return [row["outcome"] for row in rows]

    close(over)
    carry_out(over, set())
    over.harness.take()
    over.harness.deliver(REPORT_GRADED, {**graded("n1", passed=False), "grade": "not_submitted"})
    assert (over.harness.take(), completed()) == ([], ["completed"] * 2)
    assert over.ask(contract.VERIFY_TERM_ARCHIVE, ORGANISERS, term_id="term_1")["holds"]
    over.ask(contract.REOPEN_TERM, ORGANISERS, term_id="term_1", approver="李部长", reason="复核研究报告")
    judge(over)
    assert completed() == ["not_completed", "completed"]


def test_only_the_organisation_department_reopens_and_the_next_edition_follows(over: City) -> None:
    done: set[str] = set()
    close(over)
    carry_out(over, done)
    request = {"term_id": "term_1", "approver": "李部长", "reason": "补录更正考勤"}
    for caller in (SCHOOL, DONGHU, trainee("n1")):
        with pytest.raises(Forbidden):
            over.ask(contract.REOPEN_TERM, caller, **request)
    reopened = over.ask(contract.REOPEN_TERM, ORGANISERS, **request)
    assert (reopened["state"], reopened["reopenings"][0]["reason"], frozen(over)) == ("reopened", "补录更正考勤", False)
    with pytest.raises(NotFound):
        over.ask(contract.GET_TERM_ARCHIVE, ORGANISERS, term_id="term_1")
    over.roll("s-0518-morning", n1="late", reason="更正")
    judge(over)
    close(over)
    carry_out(over, done)
    assert (closing(over)["state"], closing(over)["edition"], count(over, ARCHIVES)) == ("closed", 2, 2)
    over.ask(contract.REOPEN_TERM, ORGANISERS, **request)
    with pytest.raises(contract.WrongState):
        over.ask(contract.REOPEN_TERM, ORGANISERS, **request)


class Died(BaseException):
    """Stands for the process ending: nothing catches it."""


@pytest.mark.parametrize("moment", ["before", "within"])
@pytest.mark.parametrize("turn", range(len(STEPS)))
def test_killed_at_any_step_it_goes_on_and_closes_once(
    over: City, monkeypatch: pytest.MonkeyPatch, turn: int, moment: str
) -> None:
    close(over)
    _dies_at(monkeypatch, turn, moment)
    done: set[str] = set()
    deaths = 0
    while True:
        try:
            carry_out(over, done)
            break
        except Died:
            deaths += 1
            assert frozen(over) is (turn > 0)
            assert over.harness.emitted(contract.TERM_CLOSED) == []
    assert (deaths, closing(over)["state"], frozen(over)) == (1, "closed", True)
    assert len(over.harness.emitted(contract.TERM_CLOSED)) == 1
    (process,) = over.harness.store.view(over.harness.kit.own_context()).rows(ROWS).find({})
    assert tuple(each["step"] for each in process["history"]) == STEPS
    assert over.ask(contract.VERIFY_TERM_ARCHIVE, ORGANISERS, term_id="term_1")["holds"] is True


@pytest.mark.parametrize("turn", range(len(STEPS)))
def test_killed_while_turning_round_it_opens_the_term_again(
    over: City, monkeypatch: pytest.MonkeyPatch, turn: int
) -> None:
    give(over, answers(outcomes=()))
    close(over)
    _dies_at(monkeypatch, len(STEPS) - 1 + turn, "within")
    done: set[str] = set()
    while True:
        try:
            carry_out(over, done)
            break
        except Died:
            assert over.harness.emitted(contract.TERM_CLOSED) == []
    assert (closing(over)["state"], frozen(over), count(over, PIECES)) == ("refused", False, 0)
    assert len(over.harness.emitted(contract.CLOSING_REFUSED)) == 1


def _dies_at(monkeypatch: pytest.MonkeyPatch, turn: int, moment: str) -> None:
    react, turns = Store.react, iter(range(100))

    def dying(self: Store, context: Any, event_id: str, handler: str, body: Callable[[Any], None]) -> bool:
        if next(turns) != turn:
            return react(self, context, event_id, handler, body)
        if moment == "before":
            raise Died

        def half(tx: Any) -> None:
            body(tx)
            raise Died

        return react(self, context, event_id, handler, half)

    monkeypatch.setattr(Store, "react", dying)


def test_a_service_that_is_away_is_waited_for(over: City) -> None:
    without = {key: value for key, value in answers().items() if key is not files_export("outcomes")}
    give(over, without)
    close(over)
    done: set[str] = set()
    with pytest.raises(Unavailable):
        carry_out(over, done)
    assert (closing(over)["state"], closing(over)["step"]) == ("closing", "outcomes")
    lines = over.ask(contract.GET_CLOSING_CHECKLIST, SCHOOL, term_id="term_1")["lines"]
    assert {line["state"] for line in lines if line["service"] == "outcomes"} == {"unknown"}
    give(over, answers())
    carry_out(over, done)
    assert closing(over)["state"] == "closed"


def test_a_service_that_gives_no_files_at_all_turns_the_closing_round(over: City) -> None:
    over.harness.asks(Answers(answers()), Directory([ENROLLMENT]))
    close(over)
    carry_out(over, set())
    refused = closing(over)
    assert (refused["state"], frozen(over)) == ("refused", False)
    assert "scheduling" in refused["refusal"]["zh"]


def test_the_checklist_says_what_closing_would_find(over: City) -> None:
    give(over, answers(scheduling=("scheme",)))
    found = over.ask(contract.GET_CLOSING_CHECKLIST, SCHOOL, term_id="term_1")
    assert (found["ready"], found["blockers"], found["basis"]) == (False, [], "design")
    assert [line["item"] for line in found["lines"] if line["needed"] and line["state"] != "present"] == ["timetable"]
    give(over, answers())
    assert over.ask(contract.GET_CLOSING_CHECKLIST, SCHOOL, term_id="term_1")["ready"] is True


@pytest.mark.parametrize("name", ["../escape.txt", "/etc/passwd", "a//b", "..", "a\\b", "roster.txt"])
def test_a_name_that_leaves_its_folder_or_comes_twice_turns_the_closing_round(over: City, name: str) -> None:
    reply = given("enrollment", *GIVEN["enrollment"])
    reply["files"].append({**reply["files"][0], "name": name})
    give(over, {**answers(), files_export("enrollment"): reply})
    close(over)
    carry_out(over, set())
    assert (closing(over)["state"], frozen(over), count(over, PIECES)) == ("refused", False, 0)


def test_a_changed_archive_does_not_verify(over: City) -> None:
    close(over)
    carry_out(over, set())
    store, context = over.harness.store, over.harness.kit.own_context()
    archive_id = closing(over)["archive_id"]

    def meddle(tx: Any) -> None:
        (piece,) = tx.rows(PIECES).find({"owner": archive_id})
        content = bytearray(tx.rows(PIECES).unseal(piece, "content", "test"))
        content[len(content) // 2] ^= 1
        tx.rows(PIECES).save({**piece, "content": bytes(content)})

    store.transact(context, meddle, operation="meddle")
    assert over.ask(contract.VERIFY_TERM_ARCHIVE, ORGANISERS, term_id="term_1")["holds"] is False


def test_units_and_trainees_have_no_part_in_it(over: City) -> None:
    for operation in (contract.CLOSE_TERM, contract.GET_TERM_ARCHIVE, contract.GET_CLOSING_CHECKLIST):
        request = {"term_id": "term_1"} | ({"approver": "x"} if operation is contract.CLOSE_TERM else {})
        for caller in (DONGHU, trainee("n1")):
            with pytest.raises(Forbidden):
                over.ask(operation, caller, **request)
