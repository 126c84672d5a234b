"""Reading fee standards and where they hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from services.enrollment.commands.refusals import fault_of
from services.enrollment.domain.fee_standard import Edition, Stay
from services.enrollment.domain.money import yuan
from services.enrollment.domain.wording import Refusal
from services.enrollment.fee_standards import FeeStandards
from services.enrollment.limits import policy_table
from services.enrollment.store import FEE_SCOPES, citation_fields
from shared.plugins import PluginFailed
from shared.storage import View

_SCOPE = (
    "standard", "fee_class", "lecture_standard", "departure_days", "campus_id", "programme_id", "kind", "document",
    "version",
)  # fmt: skip


def list_fee_standards(view: View, request: dict[str, Any], standards: FeeStandards) -> dict[str, Any]:
    """List the editions of every installed standard, or those in force on one day."""
    return {"items": list(_editions(standards, request["on"]))}


def quote_fee(view: View, request: dict[str, Any], standards: FeeStandards) -> dict[str, Any]:
    """Reckon what a stay costs by an installed standard."""
    stay = Stay(
        request["on"],
        request["fee_class"],
        request["training_days"],
        request["arrival_days"],
        request["departure_days"],
    )
    try:
        charge = standards.charge(request["standard"], stay)
    except Refusal as refusal:
        raise fault_of(refusal) from None
    return {
        "amount": yuan(charge.amount_fen),
        "days": charge.days,
        "reasons": [reason.plain() for reason in charge.reasons],
        "citation": citation_fields(charge.citation),
    }


def list_fee_scopes(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List every scope and the default that holds today."""
    default = policy_table().on(view.today)["fee.default"]
    citation = {"document": "", "source": default.source, "basis": default.basis}
    rows = view.rows(FEE_SCOPES).find(sort=(("_id", 1),))
    return {"default": {**default.value, "citation": citation}, "items": [shown_scope(row) for row in rows]}


def shown_scope(row: dict[str, Any]) -> dict[str, Any]:
    """Return a scope as the contract shows it."""
    last = row["effective_to"]
    return {
        "scope_id": row["_id"],
        **{key: row[key] for key in _SCOPE},
        "effective_from": date.fromisoformat(row["effective_from"]),
        "effective_to": date.fromisoformat(last) if last else None,
    }


def _editions(standards: FeeStandards, day: date | None) -> Iterator[dict[str, Any]]:
    for plugin in standards.installed():
        try:
            editions = standards.editions(plugin.slug)
        except PluginFailed:  # its reason stands in the registry; the others are still shown
            continue
        for edition in editions:
            if day is None or edition.holds_on(day):
                yield _shown_edition(plugin.slug, edition)


def _shown_edition(slug: str, edition: Edition) -> dict[str, Any]:
    return {
        "standard": slug,
        "effective_from": edition.effective_from,
        "effective_to": edition.effective_to,
        "title": edition.title.plain(),
        "applies_to": edition.applies_to.plain(),
        "citation": citation_fields(edition.citation),
        "classes": [{"code": code, "title": title.plain()} for code, title in edition.classes],
        "figures": [
            {
                "key": figure.key,
                "words": figure.words.plain(),
                "value": figure.value,
                "citation": citation_fields(figure.citation),
            }
            for figure in edition.figures
        ],
    }
