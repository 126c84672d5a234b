"""The load: one wave of people from nomination to their return, through the gateway, at a steady pace."""

from __future__ import annotations

import threading
import time as clock
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, TypeVar

from services.compliance.contract.attendance import LIST_ROLLS, RECORD_ATTENDANCE
from services.compliance.contract.checkin import CHECK_IN_TRAINEES, LIST_CHECK_INS
from services.compliance.contract.completion import CONFIRM_COMPLETION, DECIDE_COMPLETION
from services.compliance.contract.returns import CONFIRM_RETURN, LIST_RETURNS
from services.enrollment import contract as enrollment
from services.enrollment.contract.admission import LIST_TRAINEES
from shared.clock import CITY_ZONE
from tests.faults.caller import Caller
from tests.faults.desk import Desk
from tests.faults.in_full import SILENT, InFull, facts
from tests.faults.people import TERMS, Script
from tests.faults.plan import Wave, first_day
from tests.faults.settling import settle
from tests.faults.target import UNITS, Target
from tests.faults.voices import WaveJourney
from tests.fixtures.broker import wait_until

T = TypeVar("T")
R = TypeVar("R")
_SEEN_SECONDS = 0.3
"""A little more than the time after which every process has seen that the clock was set."""
WAIT_SECONDS = 180.0
_ARRIVED, _OVER = time(16), time(18, 30)


