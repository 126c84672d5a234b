"""When reports are due: to the midnight of the day, later by grace or an approver's word, and missing after that."""

from __future__ import annotations

import pytest

from services.outcomes import contract
from services.scheduling.contract import TERM_CANCELLED, TERM_MOVED
from shared.errors import Invalid
from tests.fixtures.reports import word
from tests.integration.compliance.test_briefings import TERM
from tests.integration.outcomes.conftest import ORGANISATION, City
from tests.integration.outcomes.test_reports import BODY, LI, OTHER, OUYANG, WANG, reports, send, submit


def graded(city: City) -> list[tuple[str, str, bool]]:
    told = [each.data for each in city.outcomes.emitted(contract.REPORT_GRADED)]
    return [(each["nomination_id"], each["grade"], each["passed"]) for each in told]


def reopened(city: City) -> list[str]:
    return [each.data["nomination_id"] for each in city.outcomes.emitted(contract.REPORT_REOPENED)]


def test_the_due_day_ends_at_midnight_in_the_city(admitted: City) -> None:
    report, other = send(admitted, WANG, word(BODY)), send(admitted, LI, word(OTHER))
    assert report["due_on"] == "2020-06-06"  # the term ends on 05-22, fifteen days later
    admitted.at("2020-06-06T23:59:59+08:00")
    assert submit(admitted, WANG, report)["late"] is False
    admitted.at("2020-06-07T00:00:00+08:00")
    assert submit(admitted, LI, other)["late"] is True
    told = admitted.outcomes.emitted(contract.REPORT_SUBMITTED)
    assert [(each.data["nomination_id"], each.data["late"]) for each in told] == [
        ("nomination_1", False),
        ("nomination_2", True),
    ]


def test_after_the_days_of_grace_only_a_named_approver_helps(admitted: City) -> None:
    report = send(admitted, WANG, word(BODY))
    admitted.at("2020-06-13T23:59:59+08:00")
    submit(admitted, LI, send(admitted, LI, word(OTHER)))
    admitted.at("2020-06-14T00:00:00+08:00")
    with pytest.raises(contract.ReportTooLate) as refused:
        submit(admitted, WANG, report)
    assert refused.value.details["last_on"] == "2020-06-13"
    grant = {"nomination_id": "nomination_1", "due_on": "2020-06-20", "reason": "住院", "approver": "张处长"}
    admitted.call(contract.EXTEND_REPORT_DEADLINE, grant, ORGANISATION)
    assert submit(admitted, WANG, report)["late"] is False


def test_the_party_school_sets_another_day_and_not_one_gone_by(admitted: City) -> None:
    deadline = admitted.call(contract.SET_REPORT_DEADLINE, {"term_id": "term_1", "due_on": "2020-05-25"})
    assert (deadline["due_on"], deadline["late_until"]) == ("2020-05-25", "2020-06-01")
    with pytest.raises(Invalid):
        admitted.call(contract.SET_REPORT_DEADLINE, {"term_id": "term_1", "due_on": "2020-05-10"})


def test_reports_are_expected_from_the_first_day_and_again_when_the_term_moves(admitted: City) -> None:
    admitted.at("2020-05-17T23:59:59+08:00")
    admitted.outcomes.tick("expect_reports", admitted.clock.now())
    assert admitted.outcomes.emitted(contract.REPORTS_EXPECTED) == []
    for instant in ("2020-05-18T00:00:00+08:00", "2020-05-18T01:00:00+08:00"):
        admitted.at(instant)
        admitted.outcomes.tick("expect_reports", admitted.clock.now())
    admitted.outcomes.deliver(TERM_MOVED, {**TERM, "ends_on": "2020-05-23", "version": 2})
    admitted.at("2020-05-18T02:00:00+08:00")
    admitted.outcomes.tick("expect_reports", admitted.clock.now())
    told = admitted.outcomes.emitted(contract.REPORTS_EXPECTED)
    assert [each.data["due_on"] for each in told] == ["2020-06-06", "2020-06-07"]


@pytest.mark.parametrize("overtaken", [False, True])
def test_reports_of_a_term_that_is_held_after_all_are_expected_again_though_the_day_is_the_same(
    admitted: City, overtaken: bool
) -> None:
    def look() -> list[str]:
        admitted.outcomes.tick("expect_reports", admitted.clock.now())
        return [each.data["due_on"] for each in admitted.outcomes.emitted(contract.REPORTS_EXPECTED)]

    admitted.at("2020-05-18T00:00:00+08:00")
    assert look() == ["2020-06-06"]
    cancelled = {"term_id": "term_1", "plan_id": "plan_1", "reason": "疫情防控", "version": 2}
    steps = [lambda: admitted.outcomes.deliver(TERM_CANCELLED, cancelled), lambda: admitted.place(version=3)]
    for step in reversed(steps) if overtaken else steps:
        step()
    admitted.at("2020-05-18T01:00:00+08:00")
    assert look() == ["2020-06-06"] * 2
    admitted.at("2020-05-18T02:00:00+08:00")
    assert look() == ["2020-06-06"] * 2


