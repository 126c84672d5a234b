"""Leave: asked for by the trainee or filed by the head teacher, decided step by step, ended early."""

from __future__ import annotations

from typing import Any

from services.compliance.commands.leave_effect import allow, announce, limit_guard, release
from services.compliance.commands.refusals import fault_of, has_withdrawn, outside
from services.compliance.commands.study import Study
from services.compliance.contract.attendance_events import LEAVE_REQUESTED
from services.compliance.contract.leave import LeaveOverlaps
from services.compliance.domain.leave import STEP_WORDS, Decision, Leave, LeaveState, ladder_of, steps_for
from services.compliance.domain.timetable import HalfDay, Session
from services.compliance.domain.wording import Refusal
from services.compliance.queries.leave import shown_leave
from services.compliance.rulebook import Rulebook
from services.compliance.store.leave import LEAVES, leave_of, leave_row
from services.compliance.store.trainee import TRAINEES
from shared.errors import Forbidden, NotFound
from shared.identifiers import new_id
from shared.security.caller import Role
from shared.storage import Transaction


def request_my_leave(tx: Transaction, request: dict[str, Any], rules: Rulebook) -> dict[str, Any]:
    """Ask for leave oneself, before its first session begins."""
    study, trainee = _whose(tx, tx.caller.own_id(Role.TRAINEE), rules)
    sessions = _sessions(study, request)
    if tx.now >= sessions[0].starts_at:
        raise outside(
            f"“{sessions[0].title}”已经开始，不能再自行申请；请与班主任联系补办",
            "the first session has begun; ask the head teacher to file the leave",
            starts_at=sessions[0].starts_at.isoformat(),
        )
    return _file(study, trainee, request, sessions)


def file_leave(tx: Transaction, request: dict[str, Any], rules: Rulebook) -> dict[str, Any]:
    """File leave for somebody, also for sessions that are over (补假)."""
    study, trainee = _whose(tx, request["nomination_id"], rules)
    return _file(study, trainee, request, _sessions(study, request))


def decide_leave(tx: Transaction, request: dict[str, Any], rules: Rulebook) -> dict[str, Any]:
    """Give one step's word; the last one that is needed grants the leave."""
    row = tx.rows(LEAVES).get(request["leave_id"])
    tx.expect(row)
    _require_office(tx, request["step"])
    study = Study(tx, row["term_id"], rules)
    decision = Decision(
        step=request["step"],
        granted=request["decision"] == "grant",
        approver=request["approver"],
        title=request["title"],
        by=tx.caller.subject,
        at=tx.now,
        note=request["note"],
    )
    try:
        leave = leave_of(row).decide(decision, study.timetable, ladder_of(rules.policies["leave.ladder"].value))
    except Refusal as refusal:
        raise fault_of(refusal, leave_id=row["_id"], awaits=row["awaits"]) from None
    if leave.state is LeaveState.GRANTED:
        limit_guard(study, row, leave, request["pass_limit"])
    saved = _save(study, row, leave)
    if leave.state is LeaveState.REQUESTED:
        _ask_next(tx, saved)
    elif leave.state is LeaveState.GRANTED:
        allow(study, saved)
    if leave.state is not LeaveState.REQUESTED:
        announce(study, saved, leave.state.value)
    return shown_leave(saved, rules.policies)


def cancel_leave(tx: Transaction, request: dict[str, Any], rules: Rulebook) -> dict[str, Any]:
    """End somebody's leave early, or take a request back, for the trainee."""
    return _cancel(tx, tx.rows(LEAVES).get(request["leave_id"]), rules)


def cancel_my_leave(tx: Transaction, request: dict[str, Any], rules: Rulebook) -> dict[str, Any]:
    """End one's own leave early, or take one's request back."""
    row = tx.rows(LEAVES).get(request["leave_id"])
    if row["nomination_id"] != tx.caller.own_id(Role.TRAINEE):
        raise NotFound(f"您没有编号为 {row['_id']} 的请假", f"you have no leave {row['_id']!r}", id=row["_id"])
    return _cancel(tx, row, rules)


