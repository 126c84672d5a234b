"""Imports of tables: what is wrong with the rows of one, which there were, and the files that go back."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from services.scheduling.contract.lecturers import PutLecturer
from services.scheduling.contract.places import PutRoom
from services.scheduling.contract.schemes import MOST_COURSES, MOST_MODULES
from services.scheduling.domain.import_columns import TABLES, TITLES
from services.scheduling.domain.import_rows import ReadRow, RowError, doubled
from services.scheduling.domain.lecturer import GRADE_NAMES
from services.scheduling.domain.scheme import FORM_NAMES
from services.scheduling.import_workbook import ReadTable, blank_form
from services.scheduling.store import CAMPUSES, PLANS, SCHEMES, TABLE_COPIES, TABLE_IMPORTS
from shared.contracts import Request
from shared.contracts.schema import load
from shared.errors import Invalid, NotFound
from shared.spreadsheets.workbooks import XLSX
from shared.storage import View, exactly

Document = dict[str, Any]
CONTACT = ("phone", "email", "fax")
_SAVED_BY: dict[str, type[Request]] = {"lecturers": PutLecturer, "rooms": PutRoom}
_PURPOSE = "下载导入表格的校验结果 / download of an imported table's copy"


def errors_of(view: View, request: Document, table: ReadTable) -> list[RowError]:
    """Return all that is wrong in a table, also with what its rows refer to, in the order of the rows."""
    found = [*table.errors, *_unfit(request["kind"], table)]
    if request["kind"] == "courses":
        found += [*_strange_programmes(view, request["plan_id"], table.rows), *_beyond(table.rows)]
    else:
        found += doubled(table.rows, TABLES[request["kind"]][0])
    if request["kind"] == "rooms":
        found += _strange_campuses(view, table.rows)
    return sorted(found, key=lambda each: (each.row, each.column or ""))


def list_table_imports(view: View, request: Document) -> Document:
    """Return one page of imports, newest first."""
    wanted = {"kind": exactly(request["kind"])} if "kind" in request else {}
    docs, cursor = view.rows(TABLE_IMPORTS).page(wanted, request.get("cursor"), request["limit"], sort="-_id")
    return {"items": [import_reply(doc) for doc in docs], "next_cursor": cursor}


def get_table_import_file(view: View, request: Document) -> Document:
    """Return the copy of an imported file with the result beside each row; the look is audited."""
    doc = view.rows(TABLE_IMPORTS).get(request["import_id"])
    rows = view.rows(TABLE_COPIES)
    parts = rows.find({"import_id": exactly(doc["_id"])}, sort=[("number", 1)])
    if not parts:
        raise NotFound(
            "只保留每类表格最近一次导入的文件，该次的已清除，请重新导入",
            "only the newest file of each kind is kept and this one is gone; import it again",
            import_id=doc["_id"],
        )
    content = b"".join(rows.unseal_many(parts, "content", _PURPOSE))
    return _file(f"校验结果-{doc['filename']}", content)


def get_table_form(view: View, request: Document) -> Document:
    """Return the form of a table to fill in."""
    kind = request["kind"]
    words = {"职称等级": GRADE_NAMES, "形式": FORM_NAMES}
    titles = {each.title for each in TABLES[kind]}
    choices = {title: "、".join(zh for zh, _ in names.values()) for title, names in words.items() if title in titles}
    return _file(f"{TITLES[kind]}导入表.xlsx", blank_form(TITLES[kind], TABLES[kind], choices))


def import_reply(doc: Document) -> Document:
    """Return an import document as the reply of an operation."""
    return {**doc, "import_id": doc["_id"]}


def programmes_by_ordinal(view: View, plan_id: str) -> dict[int, Document]:
    """Return the programmes of a plan by their number."""
    return {each["ordinal"]: each for each in view.rows(PLANS).get(plan_id)["programmes"]}


def _unfit(kind: str, table: ReadTable) -> list[RowError]:
    """Return what the operation that saves a row would refuse, though the row can be read."""
    if kind not in _SAVED_BY:
        return []
    titles = {column.field: column.title for column in TABLES[kind]}
    told = {each.row for each in table.errors}
    wrong = []
    for each in table.rows:
        if each.row not in told:
            contact = {name: each.values[name] for name in CONTACT if name in each.values}
            fields = {name: value for name, value in each.values.items() if name not in CONTACT}
            try:
                load(_SAVED_BY[kind](), {**fields, **({"contact": contact} if contact else {})})
            except Invalid as fault:
                named = fault.details["fields"]
                wrong += [
                    RowError(each.row, titles.get(name), "不符合登记要求，请核对", "is not accepted; check it")
                    for name in [*(named.pop("contact", None) or ()), *named]
                ]
    return wrong


def _beyond(rows: Iterable[ReadRow]) -> list[RowError]:
    """Return the first row of each programme and module that a scheme has no place for any more."""
    schemes: dict[int, dict[str, int]] = {}
    wrong = []
    for each in rows:
        ordinal, module = each.values.get("programme_ordinal"), each.values.get("module")
        if ordinal is None or module is None:
            continue
        counts = schemes.setdefault(ordinal, {})
        counts[module] = counts.get(module, 0) + 1
        if counts[module] == 1 and len(counts) == MOST_MODULES + 1:
            zh, en = f"一个班的模块超过{MOST_MODULES}个", f"a programme has more than {MOST_MODULES} modules"
            wrong.append(RowError(each.row, "模块", zh, en))
        if counts[module] == MOST_COURSES + 1:
            zh, en = f"一个模块的课程超过{MOST_COURSES}门", f"a module has more than {MOST_COURSES} courses"
            wrong.append(RowError(each.row, "课程", zh, en))
    return wrong


def _strange_campuses(view: View, rows: Iterable[ReadRow]) -> list[RowError]:
    known = {doc["_id"] for doc in view.rows(CAMPUSES).find(fields=("_id",))}
    strange = [each.row for each in rows if "campus_id" in each.values and each.values["campus_id"] not in known]
    return [RowError(row, "校区编号", "没有这个校区，请先登记", "no such campus; register it first") for row in strange]


def _strange_programmes(view: View, plan_id: str, rows: Iterable[ReadRow]) -> list[RowError]:
    programmes = programmes_by_ordinal(view, plan_id)
    ids = [each["programme_id"] for each in programmes.values()]
    waiting = view.rows(SCHEMES).find({"programme_id": {"$in": ids}, "state": "submitted"})
    submitted = {doc["programme_ordinal"] for doc in waiting}
    wrong = []
    for each in rows:
        ordinal = each.values.get("programme_ordinal")
        if ordinal is None:
            continue
        if ordinal not in programmes:
            wrong.append(RowError(each.row, "班次", "计划中没有这个班次", "the plan has no such programme"))
        elif ordinal in submitted:
            wrong.append(
                RowError(
                    each.row, "班次", "该班培训方案正在审批，不能修改", "the scheme of this programme awaits approval"
                )
            )
    return wrong


def _file(filename: str, content: bytes) -> Document:
    return {"filename": filename, "media_type": XLSX, "content": base64.b64encode(content).decode("ascii")}
