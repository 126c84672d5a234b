"""What the sample year does beside the main line, in one wave: the year's own parts, for the wave's first two terms.

The first term is told in full, as the year tells its first; the second shares lectures, places and corrections with it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from deploy.local.year import (
    acknowledging,
    attending,
    briefing,
    closing,
    fees,
    health,
    places,
    postponing,
    proposals,
    questions,
    replacing,
    reports,
    schemes,
    selecting,
    survey,
    teaching,
    travelling,
)
from deploy.local.year.schemes import Courses
from services.enrollment.contract.nominations import LIST_NOMINATIONS
from services.scheduling.contract.plans import GET_PLAN
from tests.faults.people import Script
from tests.faults.plan import Wave, first_day
from tests.faults.target import UNITS
from tests.faults.voices import WaveJourney

_LECTURERS = ("赵一鸣", "钱二为", "孙三省", "李四维", "周五常", "吴六合")
_LECTURE, _OWN = "lecture", "self_study"
_COURSES: Courses = (
    ("理论学习", _LECTURE, "{theme}的理论要点与政策依据"),
    ("专题教学", _LECTURE, "{theme}中的重点难点问题"),
    ("研讨交流", _OWN, "{theme}自学（一）"),
    ("研讨交流", _OWN, "{theme}自学（二）"),
    ("研讨交流", _OWN, "{theme}自学（三）"),
    ("研讨交流", _OWN, "{theme}自学（四）"),
    ("研讨交流", _OWN, "{theme}自学（五）"),
)
"""Of the seven half-days of a term: leave for one of them is exactly one seventh."""
_WRITE = 4
"""So many of the first term write reports."""
_FORWARDED, _ANSWERED, _REVIEWED = timedelta(days=9), timedelta(days=15), timedelta(days=15)
SILENT = UNITS[-1]
"""The unit that does not acknowledge the letters of the first term, until somebody rings."""


def facts(wave: int) -> dict[str, Any]:
    """Return what the year's parts ask of a sample, for the city under faults."""
    first = first_day(wave)
    closed = first + timedelta(days=7)
    return {
        "city": {"unit_id": "city"},
        "units": [{"unit_id": unit_id, "kind": "department"} for unit_id in UNITS],
        "rooms": [{"room_id": "hall", "seats": 200}],
        "lecturers": [
            {"name": name, "organisation": "市委党校", "title": "副高", "expertise": "基层治理"} for name in _LECTURERS
        ],
        "days": {
            "survey_due": (first - timedelta(days=8)).isoformat(),
            "survey_closed": (first - timedelta(days=7)).isoformat(),
            "release": (first - timedelta(days=3)).isoformat(),
        },
        "blackouts": [
            {
                "blackout_id": f"closed-{wave}", "starts_on": closed.isoformat(),
                "ends_on": (closed + timedelta(days=4)).isoformat(), "district": "",
                "reason": "局部疫情防控，暂停聚集性活动", "announced_on": first.isoformat(),
            }
        ],
    }  # fmt: skip


class InFull:
    """The parts of one wave's year, in the order the load takes them."""

    def __init__(self, journey: WaveJourney, wave: Wave, script: Script) -> None:
        self.journey, self._wave = journey, wave
        journey.plan_id = wave.plan_id
        journey.terms = list(wave.terms)
        journey.shown = list(wave.terms[:2])
        journey.newcomers = script.newcomers
        journey.order = self._number
        self._names, self._numbers = script.names, dict[str, int]()

    @property
    def _first(self) -> dict[str, Any]:
        return self.journey.shown[0]

    def prepare(self) -> None:
        """Survey, scheme, lecturers, timetables, places that change hands, and what is asked of people."""
        journey = self.journey
        teaching.register_lecturers(journey)
        plan = journey.gateway.call(GET_PLAN, {"plan_id": journey.plan_id})
        programme = next(each for each in plan["programmes"] if each["ordinal"] == self._wave.number)
        schemes.write_scheme(journey, programme, returned=True, courses=_COURSES)
        teaching.invite_lecturers(journey)
        teaching.issue_timetables(journey)
        places.move_places(journey)
        selecting.put_conditions(journey, self._wave.number)
        survey.survey_needs(journey)

    def correct(self) -> None:
        """Send one nomination back, and say that it is one person."""
        selecting.correct(self.journey)

    def stand_by(self) -> None:
        """Put those without a seat in line; somebody leaves, and one of them comes."""
        replacing.wait_in_line(self.journey)

    def replace(self) -> None:
        """Replace people in time and late, hand questions over, and ring the unit that was silent."""
        journey = self.journey
        replacing.replace_people(journey)
        questions.hand_over(journey, [self._first])
        journey.remembered("acknowledgement/silent", lambda: [self._first["term_id"], SILENT])

    def ring_up(self) -> None:
        """Ring the unit that was silent, once it is overdue."""
        self.journey.go_on_until(first_day(self._wave.number) - timedelta(days=2))
        acknowledging.ring_up(self.journey)

    def hold(self) -> None:
        """Brief, travel, attend, evaluate, answer, and travel back; whoever asked for too much leave has to go."""
        journey, of_week = self.journey, [self._first]
        briefing.brief(journey, journey.terms, themselves=1)
        health.declare(journey, self._first)
        travelling.travel_out(journey, of_week)
        attending.attend(journey, of_week, with_leave=True)
        questions.answer(journey, of_week)
        travelling.travel_back(journey, of_week)

    def come_back(self) -> None:
        """Postpone what a closed week concerns; the last unit confirms late; what is held too much is given back."""
        journey = self.journey
        postponing.postpone(journey)
        travelling.return_to_post(journey, [self._first])
        fees.refund(journey, journey.terms, "expulsion")

    def write(self) -> None:
        """Have reports written and proposals filed."""
        reports.write_reports(self.journey, self._first, most=_WRITE)
        proposals.propose(self.journey, self._first, _FORWARDED, _ANSWERED)

    def close(self) -> None:
        """Review reports, complete, settle and archive; health declarations are deleted on their day."""
        journey, first = self.journey, self._first
        reports.review_reports(journey, first, _REVIEWED)
        health.purge(journey, first)
        closing.complete(journey, [first])
        fees.settle(journey, first)
        closing.archive(journey, [first])

    def _number(self, row: dict[str, Any]) -> int:
        """Return the number of whom a row is about: people of all waves are taken in this order."""
        who = row["nomination_id"]
        if who not in self._numbers:
            for term in self._wave.terms:
                found = self.journey.gateway.pages(LIST_NOMINATIONS, {"term_id": term["term_id"]})
                self._numbers |= {each["nomination_id"]: self._names[each["name"]] for each in found}
        return self._numbers[who]

    def postponed(self) -> dict[str, Any]:
        """Return the third term as it lies now."""
        return next(term for term in self.journey.terms if term["term_id"] == self._wave.terms[2]["term_id"])
