"""Drafting, opening, answering and closing a needs survey."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from services.scheduling.contract.survey_events import SURVEY_ANSWERED, SURVEY_CLOSED, SURVEY_OPENED
from services.scheduling.contract.surveys import SurveyNotOpen, SurveyOpen
from services.scheduling.domain.survey import Flaw, Question, flaws_of_answers, flaws_of_questions, is_open
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.queries.surveys import answer_reply, answers_of, day_of, questions_of, survey_reply
from services.scheduling.store import PLANS, SURVEY_ANSWERS, SURVEYS
from shared.errors import Forbidden, Invalid
from shared.identifiers import new_id
from shared.storage import Transaction, exactly

Document = dict[str, Any]


def draft_survey(tx: Transaction, request: dict[str, Any]) -> Document:
    """Keep a survey as a draft."""
    tx.rows(PLANS).get(request["plan_id"])
    doc = tx.rows(SURVEYS).insert(
        {
            "_id": new_id("survey"),
            "plan_id": request["plan_id"],
            "title": request["title"],
            "introduction": request["introduction"],
            "state": "draft",
            "questions": to_wire(_questions(request["questions"])),
            "unit_ids": [],
            "due_on": None,
            "answers": 0,
            "closed_at": None,
        }
    )
    return survey_reply(tx, doc)


def change_survey(tx: Transaction, request: dict[str, Any]) -> Document:
    """Change a draft; what units are already asked is not changed any more."""
    doc = tx.rows(SURVEYS).get(request["survey_id"])
    tx.expect(doc)
    if doc["state"] != "draft":
        raise SurveyOpen(
            f"需求调研“{doc['title']}”已经发布，不能再改；如有必要请另发一次",
            f"the survey {doc['title']!r} is open already and cannot be changed; draft another one",
            survey_id=doc["_id"],
        )
    doc |= {name: request[name] for name in ("title", "introduction") if name in request}
    if "questions" in request:
        doc["questions"] = to_wire(_questions(request["questions"]))
    return survey_reply(tx, tx.rows(SURVEYS).save(doc))


def open_survey(tx: Transaction, request: dict[str, Any]) -> Document:
    """Ask units; an open survey may be given more units or a later day, never fewer or an earlier one."""
    doc = tx.rows(SURVEYS).hold(request["survey_id"])
    tx.expect(doc)
    unit_ids = sorted(set(request["unit_ids"]))
    if doc["state"] == "closed":
        raise _not_open(doc)
    if request["due_on"] < tx.today:
        raise Invalid(
            f"填报截止日期{request['due_on']}已过，请给出今天（{tx.today}）或以后的日期",
            f"the last day to answer, {request['due_on']}, has passed; give today ({tx.today}) or later",
            due_on=request["due_on"].isoformat(),
        )
    if doc["state"] == "open":
        _refuse_narrowing(doc, unit_ids, request["due_on"].isoformat())
    doc |= {"state": "open", "unit_ids": unit_ids, "due_on": request["due_on"].isoformat()}
    tx.rows(SURVEYS).save(doc)
    data = {"survey_id": doc["_id"], "plan_id": doc["plan_id"], "unit_ids": unit_ids, "due_on": request["due_on"]}
    tx.emit(SURVEY_OPENED, data, subject=doc["_id"])
    return survey_reply(tx, doc)


def answer_survey(tx: Transaction, request: dict[str, Any]) -> Document:
    """Take a unit's answers, in time and whole."""
    doc = tx.rows(SURVEYS).hold(request["survey_id"])
    if request["unit_id"] not in doc["unit_ids"]:
        raise Forbidden(
            f"本次调研未请单位“{request['unit_id']}”填报",
            f"the unit {request['unit_id']!r} is not asked by this survey",
            unit_id=request["unit_id"],
        )
    if not is_open(doc["state"], day_of(doc), tx.today):
        raise _not_open(doc)
    _refuse_doubles(each["question_id"] for each in request["answers"])
    _refuse(flaws_of_answers(questions_of(doc), answers_of(request)))
    rows = tx.rows(SURVEY_ANSWERS)
    known = rows.one({"survey_id": exactly(doc["_id"]), "unit_id": exactly(request["unit_id"])})
    told = {"survey_id": doc["_id"], "plan_id": doc["plan_id"], "unit_id": request["unit_id"]}
    tx.emit(SURVEY_ANSWERED, told, subject=doc["_id"])
    given = {"answers": request["answers"], "answered_at": tx.now, "answered_by": tx.caller.subject}
    if known is not None:
        return answer_reply(rows.save({**known, **given}))
    answer = rows.insert({"_id": new_id("answer"), "survey_id": doc["_id"], "unit_id": request["unit_id"], **given})
    doc["answers"] += 1
    tx.rows(SURVEYS).save(doc)
    return answer_reply(answer)


