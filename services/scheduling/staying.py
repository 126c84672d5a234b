"""The sessions that stay where they are while the drafts around them are laid out anew."""

from __future__ import annotations

from collections.abc import Iterable

from services.scheduling.domain.timetable import Session, times_of
from services.scheduling.domain.timetable_setting import Held, Setting


class Staying:
    """Those of ``keep``, and joint lectures with terms whose timetables are not laid out here."""

    def __init__(self, setting: Setting, held: Iterable[Held], keep: set[str]) -> None:
        held = list(held)
        self._setting, self._keep = setting, keep
        self._elsewhere = {each.session.joint_id for each in setting.joint_partners}
        self._kept_joints = {each.session.joint_id for each in held if each.session.session_id in keep} - {None}
        self._held = [each for each in held if self.stays(each)]

    def stays(self, held: Held) -> bool:
        """Return whether a session stays; a joint lecture does for all its terms."""
        session = held.session
        kept = session.session_id in self._keep or session.joint_id in self._kept_joints
        return kept or self.is_joint_elsewhere(held)

    def is_joint_elsewhere(self, held: Held) -> bool:
        """Return whether a session is a lecture that terms which are not here have as well."""
        return held.session.joint_id is not None and held.session.joint_id in self._elsewhere

    @property
    def share_half_days(self) -> bool:
        """Whether two of them are in one half-day and one of them in the way of the other."""
        return any(self._company(each) for each in self._held)

    def shares_half_day(self, held: Held) -> bool:
        """Return whether a session that stays lies in one half-day with others that stay, each in its own time."""
        company = self._company(held)
        return bool(company) and not any(held.session.overlaps(other) for other in company)

    def part(self, held: Held) -> int:
        """Return which part of the half-day stands for a session that shares it: they come one after the other."""
        return sum(other.starts_at < held.session.starts_at for other in self._company(held))

    def touches(self, held: Held, part: int) -> bool:
        """Return whether a session is held during that part, the first or the second half of a half-day."""
        session, middle = held.session, self._middle(held)
        return session.starts_at < middle if part == 0 else session.ends_at > middle

    def fills_half_day(self, held: Held) -> bool:
        """Return whether a session that stays leaves no half of its half-day to another."""
        return all(self.touches(held, part) for part in (0, 1)) and not self.shares_half_day(held)

    def is_undisturbed(self, held: Held) -> bool:
        """Return whether nothing that other terms hold is in the way of a session just when it is held."""
        session, setting = held.session, self._setting
        owner = setting.reserved.get((session.room_id or "", session.on))
        partners = {each.term_id for each in setting.joint_partners if _one_lecture(each.session, session)}
        if owner is not None and owner not in setting.terms and owner not in partners:
            return False
        return not any(session.overlaps(other.session) and _rival(session, other.session) for other in setting.others)

    def _company(self, held: Held) -> list[Session]:
        session = held.session
        return [
            each.session
            for each in self._held
            if (each.session.on, each.session.half) == (session.on, session.half)
            and (_rival(each.session, session) or each.term_id == held.term_id)
            and each.session.session_id != session.session_id
        ]

    def _middle(self, held: Held) -> str:
        limits = self._setting.limits
        most = limits.half_day_hours
        return times_of(held.session.half, most // 2, 0, most, limits.half_times)[0]


def _one_lecture(first: Session, second: Session) -> bool:
    return first.joint_id is not None and first.joint_id == second.joint_id


def _rival(first: Session, second: Session) -> bool:
    same_lecturer = first.lecturer_id is not None and first.lecturer_id == second.lecturer_id
    same_room = first.room_id is not None and first.room_id == second.room_id
    return (same_lecturer or same_room) and not _one_lecture(first, second)
