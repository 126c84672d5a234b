"""Parts: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Contact(TypedDict):
    """Whom to call at one of the organisers (an office line)."""

    organisation: NotRequired[str | None]
    person: NotRequired[str | None]
    phone: NotRequired[str | None]
    fax: NotRequired[str | None]


class DateRange(TypedDict):
    """First and last day, both included; null while open."""

    starts_on: NotRequired[str | None]
    ends_on: NotRequired[str | None]


class Text(TypedDict):
    """One message in two languages."""

    zh: str
    en: str
