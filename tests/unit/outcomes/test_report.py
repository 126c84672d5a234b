"""A report from draft to grade, each day on its edge."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from services.outcomes.domain.report import (
    Extension,
    Grade,
    NoSuchVersion,
    NotNow,
    Report,
    State,
    TooLate,
    TooManyVersions,
    Version,
)

NOW = datetime(2020, 6, 6, 2, 0, tzinfo=UTC)
DUE = date(2020, 6, 6)
BLANK = Report("nomination_1", "term_1", "jiangcheng.donghu")


def version(number: int) -> Version:
    return Version(number, "题目", "报告.docx", "docx", 10, 900, "0" * 64, NOW)


DRAFT = BLANK.add(version(1), 3)


def submitted(today: date, report: Report = DRAFT, late_days: int = 7) -> Report:
    return report.submit(1, NOW, today, DUE, late_days)


def graded() -> Report:
    ready = submitted(DUE).prepared(0, 30).reviewing()
    return ready.graded(Grade("good", Decimal(80), True, 2, date(2020, 6, 20)))


@pytest.mark.parametrize(
    ("today", "late"), [(date(2020, 6, 6), False), (date(2020, 6, 7), True), (date(2020, 6, 13), True)]
)
def test_the_due_day_is_in_time_and_the_days_of_grace_are_late(today: date, late: bool) -> None:
    submission = submitted(today).submission
    assert submission is not None
    assert submission.late is late


def test_after_the_days_of_grace_nothing_is_taken() -> None:
    with pytest.raises(TooLate) as refused:
        submitted(date(2020, 6, 14))
    assert refused.value.last_on == date(2020, 6, 13)


def test_an_extension_makes_a_later_day_in_time_and_never_an_earlier_one() -> None:
    longer = Report(**{**DRAFT.__dict__, "extension": Extension(date(2020, 6, 20), "住院", "张处长")})
    submission = submitted(date(2020, 6, 20), longer).submission
    assert submission is not None
    assert not submission.late
    shorter = Report(**{**DRAFT.__dict__, "extension": Extension(date(2020, 6, 1), "误填", "张处长")})
    assert shorter.due_on(DUE) == DUE


def test_what_was_in_time_stays_in_time_when_it_is_returned_for_correction() -> None:
    again = submitted(DUE).prepared(40, 30).returned("请注明引用", date(2020, 6, 13), "account:school")
    once_more = submitted(date(2020, 6, 10), again).submission
    assert once_more is not None
    assert not once_more.late


def test_a_report_returned_after_everything_was_due_is_in_time_until_its_new_day() -> None:
    late = submitted(date(2020, 6, 12)).prepared(40, 30)
    back = late.returned("请注明引用", date(2020, 6, 30), "account:school")
    assert back.submit(1, NOW, date(2020, 6, 30), DUE, 7).submission is not None
    with pytest.raises(TooLate):
        back.submit(1, NOW, date(2020, 7, 8), DUE, 7)


def test_shared_text_from_the_limit_on_holds_a_report() -> None:
    assert submitted(DUE).prepared(29, 30).state is State.READY
    assert submitted(DUE).prepared(30, 30).state is State.HELD


def test_a_submitted_report_takes_no_further_version_and_no_other_topic() -> None:
    with pytest.raises(NotNow):
        submitted(DUE).add(version(2), 3)
    with pytest.raises(NotNow):
        submitted(DUE).choose("topic_1")


def test_a_version_that_was_never_sent_and_one_too_many_are_refused() -> None:
    with pytest.raises(NoSuchVersion):
        DRAFT.submit(2, NOW, DUE, DUE, 7)
    with pytest.raises(TooManyVersions):
        DRAFT.add(version(2), 1)


def test_an_objection_is_taken_on_its_last_day_and_only_once() -> None:
    with pytest.raises(TooLate):
        graded().object("评分偏低", date(2020, 6, 28), 7)
    objected = graded().object("评分偏低", date(2020, 6, 27), 7)
    with pytest.raises(NotNow):
        objected.object("再次异议", date(2020, 6, 27), 7)
    assert objected.decide(False, "评分有据", date(2020, 6, 28)).state is State.GRADED
    assert objected.decide(True, "增加一名评审", date(2020, 6, 28)).state is State.IN_REVIEW


def test_only_an_open_objection_is_decided() -> None:
    with pytest.raises(NotNow):
        graded().decide(True, "", DUE)


def test_what_was_not_handed_in_lapses_the_day_after_the_last_of_grace() -> None:
    last, after = date(2020, 6, 13), date(2020, 6, 14)
    assert [DRAFT.lapses(day, DUE, 7) for day in (last, after)] == [False, True]
    assert not submitted(DUE).lapses(after, DUE, 7)
    lapsed = BLANK.lapsed(after)
    assert lapsed.grade is not None
    assert (lapsed.grade.grade, lapsed.grade.passed) == ("not_submitted", False)
    assert not lapsed.lapses(after, DUE, 7)


def test_a_later_day_leaves_it_open_again_whether_a_report_is_submitted() -> None:
    later = DRAFT.lapsed(date(2020, 6, 14)).extended(Extension(date(2020, 6, 20), "住院", "李部长"))
    assert (later.grade, submitted(date(2020, 6, 20), later).grade) == (None, None)
    assert [later.lapses(date(2020, 6, day), DUE, 7) for day in (27, 28)] == [False, True]


def test_an_annulled_report_did_not_pass_and_somebody_who_leaves_keeps_a_grade() -> None:
    annulled = graded().annulled("代写", DUE)
    assert annulled.grade is not None
    assert not annulled.grade.passed
    assert graded().withdrawn().state is State.GRADED
    assert DRAFT.withdrawn().state is State.WITHDRAWN
