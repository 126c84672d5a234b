"""Where trainees sleep and with whom they discuss (住宿与分组): rooms by rule, groups that mix units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from services.enrollment.domain.wording import Refusal


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the dormitory; ``kept_for`` is ``male``, ``female`` or ``None`` for whoever comes first."""

    number: str
    beds: int
    kept_for: str | None = None


@dataclass(frozen=True, slots=True)
class Guest:
    """A trainee as rooming sees one. ``rank`` orders conveners: higher goes first. ``replaces``: whose place it is."""

    nomination_id: str
    sex: str
    unit_id: str
    rank: int = 0
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's room and group; ``None`` while there is none."""

    room: str | None = None
    group: int | None = None


def arrange(
    rooms: Sequence[Room], guests: Iterable[Guest], before: Mapping[str, Place], group_size: int
) -> dict[str, Place]:
    """Return everybody's place.

    Nobody is moved who has a place that still holds; who replaces somebody takes their group, and their room when it
    suits; who is left gets a bed by rule: nobody shares a room with the other sex, people of one unit share when they
    can. Who gets none has ``room`` ``None``.
    """
    people = sorted(guests, key=lambda guest: (guest.sex, guest.unit_id, guest.nomination_id))
    places = {guest.nomination_id: _kept(guest, before) for guest in people}
    plan = _Rooms(rooms)
    # Those who were here before those who replace somebody: nobody loses a bed to a newcomer.
    for guest in sorted(people, key=lambda each: each.nomination_id not in before):
        place = places[guest.nomination_id]
        if place.room is not None and not plan.put(guest, place.room):
            places[guest.nomination_id] = replace(place, room=None)
    for guest in people:
        if places[guest.nomination_id].room is None:
            places[guest.nomination_id] = replace(places[guest.nomination_id], room=plan.find(guest))
    return _grouped(people, places, group_size)


def conveners(guests: Iterable[Guest], places: Mapping[str, Place]) -> dict[int, str]:
    """Return the convener of each group: the highest in rank, then the first by identifier."""
    found: dict[int, Guest] = {}
    for guest in sorted(guests, key=lambda each: (-each.rank, each.nomination_id)):
        group = places[guest.nomination_id].group
        if group is not None:
            found.setdefault(group, guest)
    return {group: guest.nomination_id for group, guest in found.items()}


def refuse_odd_rooms(rooms: Sequence[Room]) -> None:
    """Raise ``Refusal`` when a room is named twice."""
    double = [number for number, count in Counter(room.number for room in rooms).items() if count > 1]
    if double:
        raise Refusal(
            "room-twice",
            f"房间号重复：{'、'.join(double)}，请合并床位",
            f"rooms named twice: {', '.join(double)}; put their beds together",
        )


def refuse_unsuitable(
    rooms: Sequence[Room], guests: Iterable[Guest], places: Mapping[str, Place], wanted: Guest
) -> None:
    """Raise ``Refusal`` when somebody cannot be put where ``places`` now has them."""
    plan, target = _Rooms(rooms), places[wanted.nomination_id].room
    if target is None:
        return
    for guest in guests:
        room = places[guest.nomination_id].room
        if guest.nomination_id != wanted.nomination_id and room is not None:
            plan.put(guest, room)
    if not plan.put(wanted, target):
        raise Refusal(
            "room-unsuitable",
            f"房间“{target}”不存在、已住满，或与同住人性别不符，请另选房间",
            f"room {target!r} does not exist, is full, or is shared with the other sex; choose another",
        )


class _Rooms:
    """Rooms while they fill."""

    def __init__(self, rooms: Sequence[Room]) -> None:
        self._rooms = {room.number: room for room in rooms}
        self._guests: dict[str, list[Guest]] = {room.number: [] for room in rooms}

    def put(self, guest: Guest, number: str) -> bool:
        if number not in self._rooms or not self._suits(guest, number):
            return False
        self._guests[number].append(guest)
        return True

    def find(self, guest: Guest) -> str | None:
        free = [number for number in self._rooms if self._suits(guest, number)]
        if not free:
            return None
        best = min(free, key=lambda number: self._distance(guest, number))
        self._guests[best].append(guest)
        return best

    def _suits(self, guest: Guest, number: str) -> bool:
        room, there = self._rooms[number], self._guests[number]
        kept_for = there[0].sex if there else room.kept_for
        return len(there) < room.beds and kept_for in (None, guest.sex)

    def _distance(self, guest: Guest, number: str) -> tuple[int, str]:
        there = self._guests[number]
        if any(other.unit_id == guest.unit_id for other in there):
            return 0, number
        return (1 if not there else 2), number


def _kept(guest: Guest, before: Mapping[str, Place]) -> Place:
    return before.get(guest.nomination_id) or before.get(guest.replaces or "") or Place()


def _grouped(people: Sequence[Guest], places: dict[str, Place], size: int) -> dict[str, Place]:
    groups = max(1, -(-len(people) // size))
    count = Counter(place.group for place in places.values() if place.group is not None)
    units: Counter[tuple[int, str]] = Counter()
    for guest in people:
        group = places[guest.nomination_id].group
        if group is not None:
            units[group, guest.unit_id] += 1
    numbers = sorted({*range(1, groups + 1), *count})
    for guest in sorted(people, key=lambda each: (each.unit_id, each.nomination_id)):
        if places[guest.nomination_id].group is None:
            # The smallest group, and of those the one with fewest of the same unit: groups mix units.
            group = min(numbers, key=lambda number: (count[number], units[number, guest.unit_id], number))
            count[group] += 1
            units[group, guest.unit_id] += 1
            places[guest.nomination_id] = replace(places[guest.nomination_id], group=group)
    return places
