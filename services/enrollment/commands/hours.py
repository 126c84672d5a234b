"""The hours ledger follows admissions, withdrawals and decisions on completion."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from services.enrollment.contract import HOURS_CREDITED
from services.enrollment.domain.nomination import State
from services.enrollment.store import HOURS_LEDGERS, NOMINATIONS, TERMS, new_ledger
from shared.storage import Transaction, exactly

Doc = dict[str, Any]


def on_admission(tx: Transaction, news: Doc) -> None:
    """People have seats: their hours are expected, and the posts they hold are noted."""
    ids = sorted(set(news["nomination_ids"]))
    rows = tx.rows(NOMINATIONS).find({"_id": {"$in": ids}, "state": State.ADMITTED.value})
    ledgers = _ledgers(tx, rows)
    for row in rows:
        ledger = ledgers[row["person_id"]]
        note_position(ledger, row)
        others = [each for each in ledger["expected"] if each["nomination_id"] != row["_id"]]
        if not any(entry["entry_id"] == row["_id"] for entry in ledger["entries"]):
            others.append({"nomination_id": row["_id"], "term_id": row["term_id"], "rank": row["rank"]})
        ledger["expected"] = others
    keep(tx, ledgers.values())


def on_withdrawal(tx: Transaction, news: Doc) -> None:
    """Somebody does not go: nothing is expected of that term any more."""
    if not news["was_admitted"]:
        return
    row = tx.rows(NOMINATIONS).get(news["nomination_id"])
    ledger = tx.rows(HOURS_LEDGERS).one({"_id": exactly(row["person_id"])})
    if ledger is not None and row["state"] != State.ADMITTED:
        _expect_no_more(ledger, row["_id"])
        tx.rows(HOURS_LEDGERS).save(ledger)


def on_completion(tx: Transaction, news: Doc, decided_at: datetime) -> None:
    """Credit the hours somebody attended. The last word on a nomination counts, in whatever order words arrive.

    Hours attended count also where the completion itself was refused: they were attended.
    """
    row = tx.rows(NOMINATIONS).get(news["nomination_id"])
    term = tx.rows(TERMS).get(row["term_id"])
    ledger = _ledgers(tx, [row])[row["person_id"]]
    known = next((entry for entry in ledger["entries"] if entry["entry_id"] == row["_id"]), None)
    if known is not None and known["decided_at"] > decided_at:
        return
    figures = {"hours": news["hours_attended"], "days": news["days"], "completed": news["completed"]}
    if known is not None and all(known[key] == value for key, value in figures.items()):
        # Nothing to tell of, but a word from between the two would count if this one were forgotten.
        known["decided_at"] = decided_at
        keep(tx, [ledger])
        return
    note_position(ledger, row)
    _expect_no_more(ledger, row["_id"])
    entry = {
        "entry_id": row["_id"],
        "kind": "training",
        "nomination_id": row["_id"],
        "term_id": row["term_id"],
        "title": f"{term['programme_title']}第{term['ordinal']}期",
        "unit_id": row["unit_id"],
        "on": term["ends_on"],
        "rank": row["rank"],
        "post": row["post"],
        "source": "",
        **figures,
    }
    put_entry(ledger, entry, decided_at)
    keep(tx, [ledger])
    data = {"nomination_id": row["_id"], "term_id": row["term_id"], "unit_id": row["unit_id"]}
    data |= {"year": int(term["ends_on"][:4]), "hours": news["hours_attended"]}
    tx.emit(HOURS_CREDITED, data, subject=row["_id"])


def join_ledgers(tx: Transaction, kept_id: str, other_id: str) -> None:
    """Put two people's hours together who turned out to be one; nothing is counted twice."""
    rows = tx.rows(HOURS_LEDGERS)
    kept, other = rows.one({"_id": exactly(kept_id)}), rows.one({"_id": exactly(other_id)})
    if other is None:
        return
    if kept is None:
        kept = new_ledger(kept_id, other["unit_id"], other["name"])
    for key, identity in (("entries", "entry_id"), ("expected", "nomination_id"), ("promotions", "on")):
        have = {each[identity] for each in kept[key]}
        kept[key] = [*kept[key], *(each for each in other[key] if each[identity] not in have)]
    for position in other["positions"]:
        _put_position(kept, position)
    _settle_identity(kept)
    keep(tx, [kept])
    rows.remove(other)


def note_position(ledger: Doc, row: Doc) -> None:
    """Note the rank a nomination says; the person belongs to the unit that spoke of them last."""
    _put_position(
        ledger,
        {
            "on": row["snapshot_on"],
            "rank": row["rank"],
            "post": row["post"],
            "unit_id": row["unit_id"],
            "name": row["name"],
            "source": row["_id"],
        },
    )
    _settle_identity(ledger)


def put_entry(ledger: Doc, entry: Doc, at: datetime) -> None:
    """Write an entry into a ledger; one it replaces stays in its history."""
    known = next((each for each in ledger["entries"] if each["entry_id"] == entry["entry_id"]), None)
    superseded = []
    if known is not None:
        before = {"hours": known["hours"], "days": known["days"], "at": known["decided_at"]}
        superseded = [*known["superseded"], before]
    others = [each for each in ledger["entries"] if each is not known]
    ledger["entries"] = [*others, {**entry, "decided_at": at, "superseded": superseded}]


def keep(tx: Transaction, ledgers: Iterable[Doc]) -> None:
    """Store ledgers, new ones and changed ones."""
    found = list(ledgers)
    rows = tx.rows(HOURS_LEDGERS)
    rows.insert_many(ledger for ledger in found if "version" not in ledger)
    rows.save_many(ledger for ledger in found if "version" in ledger)


def _ledgers(tx: Transaction, nominations: Iterable[Doc]) -> dict[str, Doc]:
    by_person = {row["person_id"]: row for row in nominations}
    found = tx.rows(HOURS_LEDGERS).find({"_id": {"$in": sorted(by_person)}}) if by_person else []
    known = {ledger["_id"]: ledger for ledger in found}
    for person_id, row in by_person.items():
        known.setdefault(person_id, new_ledger(person_id, row["unit_id"], row["name"]))
    return known


def _expect_no_more(ledger: Doc, nomination_id: str) -> None:
    ledger["expected"] = [each for each in ledger["expected"] if each["nomination_id"] != nomination_id]


def _put_position(ledger: Doc, position: Doc) -> None:
    others = [each for each in ledger["positions"] if each["source"] != position["source"]]
    ledger["positions"] = sorted([*others, position], key=lambda each: (each["on"], each["source"]))


def _settle_identity(ledger: Doc) -> None:
    spoken = [position for position in ledger["positions"] if position["unit_id"]]
    if spoken:
        ledger |= {key: spoken[-1][key] for key in ("unit_id", "name")}
