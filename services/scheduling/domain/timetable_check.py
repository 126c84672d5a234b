"""An independent check of timetables: every hard rule, sharing no code with what makes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from services.scheduling.domain.timetable import HALF_NAMES, Session, minutes_between
from services.scheduling.domain.timetable_setting import Held, Setting, Tables


@dataclass(frozen=True, slots=True)
class Breach:
    """A hard rule that a table breaks, with the sessions and terms concerned."""

    code: str
    term_ids: tuple[str, ...]
    session_ids: tuple[str, ...]
    zh: str
    en: str


def check(setting: Setting, tables: Tables) -> list[Breach]:
    """Return every hard rule the tables break, on their own, against each other and against issued ones."""
    return _Check(setting, tables).run()


class _Check:
    def __init__(self, setting: Setting, tables: Tables) -> None:
        self.setting, self.limits = setting, setting.limits
        self.own = [Held(term_id, each) for term_id, table in tables.items() for each in table]
        self.found: list[Breach] = []

    def run(self) -> list[Breach]:
        for held in self.own:
            self._alone(held)
        for first, second in combinations(self.own, 2):
            self._pair(first, second)
        for first in self.own:
            for second in self.setting.others:
                self._pair(first, second)
        self._hours()
        self._joints()
        return self.found

    def _add(self, code: str, concerned: Iterable[Held], zh: str, en: str) -> None:
        all_of = list(concerned)
        terms = tuple(dict.fromkeys(each.term_id for each in all_of))
        self.found.append(Breach(code, terms, tuple(each.session.session_id for each in all_of), zh, en))

    def _alone(self, held: Held) -> None:
        session, term = held.session, self.setting.terms[held.term_id]
        if session.on not in term.days:
            self._add(
                "outside-term",
                [held],
                f"{session.label}不在{term.label}的教学日内",
                f"{session.label_en} is on no teaching day of {term.label_en}",
            )
        if session.starts_at >= session.ends_at:
            self._add(
                "times",
                [held],
                f"{session.label}的结束时间{session.ends_at}不晚于开始时间{session.starts_at}",
                f"{session.label_en} ends at {session.ends_at}, not after {session.starts_at}",
            )
        self._half(held)
        if session.hours > self.limits.half_day_hours:
            self._too_long([held], session.hours, f"{session.label}", session.label_en)
        self._lecturer(held)
        self._room(held)

    def _half(self, held: Held) -> None:
        # Who is away, and how many hours a half-day has, is looked at by the half that a session says it is in.
        session = held.session
        for half, (first, last) in self.limits.half_times.items():
            if half != session.half and session.starts_at < last and first < session.ends_at:
                self._add(
                    "other-half",
                    [held],
                    f"{session.label}的时间{session.starts_at}至{session.ends_at}占了{HALF_NAMES[half][0]}",
                    f"{session.label_en} is held from {session.starts_at} to {session.ends_at}, "
                    f"in the {HALF_NAMES[half][1]}",
                )

    def _lecturer(self, held: Held) -> None:
        session = held.session
        if session.lecturer_id is None:
            return
        lecturer = self.setting.lecturers.get(session.lecturer_id)
        if lecturer is None:
            self._add(
                "lecturer-unknown",
                [held],
                f"{session.label}的教师“{session.lecturer_id}”未登记或已停用",
                f"the lecturer {session.lecturer_id!r} of {session.label_en} is not registered or not active",
            )
        elif lecturer.is_away(session.on, session.half):
            self._add(
                "lecturer-away",
                [held],
                f"教师{lecturer.name}已说明不能在{session.label}时授课",
                f"{lecturer.name} cannot teach {session.label_en}",
            )

    def _room(self, held: Held) -> None:
        session, term = held.session, self.setting.terms[held.term_id]
        if session.room_id is None:
            if session.form in ("lecture", "discussion") and not term.online:
                self._add("room-missing", [held], f"{session.label}没有教室", f"{session.label_en} has no room")
            return
        room = self.setting.rooms.get(session.room_id)
        if room is None:
            self._add(
                "room-unknown",
                [held],
                f"{session.label}的教室“{session.room_id}”未登记",
                f"the room {session.room_id!r} of {session.label_en} is not registered",
            )
            return
        together = self._together(held)
        people = sum(map(self._people, together))
        if people > room.seats:
            self._add(
                "room-capacity",
                [held],
                f"{session.label}共{people}人，“{room.title}”只能容纳{room.seats}人",
                f"{session.label_en} has {people} people; {room.title!r} seats {room.seats}",
            )
        owner = self.setting.reserved.get((room.id, session.on))
        if owner is not None and owner not in together:
            self._add(
                "room-reserved",
                [held],
                f"“{room.title}”当天是另一期的教室，{session.label}不能使用",
                f"{room.title!r} is another term's own room that day; {session.label_en} cannot use it",
            )

    def _people(self, term_id: str) -> int:
        term = self.setting.terms.get(term_id)
        return term.trainees if term else self.setting.guests.get(term_id, 0)

    def _together(self, held: Held) -> set[str]:
        if held.session.joint_id is None:
            return {held.term_id}
        everywhere = (*self.own, *self.setting.others, *self.setting.joint_partners)
        return {each.term_id for each in everywhere if each.session.joint_id == held.session.joint_id}

    def _pair(self, a: Held, b: Held) -> None:
        first, second = a.session, b.session
        if first.on != second.on or _same_event(a, b):
            return
        same_half, overlap = first.half == second.half, first.overlaps(second)
        same_term = a.term_id == b.term_id
        same_lecturer = first.lecturer_id is not None and first.lecturer_id == second.lecturer_id
        if same_term and overlap:
            self._add(
                "class-clash",
                [a, b],
                f"{first.label}与“{second.title}”同时上课",
                f"{first.label_en} and {second.title!r} are at the same time",
            )
        if same_half and "field" in (first.form, second.form) and (same_term or same_lecturer):
            self._add(
                "field-half",
                [a, b],
                f"现场教学占用整个半天，{first.label}与“{second.title}”不能同在一个半天",
                f"field teaching takes its whole half-day: {first.label_en} and {second.title!r} share one",
            )
        if overlap and first.room_id is not None and first.room_id == second.room_id:
            self._add(
                "room-clash",
                [a, b],
                f"{first.label}与另一课“{second.title}”同用一间教室",
                f"{first.label_en} and {second.title!r} share a room at the same time",
            )
        if same_lecturer:
            self._lecturer_pair(a, b, overlap)

    def _lecturer_pair(self, a: Held, b: Held, overlap: bool) -> None:
        first, second = sorted((a.session, b.session), key=lambda each: each.starts_at)
        known = self.setting.lecturers.get(first.lecturer_id or "")
        name = known.name if known else first.lecturer_id
        if overlap:
            self._add(
                "lecturer-clash",
                [a, b],
                f"教师{name}的{first.label}与“{second.title}”时间冲突",
                f"{name} would give {first.label_en} and {second.title!r} at the same time",
            )
            return
        here, there = (self.setting.rooms.get(each.room_id or "") for each in (first, second))
        gap = minutes_between(first.ends_at, second.starts_at)
        if here and there and here.campus_id != there.campus_id and gap < self.limits.travel_minutes:
            self._add(
                "lecturer-travel",
                [a, b],
                f"教师{name}从“{here.title}”到“{there.title}”只有{gap}分钟，至少应留{self.limits.travel_minutes}分钟",
                f"{name} has {gap} minutes to go from {here.title!r} to {there.title!r} and needs "
                f"{self.limits.travel_minutes}",
            )

    def _hours(self) -> None:
        by_term: dict[tuple[object, ...], list[Held]] = {}
        by_lecturer: dict[tuple[object, ...], dict[str, Held]] = {}
        for held in self.own:
            by_term.setdefault((held.term_id, held.session.on, held.session.half), []).append(held)
        for held in (*self.own, *self.setting.others):
            session = held.session
            if session.lecturer_id is not None:
                events = by_lecturer.setdefault((session.lecturer_id, session.on, session.half), {})
                events.setdefault(session.joint_id or f"{held.term_id}/{session.session_id}", held)
        for key, sessions in by_term.items():
            self._half_day(sessions, self.setting.terms[str(key[0])].label, self.setting.terms[str(key[0])].label_en)
        mine = {id(held) for held in self.own}
        for key, events in by_lecturer.items():
            if any(id(held) in mine for held in events.values()):
                known = self.setting.lecturers.get(str(key[0]))
                name = known.name if known else str(key[0])
                self._half_day(list(events.values()), f"教师{name}", name)

    def _half_day(self, sessions: list[Held], zh: str, en: str) -> None:
        hours = sum(each.session.hours for each in sessions)
        if hours > self.limits.half_day_hours and len(sessions) > 1:
            first = sessions[0].session
            half = HALF_NAMES[first.half]
            self._too_long(
                sessions, hours, f"{zh}在{first.on.month}月{first.on.day}日{half[0]}", f"{en} on {first.on}, {half[1]},"
            )

    def _too_long(self, sessions: list[Held], hours: int, zh: str, en: str) -> None:
        most, (zh_source, en_source) = self.limits.half_day_hours, self.limits.source
        self._add(
            "half-day-hours",
            sessions,
            f"{zh}共{hours}学时，半天最多{most}学时（{zh_source}）",
            f"{en} has {hours} class hours; a half-day holds {most} ({en_source})",
        )

    def _joints(self) -> None:
        events: dict[str, list[Held]] = {}
        judged = {held.term_id for held in self.own}
        for held in (*self.own, *(each for each in self.setting.joint_partners if each.term_id not in judged)):
            if held.session.joint_id is not None:
                events.setdefault(held.session.joint_id, []).append(held)
        for sessions in events.values():
            if len({_event(each.session) for each in sessions}) > 1:
                first = sessions[0].session
                self._add(
                    "joint-differs",
                    sessions,
                    f"合班课{first.label}在各期日程表中的安排不一致",
                    f"the joint lecture {first.label_en} differs between the timetables of its terms",
                )
            if len({each.term_id for each in sessions}) < len(sessions):
                self._add(
                    "joint-doubled",
                    sessions,
                    f"合班课“{sessions[0].session.title}”在同一期中出现两次",
                    f"the joint lecture {sessions[0].session.title!r} stands twice in one term",
                )


def _same_event(a: Held, b: Held) -> bool:
    return a.term_id != b.term_id and a.session.joint_id is not None and a.session.joint_id == b.session.joint_id


def _event(session: Session) -> tuple[object, ...]:
    return (
        session.on,
        session.half,
        session.starts_at,
        session.ends_at,
        session.hours,
        session.form,
        session.lecturer_id,
        session.room_id,
    )
