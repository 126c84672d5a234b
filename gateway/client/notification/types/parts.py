"""Parts: objects of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import TypedDict


class Problem(TypedDict):
    """Why one row of a bulk action was left as it is."""

    code: str
    message: Text


class Text(TypedDict):
    """One message in two languages."""

    zh: str
    en: str
