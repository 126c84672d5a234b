"""When a message may leave: at once when it is urgent, else with the day's digest and never at night."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

IsWorking = Callable[[date], bool]


@dataclass(frozen=True)
class Hours:
    """The quiet hours, from a time in the evening to one in the morning, and the time of the digest; local times."""

    quiet_from: time
    quiet_until: time
    digest_at: time

    @staticmethod
    def parse(quiet: list[str], digest_at: str) -> Hours:
        """Read ``["20:00", "08:00"]`` and ``"15:00"``. Raises ``ValueError``."""
        begins, ends = quiet
        return Hours(time.fromisoformat(begins), time.fromisoformat(ends), time.fromisoformat(digest_at))

    def are_quiet(self, moment: datetime) -> bool:
        """Return whether nobody is to be disturbed at a local moment; the first minute of the morning is not quiet."""
        at = moment.timetz().replace(tzinfo=None)
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until

    def calm(self, moment: datetime, urgent: bool) -> datetime:
        """Return the moment itself, or the end of the quiet hours it falls into; urgent ones pass."""
        if urgent or not self.are_quiet(moment):
            return moment
        morning = moment.replace(hour=self.quiet_until.hour, minute=self.quiet_until.minute, second=0, microsecond=0)
        return morning if morning > moment else morning + timedelta(days=1)

    def leaves_at(self, moment: datetime, urgent: bool, is_working: IsWorking) -> datetime:
        """Return when a message that arose at a local moment leaves: urgent at once, else with the next digest.

        There is one digest a working day. What arises at the very minute of the digest still goes with it.
        """
        if urgent:
            return moment
        digest = moment.replace(hour=self.digest_at.hour, minute=self.digest_at.minute, second=0, microsecond=0)
        while digest < moment.replace(second=0, microsecond=0) or not is_working(digest.date()):
            digest += timedelta(days=1)
        return digest
