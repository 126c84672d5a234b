"""The fee list of a term, person by person, as a workbook."""

from __future__ import annotations

import base64
from typing import Any

from services.enrollment.domain.fee_ledger import STATE_WORDS, OrderState
from services.enrollment.domain.money import yuan
from services.enrollment.queries.fee_orders import names_of
from services.enrollment.queries.units import titles_of
from services.enrollment.store import FEE_ORDERS, TERMS
from services.enrollment.table_workbook import Value, table_workbook
from shared.spreadsheets.workbooks import XLSX
from shared.storage import View, subtree

_HEADING = ("单位", "姓名", "付费方", "计费天数", "金额（元）", "依据", "核实情况", "说明", "缴费单状态")
_PAYERS = {"unit": "派出单位", "treasury": "财政", "individual": "个人"}
_BASES = {"source": "已核实", "design": "平台取值", "unverified": "未核实"}


def get_fee_list(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Return the list within reach as a file."""
    term = view.rows(TERMS).get(request["term_id"])
    rows = view.rows(FEE_ORDERS)
    below = subtree(request["unit_id"]) if request["unit_id"] else {}
    orders = rows.find({"$and": [{"term_id": term["_id"]}, rows.reach(), below]}, sort=(("unit_id", 1), ("_id", 1)))
    content = fee_list_workbook(view, term, orders)
    name = f"{term['programme_title']}第{term['ordinal']}期培训费清单.xlsx"
    return {"filename": name, "media_type": XLSX, "content": base64.b64encode(content).decode()}


def fee_list_workbook(view: View, term: dict[str, Any], orders: list[dict[str, Any]]) -> bytes:
    """Return the workbook of these orders."""
    titles = titles_of(view, [order["unit_id"] for order in orders])
    names = names_of(view, [line["nomination_id"] for order in orders for line in order["lines"]])
    table: list[tuple[Value, ...]] = []
    for order in orders:
        unit = titles.get(order["unit_id"], order["unit_id"])
        state = STATE_WORDS[OrderState(order["state"])].zh
        for line in order["lines"]:
            citation = line["citation"]
            table.append(
                (
                    unit,
                    names.get(line["nomination_id"], line["nomination_id"]),
                    _PAYERS[order["payer"]],
                    line["days"],
                    yuan(line["amount_fen"]),
                    citation["document"] or citation["source"].split(" / ")[0],
                    _BASES[citation["basis"]],
                    "；".join(reason["zh"] for reason in line["reasons"]),
                    state,
                )
            )
    total = sum(order["assessed_fen"] for order in orders)
    table.append(("合计", None, None, None, yuan(total), None, None, None, None))
    title = f"“{term['programme_title']}”第{term['ordinal']}期（{term['starts_on']}至{term['ends_on']}）培训费清单"
    notes = (
        f"已缴{yuan(sum(order['received_fen'] for order in orders)):,.2f}元，"
        f"已退{yuan(sum(order['returned_fen'] for order in orders)):,.2f}元，"
        f"尚欠{yuan(sum(max(0, order['outstanding_fen']) for order in orders)):,.2f}元。",
        "标注“未核实”的数额或规则尚未与文件原文核对，仅供参考。",
    )
    return table_workbook(title, _HEADING, table, notes)
