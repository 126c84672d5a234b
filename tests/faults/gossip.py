"""Whether a city says who its people are where nobody may read it: in logs, measures, letters put aside."""

from __future__ import annotations

import json
from collections.abc import Iterator

from shared.messaging import dlq
from tests.faults.people import Script
from tests.faults.target import CONSUMERS, Target

_PERSONAL = ("姓名", "身份证号", "手机")


def gossip(city: Target, story: Script) -> list[str]:
    """Return where something of a person of the wave stands, and what; empty when nobody is told of."""
    rows = [row for unit in story.lines.values() for row in unit]
    rows += story.strangers()
    marks = {str(row[column]) for row in rows for column in _PERSONAL}
    marks |= {json.dumps(mark)[1:-1] for mark in marks}  # as JSON without letters beyond ASCII
    return [f"{place}: {mark}" for place, text in _said(city) for mark in marks if mark in text]


def _said(city: Target) -> Iterator[tuple[str, str]]:
    yield from city.said()
    for consumer in CONSUMERS:
        for letter in dlq.listed(city.broker_uri, consumer):
            yield f"quarantine of {consumer}, {letter.id}", letter.body.decode(errors="replace") + letter.error
