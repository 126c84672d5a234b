"""Events as lines of news: what happened, to which term, in which unit, when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.clock import CITY_ZONE
from shared.contracts import ServiceContract


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One line; ``about`` names term and unit, ``tone`` colours it by the service it comes from."""

    sequence: int
    instant: str
    when: str
    headline: str
    about: str
    tone: str


def headlines(contracts: Iterable[ServiceContract]) -> dict[str, str]:
    """Return the Chinese summary of every event type."""
    return {event.type: event.summary.zh for contract in contracts for event in contract.events}


def news_line(
    row: Mapping[str, Any], words: Mapping[str, str], terms: Mapping[str, str], units: Mapping[str, str]
) -> NewsLine:
    """Return the line of one row of the event log. The page's script says the same of events that come later."""
    event = row["event"]
    data = event.get("data") or {}
    term = terms.get(str(data.get("term_id", "")))
    if term is None and data.get("programme_ordinal") and data.get("ordinal"):
        term = f"第{data['programme_ordinal']}班 第{data['ordinal']}期"
    unit_id = str(data.get("unit_id") or "")
    parts = [term, units.get(unit_id, unit_id), data.get("number") or data.get("title")]
    instant = datetime.fromisoformat(event["time"]).astimezone(CITY_ZONE)
    return NewsLine(
        sequence=row["sequence"],
        instant=instant.isoformat(),
        when=f"{instant.month}月{instant.day}日 {instant:%H:%M}",
        headline=words.get(event["type"], event["type"]),
        about=" · ".join(str(part) for part in parts if part),
        tone=event["type"].split(".", 1)[0],
    )
