"""What two versions of a timetable differ in, session by session, in words; and whom that concerns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from services.scheduling.domain.scheme import FORM_NAMES
from services.scheduling.domain.timetable import HALF_NAMES, Session, Table, ordered

Kind = Literal["added", "removed", "moved", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One session that is new, gone, at another time or place, or otherwise changed."""

    kind: Kind
    before: Session | None
    after: Session | None
    zh: str
    en: str

    @property
    def session_id(self) -> str:
        """Which session."""
        session = self.after or self.before
        assert session is not None
        return session.session_id


def differences(before: Table, after: Table) -> list[Difference]:
    """Return what changed from one version to another, in the order of the later one, what is gone at the end."""
    old = {each.session_id: each for each in before}
    new = {each.session_id: each for each in after}
    found = []
    for each in ordered(after):
        known = old.get(each.session_id)
        if known is None:
            found.append(Difference("added", None, each, f"新增{each.label}", f"new: {each.label_en}"))
        elif known != each:
            found.append(_changed(known, each))
    for each in ordered(before):
        if each.session_id not in new:
            found.append(Difference("removed", each, None, f"取消{each.label}", f"gone: {each.label_en}"))
    return found


def applied(before: Table, found: Iterable[Difference]) -> Table:
    """Return the version that differs from ``before`` by just this."""
    sessions = {each.session_id: each for each in before}
    for each in found:
        if each.after is None:
            del sessions[each.session_id]
        else:
            sessions[each.session_id] = each.after
    return ordered(sessions.values())


def lecturers_concerned(found: Iterable[Difference]) -> list[str]:
    """Return the lecturers who give a session that differs, or gave it before."""
    sides = [side for each in found for side in (each.before, each.after) if side is not None]
    return sorted({side.lecturer_id for side in sides if side.lecturer_id is not None})


def _changed(before: Session, after: Session) -> Difference:
    zh, en = [], []
    if _when(before) != _when(after):
        zh.append(f"由{_when(before)[0]}改到{_when(after)[0]}")
        en.append(f"from {_when(before)[1]} to {_when(after)[1]}")
    moved = bool(zh) or before.room_id != after.room_id
    if before.room_id != after.room_id:
        zh.append("更换地点")
        en.append("in another place")
    if before.lecturer_id != after.lecturer_id:
        zh.append("更换教师" if after.lecturer_id else "教师待定")
        en.append("by another lecturer" if after.lecturer_id else "its lecturer is open")
    if before.hours != after.hours:
        zh.append(f"学时由{before.hours}改为{after.hours}")
        en.append(f"{before.hours} class hours became {after.hours}")
    if before.title != after.title:
        zh.append(f"名称改为“{after.title}”")
        en.append(f"now called {after.title!r}")
    if before.form != after.form:
        zh.append(f"形式改为{FORM_NAMES[after.form][0]}")
        en.append(f"now {FORM_NAMES[after.form][1]}")
    if before.joint_id != after.joint_id:
        zh.append("改为合班授课" if after.joint_id else "不再合班授课")
        en.append("now given to several terms together" if after.joint_id else "no longer joint")
    if not zh:
        zh.append("有调整")
        en.append("changed")
    return Difference(
        "moved" if moved else "changed",
        before,
        after,
        f"“{before.title}”{'，'.join(zh)}",
        f"{before.title!r}: {', '.join(en)}",
    )


def _when(session: Session) -> tuple[str, str]:
    zh, en = HALF_NAMES[session.half]
    return (
        f"{session.on.month}月{session.on.day}日{zh}{session.starts_at}—{session.ends_at}",
        f"{session.on} {en} {session.starts_at}-{session.ends_at}",
    )
