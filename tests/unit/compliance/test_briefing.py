"""The briefing a unit owes its people before a term."""

from datetime import UTC, date, datetime

import pytest

from services.compliance.domain.briefing import Briefing, BriefingIsClosed

AT = datetime(2020, 5, 17, 10, tzinfo=UTC)
OPENING = date(2020, 5, 18)


def opened() -> Briefing:
    return Briefing("term_1", "city.a").with_trainees(frozenset({"n1", "n2"})).with_term(OPENING)


def test_a_briefing_is_due_the_day_before_opening() -> None:
    assert opened().due_on(1) == date(2020, 5, 17)


def test_a_briefing_of_a_term_without_known_dates_has_no_due_day() -> None:
    assert Briefing("term_1", "city.a").due_on(1) is None


def test_a_signed_briefing_covers_everybody_on_it() -> None:
    signed = opened().acknowledge("王主任", AT, date(2020, 5, 17))
    assert (signed.state, signed.briefed, signed.late) == ("acknowledged", frozenset({"n1", "n2"}), False)


@pytest.mark.parametrize(("today", "late"), [(date(2020, 5, 17), False), (OPENING, True), (date(2020, 5, 19), True)])
def test_a_briefing_signed_on_the_opening_day_or_after_is_late(today: date, late: bool) -> None:
    assert opened().acknowledge("王主任", AT, today).late is late


def test_people_who_join_later_open_the_briefing_again() -> None:
    signed = opened().acknowledge("王主任", AT, date(2020, 5, 16))
    reopened = signed.with_trainees(frozenset({"n3"}))
    assert reopened.state == "opened"
    assert reopened.acknowledge("王主任", AT, date(2020, 5, 17)).briefed == frozenset({"n1", "n2", "n3"})


@pytest.mark.parametrize("withdrawn_first", [False, True])
def test_who_withdrew_need_not_be_briefed_whichever_news_came_first(withdrawn_first: bool) -> None:
    briefing = Briefing("term_1", "city.a")
    people = frozenset({"n1", "n2"})
    both = (
        briefing.without("n2").with_trainees(people)
        if withdrawn_first
        else briefing.with_trainees(people).without("n2")
    )
    assert both.to_brief == frozenset({"n1"})
    assert both.acknowledge("王主任", AT, date(2020, 5, 16)).state == "acknowledged"


def test_a_briefing_that_everybody_left_is_cancelled() -> None:
    assert opened().without("n1").without("n2").state == "cancelled"


def test_a_briefing_cannot_be_signed_twice_or_after_it_was_cancelled() -> None:
    signed = opened().acknowledge("王主任", AT, date(2020, 5, 16))
    with pytest.raises(BriefingIsClosed, match="acknowledged"):
        signed.acknowledge("李主任", AT, date(2020, 5, 16))
    with pytest.raises(BriefingIsClosed, match="cancelled"):
        opened().cancel().acknowledge("王主任", AT, date(2020, 5, 16))


def test_each_trainee_says_so_too_and_once() -> None:
    signed = opened().acknowledge("王主任", AT, date(2020, 5, 16))
    one = signed.acknowledge_personally("n1", AT, date(2020, 5, 17), "sha")
    assert (one.complete, one.acknowledged_personally) == (False, {"n1"})
    assert one.acknowledge_personally("n1", AT, OPENING, "other") == one
    both = one.acknowledge_personally("n2", AT, OPENING, "sha")
    assert (both.complete, [word.late for word in both.personal]) == (True, [False, True])
    assert both.without("n2").complete


def test_a_stranger_or_a_cancelled_briefing_takes_no_personal_word() -> None:
    with pytest.raises(LookupError):
        opened().acknowledge_personally("n9", AT, OPENING, "sha")
    with pytest.raises(BriefingIsClosed):
        opened().cancel().acknowledge_personally("n1", AT, OPENING, "sha")
