"""The sessions that stay where they are while the drafts around them are laid out anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from services.scheduling.domain.timetable import Session, Table
from services.scheduling.domain.timetable_check import check
from services.scheduling.domain.timetable_setting import Held, Setting
from services.scheduling.half_day_axis import HalfDayAxis

_REFUSED_FOR = {
    "class-clash", "room-clash", "lecturer-clash", "lecturer-travel", "field-half", "half-day-hours", "room-reserved",
}  # fmt: skip
"""What a session may break that stays in its time and its room."""


class Staying:
    """Those of ``keep``, and joint lectures with terms whose timetables are not laid out here."""

    def __init__(self, setting: Setting, held: Iterable[Held], keep: set[str]) -> None:
        held = list(held)
        self._setting, self._keep = setting, keep
        self._elsewhere = {each.session.joint_id for each in setting.joint_partners}
        self._kept_joints = {each.session.joint_id for each in held if each.session.session_id in keep} - {None}
        self.held = [each for each in held if self.stays(each)]
        self._refused = self._refused_sessions()

    def stays(self, held: Held) -> bool:
        """Return whether a session stays; a joint lecture does for all its terms."""
        session = held.session
        kept = session.session_id in self._keep or session.joint_id in self._kept_joints
        return kept or self.is_joint_elsewhere(held)

    def is_joint_elsewhere(self, held: Held) -> bool:
        """Return whether a session is a lecture that terms which are not here have as well."""
        return held.session.joint_id is not None and held.session.joint_id in self._elsewhere

    def is_refused(self, held: Held) -> bool:
        """Return whether the rules refuse a session where it stays, whatever else is laid out around it."""
        return held.session.session_id in self._refused

    @property
    def lectures(self) -> set[str]:
        """What stays, by ``lecture_of``."""
        return {lecture_of(each.session) for each in self.held}

    def seats(self, axis: HalfDayAxis) -> dict[str, range]:
        """Return the slots that stand for each lecture that stays, by ``lecture_of``.

        They are among those in which it is held. Lectures in each other's way stand apart, in their order; one for
        which no slot is left has none, and only keeps others away.
        """
        lectures: dict[str, list[Held]] = {}
        for each in sorted(self.held, key=lambda each: (each.session.on, each.session.starts_at)):
            lectures.setdefault(lecture_of(each.session), []).append(each)
        begins: dict[str, int] = {}
        for lecture, parts in lectures.items():
            during = axis.during(parts[0].session)
            first = max([during[0], *(begins[other] + 1 for other in self._beside(parts, begins))])
            if parts[0].session.form == "field" or any(map(self.is_refused, parts)):
                first = during[0]
            if first in during:
                begins[lecture] = first
        found = {}
        for lecture, first in begins.items():
            later = [begins[other] for other in self._beside(lectures[lecture], begins) if begins[other] > first]
            found[lecture] = range(first, min([axis.during(lectures[lecture][0].session).stop, *later]))
        return found

    def _beside(self, parts: Iterable[Held], known: Mapping[str, object]) -> set[str]:
        company = {lecture_of(other) for each in parts for other in self._company(each)}
        return company & known.keys()

    def _company(self, held: Held) -> Iterator[Session]:
        """Yield those that stay in the half-day of one that does, in the way of it if they were not held apart."""
        session = held.session
        for each in self.held:
            if (each.session.on, each.session.half) != (session.on, session.half) or each == held:
                continue
            if lecture_of(each.session) != lecture_of(session) and (
                each.term_id == held.term_id or _share_people_or_room(each.session, session)
            ):
                yield each.session

    def _refused_sessions(self) -> set[str]:
        tables: dict[str, Table] = {}
        for each in self.held:
            tables[each.term_id] = (*tables.get(each.term_id, ()), each.session)
        # A session that is too long by itself is so wherever it lies.
        found = [each for each in check(self._setting, tables) if each.code in _REFUSED_FOR]
        return {
            id for each in found for id in each.session_ids if len(each.session_ids) > 1 or each.code == "room-reserved"
        }


def lecture_of(session: Session) -> str:
    """Return what the sessions of one lecture have in common."""
    return session.joint_id or session.session_id


def _share_people_or_room(first: Session, second: Session) -> bool:
    same_lecturer = first.lecturer_id is not None and first.lecturer_id == second.lecturer_id
    same_room = first.room_id is not None and first.room_id == second.room_id
    return same_lecturer or same_room
