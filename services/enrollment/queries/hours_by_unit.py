"""How units stand with their people's hours, as a list and as a workbook."""

from __future__ import annotations

import base64
from collections import defaultdict
from typing import Any

from services.enrollment.domain.hours_ledger import Standing
from services.enrollment.queries.hours import Ledgers
from services.enrollment.queries.units import titles_of
from services.enrollment.store import HOURS_LEDGERS
from services.enrollment.table_workbook import Value, table_workbook
from shared.spreadsheets.workbooks import XLSX
from shared.storage import View, subtree

Doc = dict[str, Any]
_HEADING = (
    "单位", "姓名", "职级", "要求", "应修学时", "已修学时", "已修天数", "是否达到", "还差学时", "预计再修学时",
    "预计仍差学时", "依据", "核实情况",
)  # fmt: skip
_BASES = {"source": "已核实", "design": "平台取值", "unverified": "未核实"}


def sum_hours(view: View, request: Doc) -> Doc:
    """Sum up what is asked of each unit's people today, promotions to be made up for among it."""
    ledgers = Ledgers(view, _within(view, request["unit_id"]))
    return {"on": view.today, "items": unit_sums(view, ledgers)}


def unit_sums(view: View, ledgers: Ledgers) -> list[Doc]:
    """Return one row a unit: people, how many have what is asked, and the class hours missing."""
    by_unit: dict[str, list[tuple[Standing, ...]]] = defaultdict(list)
    for row in ledgers.rows:
        by_unit[row["unit_id"]].append(ledgers.standings(row))
    titles = titles_of(view, list(by_unit))
    return [
        {
            "unit_id": unit_id,
            "unit_title": titles.get(unit_id),
            "people": len(people),
            "met": sum(all(each.met for each in standings) for standings in people),
            "short": sum(any(not each.met for each in standings) for standings in people),
            "forecast_short": sum(any(not each.forecast_met for each in standings) for standings in people),
            "gap_hours": sum(each.gap_hours for standings in people for each in standings),
            "forecast_gap_hours": sum(each.forecast_gap_hours for standings in people for each in standings),
        }
        for unit_id, people in sorted(by_unit.items())
    ]


def get_hours_file(view: View, request: Doc) -> Doc:
    """Return the ledger of a unit and those below it as a file."""
    rows = _within(view, request["unit_id"])
    content = hours_workbook(view, rows)
    name = f"学时档案-{view.today}.xlsx"
    return {"filename": name, "media_type": XLSX, "content": base64.b64encode(content).decode()}


def hours_workbook(view: View, rows: list[Doc]) -> bytes:
    """Return the workbook of these ledgers: a line a person and requirement."""
    ledgers = Ledgers(view, rows)
    table: list[tuple[Value, ...]] = []
    for person in ledgers.summaries():
        for each in person["standings"]:
            citation = each["citation"]
            table.append(
                (
                    person["unit_title"] or person["unit_id"],
                    person["name"],
                    person["rank"],
                    each["words"]["zh"],
                    each["required_hours"],
                    each["hours"],
                    each["days"],
                    "是" if each["met"] else "否",
                    each["gap_hours"],
                    each["expected_hours"],
                    each["forecast_gap_hours"],
                    citation["source"].split(" / ")[0],
                    _BASES[citation["basis"]],
                )
            )
    notes = ("预计学时取自已录取但未结业的班次；标注“未核实”的要求尚未与文件原文核对。",)
    return table_workbook(f"学时档案（截至{view.today}）", _HEADING, table, notes)


def _within(view: View, unit_id: str | None) -> list[Doc]:
    rows = view.rows(HOURS_LEDGERS)
    below = subtree(unit_id) if unit_id else {}
    return rows.find({"$and": [rows.reach(), below]}, sort=(("unit_id", 1), ("_id", 1)))
