"""What stands in the way of closing a term."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.compliance.queries.grounds import outdated
from services.compliance.store.completion import COMPLETIONS
from services.compliance.store.incident import INCIDENTS, OBJECTIONS
from services.compliance.store.leave import LEAVES
from services.compliance.store.timetable import TIMETABLES
from services.compliance.store.trainee import TRAINEES
from services.compliance.store.travel import BATCHES
from services.compliance.store.withdrawal import CASES
from shared.storage import Collection, View

_OPEN: tuple[tuple[str, str, str, Collection, dict[str, Any]], ...] = (
    ("leave-undecided", "请假待审批", "leave to be decided", LEAVES, {"state": "requested"}),
    ("withdrawal-undecided", "退学案待决定", "withdrawals to be decided", CASES, {"state": "open"}),
    ("incident-open", "违纪情况待处理", "incidents to be dealt with", INCIDENTS, {"state": "open"}),
    ("objection-open", "内部异议待答复", "objections to be answered", OBJECTIONS, {"state": "open"}),
    ("person-missing", "有人未到且未联系到", "people missing", BATCHES, {"missing": True}),
    ("completion-unconfirmed", "结业评定待确认", "completions to be confirmed", COMPLETIONS, {"confirmed": False}),
)


def blockers_of(view: View, term: dict[str, Any]) -> list[dict[str, Any]]:
    """Return everything that is not settled, with how many there are; nothing when the term may close."""
    found = []
    if date.fromisoformat(term["ends_on"]) > view.today:
        found.append(_blocker("not-over", "班次尚未结束", "the term is not over", 1))
    if view.rows(TIMETABLES).one({"_id": term["_id"]}) is None:
        found.append(_blocker("no-timetable", "日程表尚未下达", "no timetable was issued", 1))
    for code, zh, en, collection, condition in _OPEN:
        count = view.rows(collection).count({"term_id": term["_id"], **condition})
        if count:
            found.append(_blocker(code, zh, en, count))
    unjudged = _unjudged(view, term["_id"])
    if unjudged:
        found.append(_blocker("completion-undecided", "学员未评定结业", "trainees not judged", unjudged))
    changed = outdated(view, term["_id"], view.rows(COMPLETIONS).find({"term_id": term["_id"]}))
    if changed:
        zh, en = "结业评定依据已变化，待重新评定", "completions to be judged anew"
        found.append(_blocker("completion-outdated", zh, en, len(changed)))
    return found


def _unjudged(view: View, term_id: str) -> int:
    trainees = view.rows(TRAINEES).find({"term_id": term_id}, fields=("_id", "state"))
    judged = {row["_id"] for row in view.rows(COMPLETIONS).find({"term_id": term_id}, fields=("_id",))}
    return sum(row["_id"] not in judged for row in trainees if row["state"] != "withdrawn")


def _blocker(code: str, zh: str, en: str, count: int) -> dict[str, Any]:
    return {"code": code, "words": {"zh": zh, "en": en}, "count": count}
