"""Reading rooms, groups and meals."""

from __future__ import annotations

from collections import Counter
from typing import Any

from services.enrollment.domain.arrangement import Guest, conveners
from services.enrollment.domain.nomination import State
from services.enrollment.domain.ranks import RankTable
from services.enrollment.limits import policy_table
from services.enrollment.store import ARRANGEMENTS, NOMINATIONS, places_from
from shared.storage import View

_SHOWN = ("rooms", "group_size", "meeting_places", "version")


def guests_of(view: View, term_id: str) -> list[Guest]:
    """Return the admitted of a term as rooming sees them."""
    return [_guest(row, _ranks(view)) for row in _admitted(view, term_id)]


def get_arrangement(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show the arrangement of a term; a unit sees its own people and those below it."""
    return shown_arrangement(view, view.rows(ARRANGEMENTS).get(request["term_id"]))


def shown_arrangement(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return an arrangement as the contract shows it."""
    admitted = {each["_id"]: each for each in _admitted(view, row["_id"])}
    places = {key: place for key, place in places_from(row).items() if key in admitted}
    ranks = _ranks(view)
    chosen = set(conveners([_guest(admitted[key], ranks) for key in places], places).values())
    people = [
        {
            "nomination_id": key,
            **{name: admitted[key][name] for name in ("name", "sex", "unit_id")},
            "room": place.room,
            "group": place.group,
            "convener": key in chosen,
        }
        for key, place in places.items()
        if view.caller.reaches(admitted[key]["unit_id"])
    ]
    people.sort(key=lambda item: (item["group"] or 0, not item["convener"], item["unit_id"], item["nomination_id"]))
    meals = Counter(admitted[item["nomination_id"]]["diet"] for item in people)
    return {
        "term_id": row["_id"],
        **{key: row[key] for key in _SHOWN},
        "people": people,
        "without_bed": sum(item["room"] is None for item in people),
        "meals": [{"diet": diet, "people": count} for diet, count in sorted(meals.items())],
    }


def _admitted(view: View, term_id: str) -> list[dict[str, Any]]:
    return view.rows(NOMINATIONS).find({"term_id": term_id, "state": State.ADMITTED.value})


def _guest(row: dict[str, Any], ranks: RankTable) -> Guest:
    level = ranks.level_of(row["rank"]) or ranks.level_of(row["post"])
    return Guest(row["_id"], row["sex"], row["unit_id"], level.order if level else 0, row.get("replaces"))


def _ranks(view: View) -> RankTable:
    return RankTable.from_plain(policy_table().on(view.today)["rank.levels"].value)
