"""Whom an event concerns: from a rule's audience to recipients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.notification.domain.message_rule import MessageRule
from services.notification.store import CONTACTS, ROSTERS, TIMETABLES
from shared.storage import View


@dataclass(frozen=True)
class Recipient:
    """One recipient: ``unit:…``, ``office:…``, ``lecturer:…`` or ``trainee:…``; ``terms``: those that concern it."""

    key: str
    unit_id: str | None = None
    terms: tuple[str, ...] = ()


def recipients_of(view: View, rule: MessageRule, data: Mapping[str, Any]) -> list[Recipient]:
    """Return whom a rule addresses for an event, each once."""
    kind, named = rule.audience.kind, rule.named(data)
    if kind == "unit":
        return [Recipient(f"unit:{unit_id}", unit_id) for unit_id in named]
    if kind == "office":
        return [Recipient(f"office:{office}") for office in named]
    if kind == "lecturer":
        return [Recipient(f"lecturer:{lecturer_id}") for lecturer_id in named]
    if kind == "trainee":
        return [_trainee(view, nomination_id, data["unit_id"]) for nomination_id in named]
    if kind == "units_of_term":
        return [Recipient(f"unit:{unit_id}", unit_id, terms) for unit_id, terms in _units(view, named).items()]
    return [Recipient(f"lecturer:{each}", None, terms) for each, terms in _lecturers(view, named, data).items()]


def _trainee(view: View, nomination_id: str, unit_id: str) -> Recipient:
    # Who left no contact is reached through the unit, which passes it on.
    own = f"trainee:{nomination_id}"
    known = view.rows(CONTACTS).one({"_id": own}) is not None
    return Recipient(own if known else f"unit:{unit_id}", unit_id)


def _units(view: View, term_ids: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    rows = view.rows(ROSTERS).find({"term_id": {"$in": term_ids}}, [("_id", 1)])
    for row in rows:
        if row["transfer"] or row["admissions"] or row.get("until_cancelled"):
            found[row["unit_id"]] = (*found.get(row["unit_id"], ()), row["term_id"])
    return found


def _lecturers(view: View, term_ids: list[str], data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    # Who teaches there no more stands in no timetable any longer: the event names them.
    concerned = {each["term_id"]: set(each.get("lecturer_ids", ())) for each in data.get("terms", ())}
    for row in view.rows(TIMETABLES).find({"_id": {"$in": term_ids}}):
        concerned.setdefault(row["_id"], set()).update(row["lecturer_ids"])
    found: dict[str, tuple[str, ...]] = {}
    for term_id in sorted(concerned):
        for lecturer_id in sorted(concerned[term_id]):
            found[lecturer_id] = (*found.get(lecturer_id, ()), term_id)
    return found
