"""A person says whether two records are of one person: joined, or kept apart for good."""

from __future__ import annotations

from typing import Any

from services.enrollment.commands.climbing import step_down
from services.enrollment.commands.hours import join_ledgers
from services.enrollment.commands.leaving import leave_line
from services.enrollment.commands.matching import Matching
from services.enrollment.commands.nominating import open_terms, step
from services.enrollment.commands.refusals import fault_of
from services.enrollment.contract import PEOPLE_JOINED, SeatsOverlap, WrongState
from services.enrollment.domain.nomination import LIVE, Step, state_after
from services.enrollment.domain.wording import Refusal
from services.enrollment.queries.matches import shown_matches
from services.enrollment.store import NOMINATIONS, PEOPLE, PERSON_MATCHES
from shared.errors import Invalid
from shared.storage import Transaction

Doc = dict[str, Any]


def decide_person_match(tx: Transaction, request: Doc) -> Doc:
    """Answer an open question; what it changes and the answer are one transaction."""
    rows = tx.rows(PERSON_MATCHES)
    match = rows.get(request["match_id"])
    tx.expect(match)
    if match["state"] != "open":
        raise WrongState(
            "该疑似同一人事项已办结，不能再次确认",
            "this question was answered before, or lapsed",
            match_id=match["_id"],
            state=match["state"],
        )
    same = request["decision"] == "same"
    keep = _kept(match, request["keep"]) if same and match["kind"] == "numbers" else None
    if keep is not None:
        other = next(each for each in match["person_ids"] if each != keep)
        _join(tx, keep, other, match)
    elif match["kind"] == "names":
        _decide_name(tx, match, same, request["note"])
    decision = {"by": tx.caller.subject, "at": tx.now, "keep": keep, "note": request["note"]}
    match = rows.save({**match, "state": request["decision"], "decision": decision})
    [shown] = shown_matches(tx, [match])
    return shown


def _kept(match: Doc, keep: str | None) -> str:
    if keep is None or keep not in match["person_ids"]:
        raise Invalid(
            f"请用 keep 指明身份证号正确的一方，可填：{'、'.join(match['person_ids'])}",
            f"say with keep whose identity number is right: {' or '.join(match['person_ids'])}",
            fields={"keep": ["not one of the two"]},
        )
    return keep


def _join(tx: Transaction, kept_id: str, other_id: str, match: Doc) -> None:
    people, nominations = tx.rows(PEOPLE), tx.rows(NOMINATIONS)
    kept, other = people.get(kept_id), people.get(other_id)
    engagements = [*kept["engagements"], *other["engagements"]]
    _refuse_overlaps(tx, engagements)
    # The number that was wrong stays known as this person's, so that a roster that has it again finds them.
    pointing = people.find({"merged_into": other_id})
    people.save_many(
        [
            {**kept, "engagements": engagements},
            *({**row, "engagements": [], "merged_into": kept_id} for row in (other, *pointing)),
        ]
    )
    theirs = nominations.find({"person_id": other_id})
    nominations.save_many({**row, "person_id": kept_id} for row in theirs)
    join_ledgers(tx, kept_id, other_id)
    _let_lapse(tx, other_id, but=match["_id"])
    matching = Matching(tx)
    matching.join(kept_id, other_id)
    matching.compare()
    ids = sorted(row["_id"] for row in theirs)
    data = {"person_id": kept_id, "joined_person_id": other_id, "nomination_ids": ids}
    tx.emit(PEOPLE_JOINED, data, subject=kept_id)


def _refuse_overlaps(tx: Transaction, engagements: list[Doc]) -> None:
    terms = open_terms(tx)
    seats = [item for item in engagements if item["admitted"] and item["term_id"] in terms]
    for index, mine in enumerate(seats):
        for other in seats[index + 1 :]:
            if terms[mine["term_id"]].overlaps(terms[other["term_id"]]):
                one, two = terms[mine["term_id"]].label(), terms[other["term_id"]].label()
                raise SeatsOverlap(
                    f"合并后该人同时录取在{one.zh}和{two.zh}，日期重叠；请先退出其中一期，再确认为同一人",
                    f"joined, the person would sit in {one.en} and {two.en} at once; withdraw one first",
                    nomination_ids=[mine["nomination_id"], other["nomination_id"]],
                )


def _let_lapse(tx: Transaction, person_id: str, but: str) -> None:
    """What is asked of somebody who is joined now is asked anew of whom they were joined to."""
    rows = tx.rows(PERSON_MATCHES)
    waiting = rows.find({"state": "open", "person_ids": person_id})
    rows.save_many({**row, "state": "lapsed"} for row in waiting if row["_id"] != but)


def _decide_name(tx: Transaction, match: Doc, same: bool, note: str) -> None:
    row = tx.rows(NOMINATIONS).get(match["nomination_ids"][1])
    if row["person_id"] != match["person_ids"][1]:
        return
    if same:
        _accept_name(tx, match, row)
    elif row["state"] in LIVE:
        _return(tx, row, note)


def _accept_name(tx: Transaction, match: Doc, row: Doc) -> None:
    matching = Matching(tx)
    matching.accept_name(match["person_ids"][0], row["name"])
    matching.compare()
    questions = tx.rows(PERSON_MATCHES)
    waiting = questions.find({"state": "open", "kind": "names", "person_ids": match["person_ids"][0]})
    asked = {each["_id"]: each["nomination_ids"][1] for each in waiting if each["_id"] != match["_id"]}
    names = {each["_id"]: each["name"] for each in tx.rows(NOMINATIONS).find({"_id": {"$in": sorted(asked.values())}})}
    answered = [each for each in waiting if names.get(asked.get(each["_id"], "")) == row["name"]]
    questions.save_many({**each, "state": "lapsed"} for each in answered)


def _return(tx: Transaction, row: Doc, note: str) -> None:
    """Send the nomination back: its number is not that person's, and only the unit knows the right one."""
    try:
        after = state_after(row["state"], Step.RETURN)
    except Refusal as refusal:
        raise fault_of(refusal, nomination_id=row["_id"]) from None
    leave_line(tx, row)
    step_down(row)
    review = {"decision": "return", "reason_code": "identity-wrong", "note": note, "at": tx.now}
    row["review"] = {**review, "step": "person-match", "by": tx.caller.subject}
    row["reviews"] = [*row["reviews"], row["review"]]
    row |= {"state": after.value, "history": [*row["history"], step(tx, after.value)]}
    tx.rows(NOMINATIONS).save(row)
