"""Drafting, amending and approving a plan."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands.announcing import review_places
from services.scheduling.commands.plan_references import refuse_unknown_people, refuse_wrong_orders
from services.scheduling.commands.reconciling import reconcile_terms
from services.scheduling.contract.events import PLAN_PUBLISHED
from services.scheduling.contract.parts import PlanAlreadyApproved, PlanUnfinished
from services.scheduling.domain.plan import Plan, Programme, amended, doubled_ordinals, plan_of
from services.scheduling.domain.plan_blanks import Blank, blanks
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.store import PLAN_VERSIONS, PLANS
from shared.errors import Invalid, NotFound
from shared.identifiers import new_id
from shared.storage import Transaction

Document = dict[str, Any]
_HEAD = ("year", "title", "replacement_notice_days", "replacement_day_kind", "contacts", "orders")


def create_plan(tx: Transaction, request: dict[str, Any]) -> Document:
    """Keep a draft as its first version."""
    _refuse_doubles([each["ordinal"] for each in request["programmes"]])
    refuse_unknown_people(tx, request["programmes"])
    programmes = [_programme(None, each) for each in request["programmes"]]
    plan = amended(Plan(), _head(request), programmes, set())
    refuse_wrong_orders(plan)
    return keep_draft(tx, plan, None)


def keep_draft(tx: Transaction, plan: Plan, reason: str | None) -> Document:
    """Keep a new plan as a draft, its first version."""
    doc = tx.rows(PLANS).insert({"_id": new_id("plan"), "state": "draft", **to_wire(plan)})
    _keep_version(tx, doc, reason)
    return plan_reply(doc)


def amend_plan(tx: Transaction, request: dict[str, Any]) -> Document:
    """Change a plan. In an approved one the terms follow; refused when that would drop a term with admitted people."""
    doc = tx.rows(PLANS).get(request["plan_id"])
    tx.expect(doc)
    refuse_unknown_people(tx, request.get("programmes", []))
    before = plan_of(doc)
    after = amended(before, _head(request), *_programme_changes(before, request))
    if after == before:
        return plan_reply(doc)
    refuse_wrong_orders(after)
    if doc["state"] == "approved":
        _refuse_unfinished(after)
    doc.update(to_wire(after))
    tx.rows(PLANS).save(doc)
    _keep_version(tx, doc, request.get("reason"))
    if doc["state"] == "approved":
        reconcile_terms(tx, doc["_id"], after)
        review_places(tx)
        _publish(tx, doc)
    return plan_reply(doc)


def approve_plan(tx: Transaction, request: dict[str, Any]) -> Document:
    """Approve a finished plan: its terms come into being and it is published."""
    doc = tx.rows(PLANS).get(request["plan_id"])
    tx.expect(doc)
    if doc["state"] == "approved":
        raise PlanAlreadyApproved(
            f"计划“{doc['title']}”已经批准，如需改动请用调整功能",
            f"the plan {doc['title']!r} is approved already; amend it instead",
            plan_id=doc["_id"],
        )
    plan = plan_of(doc)
    _refuse_unfinished(plan)
    doc["state"] = "approved"
    tx.rows(PLANS).save(doc)
    _keep_version(tx, doc, None)
    reconcile_terms(tx, doc["_id"], plan)
    _publish(tx, doc)
    return plan_reply(doc)


def plan_reply(doc: Document) -> Document:
    """Return a plan document as the reply of an operation."""
    plan = plan_of(doc)
    return {**doc, **to_wire(plan), "plan_id": doc["_id"], "blanks": [blank_reply(each) for each in blanks(plan)]}


def blank_reply(blank: Blank) -> Document:
    """Return an open place as plain data."""
    return {"path": blank.path, "words": {"zh": blank.zh, "en": blank.en}}


def _head(request: dict[str, Any]) -> dict[str, Any]:
    return {name: request[name] for name in _HEAD if name in request}


def _programme(known: Programme | None, fields: dict[str, Any]) -> Programme:
    before = to_wire(known) if known else {"programme_id": new_id("prog")}
    return from_wire(Programme, {**before, **to_wire(fields)})


def _programme_changes(plan: Plan, request: dict[str, Any]) -> tuple[list[Programme], set[int]]:
    changed, removed = request.get("programmes", []), set(request.get("remove_programmes", []))
    _refuse_doubles([each["ordinal"] for each in changed])
    known = {each.ordinal: each for each in plan.programmes}
    strangers = sorted(removed - known.keys())
    if strangers:
        raise NotFound(
            f"计划中没有序号为{'、'.join(map(str, strangers))}的班次，无法删除",
            f"the plan has no programme {', '.join(map(str, strangers))} to remove",
            ordinals=strangers,
        )
    both = sorted(removed & {each["ordinal"] for each in changed})
    if both:
        raise Invalid(
            f"序号{'、'.join(map(str, both))}的班次既要修改又要删除，请只选其一",
            f"programmes {', '.join(map(str, both))} are both changed and removed; choose one",
            ordinals=both,
        )
    return [_programme(known.get(each["ordinal"]), each) for each in changed], removed


def _refuse_doubles(ordinals: list[int]) -> None:
    doubles = doubled_ordinals(ordinals)
    if doubles:
        raise Invalid(
            f"班次序号{'、'.join(map(str, doubles))}出现多次，请为每个班次使用不同序号",
            f"the ordinals {', '.join(map(str, doubles))} appear more than once; give each programme its own",
            ordinals=doubles,
        )


def _refuse_unfinished(plan: Plan) -> None:
    found = blanks(plan)
    if found:
        raise PlanUnfinished(
            f"计划还有{len(found)}处未填或矛盾：{'；'.join(each.zh for each in found[:10])}"
            f"{'等' if len(found) > 10 else ''}。请补全后再提交",
            f"{len(found)} places of the plan are open or contradict each other: "
            + "; ".join(each.en for each in found[:10]),
            blanks=[blank_reply(each) for each in found],
        )


def _keep_version(tx: Transaction, doc: Document, reason: str | None) -> None:
    tx.rows(PLAN_VERSIONS).insert(
        {
            "_id": f"{doc['_id']}.{doc['version']:06}",
            "plan_id": doc["_id"],
            "number": doc["version"],
            "state": doc["state"],
            "plan": to_wire(plan_of(doc)),
            "changed_at": tx.now,
            "changed_by": tx.caller.subject,
            "reason": reason,
        }
    )


def _publish(tx: Transaction, doc: Document) -> None:
    programmes = [
        {name: each[name] for name in ("programme_id", "ordinal", "title", "kind", "terms")}
        for each in doc["programmes"]
    ]
    data = {"plan_id": doc["_id"], "year": doc["year"], "version": doc["version"], "title": doc["title"]}
    tx.emit(PLAN_PUBLISHED, {**data, "programmes": programmes}, subject=doc["_id"])
