"""Filing one part of a roster: rows become nominations with verdicts, in one transaction and a few round trips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from services.enrollment.commands.background import Background
from services.enrollment.commands.nominating import (
    Places,
    announce_filed,
    facts_at_filing,
    new_nomination,
    person_fields,
)
from services.enrollment.commands.people import People, engagements_of
from services.enrollment.contract import QUESTIONS_FILED
from services.enrollment.domain.eligibility import RuleVerdict, Ruling, TermFacts
from services.enrollment.domain.privacy import without_numbers
from services.enrollment.domain.roster.lines import Entry, Line, Remark
from services.enrollment.rulebook import Rulebook
from services.enrollment.store import NOMINATIONS, ROSTER_ROWS, ROSTERS
from shared.storage import Transaction

_LEVELS = {Ruling.WARN: "warning", Ruling.FAILED: "warning", Ruling.REFUSE: "error"}


@dataclass
class RosterImport:
    """What the parts of one import share.

    ``places`` counts on from part to part; ``seen`` is the memory of a preview, which stores nobody: engagements by
    part and identity number. A part works on copies, so that it may be tried again.
    """

    import_id: str
    unit_id: str
    preview: bool
    terms: dict[str, TermFacts]
    rules: Rulebook
    places: Places
    background: Background
    seen: dict[int, dict[str, list[dict[str, Any]]]] = field(default_factory=dict)


@dataclass
class _Part:
    nominations: list[dict[str, Any]] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    questions: list[dict[str, str]] = field(default_factory=list)
    counts: dict[str, int] = field(
        default_factory=lambda: {"checked": 0, "filed": 0, "warned": 0, "refused": 0, "errors": 0, "questions": 0}
    )


def file_part(tx: Transaction, job: RosterImport, places: Places, lines: Sequence[Line], start: int) -> dict[str, Any]:
    """File the rows of a part, ``start`` counting those before it; return how many ended how."""
    entries = [line.entry for line in lines if line.entry is not None]
    people = People(tx)
    people.read_numbers(entry.citizen.number for entry in entries)
    job.background.read_people(people.ids())
    seen = job.seen[start] = {}
    part = _Part()
    for offset, line in enumerate(lines):
        part.counts["checked"] += 1
        if line.entry is None:
            part.counts["errors"] += 1
            _note(part, job, line, start + offset, "error", None, ())
        else:
            _file(tx, job, people, places, part, line, line.entry, start + offset, seen)
    if not job.preview:
        _store(tx, job, people, part)
    tx.rows(ROSTER_ROWS).insert_many(part.rows)
    _count_on(tx, job.import_id, part.counts)
    return part.counts


def _file(
    tx: Transaction,
    job: RosterImport,
    people: People,
    places: Places,
    part: _Part,
    line: Line,
    entry: Entry,
    position: int,
    seen: dict[str, list[dict[str, Any]]],
) -> None:
    person = people.with_number(entry.citizen.number)
    if job.preview:
        before = [item for part_seen in job.seen.values() for item in part_seen.get(entry.citizen.number, ())]
        person = {**person, "engagements": [*person["engagements"], *before]}
    facts = facts_at_filing(
        tx.today, entry.term, job.unit_id, entry.citizen, entry.texts, engagements_of(person, job.terms),
        places.facts(entry.term.term_id),
    )  # fmt: skip
    verdicts = job.rules.judge(job.background.complete(facts, places.heads(entry.term.term_id), person["_id"]))
    fields = person_fields(entry.name, entry.citizen, entry.term.term_id, entry.phone, entry.texts)
    nomination = new_nomination(tx, job.unit_id, job.import_id, person["_id"], fields, verdicts)
    nomination["late"] = job.background.is_late(entry.term, tx.today)
    outcome = nomination["outcome"]
    result = {"eligible": "filed"}.get(outcome, outcome)
    part.counts[result] += 1
    if outcome != "refused":
        places.count(entry.term.term_id)
        if job.preview:
            engaged = {"nomination_id": nomination["_id"], "term_id": entry.term.term_id, "admitted": False}
            seen.setdefault(entry.citizen.number, []).append(engaged)
        else:
            people.engage(person, nomination["_id"], entry.term.term_id)
        for kind, text in entry.questions:
            part.questions.append({"term_id": entry.term.term_id, "text": without_numbers(text), "kind": kind})
            part.counts["questions"] += 1
    part.nominations.append(nomination)
    shown = "previewed" if job.preview and outcome == "eligible" else result
    _note(part, job, line, position, shown, None if job.preview else nomination["_id"], verdicts)


def _store(tx: Transaction, job: RosterImport, people: People, part: _Part) -> None:
    people.write()
    tx.rows(NOMINATIONS).insert_many(part.nominations)
    announce_filed(tx, part.nominations)
    if part.questions:
        data = {"import_id": job.import_id, "unit_id": job.unit_id, "questions": part.questions}
        tx.emit(QUESTIONS_FILED, data, subject=job.import_id)


def _note(
    part: _Part,
    job: RosterImport,
    line: Line,
    position: int,
    result: str,
    nomination_id: str | None,
    verdicts: Sequence[RuleVerdict],
) -> None:
    remarks = [*map(_remark, line.remarks), *_verdict_remarks(verdicts)]
    if not remarks:  # nothing to say; a clean roster of thousands would store as many empty rows
        return
    part.rows.append(
        {
            "_id": f"{job.import_id}:{position:06d}",
            "import_id": job.import_id,
            "sheet": line.sheet,
            "row": line.row,
            "result": result,
            "nomination_id": nomination_id,
            "remarks": remarks,
        }
    )


def _remark(remark: Remark) -> dict[str, Any]:
    return {
        "level": remark.level,
        "code": remark.code,
        "column": remark.column,
        "message": remark.sentence.plain(),
    }


def _verdict_remarks(verdicts: Sequence[RuleVerdict]) -> list[dict[str, Any]]:
    return [
        {
            "level": _LEVELS[item.verdict.ruling],
            "code": item.rule,
            "column": None,
            "message": item.verdict.reason.plain(),
        }
        for item in verdicts
        if item.verdict.ruling in _LEVELS
    ]


def _count_on(tx: Transaction, import_id: str, counts: dict[str, int]) -> None:
    rows = tx.rows(ROSTERS)
    roster = rows.get(import_id)
    total = {key: value + counts.get(key, 0) for key, value in roster["counts"].items()}
    rows.save({**roster, "counts": total})
