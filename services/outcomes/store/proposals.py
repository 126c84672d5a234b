"""Policy proposals as documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from services.outcomes.domain.proposal import DepartmentAnswer, FollowUp, Forwarding, Proposal, State
from shared.storage import Collection, Index

PROPOSALS = Collection(
    "proposals",
    indexes=(
        Index((("unit_id", 1), ("_id", 1))),
        Index((("receiving_unit_id", 1), ("_id", 1))),
        Index((("term_id", 1), ("_id", 1))),
        Index((("nomination_id", 1),)),
        Index((("next_look_on", 1),), where={"next_look_on": {"$type": "string"}}),
    ),
    validator={
        "bsonType": "object",
        "required": ["_id", "version", "nomination_id", "term_id", "unit_id", "title", "body", "state", "filed_at"],
        "properties": {"state": {"enum": [state.value for state in State]}, "follow_ups": {"bsonType": "array"}},
    },
)


_FOLLOW_UP_DAYS = ("due_on", "told_on", "overdue_told_on", "recorded_on")


def proposal_fields(proposal: Proposal) -> dict[str, Any]:
    """Return what changes of a proposal as it is stored; title, text and when it was filed are the row's own."""
    look_on = proposal.next_look_on
    return {
        **asdict(proposal),
        "state": proposal.state.value,
        "answers": [{**asdict(each), "decision": each.decision.value} for each in proposal.answers],
        "follow_ups": [asdict(each) for each in proposal.follow_ups],
        "receiving_unit_id": proposal.forwarding.unit_id if proposal.forwarding else None,
        "next_look_on": look_on.isoformat() if look_on else None,
    }


def proposal_from(row: Mapping[str, Any]) -> Proposal:
    """Return the proposal of a stored row."""
    forwarding = row["forwarding"]
    return Proposal(
        nomination_id=row["nomination_id"],
        term_id=row["term_id"],
        unit_id=row["unit_id"],
        state=State(row["state"]),
        forwarding=Forwarding(**_dated(forwarding, "due_on")) if forwarding else None,
        answers=tuple(
            DepartmentAnswer(**{**_dated(each, "answered_on"), "decision": State(each["decision"])})
            for each in row["answers"]
        ),
        follow_ups=tuple(FollowUp(**_dated(each, *_FOLLOW_UP_DAYS)) for each in row["follow_ups"]),
    )


def _dated(row: Mapping[str, Any], *days: str) -> dict[str, Any]:
    # A row that was just written still holds the days themselves, one that was read their text.
    found = {day: date.fromisoformat(row[day]) if isinstance(row[day], str) else row[day] for day in days}
    return {**row, **found}
