"""What of a scheme found no half-day in a draft, and what of it there is room for once all is laid out anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from services.scheduling.claims import Claims
from services.scheduling.domain.scheme import Scheme
from services.scheduling.domain.timetable import Table
from services.scheduling.domain.timetable_fill import DAYTIME, Piece, pieces_of
from services.scheduling.domain.timetable_setting import Held, Setting, TeachingLimits
from services.scheduling.half_day_axis import HalfDayAxis
from services.scheduling.staying import Staying

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What a draft still lacks: its ``rows``, the ``pieces`` for which there is room, and the rows of ``the_rest``."""

    rows: tuple[Document, ...] = ()
    pieces: tuple[Piece, ...] = ()
    the_rest: tuple[Document, ...] = ()


def left_out_rows(pieces: Iterable[Piece], days: int) -> list[Document]:
    """Return pieces that found no half-day as a draft keeps them; ``days`` are those of its term."""
    return [
        {
            "zh": f"{_opening(each)}，该期只有{days}天",
            "en": f"{each.hours} hours of {each.course.title!r} found no half-day; the term has {days} days",
            "course_id": each.course.course_id,
            "hours": each.hours,
        }
        for each in pieces
    ]


def leftovers_of(
    setting: Setting, term_id: str, table: Table, rows: Iterable[Document], scheme: Scheme | None, keep: set[str]
) -> Leftovers:
    """Return what a draft left out, apart from courses that got all their hours by other means."""
    held: Counter[str] = Counter()
    for session in table:
        held[session.course_id] += session.hours
    room: _Room | None = None
    missing, pieces, the_rest = list[Document](), list[Piece](), list[Document]()
    for row in rows:
        piece = _piece_of(row, scheme, setting.limits)
        hours = piece.course.hours - held[piece.course.course_id] if piece is not None else None
        if hours is not None and hours <= 0:
            continue
        missing.append(row)
        room = room or _Room(setting, term_id, table, keep)
        if piece is None or hours is None or hours < piece.hours or not room.takes(piece):
            the_rest.append(row)
            continue
        pieces.append(piece)
        held[piece.course.course_id] += piece.hours
    return Leftovers(tuple(missing), tuple(pieces), tuple(the_rest))


class _Room:
    """The half-days of a term, packed with its sessions as their hours allow: those that stay, then the longest."""

    def __init__(self, setting: Setting, term_id: str, table: Table, keep: set[str]) -> None:
        term, most = setting.terms[term_id], setting.limits.half_day_hours
        axis = HalfDayAxis(term.days, most, setting.limits)
        held = [Held(term_id, each) for each in table]
        staying = Staying(setting, held, keep)
        claims = Claims(axis)
        self._most, self._lengths = most, list[int]()
        for each in held:
            if staying.stays(each) or each.session.half not in DAYTIME:
                claims.add(("term", term_id), each.session)
            elif each.session.on in term.days:
                self._lengths.append(most if each.session.form == "field" else min(most, each.session.hours))
        barred = claims.barred(("term", term_id))
        self._runs = [
            sum(1 for _ in run)
            for first in range(0, len(term.days) * len(DAYTIME) * most, most)
            for is_free, run in groupby(range(first, first + most), lambda slot: slot not in barred)
            if is_free
        ]

    def takes(self, piece: Piece) -> bool:
        """Return whether there is room for a piece beside those taken before, and take it."""
        lengths = [*self._lengths, self._most if piece.course.form == "field" else piece.hours]
        if not _packs(lengths, self._runs):
            return False
        self._lengths = lengths
        return True


def _packs(lengths: Iterable[int], runs: Sequence[int]) -> bool:
    """Return whether lengths fit into runs, the longest first, each where the least is left beside it."""
    free = list(runs)
    for length in sorted(lengths, reverse=True):
        fitting = [index for index, left in enumerate(free) if left >= length]
        if not fitting:
            return False
        free[min(fitting, key=lambda index: free[index])] -= length
    return True


def _piece_of(row: Document, scheme: Scheme | None, limits: TeachingLimits) -> Piece | None:
    for piece in pieces_of(scheme, limits) if scheme else ():
        # The release before kept the words only.
        named = (
            (row["course_id"], row["hours"]) == (piece.course.course_id, piece.hours) if "course_id" in row else None
        )
        if named or (named is None and row["zh"].startswith(_opening(piece))):
            return piece
    return None


def _opening(piece: Piece) -> str:
    return f"课程“{piece.course.title}”的{piece.hours}学时排不下"
