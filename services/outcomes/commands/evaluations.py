"""Counting what trainees think of sessions."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.outcomes import contract
from services.outcomes.commands.markings import refuse_marking
from services.outcomes.domain.evaluation import AnsweredBefore, NotOpen, require_open
from services.outcomes.domain.personal_data import without_personal_numbers
from services.outcomes.limits import policy_table
from services.outcomes.queries.clusters import sessions_of
from services.outcomes.queries.people import own_place
from services.outcomes.store.evaluations import EVALUATIONS, tally_fields, tally_from
from shared.errors import Invalid, NotFound
from shared.identifiers import new_id
from shared.policies import Policies
from shared.storage import Transaction


def evaluate_session(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Count one answer about a session of one's own term, once. The audit log holds who answered, nothing what."""
    place = own_place(tx)
    session = sessions_of(tx, place.term_id).get(request["session_id"])
    if session is None:
        raise NotFound(
            f"您所在班期的日程表中没有课次“{request['session_id']}”",
            f"the timetable of your term has no session {request['session_id']!r}",
            session_id=request["session_id"],
        )
    policies = policy_table().on(tx.today)
    _require_open(date.fromisoformat(session["on"]), tx.today, policies.number("evaluation.days"))
    points = _points(request["points"], policies)
    refuse_marking(request["comment"], "评教意见", "the comment")
    # A keyed digest: without the key nobody can try identifiers against it.
    voter = tx.sealer.blind(EVALUATIONS, "voter", f"{place.nomination_id}/{session['session_id']}")
    rows = tx.rows(EVALUATIONS)
    row = rows.one({"term_id": place.term_id, "session_id": session["session_id"]})
    try:
        tally = tally_from(row).with_answer(voter, points, without_personal_numbers(request["comment"]))
    except AnsweredBefore:
        raise contract.WrongState(
            "您已评过该课次，每人每课次只评一次", "you have answered about this session; once is all"
        ) from None
    if row is None:
        place_of_tally = {"term_id": place.term_id, "session_id": session["session_id"]}
        rows.insert({"_id": new_id("evaluation"), **place_of_tally, **tally_fields(tally)})
    else:
        rows.save({**row, **tally_fields(tally)})
    return {"session_id": session["session_id"], "counted": True}


def _require_open(session_on: date, today: date, days: int) -> None:
    try:
        require_open(session_on, today, days)
    except NotOpen as closed:
        raise contract.EvaluationClosed(
            f"该课次评教时间为 {closed.first_on} 至 {closed.last_on}",
            f"answers about this session are taken from {closed.first_on} to {closed.last_on}",
            first_on=closed.first_on.isoformat(),
            last_on=closed.last_on.isoformat(),
        ) from None


def _points(given: list[dict[str, Any]], policies: Policies) -> dict[str, int]:
    wanted = {each["key"] for each in policies["evaluation.criteria"].value}
    points = {each["criterion"]: each["points"] for each in given}
    if points.keys() != wanted or len(points) != len(given):
        raise Invalid(
            f"请对每项各评一次：{'、'.join(sorted(wanted))}",
            f"give points once to each of {', '.join(sorted(wanted))}",
            fields={"points": sorted(wanted)},
        )
    return points
