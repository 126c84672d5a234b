"""The three lists of a term's trainees: formal, grouping, contact; an identity number stands in none of them."""

from __future__ import annotations

from typing import Any

from services.enrollment.domain.nomination import State
from services.enrollment.queries.arrangements import shown_arrangement
from services.enrollment.queries.units import titles_of
from services.enrollment.store import ARRANGEMENTS, NOMINATIONS
from services.enrollment.table_workbook import Value, table_workbook
from shared.storage import View

_SEX = {"male": "男", "female": "女"}
_PURPOSE = "打印学员通讯录 / the contact list of a term is printed"
VIEWS = ("formal", "grouping", "contact")
TITLES = {"formal": "学员花名册", "grouping": "学员分组名单", "contact": "学员通讯录"}


def roster_view(view: View, term: dict[str, Any], which: str) -> bytes:
    """Return one of the lists as a workbook, of the admitted within reach, by unit."""
    rows = view.rows(NOMINATIONS)
    admitted = rows.find(
        {"$and": [{"term_id": term["_id"], "state": State.ADMITTED.value}, rows.reach()]},
        sort=(("unit_id", 1), ("_id", 1)),
    )
    titles = titles_of(view, [row["unit_id"] for row in admitted])
    title = f"“{term['programme_title']}”第{term['ordinal']}期{TITLES[which]}"
    notes = (f"共{len(admitted)}人；{term['starts_on']}至{term['ends_on']}",)
    heading, table = _LISTS[which](view, term, admitted, titles)
    return table_workbook(title, heading, table, notes)


Table = tuple[tuple[str, ...], list[tuple[Value, ...]]]


def _formal(view: View, term: dict[str, Any], rows: list[dict[str, Any]], titles: dict[str, str]) -> Table:
    heading = ("序号", "单位", "姓名", "性别", "出生年月", "民族", "政治面貌", "学历", "工作单位", "职务", "职级")
    table: list[tuple[Value, ...]] = [
        (
            number,
            titles.get(row["unit_id"], row["unit_id"]),
            row["name"],
            _SEX.get(row["sex"], ""),
            row["born_on"][:7].replace("-", "."),
            *(row[key] for key in ("ethnicity", "political_status", "education", "workplace", "post", "rank")),
        )
        for number, row in enumerate(rows, 1)
    ]
    return heading, table


def _grouping(view: View, term: dict[str, Any], rows: list[dict[str, Any]], titles: dict[str, str]) -> Table:
    heading = ("组别", "召集人", "姓名", "性别", "单位", "职务", "讨论地点")
    arranged = view.rows(ARRANGEMENTS).one({"_id": term["_id"]})
    shown = shown_arrangement(view, arranged) if arranged else {"people": [], "meeting_places": []}
    by_id = {row["_id"]: row for row in rows}
    meeting: list[str] = shown["meeting_places"]
    table: list[tuple[Value, ...]] = []
    for item in shown["people"]:
        row, group = by_id.pop(item["nomination_id"]), item["group"]
        where = meeting[group - 1] if group and group <= len(meeting) else ""
        name = f"第{group}组" if group else "未分组"
        unit = titles.get(row["unit_id"], row["unit_id"])
        table.append(
            (
                name,
                "召集人" if item["convener"] else "",
                row["name"],
                _SEX.get(row["sex"], ""),
                unit,
                row["post"],
                where,
            )
        )
    rest = [row for row in rows if row["_id"] in by_id]
    table += [
        ("未分组", "", row["name"], _SEX.get(row["sex"], ""), titles.get(row["unit_id"], ""), row["post"], "")
        for row in rest
    ]
    return heading, table


def _contact(view: View, term: dict[str, Any], rows: list[dict[str, Any]], titles: dict[str, str]) -> Table:
    heading = ("序号", "姓名", "单位", "职务", "房间", "手机")
    arranged = view.rows(ARRANGEMENTS).one({"_id": term["_id"]})
    rooms = {item["nomination_id"]: item["room"] for item in arranged["places"]} if arranged else {}
    phones = view.rows(NOMINATIONS).unseal_many(rows, "phone", purpose=_PURPOSE) if rows else []
    table: list[tuple[Value, ...]] = [
        (
            number,
            row["name"],
            titles.get(row["unit_id"], row["unit_id"]),
            row["post"],
            rooms.get(row["_id"]) or "",
            phone or "",
        )
        for number, (row, phone) in enumerate(zip(rows, phones, strict=True), 1)
    ]
    return heading, table


_LISTS = {"formal": _formal, "grouping": _grouping, "contact": _contact}
