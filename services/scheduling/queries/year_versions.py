"""The versions of a plan's placed year, and what differs between two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.scheduling.domain.placement import Lecturer, Unit
from services.scheduling.domain.replan import Affected, comparison
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.domain.year_version import Year, YearTerm, compared
from services.scheduling.store import LECTURERS, PLANS, SENDING_UNITS, YEAR_VERSIONS
from services.scheduling.store.year_versions import place_of_row, year_rows
from shared.errors import NotFound
from shared.storage import View, exactly

Document = dict[str, Any]


def list_year_versions(view: View, request: Document) -> Document:
    """Return one page of the versions of a plan's year, oldest first."""
    view.rows(PLANS).get(request["plan_id"])
    wanted = {"plan_id": exactly(request["plan_id"])}
    docs, cursor = view.rows(YEAR_VERSIONS).page(wanted, request.get("cursor"), request["limit"], sort="number")
    return {"items": [{**doc, "changed": len(doc["terms"])} for doc in docs], "next_cursor": cursor}


def compare_year(view: View, request: Document) -> Document:
    """Return what differs from one version of a plan's year to another, by default to the one in force.

    Whoever does not reach the whole city sees no unit outside reach, nor terms to which only such units send people.
    """
    plan_id = view.rows(PLANS).get(request["plan_id"])["_id"]
    versions = versions_of(view, plan_id)
    numbers = [doc["number"] for doc in versions]
    first = _known(plan_id, numbers, request["from_number"])
    second = _known(plan_id, numbers, request["to_number"] if "to_number" in request else (numbers or [1])[-1])
    was, lies = (year_rows(doc for doc in versions if doc["number"] <= each) for each in (first, second))
    # Most terms of a long year lie where they lay: what is worked out is worked out for the others.
    differ = {id for id in was | lies if place_of_row(was.get(id)) != place_of_row(lies.get(id))}
    before, after = (_year(rows, differ) for rows in (was, lies))
    caller = view.caller
    found = compared(
        before,
        after,
        after if second >= first else before,
        _units(view, before, after),
        _lecturers(view, before, after),
        (lambda _: True) if caller.reaches_whole_city() else caller.reaches,
    )
    zh, en = comparison(found)
    return {
        "plan_id": plan_id,
        "from_number": first,
        "to_number": second,
        "placed_before": _placed(was),
        "placed_after": _placed(lies),
        "told": sum(each.told for each in found),
        "words": {"zh": zh, "en": en},
        "differences": [_difference(each, before, after) for each in found],
        "affected_unit_ids": sorted({id for each in found if each.told for id in each.units}),
        "affected_lecturer_ids": sorted({id for each in found if each.told for id in each.lecturers}),
    }


def versions_of(view: View, plan_id: str) -> list[Document]:
    """Return every version of a plan's year, in order."""
    return view.rows(YEAR_VERSIONS).find({"plan_id": exactly(plan_id)}, sort=[("number", 1)])


def _year(rows: dict[str, Document], term_ids: set[str]) -> dict[str, YearTerm]:
    return {id: from_wire(YearTerm, rows[id]) for id in sorted(term_ids & rows.keys())}


def _placed(rows: dict[str, Document]) -> int:
    return sum(row["lies"] is not None for row in rows.values())


def _known(plan_id: str, numbers: list[int], number: int) -> int:
    if number not in numbers:
        raise NotFound(
            f"计划 {plan_id} 的年度排期没有第 {number} 版",
            f"the placed year of the plan {plan_id} has no version {number}",
            plan_id=plan_id,
            number=number,
        )
    return number


def _difference(affected: Affected, before: Year, after: Year) -> Document:
    return {
        "term_id": affected.term_id,
        "before": _place(before, affected.term_id),
        "after": _place(after, affected.term_id),
        "told": affected.told,
        "unit_ids": list(affected.units),
        "lecturer_ids": list(affected.lecturers),
        "words": {"zh": affected.zh, "en": affected.en},
    }


def _place(year: Year, term_id: str) -> Document | None:
    term = year.get(term_id)
    wire: Document | None = to_wire(term.lies) if term is not None else None
    return wire


def _units(view: View, *years: Mapping[str, YearTerm]) -> list[Unit]:
    ids = {share.unit_id for year in years for term in year.values() for share in term.shares}
    docs = view.rows(SENDING_UNITS).find({"_id": {"$in": sorted(ids)}})
    return [Unit(doc["_id"], doc["title"], doc["staff"], doc["far"]) for doc in docs]


def _lecturers(view: View, *years: Mapping[str, YearTerm]) -> list[Lecturer]:
    ids = {id for year in years for term in year.values() for id in term.lecturer_ids}
    docs = view.rows(LECTURERS).find({"_id": {"$in": sorted(ids)}}, fields=("name",))
    return [Lecturer(doc["_id"], doc["name"]) for doc in docs]
