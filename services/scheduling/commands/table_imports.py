"""Saving the rows of an imported table, and what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from services.scheduling.commands.lecturers import put_lecturer
from services.scheduling.commands.places import put_rooms
from services.scheduling.commands.schemes import write_scheme
from services.scheduling.contract.lecturers import PutLecturer
from services.scheduling.contract.places import PutRoom
from services.scheduling.contract.schemes import WriteScheme
from services.scheduling.domain.import_rows import ReadRow, RowError
from services.scheduling.import_workbook import ReadTable
from services.scheduling.queries.table_imports import CONTACT, import_reply, programmes_by_ordinal
from services.scheduling.store import LECTURERS, ROOMS, SCHEMES, TABLE_COPIES, TABLE_IMPORTS
from shared.contracts.schema import load
from shared.identifiers import new_id
from shared.storage import Transaction, exactly

Document = dict[str, Any]
_PART_BYTES = 1 << 20
_ERRORS_SHOWN, _LONGEST_TITLE = 100, 100
# What a blank cell leaves as it is.
_KEPT = ("post", "expertise", "out_of_town", "active")
_PURPOSE = "导入表格时保留未填写的联系方式 / a table leaves what it does not fill in of a contact"
_COURSE = ("title", "form", "hours", "expertise", "morning", "room_kind")


def conclude(tx: Transaction, request: Document, table: ReadTable, errors: Sequence[RowError], copy: bytes) -> Document:
    """Save every row of a sound table; of one with errors, or in a preview, none."""
    state = "refused" if errors else "previewed" if request["preview"] else "saved"
    known = 0 if errors else _known(tx, request, table.rows)
    if state == "saved":
        _SAVING[request["kind"]](tx, request, table.rows)
    doc = tx.rows(TABLE_IMPORTS).insert(
        {
            "_id": new_id("table"),
            "kind": request["kind"],
            "filename": request["filename"] or "表格.xlsx",
            "state": state,
            "rows": len(table.rows),
            "wrong_rows": len({each.row for each in errors}),
            "added": 0 if errors else len(table.rows) - known,
            "changed": known,
            "errors": [_error_row(each) for each in errors[:_ERRORS_SHOWN]],
            "unread_columns": [title[:_LONGEST_TITLE] for title in table.unread],
            "imported_at": tx.now,
            "imported_by": tx.caller.subject,
        }
    )
    _keep_copy(tx, doc["_id"], request["kind"], copy)
    return import_reply(doc)


def _known(tx: Transaction, request: Document, rows: Sequence[ReadRow]) -> int:
    """Return how many of the rows are of something that is there already."""
    if request["kind"] == "courses":
        present = {
            (doc["programme_ordinal"], module["title"], course["title"])
            for doc in tx.rows(SCHEMES).find({"plan_id": exactly(request["plan_id"])})
            for module in doc["scheme"]["modules"]
            for course in module["courses"]
        }
        keys = [(row.values["programme_ordinal"], row.values["module"], row.values["title"]) for row in rows]
        return sum(key in present for key in keys)
    collection, key = (LECTURERS, "lecturer_id") if request["kind"] == "lecturers" else (ROOMS, "room_id")
    return tx.rows(collection).count({"_id": {"$in": [row.values[key] for row in rows]}})


def _save_lecturers(tx: Transaction, request: Document, rows: Sequence[ReadRow]) -> None:
    ids = [row.values["lecturer_id"] for row in rows]
    present = {doc["_id"]: doc for doc in tx.rows(LECTURERS).find({"_id": {"$in": ids}})}
    known = _known_contacts(tx, present, rows)
    for row in rows:
        before = present.get(row.values["lecturer_id"], {})
        fields = {name: value for name, value in row.values.items() if name not in CONTACT}
        contact = {**known.get(row.values["lecturer_id"], {}), **_contact(row)}
        kept = {name: before[name] for name in _KEPT if name in before}
        put_lecturer(tx, load(PutLecturer(), {**kept, **fields, **({"contact": contact} if contact else {})}))


def _contact(row: ReadRow) -> Document:
    return {name: row.values[name] for name in CONTACT if name in row.values}


def _known_contacts(tx: Transaction, present: dict[str, Document], rows: Sequence[ReadRow]) -> dict[str, Document]:
    """Return the contacts of those whose row fills in a part of one: the rest of it stays."""
    partly = {row.values["lecturer_id"] for row in rows if 0 < len(_contact(row)) < len(CONTACT)}
    docs = [doc for doc in present.values() if doc["_id"] in partly]
    contacts = tx.rows(LECTURERS).unseal_many(docs, "contact", _PURPOSE)
    return {doc["_id"]: contact or {} for doc, contact in zip(docs, contacts, strict=True)}


def _save_rooms(tx: Transaction, request: Document, rows: Sequence[ReadRow]) -> None:
    ids = [row.values["room_id"] for row in rows]
    kinds = {doc["_id"]: {"kind": doc["kind"]} for doc in tx.rows(ROOMS).find({"_id": {"$in": ids}})}
    put_rooms(tx, [load(PutRoom(), {**kinds.get(row.values["room_id"], {}), **row.values}) for row in rows])


def _save_courses(tx: Transaction, request: Document, rows: Sequence[ReadRow]) -> None:
    programmes = programmes_by_ordinal(tx, request["plan_id"])
    for ordinal in dict.fromkeys(row.values["programme_ordinal"] for row in rows):
        programme_id = programmes[ordinal]["programme_id"]
        doc = tx.rows(SCHEMES).one({"programme_id": exactly(programme_id)})
        kept = {name: doc["scheme"][name] for name in ("aims", "budget")} if doc else {}
        known = _known_courses(doc)
        modules: dict[str, list[Document]] = {}
        for row in rows:
            if row.values["programme_ordinal"] == ordinal:
                module, title = row.values["module"], row.values["title"]
                course = {name: row.values[name] for name in _COURSE if name in row.values}
                modules.setdefault(module, []).append({**next(known.get((module, title), iter(())), {}), **course})
        written = {
            "programme_id": programme_id,
            "modules": [{"title": title, "courses": courses} for title, courses in modules.items()],
            "reason": "由课程表格导入",
            **kept,
        }
        write_scheme(tx, load(WriteScheme(), written))


def _known_courses(doc: Document | None) -> dict[tuple[str, str], Iterator[Document]]:
    """Return the courses of a scheme by the titles of module and course; of one that stands twice, each in turn."""
    known: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for module in doc["scheme"]["modules"] if doc else ():
        for course in module["courses"]:
            known[module["title"], course["title"]].append(course)
    return {titles: iter(courses) for titles, courses in known.items()}


_SAVING = {"lecturers": _save_lecturers, "rooms": _save_rooms, "courses": _save_courses}


def _keep_copy(tx: Transaction, import_id: str, kind: str, copy: bytes) -> None:
    rows = tx.rows(TABLE_COPIES)
    for old in rows.find({"kind": exactly(kind)}, fields=("_id", "version")):
        rows.remove(old)
    for number, start in enumerate(range(0, len(copy), _PART_BYTES)):
        rows.insert(
            {
                "_id": f"{import_id}:{number}",
                "import_id": import_id,
                "kind": kind,
                "number": number,
                "content": copy[start : start + _PART_BYTES],
            }
        )


def _error_row(error: RowError) -> Document:
    return {"row": error.row, "column": error.column, "message": {"zh": error.zh, "en": error.en}}