def test_a_deadline_set_by_hand_moves_with_the_terms_end(admitted: City) -> None:
    admitted.call(contract.SET_REPORT_DEADLINE, {"term_id": "term_1", "due_on": "2020-06-10"})
    moved = {"starts_on": "2020-09-07", "ends_on": "2020-09-11", "reports_on": "2020-09-06", "version": 2}
    admitted.outcomes.deliver(TERM_MOVED, {**TERM, **moved})
    admitted.at("2020-09-07T00:00:00+08:00")
    admitted.outcomes.tick("expect_reports", admitted.clock.now())
    (told,) = admitted.outcomes.emitted(contract.REPORTS_EXPECTED)
    assert told.data["due_on"] == "2020-09-30"
    admitted.at("2020-09-30T18:00:00+08:00")
    assert submit(admitted, WANG, send(admitted, WANG, word(BODY)))["late"] is False
    admitted.outcomes.deliver(TERM_MOVED, {**TERM, **moved, "ends_on": "2020-09-09", "version": 3})
    admitted.outcomes.tick("expect_reports", admitted.clock.now())
    assert admitted.outcomes.emitted(contract.REPORTS_EXPECTED)[-1].data["due_on"] == "2020-09-28"


def test_who_handed_nothing_in_is_told_of_once_when_the_last_day_of_grace_has_passed(admitted: City) -> None:
    submit(admitted, LI, send(admitted, LI, word(BODY)))
    send(admitted, OUYANG, word(OTHER))
    told = []
    for instant in ("2020-06-13T23:00:00+08:00", "2020-06-14T00:00:00+08:00", "2020-06-14T01:00:00+08:00"):
        admitted.at(instant)
        admitted.outcomes.tick("expect_reports", admitted.clock.now())
        told.append(graded(admitted))
    missing = [("nomination_1", "not_submitted", False), ("nomination_3", "not_submitted", False)]
    assert told == [[], missing, missing]
    assert [each["grade"] for each in reports(admitted, grade="not_submitted")] == ["not_submitted"] * 2


def test_a_report_that_comes_by_a_later_day_is_not_missing_any_more_and_is_again_when_it_does_not(
    admitted: City,
) -> None:
    admitted.at("2020-06-14T00:00:00+08:00")
    admitted.outcomes.tick("expect_reports", admitted.clock.now())
    for who in ("nomination_1", "nomination_2"):
        extension = {"nomination_id": who, "due_on": "2020-06-20", "reason": "住院", "approver": "李部长"}
        assert admitted.call(contract.EXTEND_REPORT_DEADLINE, extension)["grade"] is None
    assert submit(admitted, WANG, send(admitted, WANG, word(BODY)))["grade"] is None
    for instant in ("2020-06-27T23:00:00+08:00", "2020-06-28T00:00:00+08:00"):
        admitted.at(instant)
        admitted.outcomes.tick("expect_reports", admitted.clock.now())
    missing = [who for who, *_ in graded(admitted)]
    assert missing == ["nomination_1", "nomination_2", "nomination_3", "nomination_2"]
    assert reopened(admitted) == ["nomination_1", "nomination_2"]


def test_a_later_day_for_the_whole_term_opens_what_had_counted_as_missing(admitted: City) -> None:
    send(admitted, WANG, word(BODY))
    admitted.at("2020-06-14T00:00:00+08:00")
    admitted.outcomes.tick("expect_reports", admitted.clock.now())
    admitted.call(contract.SET_REPORT_DEADLINE, {"term_id": "term_1", "due_on": "2020-06-20"})
    assert sorted(reopened(admitted)) == ["nomination_1", "nomination_2", "nomination_3"]
    assert [each["grade"] for each in reports(admitted)] == [None] * 3
    submit(admitted, WANG, reports(admitted, WANG)[0])
    for instant in ("2020-06-27T23:00:00+08:00", "2020-06-28T00:00:00+08:00"):
        admitted.at(instant)
        admitted.outcomes.tick("expect_reports", admitted.clock.now())
    assert [who for who, *_ in graded(admitted)[3:]] == ["nomination_2", "nomination_3"]
    assert len(reopened(admitted)) == 3


def test_a_missing_report_that_is_handed_in_before_the_later_day_was_noticed_is_opened_by_that(admitted: City) -> None:
    report = send(admitted, WANG, word(BODY))
    admitted.at("2020-06-14T00:00:00+08:00")
    admitted.outcomes.tick("expect_reports", admitted.clock.now())
    admitted.outcomes.deliver(TERM_MOVED, {**TERM, "ends_on": "2020-05-29", "version": 2})
    submit(admitted, WANG, report)
    assert reopened(admitted) == ["nomination_1"]
