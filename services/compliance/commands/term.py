"""The read model of terms: what scheduling announces."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.compliance.commands import briefing, health, timetable, travel
from services.compliance.commands.checkin import expect_again
from services.compliance.commands.return_to_post import void_returns
from services.compliance.rulebook import Rulebook
from services.compliance.store.term import TERMS
from shared.city_calendar import keep_calendar
from shared.errors import Unavailable
from shared.storage import Transaction
from shared.storage.canonical import plain

_KEPT = (
    "plan_id", "programme_id", "programme_ordinal", "programme_title", "starts_on", "ends_on", "reports_on",
    "reports_from", "reports_until", "campus_title",
)  # fmt: skip


def record_term(tx: Transaction, data: dict[str, Any], rules: Rulebook) -> None:
    """A term was placed or moved: keep what is needed of it, unless something newer is known."""
    terms = tx.rows(TERMS)
    known = terms.one({"_id": data["term_id"]})
    if known is not None and known["term_version"] >= data["version"]:
        return
    facts = {
        **{name: plain(data[name]) for name in _KEPT},
        "term_ordinal": data["ordinal"],
        "term_version": data["version"],
        "cancelled": False,
        "settled": False,
    }
    if known is None:
        terms.insert({"_id": data["term_id"], **facts, "frozen": False})
    else:
        _follow(tx, known, terms.save({**known, **facts}), rules)
    briefing.follow_term(tx, data["term_id"], data["starts_on"])


def _follow(tx: Transaction, known: dict[str, Any], term: dict[str, Any], rules: Rulebook) -> None:
    """Let what depends on a term's days follow them: the rolls that count, another reporting day, another end."""
    if (known["starts_on"], known["ends_on"]) != (term["starts_on"], term["ends_on"]):
        timetable.follow_days(tx, term["_id"], rules)
    why = "班次时间调整 / the term was moved"
    if known["reports_on"] != term["reports_on"]:
        travel.void_plans(tx, known["_id"], "out", why)
        expect_again(tx, term)
    if known["ends_on"] != term["ends_on"]:
        travel.void_plans(tx, known["_id"], "back", why)
        void_returns(tx, known["_id"])
    if known["ends_on"] != term["ends_on"] or known["cancelled"]:
        health.follow_end(tx, known["_id"], date.fromisoformat(term["ends_on"]))


def cancel_term(tx: Transaction, data: dict[str, Any]) -> None:
    """A term was cancelled: nobody has to be briefed for it, unless it was placed again since."""
    known = tx.rows(TERMS).one({"_id": data["term_id"]})
    if known is None:
        # Events of two types may overtake each other; the retry ladder brings this one again.
        raise Unavailable(
            f"尚未收到班次 {data['term_id']} 的排期信息，稍后自动重试",
            f"term {data['term_id']} has not been announced yet; this will be tried again",
            term_id=data["term_id"],
        )
    if known["term_version"] >= data["version"]:
        return
    tx.rows(TERMS).save({**known, "cancelled": True, "settled": True, "term_version": data["version"]})
    for leg in ("out", "back"):
        travel.void_plans(tx, data["term_id"], leg, "班次取消 / the term was cancelled")
    void_returns(tx, data["term_id"])
    health.follow_cancellation(tx, data["term_id"])
    briefing.cancel_briefings(tx, data["term_id"])


def learn_calendar(tx: Transaction, data: dict[str, Any]) -> None:
    """The city's own days changed: returns that are asked for from now on, and what is overdue, go by them."""
    keep_calendar(tx, data)
