"""What a calendar feed shows: the sessions that concern somebody, over all issued versions of the timetables."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from services.scheduling.domain.scheme import FORM_NAMES
from services.scheduling.domain.timetable import Session, Table

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
Awaits = Literal["", "days", "room"]
Kind = Literal["term", "lecturer", "room"]


@dataclass(frozen=True, slots=True)
class Edition:
    """One issued version of a timetable. ``room_id`` was the term's room then (``None``: not written down)."""

    number: int
    issued_at: datetime
    table: Table
    room_id: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A term was cancelled, held again, or put on other days or into another room, while an edition was in force.

    ``number`` is the edition's. ``days``, ``at`` and ``room_id`` are ``None`` where an earlier release did not write
    them down.
    """

    number: int
    held: bool
    days: frozenset[date] | None = None
    at: datetime | None = None
    room_id: str | None = None


@dataclass(frozen=True, slots=True)
class Taught:
    """A term in a feed: how it is called, its issued versions and its turns in order, and the days it is held on now.

    ``held`` is false once the term is cancelled; a session off ``days``, or in the room that was the term's before
    ``room_id``, waits for a new timetable.
    """

    label: str
    editions: Sequence[Edition]
    days: frozenset[date]
    held: bool
    turns: Sequence[Turn] = ()
    room_id: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of a calendar. ``sequence`` rises whenever it changes, ``changed_at`` says when it last did.

    ``awaits`` is what a new timetable has to settle of one that is tentative.
    """

    uid: str
    session: Session
    labels: tuple[str, ...]
    status: Status
    sequence: int
    changed_at: datetime
    edition: int
    awaits: Awaits = ""


def entries(terms: Iterable[Taught], concerns: Callable[[Session], bool]) -> list[Entry]:
    """Return the events of a feed in order; a joint lecture is one event, named after all its terms.

    A session that concerned somebody in an earlier version and does so no more stays, as cancelled: calendar programs
    that keep what they once fetched learn of it. The sequence counts the versions and turns of the term up to what last
    changed it or its status, and so never falls (RFC 5545 §3.8.7.4).
    """
    found = [entry for term in terms for entry in _of_term(term, concerns)]
    groups: dict[str, list[Entry]] = {}
    for each in found:
        groups.setdefault(each.uid, []).append(each)
    joined = [_joined(group) for group in groups.values()]
    return sorted(joined, key=lambda each: (each.session.on, each.session.starts_at, each.uid))


def summary(kind: Kind, entry: Entry, lecturer: str | None) -> str:
    """Return the one line of an event that a month's view shows."""
    title, labels = entry.session.title, "、".join(entry.labels)
    if kind == "lecturer":
        return f"{title}（{labels}）"
    if kind == "room":
        return f"{labels}：{title}{f'（{lecturer}）' if lecturer else ''}"
    return f"{title}{f'（{lecturer}）' if lecturer else ''}"


def description(entry: Entry, lecturer: str | None) -> str:
    """Return what an event says when it is opened."""
    session = entry.session
    lines = [
        f"班次：{'、'.join(entry.labels)}",
        f"模块：{session.module}",
        f"形式：{FORM_NAMES[session.form][0]}{'（合班）' if session.joint_id else ''}　学时：{session.hours}",
        *([f"授课：{lecturer}"] if lecturer else []),
        f"依据：日程表第{entry.edition}版",
    ]
    if entry.status == "TENTATIVE":
        what = ("教室", "地点") if entry.awaits == "room" else ("日期", "时间")
        lines.insert(0, f"该期{what[0]}已调整，新的日程表尚未下达，{what[1]}待定。")
    if entry.status == "CANCELLED":
        lines.insert(0, "本课次已取消或不再由此安排。")
    return "\n".join(lines)


def _of_term(term: Taught, concerns: Callable[[Session], bool]) -> list[Entry]:
    known: dict[str, Entry] = {}
    gone: set[str] = set()
    rooms = {edition.number: edition.room_id for edition in term.editions}
    for sequence, step in enumerate(_steps(term), 1):
        if isinstance(step, Edition):
            shown = {_uid(each): each for each in step.table if concerns(each)}
            for id, session in shown.items():
                before = known.get(id)
                if before is None or before.session != session or before.status != "CONFIRMED":
                    known[id] = _entry(term, step, session, "CONFIRMED", sequence)
            for id in known.keys() - shown.keys() - gone:
                if known[id].status != "CANCELLED":
                    known[id] = _entry(term, step, known[id].session, "CANCELLED", sequence)
            gone = known.keys() - shown.keys()
        else:
            for id in known.keys() - gone:
                known[id] = _turned(known[id], _standing(known[id], rooms, step), step, sequence)
    now = Turn(0, term.held, term.days, room_id=term.room_id)
    return [each if id in gone else _as_held(each, _standing(each, rooms, now)) for id, each in known.items()]


def _steps(term: Taught) -> list[Edition | Turn]:
    """Return versions and turns in the order in which they came about."""
    steps: list[Edition | Turn] = [*term.editions, *term.turns]
    return sorted(steps, key=lambda each: (each.number, isinstance(each, Turn)))


def _standing(entry: Entry, rooms: Mapping[int, str | None], turn: Turn) -> tuple[Status, Awaits]:
    """Return how an event stands while its term is held as a turn says; ``rooms`` are the term's, by edition."""
    session, room_id = entry.session, rooms[entry.edition]
    if not turn.held:
        return "CANCELLED", ""
    if turn.days is not None and session.on not in turn.days:
        return "TENTATIVE", "days"
    if None not in (room_id, turn.room_id) and session.room_id == room_id != turn.room_id:
        return "TENTATIVE", "room"
    return "CONFIRMED", ""


def _entry(term: Taught, edition: Edition, session: Session, status: Status, sequence: int) -> Entry:
    return Entry(_uid(session), session, (term.label,), status, sequence, edition.issued_at, edition.number)


def _uid(session: Session) -> str:
    return session.joint_id or session.session_id


def _turned(entry: Entry, standing: tuple[Status, Awaits], turn: Turn, sequence: int) -> Entry:
    if standing == (entry.status, entry.awaits):
        return entry
    changed_at = max(entry.changed_at, turn.at) if turn.at is not None else entry.changed_at
    return dataclasses.replace(_as_held(entry, standing), sequence=sequence, changed_at=changed_at)


def _as_held(entry: Entry, standing: tuple[Status, Awaits]) -> Entry:
    """What an earlier release did not write down as a turn shows all the same."""
    return dataclasses.replace(entry, status=standing[0], awaits=standing[1])


def _joined(group: list[Entry]) -> Entry:
    live = [each for each in group if each.status != "CANCELLED"]
    first = (live or group)[0]
    return dataclasses.replace(
        first,
        labels=tuple(dict.fromkeys(label for each in live or group for label in each.labels)),
        sequence=sum(each.sequence for each in group),
        changed_at=max(each.changed_at for each in group),
    )
