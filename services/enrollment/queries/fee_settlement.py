"""Reading how far a term's settlement is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from services.enrollment.domain.fee_settlement import AskedPaper, asked_papers, missing
from services.enrollment.domain.fee_table import ITEM_WORDS
from services.enrollment.domain.money import yuan
from services.enrollment.domain.nomination import LEFT, State
from services.enrollment.limits import policy_table
from services.enrollment.store import FEE_ORDERS, LECTURE_STATEMENTS, NOMINATIONS, TERM_COSTS, TERMS
from shared.clock import CITY_ZONE
from shared.storage import View, exactly

Doc = dict[str, Any]


def get_term_settlement(view: View, request: Doc) -> Doc:
    """Show the settlement of a term, also before anything was filed."""
    term = view.rows(TERMS).get(request["term_id"])
    return shown_settlement(view, settlement_of(view, term["_id"]))


def settlement_of(view: View, term_id: str) -> Doc:
    """Return the stored settlement of a term, or an empty one without a version."""
    known = view.rows(TERM_COSTS).one({"_id": exactly(term_id)})
    return known or {
        "_id": term_id,
        "term_id": term_id,
        "state": "open",
        "staff": 0,
        "trainees": 0,
        "items": {},
        "unplanned": False,
        "findings": [],
        "papers": {},
        "history": [],
    }


def papers_of(view: View, settlement: Doc) -> tuple[AskedPaper, ...]:
    """Return the papers this term's file needs today."""
    lectures = lecture_fen(view, settlement["term_id"]) > 0
    return asked_papers(policy_table().on(view.today), lectures, settlement["unplanned"])


def admitted(view: View, term_id: str) -> int:
    """Return how many people have a seat in the term."""
    return view.rows(NOMINATIONS).count({"term_id": term_id, "state": State.ADMITTED.value})


def most_who_came(view: View, term: Doc) -> int:
    """Return how many people the sign-in sheet may have: those with a seat, and those who left once people reported."""
    states = sorted(LEFT - {State.NOT_REPORTED})
    left = view.rows(NOMINATIONS).find(
        {"term_id": term["_id"], "state": {"$in": states}, "admitted_at": {"$ne": None}},
        fields=("withdrawal", "history"),
    )
    first: str = term.get("reports_on") or term["starts_on"]
    return admitted(view, term["_id"]) + sum(_left_on(row).isoformat() >= first for row in left)


def lecture_fen(view: View, term_id: str) -> int:
    """Return what lecturers are paid for the term, after tax."""
    return sum(row["amount_fen"] for row in view.rows(LECTURE_STATEMENTS).find({"term_id": term_id}))


def shown_settlement(view: View, row: Doc) -> Doc:
    """Return a settlement as the contract shows it."""
    asked = papers_of(view, row)
    orders = view.rows(FEE_ORDERS).find({"term_id": row["term_id"]})
    return {
        **{key: row[key] for key in ("term_id", "staff", "trainees", "unplanned", "findings", "history")},
        "state": row["state"] if "version" in row else "none",
        "items": {name: yuan(row["items"].get(name, 0)) for name in ITEM_WORDS},
        "spent": yuan(sum(row["items"].values())),
        "fees": yuan(sum(order["assessed_fen"] for order in orders)),
        "received": yuan(sum(order["received_fen"] - order["returned_fen"] for order in orders)),
        "lectures": yuan(lecture_fen(view, row["term_id"])),
        "papers": [_shown_paper(paper, row["papers"].get(paper.code)) for paper in asked],
        "missing": [paper.code for paper in missing(asked, row["papers"])],
        "version": row.get("version", 0),
    }


def _left_on(row: Doc) -> date:
    at: datetime = (row.get("withdrawal") or row["history"][-1])["at"]
    return at.astimezone(CITY_ZONE).date()


def _shown_paper(paper: AskedPaper, given: Doc | None) -> Doc:
    return {
        "paper": paper.code,
        "words": paper.words.plain(),
        "source": paper.source,
        "basis": paper.basis,
        "reference": given["reference"] if given else None,
        "dated_on": date.fromisoformat(given["dated_on"]) if given else None,
    }
