"""From a roster to the letters it asks for, not yet numbered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.notification.domain.facts import Contact, Facts, Issuer, LetterKind, Term, Trainee


@dataclass(frozen=True)
class Draft:
    """One letter before it has a number: what it is about, the document plugin that words it, who signs."""

    facts: Facts
    title: str
    document: str
    sign_off: bool = False


def draft_letters(
    term: Term, unit_id: str, unit_title: str, trainees: list[Trainee], issuers: Mapping[str, dict[str, Any]]
) -> dict[str | None, Draft]:
    """Return the drafts by nomination; the transfer letter under ``None``. Nobody admitted: no letters."""
    if not trainees:
        return {}
    drafts: dict[str | None, Draft] = {
        None: _draft("transfer", f"关于选调学员参加{term.title}的函", term, unit_id, unit_title, trainees, issuers)
    }
    for trainee in trainees:
        drafts[trainee.nomination_id] = _draft(
            "admission", f"{term.title}入学通知书", term, unit_id, unit_title, [trainee], issuers
        )
    return drafts


def _draft(
    kind: LetterKind,
    title: str,
    term: Term,
    unit_id: str,
    unit_title: str,
    trainees: list[Trainee],
    issuers: Mapping[str, dict[str, Any]],
) -> Draft:
    row = issuers[kind]
    issuer = Issuer(kind, row["name"], row["signature"], row["series"], Contact(**row["contact"]))
    facts = Facts(kind, issuer, term, unit_id, unit_title, tuple(trainees))
    return Draft(facts, title, row["document"], row.get("sign_off", False))
