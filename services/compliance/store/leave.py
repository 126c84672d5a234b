"""Leave in the database; its grounds may be an illness, so they lie sealed."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.compliance.domain.leave import Decision, Leave, LeaveState
from services.compliance.domain.timetable import HALVES, HalfDay
from services.compliance.store.shapes import ARRAY, COUNT, INSTANT_OR_NULL, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

LEAVES = Collection(
    "leaves",
    indexes=(Index((("term_id", 1), ("nomination_id", 1))), Index((("unit_id", 1), ("state", 1)))),
    validator=shape(
        nomination_id=TEXT,
        term_id=TEXT,
        unit_id=TEXT,
        state={"enum": [state.value for state in LeaveState]},
        awaits=TEXT_OR_NULL,
        decisions=ARRAY,
        hours=COUNT,
        ended_before=INSTANT_OR_NULL,
        grounds=TEXT,
    ),
    sealed=("grounds",),
)


def leave_row(leave: Leave) -> dict[str, Any]:
    """Return the fields of a leave's life as they are stored."""
    return {
        "first_on": leave.first.on.isoformat(),
        "first_half": HALVES[leave.first.half],
        "last_on": leave.last.on.isoformat(),
        "last_half": HALVES[leave.last.half],
        "state": leave.state.value,
        "awaits": leave.awaits,
        "ended_before": leave.ended_before,
        "decisions": [
            {
                "step": each.step,
                "granted": each.granted,
                "approver": each.approver,
                "title": each.title,
                "by": each.by,
                "at": each.at,
                "note": each.note,
            }
            for each in leave.decisions
        ],
    }


def leave_of(row: dict[str, Any]) -> Leave:
    """Return the leave of a stored row."""
    return Leave(
        first=HalfDay.of(date.fromisoformat(row["first_on"]), row["first_half"]),
        last=HalfDay.of(date.fromisoformat(row["last_on"]), row["last_half"]),
        state=LeaveState(row["state"]),
        decisions=tuple(Decision(**each) for each in row["decisions"]),
        awaits=row["awaits"],
        ended_before=row["ended_before"],
    )
