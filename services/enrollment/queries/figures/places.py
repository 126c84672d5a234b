"""Figures of places: how they were used, how they changed hands, how standby moved up."""

from __future__ import annotations

from collections import Counter, defaultdict

from services.enrollment.domain.standby import STATE_WORDS, State
from services.enrollment.domain.transfers import KIND_WORDS, Kind
from services.enrollment.domain.transfers import State as TransferState
from services.enrollment.queries.figures.shape import Row, Year, figure
from services.enrollment.store import PLACE_TRANSFERS, SEATS, STANDBY, seats_from
from shared.storage import View


def use(view: View, year: Year) -> Row:
    """Places of each unit against those filled, all terms of the year together; cancelled terms left out."""
    places: Counter[str] = Counter()
    used: Counter[str] = Counter()
    held = [term_id for term_id, row in year.terms.items() if not row["cancelled"]]
    for row in view.rows(SEATS).find({"_id": {"$in": sorted(held)}}):
        for item in seats_from(row).allotments:
            places[item.unit_id] += item.places
            used[item.unit_id] += item.admitted
    rows = [
        {**year.unit(unit), "places": places[unit], "used": used[unit], "percent": _percent(used[unit], places[unit])}
        for unit in sorted(places)
    ]
    top = [unit for unit in places if not any(unit.startswith(f"{other}.") for other in places)]
    share = _percent(sum(used[unit] for unit in top), sum(places[unit] for unit in top))
    keys = ("unit", "places", "used", "percent")
    return figure("quota_use", ("名额使用率", "places used"), "percent", share, keys, rows)


def transfers(view: View, year: Year) -> Row:
    """Places that changed hands, by how."""
    count: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for row in year.rows(PLACE_TRANSFERS, ("kind", "state", "places")):
        if row["state"] == TransferState.DONE:
            count[row["kind"]] += 1
            places[row["kind"]] += row["places"]
    rows = [{"kind": KIND_WORDS[Kind(kind)].zh, "count": count[kind], "places": places[kind]} for kind in sorted(count)]
    keys = ("kind", "count", "places")
    return figure("transfers", ("名额调剂", "places moved"), "items", sum(places.values()), keys, rows)


def standby(view: View, year: Year) -> Row:
    """Standby by term: how those who waited ended."""
    by_term: dict[str, Counter[str]] = defaultdict(Counter)
    for row in year.rows(STANDBY, ("term_id", "state")):
        by_term[row["term_id"]][row["state"]] += 1
    rows = [
        {**year.term(term_id), "state": STATE_WORDS[State(state)].zh, "people": count}
        for term_id in year.terms
        for state, count in sorted(by_term[term_id].items())
    ]
    value = sum(found[State.ADMITTED] for found in by_term.values())
    keys = ("term", "starts_on", "state", "people")
    return figure("standby", ("候补递补", "admitted from standby"), "people", value, keys, rows)


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
