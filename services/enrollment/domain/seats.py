"""The seats of one term: its capacity, the places allotted to units, and who holds a seat.

One aggregate a term holds every count, so that two admissions at the same time meet in it and neither oversells.
Allotments form a tree along the units: what a unit hands down to those below it is no longer its own to fill.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from services.enrollment.domain.organisation import ancestors_of, lies_in
from services.enrollment.domain.wording import Refusal


@dataclass(frozen=True, slots=True)
class Allotment:
    """A unit's places in a term, for the unit and everything below it."""

    unit_id: str
    places: int
    admitted: int = 0


@dataclass(frozen=True, slots=True)
class Hold:
    """A seat kept for somebody who is not admitted yet: a standby offer, or the new person of a replacement."""

    key: str
    unit_id: str


@dataclass(frozen=True, slots=True)
class Seats:
    """Capacity, allotments, and the seats taken or held."""

    term_id: str
    capacity: int
    admitted: int = 0
    allotments: tuple[Allotment, ...] = ()
    holds: tuple[Hold, ...] = ()
    _index: dict[str, Allotment] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._index.update({item.unit_id: item for item in self.allotments})

    @property
    def occupied(self) -> int:
        """Seats nobody else can have: taken or held."""
        return self.admitted + len(self.holds)

    @property
    def left(self) -> int:
        """Seats still free; never below zero, also when the room was made smaller afterwards."""
        return max(0, self.capacity - self.occupied)

    @property
    def unallotted(self) -> int:
        """Capacity less all that is allotted; below zero when the room was made smaller than what was allotted."""
        return self.capacity - sum(item.places for item in self.allotments if self.above(item.unit_id) is None)

    @property
    def pool(self) -> int:
        """Places no unit has: the city's own."""
        return max(0, self.unallotted)

    def allotment(self, unit_id: str) -> Allotment | None:
        """Return the unit's own allotment, or ``None``."""
        return self._index.get(unit_id)

    def allotment_for(self, unit_id: str) -> Allotment | None:
        """Return the nearest allotment at the unit or above it."""
        return next((self._index[path] for path in ancestors_of(unit_id) if path in self._index), None)

    def above(self, unit_id: str) -> Allotment | None:
        """Return the nearest allotment above the unit; ``None``: its places come from the city."""
        return next((self._index[path] for path in ancestors_of(unit_id)[1:] if path in self._index), None)

    def below(self, unit_id: str) -> tuple[Allotment, ...]:
        """Return the allotments handed down from the unit's, the next ones only."""
        return tuple(
            item for item in self.allotments if (parent := self.above(item.unit_id)) and parent.unit_id == unit_id
        )

    def occupied_in(self, item: Allotment) -> int:
        """Return the seats taken or held within an allotment."""
        return item.admitted + self.held_in(item.unit_id)

    def held_in(self, unit_id: str) -> int:
        """Return the seats held for people of the unit and below it."""
        return sum(lies_in(hold.unit_id, unit_id) for hold in self.holds)

    def free_in(self, unit_id: str) -> int:
        """Return how many places of the unit's own allotment are neither filled nor handed down; 0 without one."""
        item = self._index.get(unit_id)
        if item is None:
            return 0
        parts = self.below(unit_id)
        own = self.occupied_in(item) - sum(self.occupied_in(part) for part in parts)
        return item.places - own - sum(part.places for part in parts)

    def refusal_for(self, unit_id: str) -> Refusal | None:
        """Return why no seat can be given to somebody of this unit now, or ``None``."""
        if self.occupied >= self.capacity:
            return Refusal(
                "term-full", f"本期容量{self.capacity}人已满", f"all {self.capacity} seats of the term are taken"
            )
        item = self.allotment_for(unit_id)
        if item is None:
            return Refusal(
                "no-quota",
                f"单位“{unit_id}”在本期没有名额，请先分配名额",
                f"unit {unit_id!r} has no places in this term; allot some first",
            )
        if self.free_in(item.unit_id) > 0:
            return None
        down = sum(part.places for part in self.below(item.unit_id))
        zh, en = (f"（其中{down}个已分给下级单位）", f", {down} of them handed down") if down else ("", "")
        return Refusal(
            "quota-used",
            f"单位“{item.unit_id}”在本期的{item.places}个名额已用完{zh}",
            f"unit {item.unit_id!r} has used its {item.places} places in this term{en}",
        )

    def take(self, unit_id: str) -> Seats:
        """Return the seats with one more taken by the unit, counted at every allotment above it.

        Raises ``Refusal`` when the term or the unit's places are full.
        """
        refusal = self.refusal_for(unit_id)
        if refusal is not None:
            raise refusal
        return self._count(unit_id, 1)

    def give_back(self, unit_id: str) -> Seats:
        """Return the seats with one of the unit's freed."""
        return self._count(unit_id, -1)

    def hold(self, key: str, unit_id: str) -> Seats:
        """Return the seats with one kept for ``key``. Raises ``Refusal`` like ``take``."""
        refusal = self.refusal_for(unit_id)
        if refusal is not None:
            raise refusal
        return replace(self, holds=(*self.holds, Hold(key, unit_id)))

    def let_go(self, key: str) -> Seats:
        """Return the seats without what was held for ``key``; nothing changes when nothing was."""
        return replace(self, holds=tuple(hold for hold in self.holds if hold.key != key))

    def take_held(self, key: str) -> Seats:
        """Return the seats with the one held for ``key`` taken. Raises ``Refusal`` when none is."""
        hold = next((hold for hold in self.holds if hold.key == key), None)
        if hold is None:
            raise Refusal("no-hold", "已不再为其保留座位", "no seat is kept for this person any more")
        return self.let_go(key)._count(hold.unit_id, 1)

    def swap_out(self, key: str, unit_id: str) -> Seats:
        """Return the seats with one of the unit's, taken before, held for ``key``: nobody else can have it."""
        freed = self._count(unit_id, -1)
        return replace(freed, holds=(*freed.holds, Hold(key, unit_id)))

    def with_capacity(self, capacity: int) -> Seats:
        """Return the seats of a term whose capacity changed; nobody admitted loses a seat by it."""
        return replace(self, capacity=capacity)

    def with_allotments(self, allotments: Iterable[Allotment]) -> Seats:
        """Return the seats with these allotments. Raises ``Refusal`` when it makes parts more than their whole."""
        kept = sorted((item for item in allotments if item.places > 0), key=lambda item: item.unit_id)
        after = replace(self, allotments=tuple(kept))
        after._refuse_sums(self)
        return after

    def allot(self, wanted: Iterable[tuple[str, int]], taken: Mapping[str, int]) -> Seats:
        """Return the seats with these units' places set; 0 removes an allotment.

        ``taken`` counts the admitted of each unit by itself. Raises ``Refusal``: fewer places than are taken, the top
        allotments together above the capacity, or the parts of a district above the district.
        """
        index = dict(self._index)
        for unit_id, places in wanted:
            admitted = admitted_in(unit_id, taken)
            occupied = admitted + self.held_in(unit_id)
            if places < occupied and (places or unit_id in index):
                raise Refusal(
                    "quota-below-admitted",
                    f"单位“{unit_id}”已录取{occupied}人（含为递补、更换保留的座位），名额不能减为{places}",
                    f"unit {unit_id!r} has {occupied} admitted or held; its places cannot become {places}",
                )
            index[unit_id] = Allotment(unit_id, places, admitted)
        return self.with_allotments(index.values())

    def _refuse_sums(self, before: Seats) -> None:
        # A room made smaller leaves too many places allotted: what takes some away is welcome, what adds is not.
        if self.unallotted < min(0, before.unallotted):
            zh, en = f"本期容量{self.capacity}人", f"the term's capacity of {self.capacity}"
            raise _too_many(self.capacity - self.unallotted, self.capacity, zh, en)
        for item in self.allotments:
            free = self.free_in(item.unit_id)
            if free < min(0, before.free_in(item.unit_id)):
                zh = f"单位“{item.unit_id}”的名额{item.places}个"
                en = f"the {item.places} places of unit {item.unit_id!r}, what it has filled itself counted in"
                raise _too_many(item.places - free, item.places, zh, en)

    def _count(self, unit_id: str, by: int) -> Seats:
        above = set(ancestors_of(unit_id))
        return replace(
            self,
            admitted=self.admitted + by,
            allotments=tuple(
                replace(item, admitted=item.admitted + by) if item.unit_id in above else item
                for item in self.allotments
            ),
        )


def admitted_in(unit_id: str, taken: Mapping[str, int]) -> int:
    """Return the admitted of a unit and all below it; ``taken`` counts those of each unit by itself."""
    return sum(count for other, count in taken.items() if lies_in(other, unit_id))


def _too_many(total: int, most: int, zh: str, en: str) -> Refusal:
    return Refusal(
        "quota-sum",
        f"分配名额合计{total}个，超过{zh}，请减少{total - most}个",
        f"the places allotted add up to {total}, above {en}; take {total - most} away",
    )
