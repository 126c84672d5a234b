"""Reading leave, and projecting it on the timetable."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.compliance.domain.leave import ladder_of, steps_for
from services.compliance.domain.leave_limit import Projection, Prospect, Share, project
from services.compliance.domain.timetable import HALVES, Timetable
from services.compliance.domain.wording import Sentence
from services.compliance.limits import policy_table
from services.compliance.queries.timetable import covered, timetable_now
from services.compliance.store.attendance import BOOKS, standing_of
from services.compliance.store.leave import LEAVES
from services.compliance.store.trainee import TRAINEES
from shared.policies import Policies
from shared.security.caller import Role
from shared.storage import View, subtree

_SHOWN = (
    "nomination_id", "term_id", "unit_id", "first_on", "first_half", "last_on", "last_half", "state", "awaits",
    "decisions", "hours", "half_days", "requested_at", "filed_by", "version",
)  # fmt: skip


def shown_leave(row: dict[str, Any], policies: Policies) -> dict[str, Any]:
    """Return a stored leave as the contract shows it; days are stored as the texts that go out."""
    steps = steps_for(row["half_days"], ladder_of(policies["leave.ladder"].value))
    shown = {name: row[name] for name in _SHOWN}
    return {"leave_id": row["_id"], **shown, "steps": steps, "ended_at": row["ended_before"]}


def list_leaves(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List leave within reach, the latest first; a unit brings those below it too."""
    wanted = {name: request[name] for name in ("term_id", "nomination_id", "state") if name in request}
    below = subtree(request["unit_id"]) if "unit_id" in request else {}
    return _page(view, {"$and": [wanted, view.rows(LEAVES).reach(), below]}, request)


def list_my_leaves(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List one's own leave, the latest first."""
    nomination_id = view.caller.own_id(Role.TRAINEE)
    trainee = view.rows(TRAINEES).get(nomination_id)
    return _page(view, {"term_id": trainee["term_id"], "nomination_id": nomination_id}, request)


def get_leave_grounds(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show why somebody asks for leave; the view is audited."""
    row = view.rows(LEAVES).get(request["leave_id"])
    grounds = view.rows(LEAVES).unseal(row, "grounds", "审批请假 / deciding on leave")
    return {"leave_id": row["_id"], **grounds}


def project_leave(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Project somebody's leave on the timetable as it is now."""
    return _projected(view, view.rows(TRAINEES).get_within_reach(request["nomination_id"]))


def project_my_leave(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Project one's own leave on the timetable as it is now."""
    return _projected(view, view.rows(TRAINEES).get(view.caller.own_id(Role.TRAINEE)))


def _page(view: View, condition: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
    found, cursor = view.rows(LEAVES).page(condition, request.get("cursor"), request["limit"], sort="-_id")
    policies = policy_table().on(view.today)
    return {"items": [shown_leave(row, policies) for row in found], "next_cursor": cursor}


def _projected(view: View, trainee: dict[str, Any]) -> dict[str, Any]:
    timetable = timetable_now(view, trainee["term_id"])
    policy = policy_table().on(view.today)["leave.max_share"]
    share = Share.of(policy.value)
    found = project(timetable, on_leave(view, timetable, trainee["_id"]), share, not_begun(timetable, view.now))
    asked = {"term_id": trainee["term_id"], "nomination_id": trainee["_id"], "state": "requested"}
    return {
        "nomination_id": trainee["_id"],
        "term_id": trainee["term_id"],
        "timetable_version": found.timetable_version,
        "total_hours": found.total_hours,
        "leave_hours": found.leave_hours,
        "allowance": found.allowance,
        "remaining": found.remaining,
        "requested_hours": sum(row["hours"] for row in view.rows(LEAVES).find(asked)),
        "passed": found.passed,
        "prospects": [_shown(each) for each in found.prospects],
        "message": _sentence(found, share).plain(),
        "source": policy.source,
        "basis": policy.basis,
    }


def on_leave(view: View, timetable: Timetable, nomination_id: str) -> frozenset[str]:
    """Return the sessions that count as somebody's leave now."""
    book = view.rows(BOOKS).get(timetable.term_id)
    row = next((each for each in book["people"] if each["nomination_id"] == nomination_id), None)
    if row is not None:
        return standing_of(row).on_leave
    return covered(view, timetable, nomination_id).get(nomination_id, frozenset())


def not_begun(timetable: Timetable, now: datetime) -> frozenset[str]:
    """Return the sessions leave can still be asked for."""
    return frozenset(session.session_id for session in timetable.sessions if now < session.starts_at)


def _shown(prospect: Prospect) -> dict[str, Any]:
    return {
        "on": prospect.half_day.on,
        "half": HALVES[prospect.half_day.half],
        "hours": prospect.hours,
        "titles": [session.title for session in prospect.sessions],
        "passes": prospect.passes,
    }


def _sentence(found: Projection, share: Share) -> Sentence:
    if found.passed:
        return Sentence(
            f"累计请假{found.leave_hours}学时，已超过总学时{found.total_hours}的{share}",
            f"{found.leave_hours} hours of leave already pass {share} of {found.total_hours}",
        )
    zh, en = f"还可请假{found.remaining}学时", f"{found.remaining} more hours of leave are allowed"
    first = found.first_to_pass
    if first is None:
        return Sentence(f"{zh}；余下任何一个半天请假都不会超过{share}", f"{en}; no half-day to come passes {share}")
    titles = "、".join(f"《{session.title}》" for session in first.sessions)
    when = first.half_day.words()
    return Sentence(
        f"{zh}；再请{when.zh}（{titles}，{first.hours}学时）将超过{share}",
        f"{en}; {when.en} ({first.hours} hours) would pass {share}",
    )