class Load:
    """One wave on its way. ``reach`` lets a fault strike at a certain point of it."""

    def __init__(self, city: Target, caller: Caller, wave: Wave, script: Script) -> None:
        self.city, self.caller, self.wave, self.script = city, caller, wave, script
        self.parts: list[str] = []
        self.closing_since: float | None = None
        self._over = threading.Event()
        self._begun: dict[str, int] = {}
        self._changed = threading.Condition()
        self._part = ""
        self._first = len(caller.commands)
        journey = WaveJourney.of(caller, city.clock, f"wave{wave.number}", facts(wave.number))
        journey.go_to, journey.quiet = self._go_to, self._settle
        self._year = InFull(journey, wave, script)

    def run(self) -> None:
        """Carry the wave through, from the needs survey to the archive."""
        first = first_day(self.wave.number)
        try:
            self._go_to(datetime.combine(first, time(9), CITY_ZONE) - timedelta(days=8))
            self._enter("preparing")
            self._year.prepare()
            self._enter("nominating")
            self._each(UNITS, self._nominate)
            self._correct()
            self._review()
            self._enter("admitting")
            self._each(self.wave.terms, self._admit)
            self._year.stand_by()
            self._each(self.wave.terms, self._write)
            self._close_part()
            self._enter("teaching")
            self._year.replace()
            self._desk(self.wave.terms[0]).acknowledge(self.wave.terms[0], "again", SILENT)
            self._year.ring_up()
            self._close_part()
            second = self.wave.terms[1]
            self._year.journey.stops = [(_at(second["reports_on"], _ARRIVED), partial(self._check_in, second))]
            self._year.hold()
            self._teach(second)
            self._year.come_back()
            self._close_part()
            self._enter("closing")
            third = self._year.postponed()
            self._desk(third).acknowledge(third, "postponed")
            self._year.journey.stops = [
                (_at(third["reports_on"], _ARRIVED), partial(self._check_in, third)),
                (_at(third["ends_on"], _OVER), partial(self._teach, third)),
            ]
            self._year.write()
            self._year.close()
            self._close_part()
        finally:
            self._over.set()
            self._enter("")

    @property
    def over(self) -> bool:
        return self._over.is_set()

    def closing_for(self) -> float:
        """Return for how many seconds the wave has waited for everything to become quiet; 0 while it sends commands."""
        since = self.closing_since
        return clock.monotonic() - since if since is not None else 0.0

    def reach(self, part: str, commands: int = 0) -> bool:
        """Wait until a part has begun and so many of its commands were answered; ``False`` when the wave is over."""
        with self._changed:
            self._changed.wait_for(lambda: part in self.parts or self.over, WAIT_SECONDS * 3)
        begun = self._begun.get(part, 0)
        while not self.over and self._part == part and len(self.caller.commands) - begun < commands:
            self._over.wait(0.02)
        return not self.over

    def has_begun(self, part: str) -> bool:
        """Return whether a part has begun, or everything is over."""
        return part in self.parts or self.over

    def _enter(self, part: str) -> None:
        with self._changed:
            self._begun[part] = len(self.caller.commands)
            self._part = part
            self.parts.append(part)
            self._changed.notify_all()

    def _close_part(self) -> None:
        """Let everything become quiet; then each command once more with its key: the answer is the one of before."""
        self.closing_since = clock.monotonic()
        self._settle()
        told, self._first = self.caller.commands[self._first :], len(self.caller.commands)
        self._each(told, self._ask_again)
        self.closing_since = None

    def _settle(self) -> None:
        """Let everything become quiet, with every letter signed off that waits for it."""
        settle(self.city, self.caller, self.wave)
        while any(self._desk(term).sign_off({"term_id": term["term_id"]}) for term in self.wave.terms):
            settle(self.city, self.caller, self.wave)

    def _ask_again(self, asked: Any) -> None:
        again = self.caller.send(asked.operation, asked.request, asked.who, asked.key, asked.file)
        answered = (again.status_code, again.json())
        assert answered == (asked.status, asked.body), (asked.operation.name, answered, asked.body)

    def _desk(self, term: dict[str, Any]) -> Desk:
        return Desk(self.caller, f"wave{self.wave.number}/{term['ordinal']}")

    def _nominate(self, unit_id: str) -> None:
        desk = Desk(self.caller, f"wave{self.wave.number}/{unit_id}")
        filed = desk.command(
            enrollment.FILE_ROSTER, {"unit_id": unit_id}, "roster", unit_id, self.script.roster(unit_id)
        )
        roster = {"import_id": filed["import_id"]}
        wait_until(
            lambda: self.caller.query(enrollment.GET_ROSTER, roster)["state"] == "done", WAIT_SECONDS, "a roster"
        )
        ids = self._nominations(unit_id, "filed")
        signed = {"nomination_ids": ids, "signer": "王某", "signer_post": "党组书记"}
        assert desk.command(enrollment.ATTEST_NOMINATIONS, signed, "attest", unit_id)["left"] == 0
        accepted = {"nomination_ids": ids, "decision": "accept"}
        desk.command(enrollment.REVIEW_NOMINATIONS, accepted, "review", unit_id)

    def _correct(self) -> None:
        """Have one nomination corrected; its unit passes it on once more."""
        self._year.correct()
        row = self._year.journey.remembered("correction", dict)
        accepted = {"nomination_ids": [row["nomination_id"]], "decision": "accept"}
        desk = Desk(self.caller, f"wave{self.wave.number}/{row['unit_id']}")
        desk.command(enrollment.REVIEW_NOMINATIONS, accepted, "review/corrected", row["unit_id"])

    def _review(self) -> None:
        for unit_id in UNITS:
            desk = Desk(self.caller, f"wave{self.wave.number}/{unit_id}")
            ids = self._nominations(unit_id, "attested")
            assert ids, unit_id
            desk.command(enrollment.REVIEW_NOMINATIONS, {"nomination_ids": ids, "decision": "accept"}, "city-review")

    def _nominations(self, unit_id: str, state: str) -> list[str]:
        """Return the nominations of a unit in this wave's terms in one order, whoever was registered first."""
        found = []
        for term in self.wave.terms:
            asked = {"term_id": term["term_id"], "unit_id": unit_id, "state": state}
            found += self.caller.rows(enrollment.LIST_NOMINATIONS, asked)
        fit = [row for row in found if row["outcome"] != "refused"]
        return [row["nomination_id"] for row in sorted(fit, key=lambda row: self.script.names[row["name"]])]

    def _admit(self, term: dict[str, Any]) -> None:
        admitted = self._desk(term).command(enrollment.ADMIT_TERM, {"term_id": term["term_id"]}, "admit")
        self._year.journey.answers.keep(f"admit/{term['term_id']}", admitted)

    def _write(self, term: dict[str, Any]) -> None:
        desk = self._desk(term)
        desk.acknowledge(term, silent=SILENT if term is self.wave.terms[0] else "")
        desk.pay(term)
        desk.ask_questions(term)
        desk.change_timetable(term)
        if term is not self.wave.terms[0]:  # those of the first are told in full
            desk.replace(term, self._number_of(term, self.script.replaced[term["ordinal"]]), self.script)
            desk.acknowledge(term, "again")

    def _check_in(self, term: dict[str, Any]) -> None:
        which, people = {"term_id": term["term_id"]}, list(self._people(term).values())
        wait_until(lambda: len(self._expected(which)) == len(people), WAIT_SECONDS, "compliance knows who comes")
        there = {**which, "nomination_ids": people}
        self._desk(term).command(CHECK_IN_TRAINEES, there, "check-in", "school")

    def _teach(self, term: dict[str, Any]) -> None:
        desk, which, people = self._desk(term), {"term_id": term["term_id"]}, self._people(term)
        self._go_to(_at(term["ends_on"], _OVER))
        marks = [
            {"nomination_id": people[number], "status": status}
            for status, numbers in (("late", self.script.late), ("absent", self.script.absent))
            for number in sorted(numbers & people.keys())
        ]

        def take(session: dict[str, Any]) -> None:
            given = marks if session["half"] == "morning" else []
            roll = {**which, "session_id": session["session_id"], "marks": given, "others": "present"}
            desk.command(RECORD_ATTENDANCE, roll, f"roll/{session['session_id']}", "school")

        self._each(self.caller.query(LIST_ROLLS, which, "school")["items"], take)
        desk.command(DECIDE_COMPLETION, which, "completion", "school")
        desk.command(CONFIRM_COMPLETION, {**which, "approver": "周明远"}, "completion/confirmed")
        self._return(term, desk)

    def _return(self, term: dict[str, Any], desk: Desk) -> None:
        which = {"term_id": term["term_id"]}
        self._go_to(_at(term["ends_on"], time(9)) + timedelta(days=1))
        wait_until(lambda: len(self.caller.rows(LIST_RETURNS, which)) == len(UNITS), WAIT_SECONDS, "returns are asked")

        def confirm(row: dict[str, Any]) -> None:
            people = [{"nomination_id": each["nomination_id"]} for each in row["people"]]
            word = {"return_id": row["return_id"], "people": people, "signer": "干部科负责人"}
            desk.command(CONFIRM_RETURN, word, f"return/{row['return_id']}", row["unit_id"])

        self._each(self.caller.rows(LIST_RETURNS, which), confirm)

    def _expected(self, which: dict[str, str]) -> list[dict[str, Any]]:
        return self.caller.rows(LIST_CHECK_INS, {**which, "state": "expected"})

    def _people(self, term: dict[str, Any]) -> dict[int, str]:
        rows = self.caller.rows(LIST_TRAINEES, {"term_id": term["term_id"]})
        return {self.script.names[row["name"]]: row["nomination_id"] for row in rows}

    def _number_of(self, term: dict[str, Any], number: int) -> dict[str, Any]:
        rows = self.caller.rows(LIST_TRAINEES, {"term_id": term["term_id"]})
        return next(row for row in rows if self.script.names[row["name"]] == number)

    def _go_to(self, wanted: datetime) -> None:
        if self.city.clock.now() < wanted:
            wait_until(lambda: self._set_clock(wanted), WAIT_SECONDS, "the clock is set")
            threading.Event().wait(_SEEN_SECONDS)

    def _set_clock(self, wanted: datetime) -> bool:
        try:
            self.city.clock.set(wanted)
        except OSError:  # its file lies on a disk that is full just now
            return False
        return True

    def _each(self, items: Iterable[T], work: Callable[[T], R]) -> list[R]:
        with ThreadPoolExecutor(TERMS + 1) as pool:
            return list(pool.map(work, items))


def _at(day: str, hour: time) -> datetime:
    return datetime.combine(date.fromisoformat(day), hour, CITY_ZONE)
