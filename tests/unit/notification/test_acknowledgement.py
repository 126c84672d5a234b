"""Acknowledgements and the turns of a deadline."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notification.domain.acknowledgement import Acknowledgement, AlreadyAcknowledged
from services.notification.domain.deadline import Deadline
from services.notification.domain.phone_task import PhoneTask, TaskClosed
from shared.calendar import WorkingCalendar

NOW = datetime(2020, 5, 14, 3, 0, tzinfo=UTC)
DUE = date(2020, 5, 14)


def shift(day: date, count: int) -> date:
    return WorkingCalendar().add_working_days(day, count)


class TestAcknowledgement:
    def test_on_the_due_day_it_is_in_time_and_on_the_next_it_is_late(self) -> None:
        waiting = Acknowledgement(DUE)
        assert not waiting.receive("unit", "acct_1", NOW, DUE).late
        assert waiting.receive("unit", "acct_1", NOW, DUE + timedelta(days=1)).late

    def test_it_lapses_only_after_the_due_day(self) -> None:
        waiting = Acknowledgement(DUE)
        assert waiting.lapse(DUE).state == "awaited"
        assert waiting.lapse(DUE + timedelta(days=1)).state == "overdue"

    def test_one_that_came_does_not_lapse_and_comes_once(self) -> None:
        there = Acknowledgement(DUE).receive("phone", "acct_1", NOW, DUE, "王海说已收到")
        assert there.lapse(DUE + timedelta(days=9)) == there
        with pytest.raises(AlreadyAcknowledged):
            there.receive("unit", "acct_2", NOW, DUE)

    def test_it_is_stored_and_read_unchanged(self) -> None:
        there = Acknowledgement(DUE).receive("personal_link", "trainee:n1", NOW, DUE)
        assert Acknowledgement.of_row(there.to_row()) == there


class TestDeadline:
    OFFSETS = (-3, -1, 1)

    def test_turns_come_in_working_days_across_a_holiday(self) -> None:
        # 2020-10-09 is the first working day after the holiday; three working days before lie in September.
        deadline = Deadline.opened(date(2020, 10, 9), self.OFFSETS, shift, date(2020, 9, 1))
        assert deadline.next_on(self.OFFSETS, shift) == date(2020, 9, 28)
        assert deadline.turn(self.OFFSETS, shift, date(2020, 9, 27)) is None
        slot = deadline.turn(self.OFFSETS, shift, date(2020, 9, 28))
        assert slot is not None
        assert deadline.take(slot, self.OFFSETS).next_on(self.OFFSETS, shift) == date(2020, 9, 30)

    def test_a_make_up_working_day_counts(self) -> None:
        # Saturday 2020-05-09 is worked.
        deadline = Deadline.opened(date(2020, 5, 9), (1,), shift, date(2020, 5, 1))
        assert deadline.next_on((1,), shift) == date(2020, 5, 11)
        assert Deadline.opened(date(2020, 5, 11), (-1,), shift, date(2020, 5, 1)).next_on((-1,), shift) == date(
            2020, 5, 9
        )

    def test_a_clock_that_jumped_over_several_turns_gives_the_last_one_only(self) -> None:
        deadline = Deadline.opened(DUE, self.OFFSETS, shift, date(2020, 4, 1))
        slot = deadline.turn(self.OFFSETS, shift, date(2020, 6, 1))
        assert slot is not None
        assert slot.overdue
        assert deadline.take(slot, self.OFFSETS).turn(self.OFFSETS, shift, date(2020, 6, 1)) is None

    def test_what_lies_behind_at_opening_is_passed_over_but_never_the_overdue_turn(self) -> None:
        deadline = Deadline.opened(DUE, self.OFFSETS, shift, DUE)
        assert deadline.turn(self.OFFSETS, shift, DUE) is None
        assert deadline.next_on(self.OFFSETS, shift) == date(2020, 5, 15)

    def test_a_closed_one_has_no_turn(self) -> None:
        met = Deadline.opened(DUE, self.OFFSETS, shift, date(2020, 4, 1)).close("met")
        assert met.next_on(self.OFFSETS, shift) is None
        assert met.turn(self.OFFSETS, shift, date(2020, 6, 1)) is None
        assert met.close("cancelled").state == "met"

    @given(
        st.sets(st.integers(-8, 4), min_size=1, max_size=5),
        st.lists(st.integers(0, 12), min_size=1, max_size=20),
        st.integers(0, 20),
    )
    def test_however_the_days_pass_each_turn_comes_at_most_once_and_in_order(
        self, offsets: set[int], steps: list[int], ahead: int
    ) -> None:
        today = date(2020, 9, 21)
        deadline = Deadline.opened(today + timedelta(days=ahead), tuple(offsets), shift, today)
        taken: list[int] = []
        for step in steps:
            today += timedelta(days=step)
            slot = deadline.turn(tuple(offsets), shift, today)
            if slot is None:
                continue
            assert slot.on <= today
            taken.append(slot.offset)
            deadline = deadline.take(slot, tuple(offsets))
            assert deadline.turn(tuple(offsets), shift, today) is None
        assert taken == sorted(set(taken))


class TestPhoneTask:
    def test_only_a_last_word_ends_it(self) -> None:
        task = PhoneTask().assign("王海").record("no_answer", "无人接听", "acct_1", NOW)
        assert (task.state, task.assignee, len(task.calls)) == ("assigned", "王海", 1)
        done = task.record("reached", "已告知本人", "acct_1", NOW)
        assert done.state == "done"
        with pytest.raises(TaskClosed):
            done.record("reached", "再次", "acct_1", NOW)
        with pytest.raises(TaskClosed):
            done.assign("李明")

    def test_a_task_without_need_is_cancelled_but_a_done_one_stays_done(self) -> None:
        assert PhoneTask().cancel().state == "cancelled"
        assert PhoneTask().record("unreachable", "多次联系未果", "acct_1", NOW).cancel().state == "done"
