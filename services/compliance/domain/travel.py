"""Travel in batches (集中报到、集中返程): who sets out, who arrives, and who does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from services.compliance.domain.wording import Refusal, Sentence

LEGS = ("out", "back")
LEG_WORDS = {"out": Sentence("赴校报到", "to the school"), "back": Sentence("返程", "back home")}


class Whereabouts(StrEnum):
    """``missing``: did not arrive in time; ``found``: accounted for without having arrived; ``dropped``: not going."""

    EXPECTED = "expected"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    MISSING = "missing"
    FOUND = "found"
    DROPPED = "dropped"


UNDER_WAY = frozenset({Whereabouts.EXPECTED, Whereabouts.DEPARTED})


@dataclass(frozen=True, slots=True)
class Passenger:
    """One person of a batch; ``was_missing`` stays set when the alarm was raised once."""

    nomination_id: str
    unit_id: str
    whereabouts: Whereabouts = Whereabouts.EXPECTED
    departed_at: datetime | None = None
    arrived_at: datetime | None = None
    was_missing: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """People who travel together, or one person alone. The instants are aware."""

    leg: str
    departs_at: datetime
    arrives_by: datetime
    passengers: tuple[Passenger, ...]
    cancelled: bool = False

    def passenger(self, nomination_id: str) -> Passenger:
        """Return somebody of the batch. Raises ``Refusal`` for who is not, or no longer."""
        for each in self.passengers:
            if each.nomination_id == nomination_id and each.whereabouts is not Whereabouts.DROPPED:
                return each
        raise Refusal(
            "not-in-batch", f"{nomination_id} 不在该批次名单中", f"{nomination_id} is not on the list of this batch"
        )

    @property
    def set_out(self) -> bool:
        """Whether anybody is under way or there."""
        return any(each.departed_at or each.arrived_at for each in self.passengers)

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """Who has not arrived and for whom no alarm was raised."""
        return tuple(each.nomination_id for each in self.passengers if each.whereabouts in UNDER_WAY)

    @property
    def not_arrived(self) -> tuple[str, ...]:
        """Who travels and is not there."""
        there = (Whereabouts.ARRIVED, Whereabouts.DROPPED)
        return tuple(each.nomination_id for each in self.passengers if each.whereabouts not in there)

    def alarm_at(self, grace: timedelta) -> datetime | None:
        """Return when the alarm is raised for who is not there; ``None`` when nobody is waited for."""
        return self.arrives_by + grace if self.waiting_for and not self.cancelled else None

    def depart(self, nomination_id: str, at: datetime) -> Batch:
        """Return the batch after somebody set out. Raises ``Refusal``."""
        passenger = self.passenger(nomination_id)
        if passenger.whereabouts is not Whereabouts.EXPECTED:
            return self
        return self._with(replace(passenger, whereabouts=Whereabouts.DEPARTED, departed_at=at))

    def arrive(self, nomination_id: str, at: datetime) -> Batch:
        """Return the batch after somebody arrived, also somebody who was missing. Raises ``Refusal``."""
        passenger = self.passenger(nomination_id)
        if passenger.whereabouts is Whereabouts.ARRIVED:
            return self
        return self._with(replace(passenger, whereabouts=Whereabouts.ARRIVED, arrived_at=at))

    def found(self, nomination_id: str, note: str) -> Batch:
        """Return the batch after somebody missing was accounted for. Raises ``Refusal`` for who is not missing."""
        passenger = self.passenger(nomination_id)
        if passenger.whereabouts is not Whereabouts.MISSING:
            raise Refusal("not-missing", f"{nomination_id} 并非未到人员", f"{nomination_id} is not missing")
        return self._with(replace(passenger, whereabouts=Whereabouts.FOUND, note=note))

    def drop(self, nomination_id: str) -> Batch:
        """Return the batch without somebody who does not travel any more; unknown people change nothing."""
        return self._each(lambda one: one.nomination_id == nomination_id, Whereabouts.DROPPED)

    def void(self) -> Batch:
        """Return the batch cancelled with the days it was planned for: nobody is missed of it any more."""
        after = self._each(lambda one: one.whereabouts is Whereabouts.MISSING, Whereabouts.DROPPED)
        return replace(after, cancelled=True)

    def raise_alarm(self, now: datetime, grace: timedelta) -> tuple[Batch, tuple[str, ...]]:
        """Return the batch with everybody missing who should be there by now, and who that is.

        The instant itself, expected arrival and grace, raises it.
        """
        due = self.alarm_at(grace)
        if due is None or now < due:
            return self, ()
        missing = self.waiting_for
        return self._each(lambda one: one.nomination_id in missing, Whereabouts.MISSING), missing

    def _each(self, chosen: Callable[[Passenger], bool], whereabouts: Whereabouts) -> Batch:
        missing = whereabouts is Whereabouts.MISSING
        return replace(
            self,
            passengers=tuple(
                replace(each, whereabouts=whereabouts, was_missing=each.was_missing or missing)
                if chosen(each)
                else each
                for each in self.passengers
            ),
        )

    def _with(self, changed: Passenger) -> Batch:
        kept: Iterable[Passenger] = (
            changed if each.nomination_id == changed.nomination_id else each for each in self.passengers
        )
        return replace(self, passengers=tuple(kept))
