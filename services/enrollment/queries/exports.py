"""What enrollment gives for the archive of a term: the three lists, the fee list, replacements and transfers."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

from services.enrollment.domain.replacement import REASONS, STATE_WORDS, State
from services.enrollment.domain.transfers import KIND_WORDS, Kind
from services.enrollment.queries.fee_list import fee_list_workbook
from services.enrollment.queries.roster_views import TITLES, VIEWS, roster_view
from services.enrollment.queries.units import titles_of
from services.enrollment.store import FEE_ORDERS, NOMINATIONS, PLACE_TRANSFERS, REPLACEMENTS, TERMS
from services.enrollment.table_workbook import Value, table_workbook
from shared.clock import CITY_ZONE
from shared.spreadsheets.workbooks import XLSX
from shared.storage import View, exactly

Row = dict[str, Any]


def export_enrollment_files(view: View, request: Row) -> Row:
    """Return the files of a term; none for a term that is not known here."""
    term = view.rows(TERMS).one({"_id": exactly(request["term_id"])})
    if term is None:
        return {"files": []}
    files = [_file(f"{TITLES[which]}.xlsx", "roster", roster_view(view, term, which)) for which in VIEWS]
    orders = view.rows(FEE_ORDERS).find({"term_id": term["_id"]}, sort=(("unit_id", 1), ("_id", 1)))
    files.append(_file("培训费清单.xlsx", "fees", fee_list_workbook(view, term, orders)))
    files.append(_file("更换人选登记表.xlsx", "replacements", _replacements(view, term)))
    files.append(_file("名额调剂登记表.xlsx", None, _transfers(view, term)))
    return {"files": files}


def _replacements(view: View, term: Row) -> bytes:
    rows = view.rows(REPLACEMENTS).find({"term_id": term["_id"]}, sort=(("_id", 1),))
    names = {
        row["_id"]: row["name"]
        for row in view.rows(NOMINATIONS).find(
            {"_id": {"$in": sorted({row["old_nomination_id"] for row in rows})}}, fields=("_id", "name")
        )
    }
    titles = titles_of(view, [row["unit_id"] for row in rows])
    table: list[tuple[Value, ...]] = [
        (
            titles.get(row["unit_id"], row["unit_id"]),
            names[row["old_nomination_id"]],
            row["new_person"]["name"],
            REASONS[row["reason_code"]].zh,
            row["reason"],
            _moment(row["requested_at"]),
            row["deadline_on"],
            "逾期" if row["late"] else "按时",
            STATE_WORDS[State(row["state"])].zh,
            (row["decision"] or {}).get("approver", ""),
            (row["refusal"] or {}).get("zh") or (row["decision"] or {}).get("note", ""),
        )
        for row in rows
    ]
    heading = (
        "单位", "原人选", "新人选", "原因", "说明", "申请时间", "截止日期", "是否按时", "结果", "批准人", "审批意见",
    )  # fmt: skip
    return table_workbook(f"{_title(term)}更换人选登记表", heading, table, (f"共{len(rows)}件",))


def _transfers(view: View, term: Row) -> bytes:
    rows = view.rows(PLACE_TRANSFERS).find({"term_id": term["_id"]}, sort=(("_id", 1),))
    ids = [unit for row in rows for unit in (row["from_unit_id"], row["to_unit_id"]) if unit]
    titles = titles_of(view, ids)
    table: list[tuple[Value, ...]] = [
        (
            KIND_WORDS[Kind(row["kind"])].zh,
            titles.get(row["from_unit_id"], row["from_unit_id"] or "本市"),
            titles.get(row["to_unit_id"], row["to_unit_id"] or "本市"),
            row["places"],
            row["state"],
            row["note"],
            _moment(row["asked_at"]),
        )
        for row in rows
    ]
    heading = ("方式", "调出", "调入", "名额", "状态", "说明", "时间")
    return table_workbook(f"{_title(term)}名额调剂登记表", heading, table, (f"共{len(rows)}件",))


def _file(name: str, item: str | None, content: bytes) -> Row:
    encoded = base64.b64encode(content).decode()
    return {"name": name, "media_type": XLSX, "content": encoded, "item": item}


def _title(term: Row) -> str:
    return f"“{term['programme_title']}”第{term['ordinal']}期"


def _moment(instant: datetime) -> str:
    return instant.astimezone(CITY_ZONE).strftime("%Y-%m-%d %H:%M")
