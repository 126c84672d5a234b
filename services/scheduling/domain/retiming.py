"""A retiming as data: what becomes of each term, and everything that follows from it, counted and said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.scheduling.domain.placement import Placed, Unplaced
from services.scheduling.domain.wire import to_wire

Outcome = Literal["moved", "cancelled", "online"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term lies."""

    starts_on: date
    ends_on: date
    reports_on: date
    room_id: str

    def of(self, term_id: str) -> Placed:
        """Return it as a term's place on the calendar."""
        return Placed(term_id, self.starts_on, self.ends_on, self.reports_on, self.room_id)


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of one term; ``version`` is the term's as it was seen, ``after`` ``None`` when it is cancelled."""

    term_id: str
    version: int
    outcome: Outcome
    before: Place
    after: Place | None

    @property
    def shifts(self) -> bool:
        """Whether the term lies on other days afterwards."""
        return self.after is not None and self.after.starts_on != self.before.starts_on

    @property
    def leaves_place(self) -> bool:
        """Whether the term is held, but on other days, in another room or online."""
        return self.after is not None and (self.outcome == "online" or self.after != self.before)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a retiming would do. ``begun`` are terms it leaves alone because they have begun."""

    moves: tuple[Move, ...]
    homeless: tuple[Unplaced, ...] = ()
    begun: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """A mark of exactly this proposal: another one, or a term changed since, has another."""
        text = json.dumps(to_wire([self.moves, self.homeless]), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom and what one term's change touches."""

    move: Move
    admitted: int
    units: tuple[str, ...]
    capacity: int
    sessions: int = 0
    reconfirm: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    deadline_moves: bool = False


@dataclass(frozen=True, slots=True)
class Following:
    """One kind of consequence with how many there are."""

    key: str
    count: int
    zh: str
    en: str


def followings(reaches: Iterable[Reach]) -> list[Following]:
    """Return everything that follows, counted; kinds of which there is nothing are left out."""
    all_of = list(reaches)
    by = {
        outcome: [each for each in all_of if each.move.outcome == outcome]
        for outcome in ("moved", "cancelled", "online")
    }
    staying = [*by["moved"], *by["online"]]
    units = {unit for each in all_of for unit in each.units}
    letters = sum(len(each.units) for each in all_of)
    people = sum(each.admitted for each in all_of)
    found = [
        Following("terms-moved", len(by["moved"]), "期改到新的时间", "terms go to other days"),
        Following("terms-cancelled", len(by["cancelled"]), "期取消", "terms are cancelled"),
        Following("terms-online", len(by["online"]), "期转为线上", "terms go online"),
        Following("people", people, "名已录取学员受影响", "admitted people are affected"),
        Following("units", len(units), "个参训单位需要告知", "units are to be told"),
        Following("transfer-letters", letters, "份选调函需重发或撤回", "transfer letters are sent anew or withdrawn"),
        Following(
            "admission-notices", people, "份入学通知书需重发或撤回", "admission notices are sent anew or withdrawn"
        ),
        Following(
            "timetables",
            sum(each.sessions > 0 for each in all_of),
            "份日程表重新下达或作废",
            "timetables are issued anew or void",
        ),
        Following("sessions", sum(each.sessions for each in all_of), "个课次变动", "sessions change"),
        Following(
            "lecturers-reconfirm",
            len({id for each in staying for id in each.reconfirm}),
            "名教师需再次确认",
            "lecturers have to confirm again",
        ),
        Following(
            "lecturers-open",
            len({id for each in staying for id in each.open}),
            "名教师在新时间不能授课，需另请",
            "lecturers cannot come and are to be replaced",
        ),
        Following(
            "lecturers-released",
            len({id for each in all_of for id in each.released}),
            "名教师不再授课",
            "lecturers are not needed any more",
        ),
        Following(
            "deadlines",
            sum(each.deadline_moves for each in all_of),
            "个更换学员期限随之改变",
            "replacement deadlines move",
        ),
        Following("places-kept", sum(each.capacity for each in staying), "个名额顺延", "places go on to the new days"),
        Following(
            "places-released", sum(each.capacity for each in by["cancelled"]), "个名额释放", "places are released"
        ),
        Following(
            "fees-reassessed",
            sum(len(each.units) for each in staying),
            "份培训费单需重新核定",
            "fee orders are assessed anew",
        ),
        Following(
            "fees-refunded",
            sum(len(each.units) for each in by["cancelled"]),
            "份培训费单需办理退费",
            "fee orders are refunded",
        ),
    ]
    return [each for each in found if each.count]
