"""The year as a CP-SAT model: one Boolean for each term, start and class of alike rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ortools.sat.python import cp_model

from services.scheduling.domain.placement import Placed, Room, Term
from services.scheduling.domain.placement_cost import balance_cost, fair_week, span_cost, weekly_load
from services.scheduling.domain.placement_greedy import choices, each_choice
from services.scheduling.domain.placement_spans import Axis, Span

RoomClass = tuple[str, str, int, str]


@dataclass(frozen=True, slots=True)
class Option:
    """A term in one span and one class of rooms; ``literal`` is true when it is chosen."""

    term: Term
    span: Span
    rooms: RoomClass
    literal: cp_model.IntVar


class PlacementModel:
    """The model of one problem.

    Rooms of the same campus, kind and size are alike, so a class of them is a counted resource: spans are intervals,
    and as many rooms as overlap at worst always suffice.
    """

    def __init__(self, axis: Axis) -> None:
        self.axis = axis
        self.model = cp_model.CpModel()
        pins: set[str | None] = {term.pin.room_id for term in axis.problem.terms if term.pin and term.pin.room_id}
        self._class_of = {room.id: _room_class(room, pins) for room in axis.problem.rooms}
        self.rooms_of: dict[RoomClass, list[Room]] = defaultdict(list)
        for room in sorted(axis.problem.rooms, key=lambda room: room.id):
            self.rooms_of[self._class_of[room.id]].append(room)
        self.options = {term.id: self._options(term) for term in axis.problem.terms}
        self.placed = {term.id: self._placed_literal(term) for term in axis.problem.terms}
        self._limit_rooms()
        self._limit_beds()
        self._space_programmes()
        self.value = sum(self._weight(term) * self.placed[term.id] for term in axis.problem.terms)
        self.cost = self._cost()

    def _weight(self, term: Term) -> int:
        return len(self.axis.problem.terms) + 1 if term.pin else 1

    def _options(self, term: Term) -> list[Option]:
        found: dict[tuple[date, RoomClass], Option] = {}
        for span, room in each_choice(choices(self.axis, term)):
            key = (span.starts_on, self._class_of[room.id])
            if key not in found:
                found[key] = Option(term, span, key[1], self.model.new_bool_var(f"{term.id}@{span.starts_on}/{key[1]}"))
        return list(found.values())

    def _placed_literal(self, term: Term) -> cp_model.IntVar:
        placed = self.model.new_bool_var(f"{term.id} placed")
        self.model.add(sum(option.literal for option in self.options[term.id]) == placed)
        return placed

    def _all_options(self) -> Iterable[Option]:
        return (option for options in self.options.values() for option in options)

    def _limit_rooms(self) -> None:
        users: dict[tuple[RoomClass, date], list[cp_model.IntVar]] = defaultdict(list)
        for option in self._all_options():
            for day in _each_day(option.span.starts_on, option.span.ends_on):
                users[option.rooms, day].append(option.literal)
        for (rooms, _), literals in users.items():
            if len(literals) > len(self.rooms_of[rooms]):
                self.model.add(sum(literals) <= len(self.rooms_of[rooms]))

    def _limit_beds(self) -> None:
        sleepers: dict[tuple[str, date], list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
        for option in self._all_options():
            if option.term.boards:
                for day in _each_day(option.span.reports_on, option.span.ends_on):
                    sleepers[option.rooms[0], day].append((option.term.trainees, option.literal))
        for (campus_id, _), users in sleepers.items():
            beds = self.axis.campuses[campus_id].beds
            if sum(people for people, _ in users) > beds:
                self.model.add(sum(people * literal for people, literal in users) <= beds)

    def _space_programmes(self) -> None:
        programmes: dict[str, list[Term]] = defaultdict(list)
        for term in self.axis.problem.terms:
            programmes[term.programme_id].append(term)
        for terms in programmes.values():
            terms.sort(key=lambda term: (term.ordinal, term.id))
            gap = self.axis.gap(terms[0])
            if gap is not None:
                self._keep_apart(terms, gap)
            if self.axis.problem.policy.in_order:
                self._keep_in_order(terms)

    def _keep_apart(self, terms: list[Term], gap: int) -> None:
        users: dict[date, list[cp_model.IntVar]] = defaultdict(list)
        for term in terms:
            for option in self.options[term.id]:
                for day in _each_day(option.span.starts_on, option.span.ends_on + timedelta(days=gap)):
                    users[day].append(option.literal)
        for literals in users.values():
            self.model.add_at_most_one(literals)

    def _keep_in_order(self, terms: list[Term]) -> None:
        origin = self.axis.problem.days[0].day
        last = len(self.axis.problem.days)
        opening = {
            term.id: sum((option.span.starts_on - origin).days * option.literal for option in self.options[term.id])
            for term in terms
        }
        for index, first in enumerate(terms):
            for second in terms[index + 1 :]:
                if not (first.pin and second.pin):
                    self.model.add(opening[first.id] <= opening[second.id] + last * (1 - self.placed[second.id]))

    def _cost(self) -> cp_model.LinearExprT:
        problem, fair = self.axis.problem, fair_week(self.axis.problem)
        loads: dict[tuple[int, int], list[tuple[int, cp_model.IntVar]]] = defaultdict(list)
        cost: cp_model.LinearExprT = 0
        for option in self._all_options():
            room = self.rooms_of[option.rooms][0]
            cost += span_cost(problem, option.term, option.span, room) * option.literal
            for week, load in weekly_load(option.term, option.span.teaching).items():
                loads[week].append((load, option.literal))
        for week, users in loads.items():
            most = sum(load for load, _ in users)
            load = sum(people * literal for people, literal in users)
            for times in (1, 2):
                if balance_cost(problem, most, fair) and most > times * fair:
                    # Ten trainee-days above the fair share are one unit, rounded down as in balance_cost.
                    over = self.model.new_int_var(0, most // 10 + 1, f"over {times} in {week}")
                    self.model.add(10 * over + 9 >= load - times * fair)
                    cost += problem.policy.weight_balance * over
        return cost

    def hint(self, placed: Iterable[Placed]) -> None:
        """Tell the solver a table that keeps every rule."""
        at = {each.term_id: (each.starts_on, self._class_of[each.room_id]) for each in placed}
        self.model.clear_hints()
        for term_id, options in self.options.items():
            for option in options:
                self.model.add_hint(option.literal, at.get(term_id) == (option.span.starts_on, option.rooms))
            self.model.add_hint(self.placed[term_id], term_id in at)

    def chosen(self, value: cp_model.CpSolver) -> list[Placed]:
        """Return the solver's table, a room given to each term of a class in order of opening."""
        taken: dict[RoomClass, list[Option]] = defaultdict(list)
        for option in self._all_options():
            if value.boolean_value(option.literal):
                taken[option.rooms].append(option)
        placed: list[Placed] = []
        for rooms, options in taken.items():
            free_from: dict[str, date] = {}
            for option in sorted(options, key=lambda each: (each.span.starts_on, each.term.id)):
                span = option.span
                room = next(room for room in self.rooms_of[rooms] if free_from.get(room.id, date.min) < span.starts_on)
                free_from[room.id] = span.ends_on
                placed.append(Placed(option.term.id, span.starts_on, span.ends_on, span.reports_on, room.id))
        return placed


def _room_class(room: Room, pins: set[str | None]) -> RoomClass:
    return room.campus_id, room.kind, room.capacity, room.id if room.id in pins else ""


def _each_day(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))
