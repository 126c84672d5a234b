"""What the built-in documents have in common: templates, numbered paragraphs, the contact line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from services.notification.domain.facts import Contact, Facts, Term
from services.notification.domain.wording import printable

_TEMPLATES = Path(__file__).parent / "templates"
_NUMERALS = "一二三四五六七八九十"


def template(slug: str) -> str:
    """Return the typst source of a built-in document."""
    return (_TEMPLATES / f"{slug}.typ").read_text(encoding="utf-8")


def numbered(*sections: tuple[str, str]) -> list[dict[str, str]]:
    """Return run-in headings 一、二、三… with their text; a section without text is left out."""
    kept = [(heading, text) for heading, text in sections if text]
    return [
        {"heading": f"{_NUMERALS[position]}、{heading}。", "text": printable(text)}
        for position, (heading, text) in enumerate(kept)
    ]


def contact_parts(contact: Contact) -> list[str]:
    """Return the parts of the 附注 that says whom to ring. Source: GB/T 9704-2012, 7.3.7."""
    parts = (("联系人：", contact.person), ("电话：", contact.phone), ("传真：", contact.fax))
    return [label + printable(value) for label, value in parts if value]


def place(term: Term, address: bool = False) -> str:
    """Return where the term is held, with its address where the reader has to find it."""
    where = printable(term.campus_title + term.room_title)
    return f"{where}（{printable(term.campus_address)}）" if address and term.campus_address else where


def issuer(facts: Facts) -> dict[str, Any]:
    """Return the names of the issuer as the shell shows them."""
    return {"name": printable(facts.issuer.name), "signature": printable(facts.issuer.signature)}
