"""Whether what programmes name is registered and named once, and whether their orders can hold."""

from __future__ import annotations

from typing import Any

from services.scheduling.domain.plan import Plan
from services.scheduling.domain.plan_orders import order_faults
from services.scheduling.store import LECTURERS, SENDING_UNITS
from shared.errors import Invalid
from shared.storage import Transaction

Document = dict[str, Any]


def refuse_unknown_people(tx: Transaction, programmes: list[Document]) -> None:
    """Raise ``Invalid`` for lecturers and units that programmes name and nobody knows, or that they name twice."""
    _refuse_unknown_lecturers(tx, programmes)
    _refuse_unknown_units(tx, programmes)


def _refuse_unknown_units(tx: Transaction, programmes: list[Document]) -> None:
    named = {each["unit_id"] for programme in programmes for each in programme.get("shares", [])}
    known = {doc["_id"] for doc in tx.rows(SENDING_UNITS).find({"_id": {"$in": sorted(named)}}, fields=("_id",))}
    for programme in programmes:
        ids = [each["unit_id"] for each in programme.get("shares", [])]
        path, zh, en = _place(programme, "shares")
        strangers = sorted(set(ids) - known)
        if strangers:
            raise Invalid(
                f"{zh}的派员单位{'、'.join(strangers)}没有登记，请核对编号，或先登记其人数（put_sending_unit）",
                f"{en} takes people of units that are not registered: {', '.join(strangers)}; check, or register "
                "how many work there (put_sending_unit)",
                fields={path: strangers},
            )
        _refuse_doubles(ids, path, f"{zh}的派员单位", f"the units of {en}")


def _refuse_unknown_lecturers(tx: Transaction, programmes: list[Document]) -> None:
    """Raise ``Invalid`` for a lecturer who is not registered, not active any more, or named twice in a programme."""
    named = {each["lecturer_id"] for programme in programmes for each in programme.get("lecturers", [])}
    if not named:
        return
    docs = tx.rows(LECTURERS).find({"_id": {"$in": sorted(named)}}, fields=("_id", "active"))
    active = {doc["_id"]: doc["active"] for doc in docs}
    for programme in programmes:
        ids = [each["lecturer_id"] for each in programme.get("lecturers", [])]
        path, zh, en = _place(programme, "lecturers")
        strangers = sorted({id for id in ids if id not in active})
        if strangers:
            raise Invalid(
                f"{zh}所需的教师{'、'.join(strangers)}没有登记，请核对编号，或先登记教师",
                f"{en} needs lecturers who are not registered: {', '.join(strangers)}; check, or register them",
                fields={path: strangers},
            )
        gone = sorted(id for id in ids if not active[id])
        if gone:
            raise Invalid(
                f"{zh}所需的教师{'、'.join(gone)}已停用，请换人",
                f"{en} needs lecturers who are not active any more: {', '.join(gone)}; name others",
                fields={path: gone},
            )
        _refuse_doubles(ids, path, f"{zh}的教师", f"the lecturers of {en}")


def refuse_wrong_orders(plan: Plan) -> None:
    """Raise ``Invalid`` for an order that names what the plan does not have, or that closes a circle."""
    faults = order_faults(plan.orders, {each.ordinal: each.terms for each in plan.programmes})
    if faults:
        raise Invalid(
            "；".join(each.zh for each in faults[:10]),
            "; ".join(each.en for each in faults[:10]),
            fields={f"orders.{each.number}": [each.en] for each in faults},
        )


def _place(programme: Document, name: str) -> tuple[str, str, str]:
    ordinal = programme["ordinal"]
    return f"programmes.{ordinal}.{name}", f"第{ordinal}班", f"programme {ordinal}"


def _refuse_doubles(ids: list[str], path: str, zh: str, en: str) -> None:
    doubles = sorted({id for id in ids if ids.count(id) > 1})
    if doubles:
        raise Invalid(
            f"{zh}中{'、'.join(doubles)}出现多次，请合并为一条",
            f"{', '.join(doubles)} appear more than once among {en}; make one entry of them",
            fields={path: doubles},
        )
