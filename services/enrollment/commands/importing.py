"""The import of a roster: a job of several transactions, outside any call, that goes on where it was cut off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.enrollment.commands.background import Background
from services.enrollment.commands.filing import RosterImport, file_part
from services.enrollment.commands.nominating import Places, open_terms
from services.enrollment.commands.refusals import fault_of
from services.enrollment.commands.rosters import keep_parts
from services.enrollment.contract import ROSTER_IMPORTED
from services.enrollment.domain.eligibility import TermFacts
from services.enrollment.domain.roster.heading import Heading, find_headings
from services.enrollment.domain.roster.lines import Line, read_lines
from services.enrollment.domain.roster.terms import TermBook
from services.enrollment.domain.sheet import RowNote, Sheet, Unreadable
from services.enrollment.limits import policy_table, read_limits
from services.enrollment.queries.rosters import roster_content
from services.enrollment.readers import Readers
from services.enrollment.rulebook import Rulebook
from services.enrollment.store import ROSTER_ROWS, ROSTERS, TERMS
from shared.errors import Fault
from shared.runtime import Work
from shared.storage import Transaction, View
from shared.storage.faults import AlreadyPresent

_PART = 500
_TRIES = 4
_RESULTS = {
    "filed": ("通过", "good"),
    "previewed": ("通过（预检）", "good"),
    "warned": ("通过，有提醒", "warn"),
    "refused": ("不予通过", "bad"),
    "error": ("有误，未导入", "bad"),
}
_MARKS = {"error": "【错误】", "warning": "【提醒】", "info": ""}


def import_roster(work: Work) -> None:
    """Import the roster an event announces. Every part is one step: a second delivery skips what was done."""
    import_id = work.request["import_id"]
    view = work.view()
    roster = view.rows(ROSTERS).get(import_id)
    if roster["finished_at"] is not None:
        return
    content = roster_content(view, import_id, "original", "名单导入 / roster import")
    try:
        _import(work, view, roster, content)
    except Unreadable as refusal:
        _fail(work, import_id, fault_of(refusal))
    except Fault as fault:
        if fault.transient:
            raise
        _fail(work, import_id, fault)


def _import(work: Work, view: View, roster: dict[str, Any], content: bytes) -> None:
    policies = policy_table().on(view.today)
    readers = Readers(work.plugins)
    sheets = work.offload(readers.read, content, roster["filename"], read_limits(policies))
    pairs = find_headings(sheets)
    terms = open_terms(view)
    book = TermBook(_nameable(view, terms, roster["plan_id"]))
    lines = work.offload(_lines, pairs, book, view)
    columns = {name: label for _, heading in pairs for name, label in heading.labels.items()}
    work.step("begin", lambda tx: _begin(tx, roster["_id"], len(lines), columns))
    places = Places(view, roster["unit_id"], [line.entry.term.term_id for line in lines if line.entry is not None])
    rules = Rulebook(work.plugins, policies)
    background = Background(view, terms.values())
    job = RosterImport(roster["_id"], roster["unit_id"], roster["preview"], terms, rules, places, background)
    for start in range(0, len(lines), _PART):
        _file_step(work, job, lines[start : start + _PART], start)
    rows = work.view().rows(ROSTER_ROWS).find({"import_id": roster["_id"]}, sort=(("_id", 1),))
    headings = {heading.sheet: heading.last_row for _, heading in pairs}
    copy = work.offload(readers.annotate, content, roster["filename"], sheets, _notes(roster, lines, rows), headings)
    work.transact(lambda tx: _conclude(tx, roster["_id"], copy))


def _lines(pairs: Sequence[tuple[Sheet, Heading]], book: TermBook, view: View) -> list[Line]:
    return [line for sheet, heading in pairs for line in read_lines(sheet, heading, book, view.today)]


def _nameable(view: View, terms: Mapping[str, TermFacts], plan_id: str | None) -> list[TermFacts]:
    if plan_id is None:
        latest = max(terms.values(), key=lambda term: term.starts_on, default=None)
        plan_id = view.rows(TERMS).get(latest.term_id)["plan_id"] if latest else ""
    found = view.rows(TERMS).find({"plan_id": plan_id}, fields=("_id",))
    return [terms[row["_id"]] for row in found if row["_id"] in terms]


def _file_step(work: Work, job: RosterImport, lines: Sequence[Line], start: int) -> None:
    counted: list[Places] = []

    def body(tx: Transaction) -> dict[str, Any]:
        counted[:] = [job.places.copy()]
        return file_part(tx, job, counted[0], lines, start)

    for attempt in range(1, _TRIES + 1):
        try:
            work.step(f"rows-{start}", body)
            job.places = counted[0] if counted else job.places
            return
        except AlreadyPresent:
            # Another unit's import stored the same new person a moment before: read again, then it is known.
            if attempt == _TRIES:
                raise


def _begin(tx: Transaction, import_id: str, rows: int, columns: dict[str, str]) -> dict[str, Any]:
    roster = tx.rows(ROSTERS).get(import_id)
    counts = {**roster["counts"], "rows": rows}
    tx.rows(ROSTERS).save({**roster, "state": "importing", "counts": counts, "columns": columns})
    return {}


def _conclude(tx: Transaction, import_id: str, copy: bytes) -> None:
    keep_parts(tx, import_id, "annotated", copy)
    _finish(tx, import_id, "done", None)


def _fail(work: Work, import_id: str, fault: Fault) -> None:
    problem = {"code": fault.code, "message": fault.message.to_wire()}
    work.transact(lambda tx: _finish(tx, import_id, "failed", problem))


def _finish(tx: Transaction, import_id: str, state: str, problem: dict[str, Any] | None) -> None:
    roster = tx.rows(ROSTERS).get(import_id)
    kept = {"filed_key": None} if state == "failed" else {}
    tx.rows(ROSTERS).save({**roster, **kept, "state": state, "problem": problem, "finished_at": tx.now})
    counts = roster["counts"]
    filed = 0 if roster["preview"] else counts["filed"] + counts["warned"] + counts["refused"]
    data = {
        "import_id": import_id,
        "unit_id": roster["unit_id"],
        "state": state,
        "rows": counts["rows"],
        "nominations": filed,
        "errors": counts["errors"],
    }
    tx.emit(ROSTER_IMPORTED, data, subject=import_id)


def _notes(
    roster: Mapping[str, Any], lines: Sequence[Line], rows: Sequence[Mapping[str, Any]]
) -> dict[tuple[str, int], RowNote]:
    clean = _RESULTS["previewed" if roster["preview"] else "filed"]
    notes = {(line.sheet, line.row): RowNote(clean[0], "", clean[1]) for line in lines}
    for row in rows:
        result, tone = _RESULTS[row["result"]]
        remarks = [_explained(remark) for remark in row["remarks"]]
        numbered = remarks if len(remarks) < 2 else [f"{number}. {text}" for number, text in enumerate(remarks, 1)]
        notes[(row["sheet"], row["row"])] = RowNote(result, "\n".join(numbered), tone)
    return notes


def _explained(remark: Mapping[str, Any]) -> str:
    column = f"“{remark['column']}”：" if remark["column"] else ""
    return f"{_MARKS[remark['level']]}{column}{remark['message']['zh']}"
