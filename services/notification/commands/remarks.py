"""What a channel says of a sending, as the ledger keeps it: no address in full, no number, no token."""

from __future__ import annotations

from services.notification.domain.contact import masked
from services.notification.ports import NotDelivered
from shared.observability.masking import masked_text

_LONGEST = 500


def remark(text: str, address: str | None = None) -> str:
    """Return a channel's words fit to be kept: a server quotes what it was sent, in whatever form it likes."""
    # Half a character, as an old server's bytes may decode to, cannot be stored.
    text = str(text).encode("utf-8", "replace").decode()
    if address:
        text = text.replace(address, masked(address))
    return masked_text(text)[:_LONGEST]


def reason(missed: NotDelivered, address: str | None = None) -> dict[str, str]:
    """Return why something was not delivered, in both languages, fit to be kept."""
    return {"zh": remark(missed.zh, address), "en": remark(missed.en, address)}