def close_survey(tx: Transaction, request: dict[str, Any]) -> Document:
    """Close a survey, also before its day."""
    doc = tx.rows(SURVEYS).hold(request["survey_id"])
    tx.expect(doc)
    if doc["state"] != "open":
        raise _not_open(doc)
    return survey_reply(tx, _closed(tx, doc))


def close_due_surveys(tx: Transaction) -> None:
    """Close the surveys whose last day is over."""
    over = {"state": "open", "due_on": {"$lt": tx.today.isoformat()}}
    for doc in tx.rows(SURVEYS).find(over, sort=[("_id", 1)]):
        _closed(tx, tx.rows(SURVEYS).hold(doc["_id"]))


def _closed(tx: Transaction, doc: Document) -> Document:
    doc |= {"state": "closed", "closed_at": tx.now}
    tx.rows(SURVEYS).save(doc)
    data = {"survey_id": doc["_id"], "plan_id": doc["plan_id"], "answers": doc["answers"]}
    tx.emit(SURVEY_CLOSED, data, subject=doc["_id"])
    return doc


def _questions(given: list[Document]) -> list[Question]:
    _refuse_doubles(each["question_id"] for each in given if each["question_id"])
    made = [from_wire(Question, {**each, "question_id": each["question_id"] or new_id("question")}) for each in given]
    _refuse(flaws_of_questions(made))
    return made


def _refuse_doubles(ids: Iterable[str]) -> None:
    doubled = sorted(id for id, times in Counter(ids).items() if times > 1)
    if doubled:
        raise Invalid(
            f"问题编号{'、'.join(doubled)}出现多次，每个问题只能出现一次",
            f"the questions {', '.join(doubled)} stand twice; each may be there once",
            question_ids=doubled,
        )


def _refuse_narrowing(doc: Document, unit_ids: list[str], due_on: str) -> None:
    gone = sorted(set(doc["unit_ids"]) - set(unit_ids))
    if gone or due_on < doc["due_on"]:
        raise Invalid(
            f"已发布的调研只能增加单位或延后截止日期（现为{doc['due_on']}），不能减少单位{'、'.join(gone)}或提前",
            f"an open survey takes more units or a later day than {doc['due_on']}, never fewer or an earlier one",
            unit_ids=gone,
            due_on=due_on,
        )


def _refuse(flaws: list[Flaw]) -> None:
    if flaws:
        raise Invalid(
            "；".join(each.zh for each in flaws[:5]),
            "; ".join(each.en for each in flaws[:5]),
            fields={each.question_id: [each.en] for each in flaws},
        )


def _not_open(doc: Document) -> SurveyNotOpen:
    due_on = doc["due_on"]
    until = f"，填报截至{due_on}" if due_on else ""
    return SurveyNotOpen(
        f"需求调研“{doc['title']}”未在填报期内（{doc['state']}{until}）",
        f"the survey {doc['title']!r} takes no answers ({doc['state']}, last day {due_on})",
        survey_id=doc["_id"],
        state=doc["state"],
        due_on=due_on,
    )
