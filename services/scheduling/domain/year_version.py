"""A plan's placed year in versions: where its terms lay at each of them, and what differs between two."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from services.scheduling.domain.placement import ONLINE, Lecturer, Need, Placed, Problem, Room, Share, Term, Unit
from services.scheduling.domain.replan import Affected, affected

_NOWHERE = Room(ONLINE.id, ONLINE.title, ONLINE.id, 0)


@dataclass(frozen=True, slots=True)
class Lies:
    """Where a term lay, with the names its room and campus had then; what is held ``online`` keeps its room's."""

    starts_on: date
    ends_on: date
    reports_on: date
    room_id: str
    room_title: str
    campus_id: str
    campus_title: str
    delivery: str = "campus"


@dataclass(frozen=True, slots=True)
class YearTerm:
    """A term as a version left it, with whom it concerned then. ``lies`` is ``None`` once it is cancelled."""

    term_id: str
    programme_id: str
    programme_ordinal: int
    ordinal: int
    title: str
    days: int
    trainees: int
    shares: tuple[Share, ...]
    lecturer_ids: tuple[str, ...]
    lies: Lies | None


Year = Mapping[str, YearTerm]


def compared(
    first: Year,
    second: Year,
    latest: Year,
    units: Iterable[Unit] = (),
    lecturers: Iterable[Lecturer] = (),
    sees: Callable[[str], bool] = lambda _: True,
) -> tuple[Affected, ...]:
    """Return every term that lies elsewhere in the second year than in the first, with whom that concerns.

    ``latest`` is the later of the two: how many people a term has, and who they are, counts as it was there. Units that
    the reader does not see are not named, nor are terms to which only such units send people.
    """
    terms = {id: _seen(term, sees) for id, term in {**first, **second, **latest}.items() if _in_sight(term, sees)}
    gone = {id for id, term in second.items() if term.lies is None}
    problem = Problem(
        terms=tuple(_term(term) for id, term in terms.items() if id not in gone),
        rooms=(*_rooms(first, second), _NOWHERE),
        campuses=(),
        days=(),
        units=tuple(units),
        lecturers=tuple(lecturers),
        dropped=tuple(_term(term) for id, term in terms.items() if id in gone),
    )
    return affected(problem, _table(first), _table(second))


def _in_sight(term: YearTerm, sees: Callable[[str], bool]) -> bool:
    """A term of which nobody said who sends people to it may be anybody's."""
    return not term.shares or any(sees(share.unit_id) for share in term.shares)


def _seen(term: YearTerm, sees: Callable[[str], bool]) -> YearTerm:
    return dataclasses.replace(term, shares=tuple(share for share in term.shares if sees(share.unit_id)))


def _table(year: Year) -> list[Placed]:
    return [
        Placed(id, term.lies.starts_on, term.lies.ends_on, term.lies.reports_on, _room_of(term.lies))
        for id, term in year.items()
        if term.lies is not None
    ]


def _room_of(lies: Lies) -> str:
    return _NOWHERE.id if lies.delivery == "online" else f"{lies.campus_id}/{lies.room_id}"


def _rooms(*years: Year) -> tuple[Room, ...]:
    found = {
        _room_of(term.lies): Room(_room_of(term.lies), term.lies.room_title, term.lies.campus_id, 0)
        for year in years
        for term in year.values()
        if term.lies is not None and term.lies.delivery != "online"
    }
    return tuple(found.values())


def _term(term: YearTerm) -> Term:
    at = term.lies.starts_on if term.lies else date.min
    until = term.lies.ends_on if term.lies else date.max
    return Term(
        id=term.term_id,
        programme_id=term.programme_id,
        programme_ordinal=term.programme_ordinal,
        ordinal=term.ordinal,
        title=term.title,
        days=term.days,
        trainees=term.trainees,
        earliest_start=at,
        latest_end=until,
        needs=tuple(Need(id) for id in term.lecturer_ids),
        shares=term.shares,
    )
