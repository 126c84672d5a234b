"""The seats of one term: its capacity, the places allotted to units, and who holds a seat.

One aggregate a term holds both counts, so that two admissions at the same time meet in it and neither oversells.
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
class Seats:
    """Capacity, allotments and the number of seats taken."""

    term_id: str
    capacity: int
    admitted: int = 0
    allotments: tuple[Allotment, ...] = ()
    _index: dict[str, Allotment] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._index.update({item.unit_id: item for item in self.allotments})

    @property
    def left(self) -> int:
        """Seats still free; never below zero, also when the room was made smaller afterwards."""
        return max(0, self.capacity - self.admitted)

    def allotment_for(self, unit_id: str) -> Allotment | None:
        """Return the nearest allotment at the unit or above it."""
        return next((self._index[path] for path in ancestors_of(unit_id) if path in self._index), None)

    def refusal_for(self, unit_id: str) -> Refusal | None:
        """Return why no seat can be given to somebody of this unit now, or ``None``."""
        if self.admitted >= self.capacity:
            return Refusal(
                "term-full", f"本期容量{self.capacity}人已满", f"all {self.capacity} seats of the term are taken"
            )
        allotments = [self._index[path] for path in ancestors_of(unit_id) if path in self._index]
        if not allotments:
            return Refusal(
                "no-quota",
                f"单位“{unit_id}”在本期没有名额，请先分配名额",
                f"unit {unit_id!r} has no places in this term; allot some first",
            )
        full = next((item for item in allotments if item.admitted >= item.places), None)
        if full is None:
            return None
        return Refusal(
            "quota-used",
            f"单位“{full.unit_id}”在本期的{full.places}个名额已用完",
            f"unit {full.unit_id!r} has used its {full.places} places in this term",
        )

    def take(self, unit_id: str) -> Seats:
        """Return the seats with one more taken by the unit, counted at every allotment above it.

        Raises ``Refusal`` when the term or one of those allotments is full.
        """
        refusal = self.refusal_for(unit_id)
        if refusal is not None:
            raise refusal
        return self._count(unit_id, 1)

    def give_back(self, unit_id: str) -> Seats:
        """Return the seats with one of the unit's freed."""
        return self._count(unit_id, -1)

    def with_capacity(self, capacity: int) -> Seats:
        """Return the seats of a term whose capacity changed; nobody admitted loses a seat by it."""
        return replace(self, capacity=capacity)

    def allot(self, wanted: Iterable[tuple[str, int]], taken: Mapping[str, int]) -> Seats:
        """Return the seats with these units' places set; 0 removes an allotment.

        ``taken`` counts the admitted of each unit by itself. Raises ``Refusal``: fewer places than are taken, the top
        allotments together above the capacity, or the parts of a district above the district.
        """
        index = dict(self._index)
        for unit_id, places in wanted:
            admitted = sum(count for other, count in taken.items() if lies_in(other, unit_id))
            if places < admitted and (places or unit_id in index):
                raise Refusal(
                    "quota-below-admitted",
                    f"单位“{unit_id}”已录取{admitted}人，名额不能减为{places}",
                    f"unit {unit_id!r} has {admitted} admitted; its places cannot become {places}",
                )
            index[unit_id] = Allotment(unit_id, places, admitted)
        kept = {unit_id: item for unit_id, item in index.items() if item.places > 0}
        _refuse_sums(self.capacity, kept)
        return replace(self, allotments=tuple(kept[unit_id] for unit_id in sorted(kept)))

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


def _refuse_sums(capacity: int, allotments: dict[str, Allotment]) -> None:
    sums: dict[str | None, int] = {}
    for unit_id, item in allotments.items():
        parent = next((path for path in ancestors_of(unit_id)[1:] if path in allotments), None)
        sums[parent] = sums.get(parent, 0) + item.places
    for parent, total in sums.items():
        most = capacity if parent is None else allotments[parent].places
        if total <= most:
            continue
        zh = f"本期容量{most}人" if parent is None else f"单位“{parent}”的名额{most}个"
        en = f"the term's capacity of {most}" if parent is None else f"the {most} places of unit {parent!r}"
        raise Refusal(
            "quota-sum",
            f"分配名额合计{total}个，超过{zh}，请减少{total - most}个",
            f"the places allotted add up to {total}, above {en}; take {total - most} away",
        )
