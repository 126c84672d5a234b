"""How much of one demand a model gives up, as what is to be the least."""

from __future__ import annotations

from ortools.sat.python import cp_model

from services.scheduling.domain.demands import SHARED, Demand
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.plugins.year_demands import DemandModel

_MOST = 100_000


def slack(model: DemandModel, demand: Demand, axis: Axis) -> cp_model.LinearExprT:
    """Return how much of a demand is given up: days, seats, beds, rooms.

    ``axis`` is of the year as it is; rooms that the model has beside its own may be as many as are wanted.
    """
    return _shared(model, demand, axis) if demand.rule in SHARED else _broken(model, demand)


def _shared(model: DemandModel, demand: Demand, axis: Axis) -> cp_model.LinearExprT:
    new, add = model.model.new_int_var, model.model.add
    match demand.rule:
        case "beds":
            more = new(0, _MOST, "")
            beds = axis.campuses[demand.subject].beds_of(demand.kind or None)
            for users in model.bed_days(demand.subject, demand.kind):
                add(model.used(users) <= beds + more)
            return more
        case "rooms":
            return _more_rooms(model, demand, axis)
        case "lecturer":
            extra = []
            for users in model.lecturer_days(demand.subject, every=True):
                more = new(0, _MOST, "")
                extra.append(more)
                add(model.used(users) <= 1 + more)
            return cp_model.LinearExpr.sum(extra)
        case "gap":
            return _nearer(model, demand.subject, axis.gap(model.siblings(demand.subject)[0]) or 0)
        case "sequence":
            late = []
            for first, second in model.in_sequence(demand.subject):
                turned = model.model.new_bool_var("")
                late.append(turned)
                add(model.opens(first) <= model.opens(second)).only_enforce_if(turned.negated())
            return cp_model.LinearExpr.sum(late)
        case _:
            before_id, after_id = demand.subject.split(">")
            terms = {term.id: term for term in model.terms}
            order = next(o for o in axis.problem.orders if (o.before, o.after) == (before_id, after_id))
            short = new(0, _MOST, "")
            add(model.ends(terms[before_id]) + order.delay < model.opens(terms[after_id]) + short)
            return short


def _more_rooms(model: DemandModel, demand: Demand, axis: Axis) -> cp_model.LinearExprT:
    extra: list[cp_model.LinearExprT] = []
    for rooms, days in model.room_days(demand.subject):
        known = sum(room.id in axis.rooms for room in rooms)
        more = model.model.new_int_var(0, _MOST if known < len(rooms) else 0, "")
        extra.append(more)
        for users in days:
            model.model.add(model.used(users) <= known + more)
    return cp_model.LinearExpr.sum(extra)


def _broken(model: DemandModel, demand: Demand) -> cp_model.LinearExprT:
    """Return how many of the days, seats or rooms are given up that a demand asks for."""
    units: dict[object, list[int]] = {}
    for number, way in enumerate(model.ways):
        for unit in way.breaks.get(demand, ()):
            units.setdefault(unit, []).append(number)
    given = []
    for numbers in units.values():
        literal = model.model.new_bool_var("")
        given.append(literal)
        for number in numbers:
            model.model.add_implication(model.chosen[number], literal)
    return cp_model.LinearExpr.sum(given)


def _nearer(model: DemandModel, programme_id: str, gap: int) -> cp_model.LinearExprT:
    """Return by how many days the terms of a programme lie nearer than they should, at the worst."""
    short = model.model.new_int_var(0, _MOST, "")
    terms = model.siblings(programme_id)
    for index, one in enumerate(terms):
        for other in terms[index + 1 :]:
            first = model.model.new_bool_var("")
            rule = model.model.add(model.ends(one) + gap < model.opens(other) + short)
            rule.only_enforce_if(first)
            rule = model.model.add(model.ends(other) + gap < model.opens(one) + short)
            rule.only_enforce_if(first.negated())
    return short
