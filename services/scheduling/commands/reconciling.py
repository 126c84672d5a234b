"""Bringing the terms of an approved plan in line with what the plan says."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands.announcing import admitted_counts, save_cancelled, save_placed, terms_of
from services.scheduling.commands.turns import note_held
from services.scheduling.contract.parts import TermHasAdmitted
from services.scheduling.domain.plan import Plan, Programme
from services.scheduling.domain.terms import TermDemand, demands
from services.scheduling.domain.wire import to_wire
from services.scheduling.store import TERM_SINCE, TERMS
from shared.identifiers import new_id
from shared.storage import Transaction

Document = dict[str, Any]

_UNPLACED = (
    "starts_on", "ends_on", "reports_on", "reports_from", "reports_until", "opens_at", "room_id", "room_title",
    "campus_id", "campus_title", "campus_address", "due_reason",
)  # fmt: skip


def reconcile_terms(tx: Transaction, plan_id: str, plan: Plan) -> None:
    """Make, change and cancel terms; nothing is done at all when a term with admitted people would suffer.

    Raises ``TermHasAdmitted`` for a term that would go, hold fewer people than are admitted, or change its length.
    """
    known = {(doc["programme_id"], doc["ordinal"]): doc for doc in terms_of(tx, plan_id)}
    admitted = admitted_counts(tx, [doc["_id"] for doc in known.values()])
    wanted = {
        (each.programme_id, demand.ordinal): (each, demand) for each in plan.programmes for demand in demands(each)
    }
    live = {key: doc for key, doc in known.items() if doc["state"] != "cancelled"}
    dropped = [doc for key, doc in live.items() if key not in wanted]
    _refuse_losses(dropped, live, wanted, admitted)
    for doc in dropped:
        doc["dropped"] = True
        save_cancelled(tx, doc, "年度计划调整")
    for key, (programme, demand) in wanted.items():
        if key not in known:
            _insert(tx, plan_id, plan, programme, demand)
        elif key in live:
            _change(tx, live[key], _fields(plan, programme, demand))
        elif known[key]["dropped"]:
            _revive(tx, known[key], _fields(plan, programme, demand))


def _refuse_losses(
    dropped: list[Document],
    live: dict[tuple[str, int], Document],
    wanted: dict[tuple[str, int], tuple[Programme, TermDemand]],
    admitted: dict[str, int],
) -> None:
    lost = [(doc, "将被取消", "would be dropped") for doc in dropped if doc["_id"] in admitted]
    for key, doc in live.items():
        if key in wanted and doc["_id"] in admitted:
            demand = wanted[key][1]
            if demand.capacity < admitted[doc["_id"]]:
                lost.append((doc, f"名额将减为{demand.capacity}人", f"would hold only {demand.capacity}"))
            elif demand.days != doc["days"]:
                lost.append((doc, f"学制将由{doc['days']}天改为{demand.days}天", f"would last {demand.days} days"))
    if not lost:
        return
    zh = "；".join(
        f"第{doc['programme_ordinal']}班第{doc['ordinal']}期已录取{admitted[doc['_id']]}人，{why}"
        for doc, why, _ in lost
    )
    en = "; ".join(
        f"term {doc['ordinal']} of programme {doc['programme_ordinal']} has {admitted[doc['_id']]} admitted and {why}"
        for doc, _, why in lost
    )
    raise TermHasAdmitted(
        f"此项调整影响已录取学员：{zh}。请先将学员调整到其他期或取消该期，再调整计划",
        f"the amendment would hurt people who are admitted: {en}; move them or cancel the term first",
        terms=[
            {"term_id": doc["_id"], "programme_ordinal": doc["programme_ordinal"], "ordinal": doc["ordinal"],
             "admitted": admitted[doc["_id"]]}
            for doc, _, _ in lost
        ],
    )  # fmt: skip


def _fields(plan: Plan, programme: Programme, demand: TermDemand) -> Document:
    fields: Document = to_wire(
        {
            "programme_ordinal": programme.ordinal,
            "programme_title": programme.title,
            "kind": programme.kind,
            "days": demand.days,
            "capacity": demand.capacity,
            "window_starts_on": demand.window_starts_on,
            "window_ends_on": demand.window_ends_on,
            "target": demand.target,
            "districts": programme.districts,
            "room_kind": programme.room_kind,
            "wanted_campus_id": programme.campus_id,
            "min_gap_days": programme.min_gap_days,
            "months": programme.months,
            "bed_kind": programme.bed_kind,
            "spacing_days": programme.spacing_days,
            "lecturers": programme.lecturers,
            "shares": programme.shares,
            "replacement_notice_days": plan.replacement_notice_days,
            "replacement_day_kind": plan.replacement_day_kind,
        }
    )
    return fields


def _insert(tx: Transaction, plan_id: str, plan: Plan, programme: Programme, demand: TermDemand) -> None:
    tx.rows(TERMS).insert(
        {
            "_id": new_id("term"),
            "plan_id": plan_id,
            "programme_id": programme.programme_id,
            "ordinal": demand.ordinal,
            "state": "planned",
            "pinned": False,
            "due": False,
            "announced": False,
            "dropped": False,
            **dict.fromkeys(_UNPLACED),
            **_fields(plan, programme, demand),
        }
    )


def _change(tx: Transaction, doc: Document, fields: Document) -> None:
    if "retimed_window" in doc:  # a retiming put it outside what the plan says, and that holds
        first, last = doc["retimed_window"]
        fields["window_starts_on"] = min(first, fields["window_starts_on"])
        fields["window_ends_on"] = max(last, fields["window_ends_on"])
    known = {**TERM_SINCE, **doc}
    if all(known[name] == value for name, value in fields.items()):
        return
    same_length = doc["days"] == fields["days"]
    doc.update(fields)
    if doc["state"] == "placed" and same_length:
        save_placed(tx, doc, reason="年度计划调整")
    else:
        tx.rows(TERMS).save(doc)


def _revive(tx: Transaction, doc: Document, fields: Document) -> None:
    """Bring back a term that an earlier amendment dropped; one that was cancelled by hand stays cancelled."""
    doc.update(fields, state="planned", dropped=False, **dict.fromkeys(_UNPLACED))
    note_held(tx, doc)
    tx.rows(TERMS).save(doc)
