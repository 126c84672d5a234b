"""What every figure is made of: titles, columns, and the terms and units of the year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.enrollment.store import TERMS, UNITS
from shared.storage import Collection, View

Row = dict[str, Any]
_COLUMNS = {
    "unit_id": ("单位编号", "unit id"), "unit": ("单位", "unit"), "term": ("班次", "term"),
    "starts_on": ("开班日期", "starts on"), "nominated": ("推荐", "nominated"), "refused": ("未通过", "refused"),
    "accepted": ("审核通过", "accepted"), "admitted": ("录取", "admitted"),
    "left": ("录取后离开", "left after admission"), "withdrawn": ("撤回", "withdrawn"),
    "in_time": ("按时", "in time"), "late": ("逾期", "late"),
    "places": ("名额", "places"), "used": ("已用", "used"), "percent": ("使用率%", "percent used"),
    "kind": ("方式", "kind"), "count": ("次数", "count"), "cause": ("原因", "cause"), "state": ("状态", "state"),
    "approved": ("已更换", "approved"), "late_approved": ("逾期获准", "late, approved"),
    "late_refused": ("逾期未准", "late, refused"), "cancelled": ("撤销", "cancelled"), "pending": ("待办", "pending"),
    "people": ("人数", "people"), "assessed": ("核定（元）", "assessed"), "received": ("已缴（元）", "received"),
    "met": ("已达标（人）", "have what is asked"), "short": ("未达标（人）", "short of it"),
    "gap_hours": ("缺口学时", "hours missing"), "forecast_gap_hours": ("预计仍缺学时", "forecast missing"),
    "returned": ("已退（元）", "returned"), "outstanding": ("未缴（元）", "outstanding"),
    "to_refund": ("待退（元）", "to be refunded"),
}  # fmt: skip


class Year:
    """The terms of a plan and the titles of units."""

    def __init__(self, view: View, plan_id: str) -> None:
        found = view.rows(TERMS).find({"plan_id": plan_id})
        self.terms = {row["_id"]: row for row in sorted(found, key=lambda row: (row["starts_on"], row["_id"]))}
        self._titles = {row["_id"]: row["title"] for row in view.rows(UNITS).find({}, fields=("_id", "title"))}
        self._view = view

    def rows(self, collection: Collection, fields: Sequence[str] = ()) -> list[Row]:
        """Return the documents of the year's terms."""
        return self._view.rows(collection).find({"term_id": {"$in": sorted(self.terms)}}, fields=fields)

    def unit(self, unit_id: str) -> Row:
        """Return the columns that name a unit."""
        return {"unit_id": unit_id, "unit": self._titles.get(unit_id, unit_id)}

    def term(self, term_id: str) -> Row:
        """Return the columns that name a term."""
        row = self.terms[term_id]
        return {"term": f"{row['programme_title']} 第{row['ordinal']}期", "starts_on": row["starts_on"]}


def figure(
    key: str, title: tuple[str, str], unit: str, value: float | None, keys: Sequence[str], rows: list[Row]
) -> Row:
    """Return a figure as the contract shows it."""
    return {
        "key": key,
        "title": {"zh": title[0], "en": title[1]},
        "unit": unit,
        "value": value,
        "columns": [{"key": name, "title": {"zh": _COLUMNS[name][0], "en": _COLUMNS[name][1]}} for name in keys],
        "rows": rows,
    }
