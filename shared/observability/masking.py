"""Nothing personal and no secret in a log line: known fields and known patterns are masked before it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MASK = "•••"
_FIELDS = re.compile(
    r"(^|_)(password|passwd|secret|token|authorization|cookie|api_?key|field_keys|id_number|phone|mobile|"
    r"person_name|health|health_note)$"
)
_EDGE_BEFORE, _EDGE_AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_PATTERNS = (
    # Citizen identity number. Source: GB 11643-1999, 17 digits and a check character.
    (re.compile(_EDGE_BEFORE + r"[1-9]\d{16}[\dXxＸｘ]" + _EDGE_AFTER), MASK),
    # Mobile number of mainland China, with or without country code and separators.
    (re.compile(r"(?<![0-9A-Za-z])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}" + _EDGE_AFTER), MASK),
    # The platform's own API keys, personal links, calendar feeds and signed caller tokens.
    (re.compile(r"\bdx_[A-Za-z0-9]+_[A-Za-z0-9_-]{8,}"), "dx_" + MASK),
    (re.compile(r"\b(dx[lf]_)[A-Za-z0-9._-]{8,}"), rf"\1{MASK}"),
    (re.compile(r"\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*"), MASK),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}"), r"\1 " + MASK),
    # A password inside an address.
    (re.compile(r"(?<=://)([^/\s:@]+):[^@/\s]+@"), rf"\1:{MASK}@"),
)
_DEPTH = 6


def masked_text(text: str) -> str:
    """Return a text with identity numbers, phones, keys, tokens and passwords replaced by ``•••``."""
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def masked_texts(value: Any) -> Any:
    """Return plain JSON data with every text in it masked; names of fields stay, and so does what they are about."""
    if isinstance(value, str):
        return masked_text(value)
    if isinstance(value, Mapping):
        return {masked_text(str(key)): masked_texts(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [masked_texts(item) for item in value]
    return value


def masked(value: Any, depth: int = _DEPTH) -> Any:
    """Return a value of log data with everything personal or secret inside it masked."""
    if isinstance(value, str):
        return masked_text(value)
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**10:
        hidden = masked_text(str(value))
        return value if hidden == str(value) else hidden
    if depth == 0:
        return MASK
    if isinstance(value, Mapping):
        return {
            str(key): MASK if _FIELDS.search(str(key).lower()) and item else masked(item, depth - 1)
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple, set, frozenset)):
        return [masked(item, depth - 1) for item in value]
    return value if value is None or isinstance(value, (bool, int, float)) else masked_text(str(value))
