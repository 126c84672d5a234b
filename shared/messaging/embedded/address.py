"""The address of an embedded broker, and kombu's knowledge of its scheme."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

from kombu.transport import TRANSPORT_ALIASES

ALIAS = "diaoxun"
SCHEME = f"{ALIAS}+memory"


def register() -> None:
    """Tell kombu which transport serves ``diaoxun+memory://``; the transport itself is imported on first use."""
    TRANSPORT_ALIASES[ALIAS] = "shared.messaging.embedded.transport:Transport"


def address_of(name: str, journal: Path | None = None) -> str:
    """Return the URI of the broker ``name``, durable when ``journal`` names a file."""
    query = "" if journal is None else f"?journal={quote(str(journal))}"
    return f"{SCHEME}://{quote(name, safe='')}{query}"


@dataclass(frozen=True, slots=True)
class Address:
    """What a URI says: the broker's name and where its journal lies, if it has one."""

    name: str
    journal: Path | None


def parse(uri: str) -> Address:
    """Read ``[diaoxun+]memory://NAME?journal=PATH``. Raises ``ValueError`` for anything else."""
    parts = urlsplit(uri.removeprefix(f"{ALIAS}+"))
    if parts.scheme != "memory" or not parts.netloc:
        raise ValueError(f"an embedded broker's address reads {SCHEME}://NAME?journal=PATH, got {uri!r}")
    options = parse_qs(parts.query)
    unknown = options.keys() - {"journal"}
    if unknown:
        raise ValueError(f"{uri!r}: unknown options {sorted(unknown)}; only journal=PATH is known")
    journal = options.get("journal")
    return Address(unquote(parts.netloc), Path(journal[-1]) if journal else None)