def _cancel(tx: Transaction, row: dict[str, Any], rules: Rulebook) -> dict[str, Any]:
    tx.expect(row)
    study = Study(tx, row["term_id"], rules)
    try:
        leave = leave_of(row).cancel(tx.now, study.timetable)
    except Refusal as refusal:
        raise fault_of(refusal, leave_id=row["_id"]) from None
    was_granted = row["state"] == LeaveState.GRANTED
    saved = _save(study, row, leave)
    if was_granted:
        release(study, saved)
        announce(study, saved, "cancelled")
    return shown_leave(saved, rules.policies)


def _whose(tx: Transaction, nomination_id: str, rules: Rulebook) -> tuple[Study, dict[str, Any]]:
    trainee = tx.rows(TRAINEES).get(nomination_id)
    if trainee["state"] == "withdrawn":
        raise fault_of(has_withdrawn(nomination_id), nomination_id=nomination_id)
    return Study(tx, trainee["term_id"], rules), trainee


def _sessions(study: Study, request: dict[str, Any]) -> tuple[Session, ...]:
    first, last = _period(request)
    if first > last:
        raise fault_of(
            Refusal("period-reversed", "请假开始晚于结束，请核对", "the leave ends before it begins; check the period")
        )
    sessions = study.timetable.within(first, last)
    if not sessions:
        raise fault_of(
            Refusal(
                "no-sessions",
                f"{first.words().zh}至{last.words().zh}没有课次，无需请假",
                f"no session lies between {first.words().en} and {last.words().en}; no leave is needed",
            )
        )
    return sessions


def _period(request: dict[str, Any]) -> tuple[HalfDay, HalfDay]:
    first = HalfDay.of(request["first_on"], request["first_half"])
    return first, HalfDay.of(request["last_on"], request["last_half"])


def _file(
    study: Study, trainee: dict[str, Any], request: dict[str, Any], sessions: tuple[Session, ...]
) -> dict[str, Any]:
    tx, (first, last) = study.tx, _period(request)
    for row in tx.rows(LEAVES).find({"term_id": study.term_id, "nomination_id": trainee["_id"]}):
        if leave_of(row).overlaps(first, last, study.timetable):
            raise LeaveOverlaps(
                f"与已有请假 {row['_id']} 的时间重叠，请先撤销或调整",
                f"it overlaps leave {row['_id']}; take that back first, or change the period",
                leave_id=row["_id"],
            )
    half_days = study.timetable.half_days(sessions)
    ladder = ladder_of(study.rules.policies["leave.ladder"].value)
    leave = Leave(first, last, LeaveState.REQUESTED, awaits=steps_for(half_days, ladder)[0])
    row = tx.rows(LEAVES).insert(
        {
            "_id": new_id("leave"),
            "nomination_id": trainee["_id"],
            "term_id": study.term_id,
            "unit_id": trainee["unit_id"],
            **leave_row(leave),
            "hours": sum(session.hours for session in sessions),
            "half_days": half_days,
            "grounds": {"grounds": request["grounds"], "reason": request["reason"]},
            "requested_at": tx.now,
            "filed_by": tx.caller.subject,
        }
    )
    _ask_next(tx, row)
    return shown_leave(row, study.rules.policies)


def _save(study: Study, row: dict[str, Any], leave: Leave) -> dict[str, Any]:
    sessions = leave.sessions(study.timetable)
    figures = {
        "hours": sum(session.hours for session in sessions),
        "half_days": study.timetable.half_days(sessions),
    }
    return study.tx.rows(LEAVES).save({**row, **leave_row(leave), **figures})


def _ask_next(tx: Transaction, row: dict[str, Any]) -> None:
    data = {name: row[name] for name in ("nomination_id", "term_id", "unit_id", "hours", "awaits")}
    tx.emit(LEAVE_REQUESTED, {"leave_id": row["_id"], **data}, subject=row["_id"])


def _require_office(tx: Transaction, step: str) -> None:
    role = Role.ORGANISATION_DEPARTMENT if step == "organisation_department" else Role.PARTY_SCHOOL
    if role not in tx.caller.roles:
        words = STEP_WORDS[step]
        raise Forbidden(
            f"“{words.zh}”这一级须由{'组织部' if role is Role.ORGANISATION_DEPARTMENT else '党校'}账号审批",
            f"the step {words.en!r} belongs to the {role.value.replace('_', ' ')}",
            step=step,
        )
