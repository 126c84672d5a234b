"""The tables the service runs with: which event becomes which message, and how each kind of message is worded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from services.notification.domain.message_rule import MessageRule
from services.notification.domain.message_text import Wording

_OWN = "notification."


@dataclass(frozen=True)
class TemplateCard:
    """A kind of wording: its placeholders with what they mean, those it must have, and the words of the box."""

    key: str
    title: str
    uses: tuple[str, ...]
    must: tuple[str, ...]
    built_in: Wording
    part_of_letter: bool = False


@cache
def rules() -> dict[str, MessageRule]:
    """Return every rule of the table by its key."""
    rows = _read("messages.json")
    return {row["key"]: MessageRule.parse(row) for row in rows}


@cache
def rules_of(event: str) -> tuple[MessageRule, ...]:
    """Return the rules of one type of event."""
    return tuple(rule for rule in rules().values() if rule.event == event)


def rules_met_by(event: str, data: Mapping[str, Any]) -> tuple[MessageRule, ...]:
    """Return the rules whose waiting an event ends."""
    return tuple(rule for rule in rules().values() if rule.is_met(event, data))


@cache
def rules_done_by(event: str) -> tuple[MessageRule, ...]:
    """Return the rules of which an event tells that a recipient has done its part."""
    return tuple(rule for rule in rules().values() if event in rule.done_by)


@cache
def events_told() -> tuple[str, ...]:
    """Return the types of other services' events that the table names, sorted."""
    named = {event for rule in rules().values() for event in (rule.event, *rule.met_by, *rule.done_by)}
    return tuple(sorted(event for event in named if not event.startswith(_OWN)))


@cache
def templates() -> dict[str, TemplateCard]:
    """Return every kind of wording by its key."""
    rows: dict[str, dict[str, Any]] = _read("templates.json")["templates"]
    return {
        key: TemplateCard(
            key,
            row["title"],
            tuple(row["uses"]),
            tuple(row["must"]),
            Wording(row["subject"], row["body"], row["short"]),
            row.get("part_of_letter", False),
        )
        for key, row in rows.items()
    }


def title_of(template: str) -> str:
    """Return what a kind of wording is called; of one that is none any more, its key."""
    card = templates().get(template)
    return card.title if card else template


@cache
def meanings() -> dict[str, tuple[str, str]]:
    """Return what each placeholder stands for, and an example."""
    return {name: (meaning, example) for name, (meaning, example) in _read("templates.json")["meanings"].items()}


@cache
def words() -> dict[str, str]:
    """Return Chinese words for the codes that events hold."""
    found: dict[str, str] = _read("templates.json")["words"]
    return found


def _read(name: str) -> Any:
    return json.loads(files("services.notification").joinpath(name).read_text("utf-8"))
