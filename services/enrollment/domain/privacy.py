"""What personal data is shown as, and what is taken out of free text."""

from __future__ import annotations

import re

_HALF_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－　", "0123456789Xx- ")
_LONG_NUMBER = re.compile(
    r"(?<![0-9])(?:[0-9]{6}[ -]?[0-9]{8}[ -]?[0-9]{3}[0-9Xx]|[0-9]{15}|1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}"
    r"|0[0-9]{2,3}[ -]?[0-9]{7,8})(?![0-9])"
)


def masked_phone(phone: str) -> str:
    """Return a phone number with its middle hidden: ``138****1111``; empty stays empty."""
    if not phone:
        return ""
    return phone[:3] + "****" + phone[-4:] if len(phone) >= 11 else "****" + phone[-2:]


def without_numbers(text: str) -> str:
    """Return free text with identity and phone numbers replaced, for what leaves the service.

    Spaced, hyphenated and full-width numbers are numbers too; digits come out in half width.
    """
    return _LONG_NUMBER.sub("〔号码已隐去〕", text.translate(_HALF_WIDTH))
