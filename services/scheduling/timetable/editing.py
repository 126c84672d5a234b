"""Changing a timetable by hand: what a move, a swap or a lock would do, in words, before anybody does it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from services.scheduling.timetable.assess import assess_subjects, joined
from services.scheduling.timetable.findings import Assessment, Finding
from services.scheduling.timetable.problem import Placed, Problem, Timetable
from services.scheduling.timetable.reading import Book, Reading, Subject


class ChangeImpossible(ValueError):
    """The change names something that is not there; ``zh`` and ``en`` say what."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``move``: to ``slot`` and ``room_id`` (each kept when ``None``). ``swap``: with the other lecture.

    ``lock`` and ``unlock``: schedulers leave the lecture where it is, or may move it again.
    """

    action: Literal["move", "swap", "lock", "unlock"]
    course_id: str
    number: int
    slot: int | None = None
    room_id: str | None = None
    other_course_id: str | None = None
    other_number: int | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do. ``broken``, ``mended``: hard rules; ``dearer``, ``cheaper``: charges that come and go.

    ``changed`` are the lectures that lie elsewhere, ``at`` where they stand in ``before``.
    """

    problem: Problem
    before: Timetable
    changed: tuple[Placed, ...]
    at: tuple[int, ...]
    cost_before: int
    cost: int
    feasible: bool
    broken: tuple[Finding, ...]
    mended: tuple[Finding, ...]
    dearer: tuple[Finding, ...]
    cheaper: tuple[Finding, ...]

    @property
    def timetable(self) -> Timetable:
        """The timetable after the change."""
        lectures = list(self.before.lectures)
        for index, lecture in zip(self.at, self.changed, strict=True):
            lectures[index] = lecture
        return Timetable(tuple(lectures))


class Draft:
    """A timetable somebody works on. Reads it once; a preview then looks only at those whom the change touches.

    Of a lecture that stands there more than once, changes are to the first.
    """

    def __init__(self, problem: Problem, timetable: Timetable) -> None:
        self.problem, self.timetable = problem, timetable
        self._reading = Reading(Book(problem), timetable)
        self._about: dict[Subject, Assessment] = {
            subject: assess_subjects(self._reading, (subject,)) for subject in self._reading.book.subjects(timetable)
        }
        self.assessment: Assessment = joined(self._about.values())
        self._index: dict[tuple[str, int], int] = {}
        for index, at in enumerate(timetable.lectures):
            self._index.setdefault((at.course_id, at.number), index)

    def preview(self, change: Change) -> Preview:
        """Return what a change would do. Raises ``ChangeImpossible``."""
        if change.action in ("lock", "unlock"):
            return self._locked(change)
        places, come = self._moved(change)
        gone = [self.timetable.lectures[index] for index in places]
        touched = dict.fromkeys(subject for at in (*gone, *come) for subject in self._reading.book.subjects_of(at))
        old = joined(self._about[subject] for subject in touched if subject in self._about)
        new = assess_subjects(self._reading.changed(gone, come), touched)
        violations = len(self.assessment.violations) + len(new.violations) - len(old.violations)
        return Preview(
            self.problem,
            self.timetable,
            tuple(come),
            tuple(places),
            self.assessment.cost,
            self.assessment.cost + new.cost - old.cost,
            violations == 0,
            beyond(new.violations, old.violations),
            beyond(old.violations, new.violations),
            beyond(new.charges, old.charges),
            beyond(old.charges, new.charges),
        )

    def _moved(self, change: Change) -> tuple[list[int], list[Placed]]:
        index = self._place(change.course_id, change.number)
        at = self.timetable.lectures[index]
        if change.action == "swap":
            second = self._place(change.other_course_id, change.other_number)
            other = self.timetable.lectures[second]
            if second == index:
                raise ChangeImpossible(
                    f"课程{at.course_id}第{at.number}讲不能与自己对调，请另选一讲",
                    f"lecture {at.number} of course {at.course_id} cannot change places with itself; name another one",
                )
            rooms = (at.room_id, other.room_id)
            if None in rooms:
                # Field teaching has no room to give: each keeps its own.
                rooms = (other.room_id, at.room_id)
            return [index, second], [
                dataclasses.replace(at, slot=other.slot, room_id=rooms[1]),
                dataclasses.replace(other, slot=at.slot, room_id=rooms[0]),
            ]
        slot = at.slot if change.slot is None else change.slot
        if not 0 <= slot < self._reading.book.grid.slots:
            most = self._reading.book.grid.slots - 1
            raise ChangeImpossible(f"没有时段{slot}，应为0至{most}", f"there is no slot {slot}, only 0 to {most}")
        if change.room_id is not None and change.room_id not in self._reading.book.rooms:
            raise ChangeImpossible(f"没有教室{change.room_id}", f"there is no room {change.room_id}")
        return [index], [dataclasses.replace(at, slot=slot, room_id=change.room_id or at.room_id)]

    def _place(self, course_id: str | None, number: int | None) -> int:
        index = self._index.get((course_id or "", number or 0))
        if index is None:
            raise ChangeImpossible(
                f"课表中没有课程{course_id}第{number}讲",
                f"lecture {number} of course {course_id} is not in the timetable",
            )
        return index

    def _locked(self, change: Change) -> Preview:
        at = self.timetable.lectures[self._place(change.course_id, change.number)]
        pins = tuple(pin for pin in self.problem.pins if (pin.course_id, pin.number) != (at.course_id, at.number))
        if change.action == "lock":
            pins = (*pins, at)
        problem = dataclasses.replace(self.problem, pins=pins)
        after = assess_subjects(Reading(Book(problem), self.timetable), [("course", at.course_id)]).violations
        own = self._about["course", at.course_id].violations
        cost, violations = self.assessment.cost, len(self.assessment.violations) + len(after) - len(own)
        return Preview(
            problem, self.timetable, (), (), cost, cost, violations == 0, beyond(after, own), beyond(own, after), (), ()
        )


def beyond(these: Iterable[Finding], those: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what is in these and not in those, counted."""
    left = Counter((each.rule, each.cost, each.zh) for each in those)
    found = []
    for each in these:
        key = (each.rule, each.cost, each.zh)
        if left[key]:
            left[key] -= 1
        else:
            found.append(each)
    return tuple(found)
