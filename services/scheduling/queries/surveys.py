"""Needs surveys as organisers and units see them, and the themes ranked."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.scheduling.domain.survey import Answer, Question, rank_themes
from services.scheduling.domain.wire import from_wire
from services.scheduling.store import SURVEY_ANSWERS, SURVEYS
from shared.errors import NotFound
from shared.security.caller import Role
from shared.storage import View, exactly

Document = dict[str, Any]


def list_surveys(view: View, request: dict[str, Any]) -> Document:
    """Return one page of surveys, newest first; a unit sees those it is asked by."""
    wanted: Document = {name: exactly(request[name]) for name in ("plan_id", "state") if name in request}
    if _is_unit(view):
        wanted.setdefault("state", {"$in": ["open", "closed"]})
    docs, cursor = view.rows(SURVEYS).page(wanted, request.get("cursor"), request["limit"], sort="-_id")
    seen = [doc for doc in docs if not _is_unit(view) or _own(view, doc["unit_ids"])]
    return {"items": [_row(doc) for doc in seen], "next_cursor": cursor}


def get_survey(view: View, request: dict[str, Any]) -> Document:
    """Return a survey; a unit sees one it is asked by."""
    doc = view.rows(SURVEYS).get(request["survey_id"])
    if _is_unit(view) and not (doc["state"] != "draft" and _own(view, doc["unit_ids"])):
        raise NotFound(
            f"没有编号为“{request['survey_id']}”的需求调研", f"there is no survey {request['survey_id']!r} for you"
        )
    return survey_reply(view, doc)


def get_survey_answer(view: View, request: dict[str, Any]) -> Document:
    """Return one unit's answers."""
    doc = view.rows(SURVEY_ANSWERS).one(
        {"survey_id": exactly(request["survey_id"]), "unit_id": exactly(request["unit_id"])}
    )
    if doc is None:
        raise NotFound(f"单位“{request['unit_id']}”尚未填报", f"the unit {request['unit_id']!r} has not answered yet")
    return answer_reply(doc)


def list_survey_answers(view: View, request: dict[str, Any]) -> Document:
    """Return one page of a survey's answers, by unit."""
    view.rows(SURVEYS).get(request["survey_id"])
    wanted = {"survey_id": exactly(request["survey_id"])}
    docs, cursor = view.rows(SURVEY_ANSWERS).page(wanted, request.get("cursor"), request["limit"], sort="unit_id")
    return {"items": [answer_reply(doc) for doc in docs], "next_cursor": cursor}


def get_survey_ranking(view: View, request: dict[str, Any]) -> Document:
    """Return the themes ranked by what units said so far."""
    doc = view.rows(SURVEYS).get(request["survey_id"])
    answers = view.rows(SURVEY_ANSWERS).find({"survey_id": exactly(doc["_id"])}, sort=[("unit_id", 1)])
    themes = rank_themes(questions_of(doc), [answers_of(each) for each in answers])
    return {
        "survey_id": doc["_id"],
        "final": doc["state"] == "closed",
        "units": len(doc["unit_ids"]),
        "answers": len(answers),
        "themes": [
            {
                "rank": each.rank,
                "title": each.title,
                "points": each.points,
                "rated_by": each.rated_by,
                "average": each.average_tenths / 10 if each.rated_by else None,
                "chosen_by": each.chosen_by,
                "words": {"zh": each.zh, "en": each.en},
            }
            for each in themes
        ],
    }


def survey_reply(view: View, doc: Document) -> Document:
    """Return a survey document as the reply of an operation, narrowed to the units the caller reaches."""
    answered = {each["unit_id"] for each in view.rows(SURVEY_ANSWERS).find({"survey_id": exactly(doc["_id"])})}
    seen = _own(view, doc["unit_ids"]) if _is_unit(view) else doc["unit_ids"]
    return {**doc, **_row(doc), "unit_ids": seen, "unanswered": [each for each in seen if each not in answered]}


def answer_reply(doc: Document) -> Document:
    """Return an answer document as the reply of an operation."""
    return doc


def questions_of(doc: Document) -> list[Question]:
    """Return the questions of a survey document."""
    return [from_wire(Question, each) for each in doc["questions"]]


def answers_of(doc: Document) -> list[Answer]:
    """Return the answers of an answer document, or of a request."""
    return [from_wire(Answer, each) for each in doc["answers"]]


def day_of(doc: Document) -> date:
    """Return the last day to answer; a survey that is not open has none, and long passed."""
    return date.fromisoformat(doc["due_on"]) if doc["due_on"] else date.min


def _row(doc: Document) -> Document:
    shown = ("plan_id", "title", "state", "due_on", "answers", "version")
    return {**{name: doc[name] for name in shown}, "survey_id": doc["_id"], "units": len(doc["unit_ids"])}


def _is_unit(view: View) -> bool:
    return view.caller.roles == {Role.UNIT}


def _own(view: View, unit_ids: list[str]) -> list[str]:
    return [unit_id for unit_id in unit_ids if view.caller.reaches(unit_id)]
