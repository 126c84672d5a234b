"""Reminders in working days, the call when nobody reacts, and wordings in versions."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.compliance import contract as compliance
from services.enrollment import contract as enrollment
from services.enrollment.contract import NOMINATION_WITHDRAWN
from services.notification import contract
from services.outcomes import contract as outcomes
from services.scheduling.contract import TERM_CANCELLED
from shared.errors import Forbidden, Invalid, NotFound
from shared.identifiers import new_id
from shared.security.caller import Caller, Role
from tests.fixtures.store import MakeStore
from tests.integration.notification.message_desk import at, briefing, deliver, reminders, tasks
from tests.integration.notification.notification_city import TERM, UNIT, City

CLERK = Caller("acct_clerk", frozenset({Role.UNIT}), (UNIT,))
SCHOOL = Caller("acct_school", frozenset({Role.PARTY_SCHOOL}), ("",))


@pytest.fixture
def city(make_store: MakeStore, tmp_path: Path) -> City:
    made = City(make_store, tmp_path)
    made.place_term()
    made.harness.call(contract.PUT_LADDER, {"recipient": "unit", "channels": ["simulated_email"]})
    made.units[UNIT] = {"email": "peixun@donghu.example", "phone": "027-88880000", "person": "王海"}
    return made


class TestReminders:
    def test_they_come_on_working_days_before_the_due_day_and_once_each(self, city: City) -> None:
        briefing(city)  # due on Friday 2020-06-05: three working days before is Tuesday, one is Thursday
        subject = "推进国家治理体系和治理能力现代化专题培训班（第1期）开班前纪律提醒"
        assert at(city, 5, 11) == [subject]
        assert at(city, 6, 1) == []
        assert at(city, 6, 2) == [subject]
        assert at(city, 6, 2, 16) == []
        assert at(city, 6, 3) == []
        assert at(city, 6, 4) == [subject]
        assert at(city, 6, 5) == []

    def test_a_day_late_the_office_rings_and_the_call_is_taken_back_when_it_is_done_after_all(self, city: City) -> None:
        briefing(city)
        at(city, 5, 11)
        # Saturday is not worked: the first working day after Friday is Monday.
        assert at(city, 6, 6) == []
        assert at(city, 6, 8) == ["推进国家治理体系和治理能力现代化专题培训班（第1期）纪律提醒逾期未确认"]
        (task,) = tasks(city)
        assert (task["cause"], task["office"], task["state"]) == ("overdue", "organisation_department", "open")
        sheet = city.harness.call(contract.GET_PHONE_TASK, {"task_id": task["task_id"]})
        assert "的纪律提醒应于6月5日（星期五）前完成" in sheet["words"]
        said = {"briefing_id": "b1", "term_id": TERM, "unit_id": UNIT, "late": True}
        deliver(city, compliance.BRIEFING_ACKNOWLEDGED, **said)
        assert tasks(city)[0]["state"] == "cancelled"

    def test_what_is_done_is_not_reminded_of_not_even_when_the_reminder_lay_ready(self, city: City) -> None:
        briefing(city)
        at(city, 5, 11)
        assert at(city, 6, 2, 9) == []  # the reminder is written and waits for the digest
        said = {"briefing_id": "b1", "term_id": TERM, "unit_id": UNIT, "late": False}
        deliver(city, compliance.BRIEFING_ACKNOWLEDGED, **said)
        assert at(city, 6, 2) == []
        assert at(city, 6, 8) == []
        assert reminders(city) == [(-3, "cancelled")]
        assert tasks(city) == []

    def test_a_moved_day_is_told_and_takes_its_old_reminders_with_it(self, city: City) -> None:
        briefing(city)
        at(city, 5, 11)
        at(city, 6, 2, 9)
        briefing(city, "2020-07-03")
        assert len(at(city, 6, 2)) == 1  # the new day, not the old reminder
        assert at(city, 6, 4) == []
        assert at(city, 6, 8) == []
        assert len(at(city, 6, 30)) == 1
        assert reminders(city) == [(-3, "cancelled"), (-3, "reached")]

    def test_events_that_overtake_each_other_leave_what_was_said_last(self, city: City) -> None:
        opened, moved, acknowledged, again = (new_id("evt") for _ in range(4))
        said = {"briefing_id": "b1", "term_id": TERM, "unit_id": UNIT}
        deliver(city, compliance.BRIEFING_ACKNOWLEDGED, acknowledged, **said, late=False)
        deliver(city, compliance.BRIEFING_OPENED, moved, **said, due_on="2020-06-05")
        deliver(city, compliance.BRIEFING_OPENED, opened, **said, due_on="2020-06-04")
        assert at(city, 5, 11) == [], "nobody waits for it"
        assert [at(city, 6, day) for day in (1, 2, 3, 4, 8)] == [[]] * 5
        deliver(city, compliance.BRIEFING_OPENED, again, **said, due_on="2020-07-03")
        deliver(city, compliance.BRIEFING_OPENED, moved, **said, due_on="2020-06-12")
        assert len(at(city, 6, 9)) == 1
        assert [len(at(city, 6, day)) for day in (10, 11, 15, 30)] == [0, 0, 0, 1]
        assert [task["state"] for task in tasks(city)] == []

    def test_a_briefing_without_a_day_is_told_once_the_day_is_known(self, city: City) -> None:
        said = {"briefing_id": "b1", "term_id": TERM, "unit_id": UNIT}
        deliver(city, compliance.BRIEFING_OPENED, **said, due_on=None)
        assert at(city, 5, 11) == []
        briefing(city)
        assert len(at(city, 5, 12)) == 1
        briefing(city)
        assert at(city, 5, 13) == []
        assert len(at(city, 6, 2)) == 1

    def test_a_briefing_of_which_everybody_withdrew_reminds_nobody_and_nobody_rings(self, city: City) -> None:
        briefing(city)
        at(city, 5, 11)
        deliver(city, compliance.BRIEFING_CANCELLED, briefing_id="b1", term_id=TERM, unit_id=UNIT)
        assert [at(city, 6, day) for day in (2, 4, 8)] == [[]] * 3
        assert tasks(city) == []

    def test_a_proposal_that_was_taken_back_is_not_waited_for(self, city: City) -> None:
        proposal = {"proposal_id": "proposal_1", "term_id": TERM, "unit_id": UNIT}
        deliver(city, outcomes.PROPOSAL_FORWARDED, **proposal, due_on="2020-06-05")
        assert len(at(city, 5, 11)) == 1
        deliver(city, outcomes.PROPOSAL_WITHDRAWN, **proposal)
        assert [at(city, 6, day) for day in (2, 4, 8)] == [[]] * 3
        assert tasks(city) == []

    @pytest.mark.parametrize("end", ["submitted", "withdrawn"])
    def test_who_has_a_report_returned_is_told_each_time_and_reminded_until_it_is_handed_in(
        self, city: City, end: str
    ) -> None:
        whose = {"nomination_id": "nomination_1", "term_id": TERM, "unit_id": UNIT}
        report = {**whose, "report_id": "report_1"}
        for told in ("2020-06-05", "2020-06-05", "2020-06-12"):
            deliver(city, outcomes.REPORT_RETURNED, **report, due_on=told)
            assert len(at(city, 5, 11, 15)) == 1
        assert at(city, 6, 4) == []
        assert at(city, 6, 11) == ["该学员研究报告退回修改，请于6月12日（星期五）前重新提交"]
        deliver(city, outcomes.REPORT_RETURNED, **report, due_on="2020-06-19")
        if end == "submitted":
            deliver(city, outcomes.REPORT_SUBMITTED, **report, report_version=2, late=False)
        else:
            deliver(city, NOMINATION_WITHDRAWN, **whose, was_admitted=True, reason_code="work")
        at(city, 6, 12)
        assert at(city, 6, 18) == []

    def test_a_lecturer_who_receipted_questions_is_not_reminded_to(self, city: City) -> None:
        city.lecturers["l-1"] = {"email": "chen@university.example"}
        city.harness.call(contract.PUT_LADDER, {"recipient": "lecturer", "channels": ["simulated_email"]})
        handed = {"term_id": TERM, "lecturer_id": "l-1"}
        for handover_id in ("h1", "h2"):
            said = {**handed, "handover_id": handover_id, "session_ids": ["s1"], "questions": 5}
            deliver(city, outcomes.QUESTIONS_HANDED_OVER, **said, due_on="2020-05-14")
        at(city, 5, 11)
        deliver(city, outcomes.HANDOVER_RECEIPTED, **handed, handover_id="h1")
        at(city, 5, 13)
        assert reminders(city) == [(-1, "reached")]
        deliver(city, outcomes.HANDOVER_CLOSED, **handed, handover_id="h1", reason="reassigned")
        assert at(city, 5, 14) == []

    def test_a_clock_that_jumps_past_everything_says_only_the_last(self, city: City) -> None:
        briefing(city)
        at(city, 5, 11)
        assert len(at(city, 6, 22)) == 1
        assert reminders(city) == [(1, "reached")]

    def test_a_cancelled_term_reminds_nobody(self, city: City) -> None:
        briefing(city)
        at(city, 5, 11)
        deliver(city, TERM_CANCELLED, term_id=TERM, plan_id="plan_1", reason="疫情防控", version=2)
        assert at(city, 6, 2) == []
        assert at(city, 6, 8) == []

    def test_the_city_chooses_when_to_remind_and_what_not_to_say(self, city: City) -> None:
        rule = {"key": "briefing-opened", "enabled": True, "urgent": False, "remind": [-2]}
        city.harness.call(contract.PUT_MESSAGE_RULE, rule, expected_version=0)
        briefing(city)
        at(city, 5, 11)
        assert [len(at(city, 6, day)) for day in (2, 3, 4)] == [0, 1, 0]
        city.harness.call(contract.PUT_MESSAGE_RULE, {**rule, "enabled": False}, expected_version=1)
        assert at(city, 6, 8) == []
        deliver(city, compliance.BRIEFING_OPENED, briefing_id="b2", term_id=TERM, unit_id=UNIT, due_on="2020-07-03")
        assert at(city, 6, 9) == []

    def test_where_nothing_is_due_there_is_nothing_to_remind_of(self, city: City) -> None:
        rule = {"key": "fees-paid", "enabled": True, "urgent": True}
        with pytest.raises(Invalid):
            city.harness.call(contract.PUT_MESSAGE_RULE, {**rule, "remind": [-1]})
        assert city.harness.call(contract.PUT_MESSAGE_RULE, {**rule, "remind": []})["urgent"]


class TestAcknowledgements:
    def issue(self, city: City) -> None:
        city.admit("张伟", "李娜")
        city.roster_admitted()
        city.settle()

    def outstanding(self, city: City) -> list[str]:
        items = city.harness.call(contract.LIST_LETTERS, {"limit": 200})["items"]
        return sorted(letter["acknowledgement"]["state"] for letter in items)

    def test_a_unit_that_does_not_answer_is_reminded_then_rung(self, city: City) -> None:
        self.issue(city)  # Monday 2020-05-11: the last acknowledgement is due on Monday 2020-05-18
        (reminder,) = at(city, 5, 15)
        assert reminder == "请对推进国家治理体系和治理能力现代化专题培训班（第1期）函件回执"
        assert "尚有3份未收到回执，请于5月18日（星期一）前" in city.sent()[-1]["text"]
        assert at(city, 5, 18) == []
        before = len(city.sent())
        city.clock.set(datetime(2020, 5, 19, 7, 0, 1, tzinfo=UTC))
        city.tick()
        assert city.settle().count("notification.acknowledgement.overdue.v1") == 3
        assert [sent["subject"] for sent in city.sent()[before:]] == [
            "推进国家治理体系和治理能力现代化专题培训班（第1期）函件回执逾期"
        ]
        assert self.outstanding(city) == ["overdue"] * 3
        (task,) = tasks(city)
        named = {"task_id": task["task_id"], "outcome": "reached", "note": "王海称均已收到"}
        city.harness.call(contract.RECORD_CALL, named, caller=SCHOOL)
        items = city.harness.call(contract.LIST_LETTERS, {"limit": 200})["items"]
        assert {(row["acknowledgement"]["way"], row["acknowledgement"]["late"]) for row in items} == {("phone", True)}
        assert at(city, 5, 25) == []

    @pytest.mark.parametrize(("remind", "days"), [([-4, -2], [12, 14]), ([], []), (None, [15])])
    def test_the_city_chooses_when_to_remind(self, city: City, remind: list[int] | None, days: list[int]) -> None:
        rule = {"key": "letter-acknowledgement", "enabled": True, "urgent": False, "remind": remind}
        city.harness.call(contract.PUT_MESSAGE_RULE, rule)
        self.issue(city)
        assert [day for day in range(11, 19) if at(city, 5, day)] == days
        assert len(at(city, 5, 19)) == 1

    def test_one_that_answers_in_between_is_left_in_peace(self, city: City) -> None:
        self.issue(city)
        city.harness.call(contract.ACKNOWLEDGE_ROSTER, {"term_id": TERM, "unit_id": UNIT}, caller=CLERK)
        assert at(city, 5, 15) == []
        assert at(city, 5, 19) == []
        assert tasks(city) == []

    def test_one_that_answers_letter_by_letter_is_left_in_peace_though_the_reminder_lay_ready(self, city: City) -> None:
        self.issue(city)
        assert at(city, 5, 15, 9) == []
        for letter in city.harness.call(contract.LIST_LETTERS, {"limit": 200})["items"]:
            who = letter["nomination_id"]
            trainee = Caller(f"trainee:{who}", frozenset({Role.TRAINEE}))
            request = {"letter_id": letter["letter_id"]}
            city.harness.call(contract.ACKNOWLEDGE_LETTER, request, caller=trainee if who else CLERK)
        assert [at(city, 5, day) for day in (15, 18, 19, 20)] == [[]] * 4
        assert reminders(city) == [(-1, "cancelled")]
        assert tasks(city) == []

    def test_the_call_is_taken_back_when_the_unit_answers_after_all(self, city: City) -> None:
        self.issue(city)
        at(city, 5, 19)
        assert tasks(city)[0]["state"] == "open"
        city.harness.call(contract.ACKNOWLEDGE_ROSTER, {"term_id": TERM, "unit_id": UNIT}, caller=CLERK)
        assert tasks(city)[0]["state"] == "cancelled"

    def test_the_call_is_taken_back_when_everybody_left(self, city: City) -> None:
        self.issue(city)
        at(city, 5, 19)
        city.trainees.clear()
        withdrawn = {"nomination_id": "nomination_1", "term_id": TERM, "unit_id": UNIT, "reason_code": "ill"}
        deliver(city, enrollment.NOMINATION_WITHDRAWN, **withdrawn, was_admitted=True)
        assert tasks(city)[0]["state"] == "cancelled"
        assert at(city, 5, 25) == []

    def test_the_call_stands_while_a_letter_is_outstanding_and_begins_anew_with_new_letters(self, city: City) -> None:
        self.issue(city)
        at(city, 5, 19)
        items = city.harness.call(contract.LIST_LETTERS, {"limit": 200})["items"]
        for number, letter in enumerate(items, start=1):
            city.harness.call(contract.VOID_LETTER, {"letter_id": letter["letter_id"], "reason": "措辞不当"})
            assert tasks(city)[0]["state"] == ("open" if number < len(items) else "cancelled")
        city.harness.call(contract.ISSUE_LETTERS, {"term_id": TERM, "unit_id": UNIT})
        city.settle()
        assert at(city, 5, 25) == ["请对推进国家治理体系和治理能力现代化专题培训班（第1期）函件回执"]
        at(city, 5, 27)
        assert sorted(row["state"] for row in tasks(city)) == ["cancelled", "open"]


class TestWordings:
    BODY = "请于{due}前对参加{term}的学员做好纪律提醒。"
    DRAFT = {"key": "briefing-opened", "subject": "纪律提醒", "body": BODY, "short": "请于{due}前做好纪律提醒"}  # noqa: RUF012

    def test_a_draft_changes_nothing_until_it_is_approved(self, city: City) -> None:
        city.harness.call(contract.DRAFT_TEMPLATE, self.DRAFT, caller=SCHOOL)
        briefing(city)
        assert at(city, 5, 11) == ["推进国家治理体系和治理能力现代化专题培训班（第1期）开班前纪律提醒"]
        approved = city.harness.call(contract.APPROVE_TEMPLATE, {"key": "briefing-opened", "number": 1})
        assert (approved["holds"], approved["versions"][1]["state"]) == (1, "approved")
        assert at(city, 6, 2) == ["纪律提醒"]
        assert "请于6月5日（星期五）前对参加推进国家治理体系" in city.sent()[-1]["text"]

    def test_a_newer_version_retires_the_older_and_only_drafts_are_approved(self, city: City) -> None:
        for _ in range(2):
            city.harness.call(contract.DRAFT_TEMPLATE, self.DRAFT)
        for number in (1, 2):
            city.harness.call(contract.APPROVE_TEMPLATE, {"key": "briefing-opened", "number": number})
        shown = city.harness.call(contract.GET_TEMPLATE, {"key": "briefing-opened"})
        assert [row["state"] for row in shown["versions"]] == ["built_in", "retired", "approved"]
        for number, refusal in ((1, contract.TemplateClosed), (2, contract.TemplateClosed), (9, NotFound)):
            with pytest.raises(refusal):
                city.harness.call(contract.APPROVE_TEMPLATE, {"key": "briefing-opened", "number": number})

    @pytest.mark.parametrize("body", ["没有占位符", "{due}{term}{nobody}", "{due}{term}{", "{term}"])
    def test_wrong_placeholders_are_refused_by_name(self, city: City, body: str) -> None:
        for operation in (contract.DRAFT_TEMPLATE, contract.PREVIEW_TEMPLATE):
            with pytest.raises(contract.WordingInvalid) as refused:
                city.harness.call(operation, {**self.DRAFT, "body": body})
            assert "可用：due、term、unit" in refused.value.message.zh

    def test_a_preview_shows_examples_and_keeps_nothing(self, city: City) -> None:
        shown = city.harness.call(contract.PREVIEW_TEMPLATE, self.DRAFT)
        assert shown["body"].startswith("请于5月20日（星期三）前对参加推进国家治理体系")
        listed = city.harness.call(contract.LIST_TEMPLATES)["items"]
        assert all((row["holds"], row["drafts"]) == (0, 0) for row in listed)

    def test_the_school_drafts_and_the_organisation_department_approves(self, city: City) -> None:
        city.harness.call(contract.DRAFT_TEMPLATE, self.DRAFT, caller=SCHOOL)
        with pytest.raises(Forbidden):
            city.harness.call(contract.APPROVE_TEMPLATE, {"key": "briefing-opened", "number": 1}, caller=SCHOOL)
        with pytest.raises(Forbidden):
            city.harness.call(contract.DRAFT_TEMPLATE, self.DRAFT, caller=CLERK)
