"""Changes of post and rank: kept with their day, and the snapshot for the term follows."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.enrollment.commands.background import Background, heads_of
from services.enrollment.commands.nominating import facts_of, judgement, open_terms, quota_facts
from services.enrollment.commands.people import engagements_of
from services.enrollment.commands.refusals import fault_of
from services.enrollment.contract import POST_CHANGED
from services.enrollment.domain.eligibility import Stage
from services.enrollment.domain.nomination import LIVE, STATE_WORDS, State
from services.enrollment.domain.posts import PostHeld, held_on
from services.enrollment.domain.roster import cells
from services.enrollment.domain.wording import Refusal
from services.enrollment.queries.nominations import shown_nomination
from services.enrollment.queries.units import nominated_by_unit
from services.enrollment.rulebook import Rulebook
from services.enrollment.store import NOMINATIONS, PEOPLE, SEATS, TERMS, seats_from
from shared.storage import Transaction

_HELD = ("post", "rank", "workplace")


def change_post(tx: Transaction, request: dict[str, Any], rules: Rulebook) -> dict[str, Any]:
    """Record what somebody holds from a day on; where the snapshot changes, the rules are asked again.

    Somebody admitted keeps the seat whatever the rules say now: a person decides.
    """
    row = tx.rows(NOMINATIONS).get_within_reach(request["nomination_id"])
    tx.expect(row)
    _refuse_ended(row)
    term = tx.rows(TERMS).get(row["term_id"])
    row["posts"] = [*(row["posts"] or [_first(row)]), _held(tx, row, request)]
    in_force = retake_snapshot(row, term, tx.today)
    if in_force and not term["cancelled"]:
        _judge(tx, rules, row)
    row = tx.rows(NOMINATIONS).save(row)
    data = {"nomination_id": row["_id"], **{key: row[key] for key in ("term_id", "unit_id")}}
    tx.emit(POST_CHANGED, data | {"admitted": row["state"] == State.ADMITTED, "in_force": in_force}, subject=row["_id"])
    return shown_nomination(tx, row)


def retake_snapshot(row: dict[str, Any], term: dict[str, Any], today: date) -> bool:
    """Put what is held on the first day of the term into the nomination; return whether that is something else."""
    posts = [
        PostHeld(item["post"], item["rank"], item["workplace"], date.fromisoformat(item["since"]))
        for item in row["posts"]
    ]
    held = held_on(posts, date.fromisoformat(term["starts_on"]))
    before = tuple(row[key] for key in _HELD)
    row |= {"post": held.post, "rank": held.rank, "workplace": held.workplace}
    changed = before != (held.post, held.rank, held.workplace)
    if changed:
        row["snapshot_on"] = today.isoformat()
    return changed


def _judge(tx: Transaction, rules: Rulebook, row: dict[str, Any]) -> None:
    terms = open_terms(tx)
    term = terms[row["term_id"]]
    person = tx.rows(PEOPLE).get(row["person_id"])
    nominated = nominated_by_unit(tx, [term.term_id]).get(term.term_id, {})
    quota = quota_facts(seats_from(tx.rows(SEATS).get(term.term_id)), row["unit_id"], nominated)
    stage = Stage.NOMINATION if row["state"] in (State.FILED, State.RETURNED) else Stage.REVIEW
    facts = facts_of(row, stage, tx.today, term, engagements_of(person, terms, but=row["_id"]), quota)
    background = Background(tx, [term])
    background.read_people([row["person_id"]])
    row.update(judgement(rules.judge(background.complete(facts, heads_of(row["unit_id"], nominated), person["_id"]))))
    if row["state"] == State.ADMITTED and row["outcome"] == "refused":
        row["needs_human"] = True


def _first(row: dict[str, Any]) -> dict[str, Any]:
    kept = {key: row[key] for key in _HELD}
    return {**kept, "since": row["snapshot_on"], "document": "", "at": row["filed_at"], "by": row["history"][0]["by"]}


def _held(tx: Transaction, row: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
    workplace = row["workplace"] if request["workplace"] is None else cells.text_of(request["workplace"])
    return {
        "post": cells.text_of(request["post"]),
        "rank": cells.text_of(request["rank"]),
        "workplace": workplace,
        "since": request["since"].isoformat(),
        "document": request["document"],
        "at": tx.now,
        "by": tx.caller.subject,
    }


def _refuse_ended(row: dict[str, Any]) -> None:
    if row["state"] not in LIVE:
        words = STATE_WORDS[State(row["state"])]
        refusal = Refusal(
            "wrong-state",
            f"该推荐{words.zh}，不再登记职务变动",
            f"the nomination is {words.en}; changes of post are no longer recorded",
        )
        raise fault_of(refusal, nomination_id=row["_id"])
