"""Fee scopes, payers and orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from services.enrollment.domain.fee_departure import Departure, DepartureKind
from services.enrollment.domain.fee_ledger import Account, Entry, EntryKind, FeeLedger, OrderState, Posting
from services.enrollment.domain.fee_order import Line
from services.enrollment.domain.fee_scope import FeeChoice, ScopeRow
from services.enrollment.domain.fee_standard import Citation
from services.enrollment.domain.wording import Sentence
from services.enrollment.store.shapes import ARRAY, COUNT, INSTANT, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

PAYERS = ("unit", "treasury", "individual")
_AMOUNT = {"bsonType": ["int", "long"]}

FEE_SCOPES = Collection(
    "fee_scopes",
    validator=shape(
        standard=TEXT,
        fee_class=TEXT,
        lecture_standard=TEXT,
        departure_days=COUNT,
        effective_from=TEXT,
        effective_to=TEXT_OR_NULL,
        campus_id=TEXT_OR_NULL,
        programme_id=TEXT_OR_NULL,
        kind=TEXT_OR_NULL,
    ),
)
FEE_PAYERS = Collection(
    "fee_payers",
    indexes=(Index((("term_id", 1), ("unit_id", 1), ("nomination_id", 1)), unique=True),),
    validator=shape(term_id=TEXT, unit_id=TEXT, nomination_id=TEXT_OR_NULL, payer={"enum": list(PAYERS)}),
)
FEE_ORDERS = Collection(
    "fee_orders",
    indexes=(
        Index((("term_id", 1), ("unit_id", 1), ("payer_key", 1)), unique=True),
        Index((("unit_id", 1), ("_id", 1))),
    ),
    validator=shape(
        term_id=TEXT,
        unit_id=TEXT,
        payer={"enum": list(PAYERS)},
        payer_key=TEXT,
        assessment=COUNT,
        due_on=TEXT,
        lines=ARRAY,
        entries=ARRAY,
        payments=ARRAY,
        refunds=ARRAY,
        assessed_fen=COUNT,
        received_fen=COUNT,
        returned_fen=COUNT,
        outstanding_fen=_AMOUNT,
        state={"enum": [state.value for state in OrderState]},
    ),
)
FEE_ASSESSMENTS = Collection(
    "fee_assessments",
    indexes=(Index((("order_id", 1), ("assessment", 1)), unique=True),),
    validator=shape(order_id=TEXT, assessment=COUNT, cause=TEXT, lines=ARRAY, assessed_fen=COUNT, at=INSTANT),
)
RECEIPT_BOOKS = Collection("receipt_books", validator=shape(issuer=TEXT, year=COUNT, last=COUNT))
FEE_RECEIPTS = Collection(
    "fee_receipts",
    indexes=(
        Index((("issuer", 1), ("year", 1), ("sequence", 1)), unique=True),
        Index((("unit_id", 1), ("_id", 1))),
    ),
    validator=shape(
        number=TEXT, issuer=TEXT, year=COUNT, sequence=COUNT, order_id=TEXT, unit_id=TEXT, amount_fen=COUNT
    ),
)


def scope_row(row: Mapping[str, Any]) -> ScopeRow:
    """Return the scope of a stored row."""
    last = row["effective_to"]
    return ScopeRow(
        scope_id=row["_id"],
        choice=choice_from(row),
        effective_from=date.fromisoformat(row["effective_from"]),
        effective_to=date.fromisoformat(last) if last else None,
        campus_id=row["campus_id"],
        programme_id=row["programme_id"],
        kind=row["kind"],
    )


def choice_from(row: Mapping[str, Any]) -> FeeChoice:
    """Return the standards a row names."""
    return FeeChoice(row["standard"], row["fee_class"], row["lecture_standard"], row["departure_days"])


def line_fields(line: Line) -> dict[str, Any]:
    """Return a line as it is stored."""
    departure = line.departure
    return {
        "nomination_id": line.nomination_id,
        "amount_fen": line.amount_fen,
        "days": line.days,
        "departure": {"on": departure.on.isoformat(), "kind": departure.kind.value} if departure else None,
        "standard": line.standard,
        "fee_class": line.fee_class,
        "reasons": [reason.plain() for reason in line.reasons],
        "citation": citation_fields(line.citation),
        "of_cancelled": line.of_cancelled,
    }


def line_from(row: Mapping[str, Any]) -> Line:
    """Return the line of a stored one."""
    left = row["departure"]
    return Line(
        nomination_id=row["nomination_id"],
        amount_fen=row["amount_fen"],
        days=row["days"],
        departure=Departure(date.fromisoformat(left["on"]), DepartureKind(left["kind"])) if left else None,
        standard=row["standard"],
        fee_class=row["fee_class"],
        reasons=tuple(Sentence(reason["zh"], reason["en"]) for reason in row["reasons"]),
        citation=Citation(**row["citation"]),
        of_cancelled=row.get("of_cancelled", False),
    )


def citation_fields(citation: Citation) -> dict[str, str]:
    """Return a citation as it is stored and shown."""
    return {"document": citation.document, "source": citation.source, "basis": citation.basis}


def ledger_from(entries: Iterable[Mapping[str, Any]]) -> FeeLedger:
    """Return the ledger of stored entries."""
    return FeeLedger(
        tuple(
            Entry(
                EntryKind(row["kind"]),
                row["reference"],
                tuple(Posting(Account(each["account"]), each["fen"]) for each in row["postings"]),
            )
            for row in entries
        )
    )


def ledger_fields(ledger: FeeLedger) -> dict[str, Any]:
    """Return the figures of a ledger as they are stored beside its entries."""
    return {
        "assessed_fen": ledger.assessed,
        "received_fen": ledger.received,
        "returned_fen": ledger.returned,
        "outstanding_fen": ledger.outstanding,
        "state": ledger.state.value,
    }


def entry_fields(entry: Entry) -> dict[str, Any]:
    """Return an entry as it is stored."""
    return {
        "kind": entry.kind.value,
        "reference": entry.reference,
        "postings": [{"account": each.account.value, "fen": each.fen} for each in entry.postings],
    }
