"""Reading the hours ledger, with what is asked of each person and what is still missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from services.enrollment.domain.hours_ledger import Credit, Person, Standing, standings_of
from services.enrollment.domain.hours_rank import bucket_of, rank_on
from services.enrollment.limits import policy_table
from services.enrollment.queries.units import titles_of
from services.enrollment.store import (
    HOURS_LEDGERS,
    LECTURE_TABLES,
    NOMINATIONS,
    TERMS,
    citation_fields,
    credit_from,
    position_from,
)
from shared.errors import NotFound
from shared.security.caller import Role
from shared.storage import View, exactly, subtree

Doc = dict[str, Any]
_ENTRY = (
    "entry_id", "kind", "nomination_id", "term_id", "title", "hours", "days", "completed", "rank", "source",
    "superseded",
)  # fmt: skip
_STANDING = (
    "kind", "first", "last", "required_hours", "required_days", "hours", "days", "met", "gap_hours", "expected_hours",
    "forecast_met", "forecast_gap_hours",
)  # fmt: skip


def list_hours(view: View, request: Doc) -> Doc:
    """List ledgers within reach, unit by unit; a unit brings those below it too."""
    rows = view.rows(HOURS_LEDGERS)
    below = subtree(request["unit_id"]) if request.get("unit_id") else {}
    found, cursor = rows.page(
        {"$and": [rows.reach(), below]}, request.get("cursor"), request["limit"], sort=(("unit_id", 1),)
    )
    return {"items": Ledgers(view, found).summaries(), "next_cursor": cursor}


def get_hours(view: View, request: Doc) -> Doc:
    """Show one person's ledger."""
    return shown_ledger(view, view.rows(HOURS_LEDGERS).get_within_reach(request["person_id"]))


def get_hours_of_nomination(view: View, request: Doc) -> Doc:
    """Show the ledger of whoever a nomination within reach is of."""
    nomination = view.rows(NOMINATIONS).get_within_reach(request["nomination_id"])
    return shown_ledger(view, _ledger_of(view, nomination))


def get_my_hours(view: View, request: Doc) -> Doc:
    """Show a trainee's own ledger, as the personal link says who it is."""
    nomination = view.rows(NOMINATIONS).get(view.caller.own_id(Role.TRAINEE))
    return shown_ledger(view, _ledger_of(view, nomination))


def shown_ledger(view: View, row: Doc) -> Doc:
    """Return a ledger as it is shown by itself."""
    ledgers = Ledgers(view, [row])
    [summary] = ledgers.summaries()
    return {
        **summary,
        "entries": [_entry(each) for each in sorted(row["entries"], key=lambda each: each["on"])],
        "expected": [
            {
                "nomination_id": each["nomination_id"],
                "term_id": each["term_id"],
                "title": ledgers.title(each["term_id"]),
                "on": credit.on,
                "hours": credit.hours,
                "days": credit.days,
            }
            for each, credit in ledgers.expected(row)
        ],
        "positions": [
            {**{key: each[key] for key in ("rank", "post", "source")}, "on": date.fromisoformat(each["on"])}
            for each in row["positions"]
        ],
    }


class Ledgers:
    """Some ledgers with the terms their people still expect hours from, read in one look-up each."""

    def __init__(self, view: View, rows: Iterable[Doc]) -> None:
        self._view = view
        self.rows = list(rows)
        term_ids = sorted({each["term_id"] for row in self.rows for each in row["expected"]})
        condition = {"_id": {"$in": term_ids}}
        self._terms = {row["_id"]: row for row in view.rows(TERMS).find(condition)} if term_ids else {}
        tables = view.rows(LECTURE_TABLES).find(condition, fields=("_id", "total_hours")) if term_ids else []
        self._hours = {row["_id"]: row["total_hours"] for row in tables}
        self._policies = cache(policy_table().on)

    def summaries(self) -> list[Doc]:
        """Return each ledger as a list shows it."""
        titles = titles_of(self._view, [row["unit_id"] for row in self.rows])
        return [self._summary(row, titles) for row in self.rows]

    def standings(self, row: Doc) -> tuple[Standing, ...]:
        """Return what is asked of the person today."""
        person = Person(
            positions=tuple(position_from(each) for each in row["positions"]),
            credits=tuple(credit_from(each) for each in row["entries"]),
            expected=tuple(credit for _, credit in self.expected(row)),
            promotions=tuple(date.fromisoformat(each["on"]) for each in row["promotions"]),
        )
        return standings_of(person, self._view.today, self._policies)

    def expected(self, row: Doc) -> list[tuple[Doc, Credit]]:
        """Return the terms a person is admitted to, with the hours they will bring; cancelled ones bring none."""
        found = []
        for each in row["expected"]:
            term = self._terms.get(each["term_id"])
            if term is not None and not term["cancelled"]:
                found.append((each, self._expected(term, each["rank"])))
        return found

    def title(self, term_id: str) -> str:
        """Return what people call a term."""
        term = self._terms[term_id]
        return f"{term['programme_title']}第{term['ordinal']}期"

    def _expected(self, term: Doc, rank: str) -> Credit:
        per_day = self._policies(self._view.today).number("hours.per_day")
        hours = self._hours.get(term["_id"], term["days"] * per_day)
        return Credit(date.fromisoformat(term["ends_on"]), hours, term["days"], rank)

    def _summary(self, row: Doc, titles: dict[str, str]) -> Doc:
        today = self._view.today
        rank = rank_on((position_from(each) for each in row["positions"]), today)
        return {
            "person_id": row["_id"],
            "unit_id": row["unit_id"],
            "unit_title": titles.get(row["unit_id"]),
            "name": row["name"],
            "rank": rank,
            "bucket": bucket_of(rank, self._policies(today)).value,
            "standings": [shown_standing(standing) for standing in self.standings(row)],
            "version": row["version"],
        }


def shown_standing(standing: Standing) -> Doc:
    """Return a standing as the contract shows it."""
    return {
        **{key: getattr(standing, key) for key in _STANDING},
        "words": standing.words.plain(),
        "citation": citation_fields(standing.citation),
    }


def _entry(entry: Doc) -> Doc:
    on = date.fromisoformat(entry["on"])
    bucket = bucket_of(entry["rank"], policy_table().on(on))
    shown = {key: entry[key] for key in _ENTRY}
    return {**shown, "on": on, "bucket": bucket.value, "credited_at": entry["decided_at"]}


def _ledger_of(view: View, nomination: Doc) -> Doc:
    ledger = view.rows(HOURS_LEDGERS).one({"_id": exactly(nomination["person_id"])})
    if ledger is None:
        raise NotFound(
            "该人尚无学时档案：录取后建立，结业评定后登记学时",
            "no hours ledger yet: it is opened upon admission and credited when completion is decided",
            id=nomination["_id"],
        )
    return ledger
