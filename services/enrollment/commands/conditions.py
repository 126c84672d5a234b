"""Setting what a programme or a term asks of nominations."""

from __future__ import annotations

from typing import Any

from services.enrollment.domain.ranks import RankTable
from services.enrollment.limits import policy_table
from services.enrollment.queries.conditions import shown_conditions
from services.enrollment.store import CONDITIONS, TERMS
from shared.errors import Invalid, NotFound
from shared.storage import Transaction, exactly

_GIVEN = ("lowest", "highest", "posts", "head_cap", "source")


def put_conditions(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set the conditions of a programme or a term; nominations filed before are judged by them at review."""
    scope_id: str = request["scope_id"]
    scope = _scope_of(tx, scope_id)
    _refuse_odd_levels(tx, request)
    closes_on = request["nominations_close_on"]
    if closes_on is not None and scope != "term":
        raise Invalid("报名截止日期只能按期设定", "a closing day of nominations belongs to a single term")
    fields = {key: request[key] for key in _GIVEN}
    fields["nominations_close_on"] = closes_on.isoformat() if closes_on else None
    fields |= {"scope": scope, "set_by": tx.caller.subject, "set_at": tx.now}
    rows = tx.rows(CONDITIONS)
    before = rows.one({"_id": exactly(scope_id)})
    if before is None:
        return shown_conditions(rows.insert({"_id": scope_id, **fields}))
    return shown_conditions(rows.save({**before, **fields}))


def _scope_of(tx: Transaction, scope_id: str) -> str:
    terms = tx.rows(TERMS)
    if terms.one({"_id": exactly(scope_id)}) is not None:
        return "term"
    if terms.one({"programme_id": exactly(scope_id)}) is not None:
        return "programme"
    raise NotFound(
        f"没有编号为“{scope_id}”的班次或期，请核对编号",
        f"there is no programme or term {scope_id!r}; check the identifier",
        id=scope_id,
    )


def _refuse_odd_levels(tx: Transaction, request: dict[str, Any]) -> None:
    levels = RankTable.from_plain(policy_table().on(tx.today)["rank.levels"].value).levels
    for key in ("lowest", "highest"):
        if request[key] is not None and request[key] not in levels:
            choices = "、".join(f"{code}（{level.title.zh}）" for code, level in levels.items())
            raise Invalid(
                f"没有层次代码“{request[key]}”，可用：{choices}",
                f"no level {request[key]!r}; use one of {', '.join(levels)}",
                fields={key: ["unknown level"]},
            )
    if request["lowest"] and request["highest"] and levels[request["lowest"]].order > levels[request["highest"]].order:
        raise Invalid("最低层次高于最高层次，请对调", "the lowest level is above the highest; turn them round")
