"""What granting and ending leave does to rolls, sums and the limit."""

from __future__ import annotations

from typing import Any

from services.compliance.commands.study import Study
from services.compliance.contract.attendance_events import LEAVE_DECIDED
from services.compliance.contract.leave import LeaveOverLimit
from services.compliance.domain.attendance import Mark, Status
from services.compliance.domain.leave import Leave
from services.compliance.domain.leave_limit import Share, allowance, passes
from services.compliance.queries.rolls import rolls_now
from services.compliance.queries.timetable import covered
from services.compliance.store.attendance import ROLLS, mark_row, marks_of
from services.compliance.store.leave import leave_of


def limit_guard(study: Study, row: dict[str, Any], leave: Leave, pass_limit: bool) -> None:
    """Raise ``LeaveOverLimit`` when granting passes the limit and nobody said that this is meant."""
    standing = study.standing(row["nomination_id"])
    attended = _attended(study, row["nomination_id"], leave.covers(study.timetable))
    hours = study.timetable.hours_of(standing.on_leave | (leave.covers(study.timetable) - attended))
    total = study.timetable.total_hours
    share = Share.of(study.rules.policies["leave.max_share"].value)
    if pass_limit or not passes(hours, total, share):
        return
    most = allowance(total, share)
    raise LeaveOverLimit(
        f"准假后累计请假{hours}学时，超过总学时{total}的{share}（最多{most}学时），将按规定提交组织部决定是否退学；"
        "确需准假请注明 pass_limit",
        f"with it leave comes to {hours} hours, above {share} of {total} ({most} at most), and the organisation "
        "department would have to decide on withdrawal; say pass_limit if that is meant",
        leave_hours=hours,
        total_hours=total,
        allowance=most,
    )


def allow(study: Study, row: dict[str, Any]) -> None:
    """Let granted leave take effect: absence already noted in its sessions becomes leave, and hours are counted."""
    sessions = leave_of(row).covers(study.timetable)
    changed = []
    for roll in _rolls(study, sessions):
        mark = marks_of(roll).get(row["nomination_id"])
        if mark is not None and mark.status is Status.ABSENT:
            changed.append(_with(study, roll, row, Mark(Status.LEAVE)))
    study.tx.rows(ROLLS).save_many(changed)
    study.recount(row["nomination_id"], row["unit_id"])
    study.write()


def release(study: Study, row: dict[str, Any]) -> None:
    """Let leave end: a session still to come whose roll had it on leave already needs a mark again.

    Not where other leave covers the session.
    """
    still = covered(study.tx, study.timetable, row["nomination_id"]).get(row["nomination_id"], frozenset())
    changed = []
    for roll in rolls_now(study.tx, study.timetable).values():
        mark = marks_of(roll).get(row["nomination_id"])
        ended = study.timetable.by_id[roll["session_id"]]
        if mark is None or mark.status is not Status.LEAVE or roll["session_id"] in still:
            continue
        if row["ended_before"] is not None and ended.starts_at >= row["ended_before"]:
            changed.append(_with(study, roll, row, None))
    study.tx.rows(ROLLS).save_many(changed)
    study.recount(row["nomination_id"], row["unit_id"])
    study.write()


def announce(study: Study, row: dict[str, Any], decision: str) -> None:
    """Tell how leave was decided, or that it ended, with the figures that hold now."""
    figures = study.tally(row["nomination_id"])
    share = Share.of(study.rules.policies["leave.max_share"].value)
    data = {name: row[name] for name in ("nomination_id", "term_id", "unit_id", "hours")}
    study.tx.emit(
        LEAVE_DECIDED,
        {
            "leave_id": row["_id"],
            **data,
            "decision": decision,
            "leave_hours": figures.leave_hours,
            "total_hours": figures.total_hours,
            "allowance": allowance(figures.total_hours, share),
        },
        subject=row["_id"],
    )


def _rolls(study: Study, session_ids: frozenset[str]) -> list[dict[str, Any]]:
    found = rolls_now(study.tx, study.timetable)
    return [roll for session_id, roll in found.items() if session_id in session_ids]


def _attended(study: Study, nomination_id: str, session_ids: frozenset[str]) -> frozenset[str]:
    marks = ((roll["session_id"], marks_of(roll).get(nomination_id)) for roll in _rolls(study, session_ids))
    return frozenset(session_id for session_id, mark in marks if mark is not None and mark.attended)


def _with(study: Study, roll: dict[str, Any], row: dict[str, Any], mark: Mark | None) -> dict[str, Any]:
    nomination_id, tx = row["nomination_id"], study.tx
    before = marks_of(roll)[nomination_id]
    kept = [each for each in roll["marks"] if each["nomination_id"] != nomination_id]
    added = [] if mark is None else [mark_row(nomination_id, row["unit_id"], mark)]
    correction = {
        "nomination_id": nomination_id,
        "before": before.status.value,
        "after": None if mark is None else mark.status.value,
        "reason": f"请假 {row['_id']} / leave {row['_id']}",
        "by": tx.caller.subject,
        "at": tx.now,
    }
    return {
        **roll,
        "marks": sorted([*kept, *added], key=lambda each: str(each["nomination_id"])),
        "corrections": [*roll["corrections"], correction],
        "complete": roll["complete"] and mark is not None,
    }
