"""Topics of reports: proposed, approved, chosen."""

from __future__ import annotations

from typing import Any

from services.outcomes import contract
from services.outcomes.commands.deadlines import keep_report
from services.outcomes.commands.markings import refuse_marking
from services.outcomes.commands.states import stepped
from services.outcomes.domain.personal_data import without_personal_numbers
from services.outcomes.domain.report import Report
from services.outcomes.queries.people import is_trainee, own_place
from services.outcomes.queries.reports import shown_whole
from services.outcomes.queries.topics import shown
from services.outcomes.store.reports import REPORTS, TOPICS, report_from
from services.outcomes.store.terms import TERMS
from shared.errors import Invalid, NotFound
from shared.identifiers import new_id
from shared.storage import Transaction


def propose_topic(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Propose a topic: the organisers' may be chosen at once, a trainee's once the Party school approves it."""
    refuse_marking(f"{request['title']}\n{request['description']}", "选题", "the topic")
    own = own_place(tx) if is_trainee(tx) else None
    term_id = own.term_id if own else request.get("term_id")
    if term_id is None or request.get("term_id", term_id) != term_id:
        raise Invalid(
            "请填写本人所在班期（学员）或所属班期编号",
            "name the term the topic is for; a trainee's own",
            fields={"term_id": ["required" if term_id is None else "not your term"]},
        )
    tx.rows(TERMS).get(term_id)
    row = tx.rows(TOPICS).insert(
        {
            "_id": new_id("topic"),
            "term_id": term_id,
            "title": without_personal_numbers(request["title"]),
            "description": without_personal_numbers(request["description"]),
            "state": "proposed" if own else "approved",
            "nomination_id": own.nomination_id if own else None,
            "reason": "",
            "places": request["places"],
            "chosen": 0,
        }
    )
    return shown(tx, row)


def decide_topic(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Approve or decline a topic a trainee proposed."""
    row = tx.rows(TOPICS).get(request["topic_id"])
    if row["state"] != "proposed":
        raise contract.WrongState(
            "该选题已审定，不能重复审定", "the topic was decided already", topic_id=row["_id"], state=row["state"]
        )
    if not request["approved"] and not request["reason"].strip():
        raise Invalid("不予同意须说明理由", "declining needs the reason", fields={"reason": ["required"]})
    state = "approved" if request["approved"] else "declined"
    return shown(tx, tx.rows(TOPICS).save({**row, "state": state, "reason": request["reason"].strip()}))


def choose_topic(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Choose an approved topic of one's term; another chosen before is given back."""
    place = own_place(tx)
    topics = tx.rows(TOPICS)
    topic = topics.one({"_id": request["topic_id"], "term_id": place.term_id, "state": "approved"})
    if topic is None:
        raise NotFound(
            f"本期没有可选的选题“{request['topic_id']}”",
            f"your term has no topic {request['topic_id']!r} to choose",
            topic_id=request["topic_id"],
        )
    row = tx.rows(REPORTS).one({"nomination_id": place.nomination_id})
    before = report_from(row) if row else Report(place.nomination_id, place.term_id, place.unit_id)
    report = stepped(lambda: before.choose(topic["_id"]))
    if before.topic_id == topic["_id"]:
        return shown_whole(tx, row or keep_report(tx, row, report))
    if topic["places"] is not None and topic["chosen"] >= topic["places"]:
        raise contract.TopicTaken(
            f"选题“{topic['title']}”限 {topic['places']} 人，已选满，请另选",
            f"the topic takes {topic['places']} and they are taken; choose another",
            topic_id=topic["_id"],
        )
    saved = keep_report(tx, row, report)
    topics.save({**topic, "chosen": topic["chosen"] + 1})
    give_back(tx, before.topic_id)
    return shown_whole(tx, saved)


def give_back(tx: Transaction, topic_id: str | None) -> None:
    """Let somebody else have the place of who chose another topic, or writes no report."""
    topic = tx.rows(TOPICS).one({"_id": topic_id}) if topic_id else None
    if topic is not None:
        tx.rows(TOPICS).save({**topic, "chosen": topic["chosen"] - 1})
