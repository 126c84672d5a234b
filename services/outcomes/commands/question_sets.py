"""Filing questions and cases, by hand or with a roster."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from services.outcomes import contract
from services.outcomes.commands.markings import refuse_marking
from services.outcomes.domain.question_set import LIMIT, QuestionSet, SetIsFull, question_of
from services.outcomes.queries.question_sets import shown_with_items
from services.outcomes.store.question_sets import QUESTION_SETS, from_row, to_row
from services.outcomes.store.terms import TERMS
from shared.errors import NotFound
from shared.identifiers import new_id
from shared.storage import Transaction


def file_questions(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """File questions and cases for a unit and a term."""
    for number, question in enumerate(request["questions"], 1):
        refuse_marking(question["text"], f"第{number}条", f"number {number}")
    if tx.rows(TERMS).one({"_id": request["term_id"]}) is None:
        raise NotFound(
            f"没有编号为“{request['term_id']}”的班期，请从班期列表中选取编号",
            f"no term {request['term_id']!r} is known; take the identifier from the list of terms",
            term_id=request["term_id"],
        )
    return shown_with_items(tx, _add(tx, request["term_id"], request["unit_id"], request["questions"], LIMIT))


def record_roster_questions(tx: Transaction, data: dict[str, Any]) -> None:
    """A roster brought questions with it: file them by term."""
    by_term: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for question in data["questions"]:
        by_term[question["term_id"]].append(question)
    for term_id, questions in by_term.items():
        _add(tx, term_id, data["unit_id"], questions)


def expect_questions(tx: Transaction, data: dict[str, Any]) -> None:
    """A roster was admitted: from now on its question set is missing until one is filed."""
    rows = tx.rows(QUESTION_SETS)
    if rows.one({"term_id": data["term_id"], "unit_id": data["unit_id"]}) is None:
        rows.insert({"_id": new_id("questions"), **to_row(QuestionSet(data["term_id"], data["unit_id"]))})


def _add(
    tx: Transaction, term_id: str, unit_id: str, questions: list[dict[str, Any]], limit: int | None = None
) -> dict[str, Any]:
    rows = tx.rows(QUESTION_SETS)
    row = rows.one({"term_id": term_id, "unit_id": unit_id})
    before = from_row(row) if row else QuestionSet(term_id, unit_id)
    new = [question_of(new_id("question"), q["text"], q["kind"], tx.now) for q in questions]
    try:
        after = before.add(new, limit)
    except SetIsFull as full:
        raise contract.QuestionSetFull(
            f"每个单位每期最多报送 {LIMIT} 条问题和案例，本次报送后将达到 {full.size} 条，请精简后再报",
            f"a unit files at most {LIMIT} questions and cases a term; this would make {full.size}: send fewer",
            limit=LIMIT,
            would_be=full.size,
        ) from None
    if row is None:
        row = rows.insert({"_id": new_id("questions"), **to_row(after)})
    elif after != before:
        row = rows.save({**row, **to_row(after)})
    else:
        return row
    tx.emit(
        contract.QUESTIONS_FILED,
        {"question_set_id": row["_id"], "term_id": term_id, "unit_id": unit_id, "count": len(after.items)},
        subject=row["_id"],
    )
    return row
