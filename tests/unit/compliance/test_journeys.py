"""Batches, the alarm for who does not arrive, and the return to post."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from services.compliance.domain.return_to_post import AtPost, Return, Returner
from services.compliance.domain.travel import Batch, Passenger, Whereabouts
from services.compliance.domain.wording import Refusal

NOON = datetime(2020, 5, 17, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
DUE = date(2020, 5, 25)


def batch(*people: str) -> Batch:
    return Batch("out", NOON, NOON + 2 * HOUR, tuple(Passenger(each, "city.a") for each in people))


def where(found: Batch) -> list[str]:
    return [each.whereabouts.value for each in found.passengers]


def test_the_alarm_is_raised_once_at_arrival_and_grace() -> None:
    travelling = batch("n1", "n2", "n3").depart("n1", NOON).depart("n2", NOON).arrive("n1", NOON + HOUR)
    due = NOON + 3 * HOUR
    assert travelling.alarm_at(HOUR) == due
    assert travelling.raise_alarm(due - timedelta(seconds=1), HOUR) == (travelling, ())
    alarmed, missing = travelling.raise_alarm(due, HOUR)
    assert (missing, where(alarmed)) == (("n2", "n3"), ["arrived", "missing", "missing"])
    assert alarmed.alarm_at(HOUR) is None
    assert alarmed.raise_alarm(due + HOUR, HOUR) == (alarmed, ())


def test_somebody_missing_arrives_or_is_accounted_for() -> None:
    alarmed, _ = batch("n1", "n2").raise_alarm(NOON + 9 * HOUR, HOUR)
    found = alarmed.arrive("n1", NOON + 10 * HOUR).found("n2", "在医院，家属已联系")
    assert (where(found), [each.was_missing for each in found.passengers]) == (["arrived", "found"], [True, True])
    with pytest.raises(Refusal, match="not missing"):
        found.found("n1", "")


def test_who_is_dropped_or_cancelled_is_not_waited_for() -> None:
    assert batch("n1").drop("n1").alarm_at(HOUR) is None
    assert replace(batch("n1"), cancelled=True).alarm_at(HOUR) is None
    with pytest.raises(Refusal, match="not on the list"):
        batch("n1").drop("n1").arrive("n1", NOON)
    assert batch("n1").drop("n9") == batch("n1")


def test_arriving_twice_keeps_the_first_time() -> None:
    once = batch("n1").arrive("n1", NOON)
    assert once.arrive("n1", NOON + HOUR) == once
    assert once.depart("n1", NOON + HOUR) == once
    assert once.set_out
    assert once.passengers[0].whereabouts is Whereabouts.ARRIVED


def returned(*people: str) -> Return:
    return Return(tuple(Returner(each) for each in people), date(2020, 5, 22), DUE)


def back(nomination_id: str, day: date) -> Returner:
    return Returner(nomination_id, AtPost.BACK, day)


def test_a_return_is_confirmed_with_the_last_one_back() -> None:
    found = returned("n1", "n2").confirm(back("n1", DUE), DUE)
    assert (found.confirmed, found.outstanding) == (False, ("n2",))
    done = found.confirm(back("n2", date(2020, 5, 23)), DUE)
    assert (done.confirmed, done.late(DUE), done.late(date(2020, 5, 26))) == (True, False, True)


def test_somebody_back_after_the_due_day_makes_it_late() -> None:
    assert returned("n1").confirm(back("n1", date(2020, 5, 26)), date(2020, 5, 26)).late(DUE)


@pytest.mark.parametrize(
    "said",
    [
        back("n9", DUE),
        back("n1", date(2020, 5, 21)),
        back("n1", date(2020, 5, 26)),
        Returner("n1", AtPost.BACK, None),
        Returner("n1", AtPost.NOT_BACK, None, " "),
    ],
)
def test_a_word_that_cannot_be_is_refused(said: Returner) -> None:
    with pytest.raises(Refusal):
        returned("n1").confirm(said, DUE)


def test_each_step_of_the_escalation_is_due_once_and_the_highest_counts() -> None:
    steps = [date(2020, 5, 26), date(2020, 5, 28), date(2020, 6, 1)]
    found = returned("n1")
    assert found.step_due(DUE, steps) == 0
    assert found.step_due(date(2020, 5, 26), steps) == 1
    assert replace(found, escalated=1).step_due(date(2020, 5, 27), steps) == 0
    assert replace(found, escalated=1).step_due(date(2020, 6, 2), steps) == 3
    assert found.confirm(back("n1", DUE), DUE).step_due(date(2020, 6, 2), steps) == 0
    assert found.without("n1").outstanding == ()
