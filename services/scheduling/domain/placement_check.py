"""An independent check of a table: day by day, straight from the rules, sharing no code with the schedulers."""

from __future__ import annotations

from datetime import timedelta

from services.scheduling.domain.placement import Blackout, Campus, Placed, Problem, Room, Term
from services.scheduling.domain.placement_check_shared import Violation, each_day, shared_violations

__all__ = ["Violation", "check"]


def check(problem: Problem, placed: tuple[Placed, ...]) -> list[Violation]:
    """Return every rule the table breaks; empty when it is good."""
    return _Check(problem, placed).run()


class _Check:
    def __init__(self, problem: Problem, placed: tuple[Placed, ...]) -> None:
        self.problem, self.placed = problem, placed
        self.terms = {term.id: term for term in problem.terms}
        self.rooms = {room.id: room for room in problem.rooms}
        self.campuses = {campus.id: campus for campus in problem.campuses}
        self.lecturers = {lecturer.id: lecturer for lecturer in problem.lecturers}
        self.calendar = {day.day: day for day in problem.days}
        self.found: list[Violation] = []

    def run(self) -> list[Violation]:
        seen: set[str] = set()
        for at in self.placed:
            term, room = self.terms.get(at.term_id), self.rooms.get(at.room_id)
            if term is None or room is None or at.term_id in seen:
                self._add(
                    "unknown",
                    (at.term_id,),
                    "表中有不存在或重复的期，或不存在的教室",
                    "unknown or doubled term, or unknown room",
                )
                continue
            seen.add(at.term_id)
            if term.stands is not None:
                self._standing(term, at)
                continue
            campus = self.campuses[room.campus_id]
            self._days(term, at)
            self._window(term, at)
            self._room(term, at, room, campus)
            self._banned(term, at, room)
            self._absences(term, at)
            for blackout in self.problem.blackouts:
                self._blackout(term, at, campus, blackout)
        if not any(violation.code == "unknown" for violation in self.found):
            self.found += shared_violations(self.problem, self.placed)
        return self.found

    def _add(self, code: str, term_ids: tuple[str, ...], zh: str, en: str, about: str = "") -> None:
        self.found.append(Violation(code, term_ids, zh, en, about))

    def _standing(self, term: Term, at: Placed) -> None:
        if at != term.stands:
            self._add("pin", (term.id,), f"{term.label}应留在原处", f"{term.label_en} left the place it has")

    def _days(self, term: Term, at: Placed) -> None:
        span = [self.calendar.get(day) for day in each_day(at.starts_on, at.ends_on)]
        if any(day is None for day in span):
            self._add(
                "calendar", (term.id,), f"{term.label}有日期不在日历内", f"{term.label_en} lies outside the calendar"
            )
            return
        lessons = sum(1 for day in span if day and day.works)
        free = [day for day in span if day and not day.works]
        if lessons != term.days or not (span[0] and span[0].works) or not (span[-1] and span[-1].works):
            self._add(
                "length",
                (term.id,),
                f"{term.label}应上课{term.days}个工作日，{at.starts_on}至{at.ends_on}有{lessons}个",
                f"{term.label_en} takes {term.days} working days; {at.starts_on} to {at.ends_on} has {lessons}",
            )
        holidays = [day for day in free if day.kind == "holiday"]
        if holidays:
            self._add(
                "holiday",
                (term.id,),
                f"{term.label}跨越了假期{holidays[0].name or ''}（{holidays[0].day}）",
                f"{term.label_en} runs over the holiday on {holidays[0].day}",
            )
        elif free and term.days <= self.problem.policy.longest_run:
            self._add(
                "weekend",
                (term.id,),
                f"{term.label}学制{term.days}天，不应跨越周末（{free[0].day}）",
                f"{term.label_en} is short and must not span the weekend of {free[0].day}",
            )
        ahead = at.starts_on - timedelta(days=self.problem.policy.report_ahead)
        known = self.calendar.get(ahead)
        expected = at.starts_on if known is None or known.kind == "holiday" else ahead
        if at.reports_on != expected:
            self._add(
                "report",
                (term.id,),
                f"{term.label}的报到日应为{expected}",
                f"{term.label_en} should report on {expected}",
            )

    def _window(self, term: Term, at: Placed) -> None:
        if at.starts_on < term.earliest_start or at.ends_on > term.latest_end:
            self._add(
                "window",
                (term.id,),
                f"{term.label}应在{term.earliest_start}至{term.latest_end}之间，现为{at.starts_on}至{at.ends_on}",
                f"{term.label_en} belongs between {term.earliest_start} and {term.latest_end}, "
                f"not {at.starts_on} to {at.ends_on}",
            )
        lead = self.problem.policy.lead_days
        if lead and self.problem.today and term.pin is None:
            earliest = self.problem.today + timedelta(days=lead)
            if at.starts_on < earliest:
                self._add(
                    "lead-time",
                    (term.id,),
                    f"{term.label}发函需提前{lead}天，{earliest}之前不能开班，现为{at.starts_on}",
                    f"letters for {term.label_en} need {lead} days: it opens on {at.starts_on}, before {earliest}",
                )
        if term.pin and (term.pin.starts_on != at.starts_on or term.pin.room_id not in (None, at.room_id)):
            self._add(
                "pin",
                (term.id,),
                f"{term.label}偏离了指定的日期或教室",
                f"{term.label_en} left the day or room set for it",
            )

    def _room(self, term: Term, at: Placed, room: Room, campus: Campus) -> None:
        if campus.online and campus.id != term.campus_id:
            self._add("campus", (term.id,), f"{term.label}不是线上班次", f"{term.label_en} is not held online")
        if room.capacity < term.trainees:
            self._add(
                "capacity",
                (term.id,),
                f"{term.label}有{term.trainees}人，教室“{room.title}”只能容纳{room.capacity}人",
                f"{term.label_en} has {term.trainees} trainees; {room.title!r} seats {room.capacity}",
            )
        if term.room_kind is not None and room.kind != term.room_kind:
            self._add(
                "room-kind",
                (term.id,),
                f"{term.label}需要“{term.room_kind}”类教室",
                f"{term.label_en} needs a {term.room_kind}",
            )
        if term.campus_id is not None and campus.id != term.campus_id:
            self._add("campus", (term.id,), f"{term.label}应在指定校区", f"{term.label_en} belongs on another campus")

    def _blackout(self, term: Term, at: Placed, campus: Campus, blackout: Blackout) -> None:
        everywhere = not blackout.districts and not blackout.campus_ids
        touched = [campus.district, *term.districts]
        concerned = (
            everywhere
            or campus.id in blackout.campus_ids
            or any(root == "" or f"{unit}.".startswith(f"{root}.") for root in blackout.districts for unit in touched)
        )
        hit = [day for day in each_day(at.reports_on, at.ends_on) if blackout.starts_on <= day <= blackout.ends_on]
        if concerned and hit and not campus.online:
            self._add(
                "blackout",
                (term.id,),
                f"{term.label}在{hit[0]}落入停办时段“{blackout.title}”",
                f"{term.label_en} falls into the blackout {blackout.title!r} on {hit[0]}",
                blackout.id,
            )

    def _banned(self, term: Term, at: Placed, room: Room) -> None:
        if room.id in term.barred_rooms:
            self._add(
                "barred-room",
                (term.id,),
                f"{term.label}不得安排在教室“{room.title}”",
                f"{term.label_en} may not be held in {room.title!r}",
            )
        for number, ban in enumerate(term.bans):
            hit = [day for day in each_day(at.starts_on, at.ends_on) if ban.starts_on <= day <= ban.ends_on]
            if hit:
                self._add(
                    "banned",
                    (term.id,),
                    f"{term.label}不得安排在{ban.starts_on}至{ban.ends_on}，现占用{hit[0]}",
                    f"{term.label_en} may not be held from {ban.starts_on} to {ban.ends_on}, and is on {hit[0]}",
                    str(number),
                )

    def _absences(self, term: Term, at: Placed) -> None:
        lessons = [
            day for day in each_day(at.starts_on, at.ends_on) if day in self.calendar and self.calendar[day].works
        ]
        for need in term.needs:
            lecturer = self.lecturers.get(need.lecturer_id)
            wanted = [day for number, day in enumerate(lessons, 1) if not need.days or number in need.days]
            for day in wanted:
                for index, absence in enumerate(lecturer.absences if lecturer else ()):
                    if lecturer and absence.starts_on <= day <= absence.ends_on and absence.but != term.id:
                        self._add(
                            "lecturer-away",
                            (term.id,),
                            f"{term.label}{day}需要的讲师{lecturer.title}当天不在（{absence.reason or '请假'}）",
                            f"{lecturer.title}, needed by {term.label_en} on {day}, is away",
                            f"{lecturer.id}#{index}",
                        )
