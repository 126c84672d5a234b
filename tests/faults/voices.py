"""The parts of the sample year as they are walked through in a wave: with its callers, its clock and its people."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

from deploy.local.answers import Answers
from deploy.local.gateway_client import Attachment, GatewayClient
from deploy.local.journey import Journey, Sample
from deploy.local.year.cast import Cast
from shared.clock import CITY_ZONE
from shared.contracts import Operation
from shared.security.caller import Role
from tests.faults.caller import Caller
from tests.faults.target import Settable

_ANEW = frozenset({"issue_personal_link", "preview_retiming"})
"""Commands that keep no answer: a link is a secret, one asked for again is another; a preview tells what holds now."""


class Kept(Answers):
    """What a wave was answered, in memory: no wave is gone on with."""

    def __init__(self) -> None:
        super().__init__(Path("answers of a wave"))

    def keep(self, step: str, answer: dict[str, Any]) -> None:
        with self._lock:
            self._known[step] = answer


class Voice(GatewayClient):
    """Somebody of the year, who calls as everybody in a wave does: steadily, with patience, with a key."""

    def __init__(self, caller: Caller, who: str, run: str, answers: Answers) -> None:
        self._caller, self._who, self._run, self._answers = caller, who, run, answers

    def speaking_for(self, token: str) -> Voice:
        return Voice(self._caller, token, self._run, self._answers)

    def close(self) -> None:
        """Leave the connections to the wave."""

    def call(
        self, operation: Operation, request: dict[str, Any], *, step: str = "", file: Attachment | None = None
    ) -> dict[str, Any]:
        if not step:
            return self._ask(operation, request)
        if (known := self._answers.get(step)) is not None:
            return known
        answer = self._caller.command(operation, request, f"{self._run}/{step}", self._who, file)
        self._answers.keep(step, answer)
        return answer

    def _ask(self, operation: Operation, request: dict[str, Any]) -> dict[str, Any]:
        """Ask; a command without a step has a key of its content, so that it, too, is done once."""
        mark = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).hexdigest()[:16]
        key = f"{self._run}/{operation.name}/{mark}" if operation.kind == "command" else ""
        if key and operation.name not in _ANEW:
            # As it is now: whoever asked may go on writing in it.
            return self._caller.command(operation, deepcopy(request), key, self._who)
        response = self._caller.send(operation, request, self._who, key)
        assert response.status_code < 300, (operation.name, request, response.status_code, response.text)
        answer: dict[str, Any] = response.json()
        return answer


class Players(Cast):
    """The cast of a wave: the school and the units have their keys already."""

    def __init__(self, organisers: Voice) -> None:
        super().__init__(organisers, "")

    def _key(self, role: Role, unit_id: str) -> str:
        return "school" if role is Role.PARTY_SCHOOL else unit_id


class CityClock:
    """The clock of the city as the year reads it."""

    def __init__(self, clock: Settable) -> None:
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now()

    def today(self) -> date:
        return self._clock.now().astimezone(CITY_ZONE).date()


class WaveJourney(Journey):
    """A journey through one wave; ``go_to`` sets the city's clock, ``quiet`` waits until nothing is on its way."""

    go_to: Callable[[datetime], None]
    quiet: Callable[[], None]
    stops: list[tuple[datetime, Callable[[], None]]]
    """What is to be done on the way, and when."""

    @classmethod
    def of(cls, caller: Caller, clock: Settable, run: str, facts: dict[str, Any]) -> WaveJourney:
        """Return the journey of one wave with the facts of its year."""
        answers = Kept()
        gateway = Voice(caller, "department", run, answers)
        sample = Sample(Path(), facts, Path())
        made = cls(gateway, sample, dict, CityClock(clock), Players(gateway), answers)  # type: ignore[arg-type]
        made.stops = []
        return made

    def go_on_until(self, day: date, hour: time_of_day = time_of_day(9)) -> None:
        wanted = datetime.combine(day, hour, CITY_ZONE)
        while self.stops and self.stops[0][0] <= wanted:
            at, work = self.stops.pop(0)
            self.go_to(at)
            work()
        self.go_to(wanted)

    def settle(self) -> None:
        self.quiet()
