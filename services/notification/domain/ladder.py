"""The ladder of a dispatch: channel after channel, until somebody is reached or an office has to ring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

RungState = Literal["waiting", "sending", "underway", "reached", "failed", "skipped"]
RUNG_STATES: tuple[RungState, ...] = ("waiting", "sending", "underway", "reached", "failed", "skipped")
DispatchState = Literal["waiting", "sending", "underway", "reached", "phone", "cancelled"]
STATES: tuple[DispatchState, ...] = ("waiting", "sending", "underway", "reached", "phone", "cancelled")
CLAIM = timedelta(minutes=10)
PHONE = "phone"
Reason = dict[str, str]


class LadderClosed(Exception):
    """Nothing more can be done on the ladder; ``state`` says why."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True)
class Rung:
    """One channel of a dispatch and what became of it, with the reason.

    ``address`` is shown masked. ``ticket`` is how a channel that answers later knows the sending
    again, and ``until`` how long it is waited for.
    """

    channel: str
    state: RungState = "waiting"
    attempts: int = 0
    address: str | None = None
    reason: Reason | None = None
    receipt: str | None = None
    ticket: str | None = None
    until: datetime | None = None
    at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether something can still come of it."""
        return self.state in {"waiting", "sending", "underway"}


@dataclass(frozen=True)
class Ladder:
    """Where a dispatch stands. ``next_at``: when to look again, or when a claim counts as lost."""

    rungs: tuple[Rung, ...]
    state: DispatchState = "waiting"
    next_at: datetime | None = None

    @staticmethod
    def raised(channels: Sequence[str], at: datetime) -> Ladder:
        """Return a ladder of these channels, to be climbed from an instant on; the telephone always stands last."""
        return Ladder(tuple(Rung(channel) for channel in dict.fromkeys(channels)), "waiting", at)

    @property
    def position(self) -> int | None:
        """Which rung is the present one; ``None`` when there is none left."""
        return next((place for place, rung in enumerate(self.rungs) if rung.open), None)

    @property
    def present(self) -> Rung:
        """The rung to be tried. Raises ``LadderClosed``."""
        if self.position is None or self.state in {"reached", "phone", "cancelled"}:
            raise LadderClosed(self.state)
        return self.rungs[self.position]

    def claim(self, now: datetime) -> Ladder:
        """Return it taken by one sender for ten minutes; without a rung to try it is the telephone's turn.

        Raises ``LadderClosed``.
        """
        if self.position is None and self.state == "waiting":
            return self._onwards(now)
        rung = self.present
        return self._with(replace(rung, state="sending", attempts=rung.attempts + 1), "sending", now + CLAIM)

    def reach(self, receipt: str, address: str, now: datetime) -> Ladder:
        """Return it at its end: somebody has it."""
        rung = replace(
            self.present, state="reached", receipt=receipt, address=address, reason=None, ticket=None, at=now
        )
        return self._with(rung, "reached", None)

    def wait_for(self, ticket: str, address: str, now: datetime, look_at: datetime, until: datetime) -> Ladder:
        """Return it waiting for a channel that answers later: looked at again at ``look_at``, given up at ``until``."""
        rung = replace(self.present, state="underway", ticket=ticket, address=address, reason=None, at=now, until=until)
        return self._with(rung, "underway", look_at)

    def look_again(self, look_at: datetime) -> Ladder:
        """Return it still waiting for its channel's answer."""
        return replace(self, next_at=look_at)

    def miss(
        self, reason: Reason, address: str | None, now: datetime, waits: Sequence[timedelta], *, hard: bool
    ) -> Ladder:
        """Return it after a failed attempt: tried again after the next wait; a hard or the last one climbs at once."""
        rung = replace(self.present, reason=reason, address=address, at=now, ticket=None)
        if hard or rung.attempts > len(waits):
            return self._climb(replace(rung, state="failed"), now)
        again = now + waits[max(rung.attempts, 1) - 1]
        return self._with(replace(rung, state="waiting"), "waiting", again)

    def postpone(self, now: datetime, wait: timedelta) -> Ladder:
        """Return it as before the claim, to be claimed again later: what was needed to send could not be found out."""
        rung = self.present
        return self._with(replace(rung, state="waiting", attempts=rung.attempts - 1), "waiting", now + wait)

    def skip(self, reason: Reason, now: datetime) -> Ladder:
        """Return it past a channel that cannot be used for this recipient at all."""
        return self._climb(replace(self.present, state="skipped", reason=reason, at=now), now)

    def bounce(self, channel: str, reason: Reason, now: datetime) -> Ladder:
        """Return it climbing on because what a channel had taken came back later. Raises ``LadderClosed``."""
        for place, rung in enumerate(self.rungs):
            if rung.channel == channel and rung.state in {"reached", "underway"}:
                back = replace(rung, state="failed", reason=reason, receipt=None, ticket=None, at=now)
                return replace(self, rungs=(*self.rungs[:place], back, *self.rungs[place + 1 :]))._onwards(now)
        raise LadderClosed(self.state)

    def call(self, receipt: str, now: datetime) -> Ladder:
        """Return it at its end because somebody was reached on the telephone."""
        if self.state != "phone":
            raise LadderClosed(self.state)
        rung = Rung(PHONE, "reached", 1, receipt=receipt, at=now)
        return Ladder((*self.rungs, rung), "reached", None)

    def cancel(self) -> Ladder:
        """Return it taken down before anybody was reached."""
        return self if self.state == "reached" else replace(self, state="cancelled", next_at=None)

    def _with(self, rung: Rung, state: DispatchState, next_at: datetime | None) -> Ladder:
        place = self.position
        assert place is not None
        return Ladder((*self.rungs[:place], rung, *self.rungs[place + 1 :]), state, next_at)

    def _climb(self, rung: Rung, now: datetime) -> Ladder:
        return self._with(rung, "waiting", now)._onwards(now)

    def _onwards(self, now: datetime) -> Ladder:
        if self.position is None:
            return replace(self, state="phone", next_at=None)
        return replace(self, state="waiting", next_at=now)

    def to_rows(self) -> list[dict[str, Any]]:
        """Return the rungs as they are stored."""
        return [dict(rung.__dict__) for rung in self.rungs]
