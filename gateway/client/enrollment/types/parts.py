"""Parts: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import TypedDict


class Text(TypedDict):
    """One message in two languages."""

    zh: str
    en: str
