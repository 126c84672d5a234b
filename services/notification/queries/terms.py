"""The terms this service has heard of."""

from __future__ import annotations

from services.notification.store import TERMS
from shared.errors import NotFound
from shared.storage import View


def require_term(view: View, term_id: str) -> None:
    """Raise ``NotFound`` for a term that scheduling has not announced: whoever asks for it has to look, not to wait."""
    if view.rows(TERMS).one({"_id": term_id}) is None:
        raise NotFound(
            f"没有编号为“{term_id}”的班次期次，请核对编号；如刚刚排期，请几秒后再试",
            f"there is no term {term_id!r}; check the identifier, or try again in a few seconds if it was just placed",
            id=term_id,
        )
