"""Completions in the database."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from services.compliance.domain.completion import Completion, Hours, Outcome
from services.compliance.domain.rules import TraineeFacts
from services.compliance.store.shapes import ARRAY, COUNT, FLAG, INSTANT, INSTANT_OR_NULL, TEXT, shape
from shared.storage import Collection, Index

COMPLETIONS = Collection(
    "completions",
    indexes=(Index((("term_id", 1), ("unit_id", 1))),),
    validator=shape(
        term_id=TEXT,
        unit_id=TEXT,
        outcome={"enum": [outcome.value for outcome in Outcome]},
        confirmed=FLAG,
        hours_attended=COUNT,
        total_hours=COUNT,
        days=COUNT,
        verdicts=ARRAY,
        decided_at=INSTANT,
        confirmed_at=INSTANT_OR_NULL,
    ),
)
"""``_id`` is the nomination's. ``facts``: what the rules were told; rows of a release before have none."""


WITHDRAWN = "withdrawn"
"""Stands for a rule in the verdict on somebody who left: no rule is asked about them."""


def completion_row(completion: Completion) -> dict[str, Any]:
    """Return the fields of a completion as they are stored."""
    said = completion.announced
    return {
        "outcome": completion.outcome.value,
        "confirmed": completion.confirmed,
        "hours_attended": completion.hours.attended,
        "total_hours": completion.hours.total,
        "days": completion.hours.days,
        "announced": None if said is None else [said[0], said[1].attended, said[1].total, said[1].days],
    }


def completion_of(row: dict[str, Any]) -> Completion:
    """Return the completion of a stored row."""
    said = row["announced"]
    return Completion(
        outcome=Outcome(row["outcome"]),
        hours=Hours(row["hours_attended"], row["total_hours"], row["days"]),
        confirmed=row["confirmed"],
        announced=None if said is None else (bool(said[0]), Hours(*said[1:])),
    )


def facts_row(facts: TraineeFacts) -> dict[str, Any]:
    """Return what the rules were told as it is stored."""
    told = asdict(facts)
    del told["stage"]
    return {**told, "sanctions": sorted(facts.sanctions)}


def grounds_of(row: dict[str, Any]) -> dict[str, Any]:
    """Return what a stored completion was judged by, as far as its row says so."""
    withdrawn = [said["rule"] for said in row["verdicts"]] == [WITHDRAWN]
    shown = {name: row[name] for name in ("total_hours", "days", "report_grade")}
    return {**row.get("facts", {}), **shown, "attended_hours": row["hours_attended"], "withdrawn": withdrawn}


def grounds_now(trainee: dict[str, Any], facts: TraineeFacts, hours: Hours) -> dict[str, Any]:
    """Return what a completion of a stored trainee would be judged by now."""
    counted = {"attended_hours": hours.attended, "total_hours": hours.total, "days": hours.days}
    withdrawn = trainee["state"] == "withdrawn"
    return {**facts_row(facts), **counted, "report_grade": trainee["report_grade"], "withdrawn": withdrawn}
