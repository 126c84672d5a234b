"""The ladder of a dispatch, and when a message may leave."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notification.domain.contact import masked, masked_name
from services.notification.domain.ladder import Ladder, LadderClosed
from services.notification.domain.quiet_hours import Hours
from shared.calendar import WorkingCalendar
from shared.clock import CITY_ZONE

NOW = datetime(2020, 5, 11, 7, 0, tzinfo=UTC)
WAITS = [timedelta(minutes=5), timedelta(minutes=30)]
SOFT, HARD = {"zh": "忙", "en": "busy"}, {"zh": "退信", "en": "bounced"}


def raised(*channels: str) -> Ladder:
    return Ladder.raised(channels, NOW)


class TestLadder:
    def test_a_hard_bounce_climbs_at_once(self) -> None:
        ladder = raised("email", "sms").claim(NOW).miss(HARD, "a…@b", NOW, WAITS, hard=True)
        assert [(rung.channel, rung.state) for rung in ladder.rungs] == [("email", "failed"), ("sms", "waiting")]
        assert (ladder.state, ladder.next_at, ladder.present.channel) == ("waiting", NOW, "sms")
        assert ladder.rungs[0].reason == HARD

    def test_a_soft_failure_is_tried_again_on_its_channel_before_it_climbs(self) -> None:
        ladder, now = raised("email", "sms"), NOW
        for wait in WAITS:
            ladder = ladder.claim(now).miss(SOFT, "a…@b", now, WAITS, hard=False)
            assert (ladder.present.channel, ladder.next_at) == ("email", now + wait)
            now += wait
        ladder = ladder.claim(now).miss(SOFT, "a…@b", now, WAITS, hard=False)
        assert (ladder.present.channel, ladder.next_at, ladder.rungs[0].attempts) == ("sms", now, 3)

    def test_the_telephone_comes_last_and_ends_it_when_somebody_answers(self) -> None:
        ladder = raised("email").claim(NOW).miss(HARD, "a…@b", NOW, WAITS, hard=True)
        assert (ladder.state, ladder.next_at) == ("phone", None)
        assert ladder.call("本人已知悉", NOW).state == "reached"
        with pytest.raises(LadderClosed):
            ladder.claim(NOW)

    def test_without_any_channel_it_is_the_telephones_turn_at_once(self) -> None:
        assert raised().claim(NOW).state == "phone"

    def test_a_skipped_channel_says_why(self) -> None:
        ladder = raised("email", "fax").claim(NOW).skip({"zh": "没有地址", "en": "no address"}, NOW)
        assert (ladder.rungs[0].state, ladder.present.channel) == ("skipped", "fax")

    def test_a_channel_that_answers_later_is_waited_for(self) -> None:
        later, until = NOW + timedelta(minutes=5), NOW + timedelta(hours=4)
        ladder = raised("fax").claim(NOW).wait_for("t-1", "027****00", NOW, later, until)
        assert (ladder.state, ladder.present.ticket, ladder.present.until) == ("underway", "t-1", until)
        assert ladder.look_again(until).next_at == until
        assert ladder.reach("sent", "027****00", NOW).state == "reached"

    def test_a_mail_that_comes_back_later_climbs_on_from_the_next_channel(self) -> None:
        reached = raised("email", "sms").claim(NOW).reach("250", "a…@b", NOW)
        climbing = reached.bounce("email", HARD, NOW)
        assert (climbing.state, climbing.present.channel, climbing.rungs[0].receipt) == ("waiting", "sms", None)
        with pytest.raises(LadderClosed):
            climbing.bounce("email", HARD, NOW)

    def test_postponing_takes_no_attempt(self) -> None:
        ladder = raised("email").claim(NOW).postpone(NOW, timedelta(minutes=5))
        assert (ladder.state, ladder.present.attempts, ladder.next_at) == ("waiting", 0, NOW + timedelta(minutes=5))

    @given(
        st.lists(st.sampled_from(["reach", "soft", "hard", "skip", "later", "bounce", "call", "cancel"]), max_size=40)
    )
    def test_whatever_happens_at_most_one_channel_has_reached_somebody(self, steps: list[str]) -> None:
        ladder, now = raised("email", "sms", "fax"), NOW
        for step in steps:
            now += timedelta(minutes=1)
            try:
                ladder = self._step(ladder, step, now)
            except LadderClosed:
                continue
            succeeded = sum(rung.state == "reached" for rung in ladder.rungs)
            assert succeeded <= 1
            assert (ladder.state == "reached") == (succeeded == 1)
            if ladder.state in {"reached", "phone", "cancelled"}:
                assert ladder.next_at is None
                with pytest.raises(LadderClosed):
                    ladder.claim(now)

    def _step(self, ladder: Ladder, step: str, now: datetime) -> Ladder:
        if step == "bounce":
            return ladder.bounce(next((rung.channel for rung in ladder.rungs if rung.receipt), "email"), HARD, now)
        if step == "call":
            return ladder.call("answered", now)
        if step == "cancel":
            return ladder.cancel()
        claimed = ladder.claim(now) if ladder.state == "waiting" else ladder
        if claimed.state == "phone":
            return claimed
        if step == "reach":
            return claimed.reach("ok", "…", now)
        if step == "skip":
            return claimed.skip(SOFT, now)
        if step == "later":
            return claimed.wait_for("t", "…", now, now, now)
        return claimed.miss(SOFT, "…", now, WAITS, hard=step == "hard")


class TestHours:
    HOURS = Hours.parse(["20:00", "08:00"], "15:00")

    def local(self, *parts: int) -> datetime:
        return datetime(2020, *parts, tzinfo=CITY_ZONE)  # type: ignore[arg-type, misc]

    def works(self, day: date) -> bool:
        return WorkingCalendar().is_working_day(day)

    @pytest.mark.parametrize(
        ("moment", "quiet"),
        [((19, 59, 59), False), ((20, 0, 0), True), ((0, 0, 0), True), ((7, 59, 59), True), ((8, 0, 0), False)],
    )
    def test_quiet_hours_begin_and_end_on_the_minute(self, moment: tuple[int, int, int], quiet: bool) -> None:
        assert self.HOURS.are_quiet(self.local(5, 11, *moment)) == quiet

    def test_what_is_not_urgent_waits_for_the_morning(self) -> None:
        assert self.HOURS.calm(self.local(5, 11, 22, 30), False) == self.local(5, 12, 8, 0)
        assert self.HOURS.calm(self.local(5, 11, 3, 0), False) == self.local(5, 11, 8, 0)
        assert self.HOURS.calm(self.local(5, 11, 22, 30), True) == self.local(5, 11, 22, 30)

    def test_the_digest_of_a_day_takes_what_arose_until_its_minute(self) -> None:
        for moment in (self.local(5, 11, 9, 0), self.local(5, 11, 15, 0, 59)):
            assert self.HOURS.leaves_at(moment, False, self.works) == self.local(5, 11, 15, 0)
        assert self.HOURS.leaves_at(self.local(5, 11, 15, 1), False, self.works) == self.local(5, 12, 15, 0)

    def test_the_digest_leaves_on_working_days_only(self) -> None:
        # Friday afternoon before the May holiday: 2020-05-01 to 05-05 are free, 05-06 is worked.
        assert self.HOURS.leaves_at(self.local(4, 30, 16, 0), False, self.works) == self.local(5, 6, 15, 0)
        # Saturday 2020-05-09 is a make-up working day.
        assert self.HOURS.leaves_at(self.local(5, 8, 16, 0), False, self.works) == self.local(5, 9, 15, 0)
        assert self.HOURS.leaves_at(self.local(4, 30, 23, 0), True, self.works) == self.local(4, 30, 23, 0)

    def test_hours_within_one_day_can_be_quiet_too(self) -> None:
        siesta = Hours(time(12), time(14), time(9))
        assert siesta.are_quiet(self.local(5, 11, 13, 0))
        assert not siesta.are_quiet(self.local(5, 11, 22, 0))


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("zhang.wei@donghu.gov.cn", "z…@donghu.gov.cn"),
        ("13812345678", "138****78"),
        ("027-8888 0000", "027****00"),
        ("wecombot://secret-key", "wecombot://…"),
        ("110", "****"),
        ("", ""),
    ],
)
def test_an_address_shows_just_enough(address: str, shown: str) -> None:
    assert masked(address) == shown


def test_a_name_shows_its_first_character() -> None:
    assert (masked_name("欧阳建国"), masked_name("张"), masked_name("")) == ("欧***", "张*", "")
