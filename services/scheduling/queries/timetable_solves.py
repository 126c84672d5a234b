"""Timetable solves and how far they are; what a change by hand would do to their best timetable."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands.timetable_solves import finding_reply, solve_reply
from services.scheduling.contract.timetable_solves import NoTimetableYet
from services.scheduling.domain.wire import to_wire
from services.scheduling.queries.solved_drafts import SolvedDrafts
from services.scheduling.store import TIMETABLE_SOLVES
from services.scheduling.timetable.editing import Change, ChangeImpossible, Preview
from shared.errors import Invalid
from shared.storage import View

Document = dict[str, Any]
_DRAFTS = SolvedDrafts()


def get_timetable_solve(view: View, request: dict[str, Any]) -> Document:
    """Return a solve with its best timetable."""
    return solve_reply(view.rows(TIMETABLE_SOLVES).get(request["solve_id"]))


def list_timetable_solves(view: View, request: dict[str, Any]) -> Document:
    """Return one page of solves, the newest first."""
    docs, cursor = view.rows(TIMETABLE_SOLVES).page({}, request.get("cursor"), request["limit"], sort="-_id")
    return {"items": [solve_reply(doc) for doc in docs], "next_cursor": cursor}


def preview_timetable_change(view: View, request: dict[str, Any]) -> Document:
    """Return what a change would do to the best timetable of a solve."""
    solve_id = request["solve_id"]
    draft = _DRAFTS.of(view, solve_id)
    if draft is None:
        raise NoTimetableYet(
            "该次排课还没有得到课表，请稍后再试",
            "this solve has found no timetable yet; try again later",
            solve_id=solve_id,
        )
    change = Change(**{name: value for name, value in request.items() if name != "solve_id"})
    try:
        return preview_reply(draft.preview(change))
    except ChangeImpossible as impossible:
        raise Invalid(impossible.zh, impossible.en) from None


def preview_reply(preview: Preview) -> Document:
    """Return a preview as the reply of an operation."""
    plain: Document = {
        name: [finding_reply(to_wire(each)) for each in getattr(preview, name)]
        for name in ("broken", "mended", "dearer", "cheaper")
    }
    plain.update(
        cost_before=preview.cost_before,
        cost=preview.cost,
        feasible=preview.feasible,
        changed=to_wire(preview.changed),
    )
    return plain
