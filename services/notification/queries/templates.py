"""Reading wordings and rules: what is built in, and what a city made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.notification.domain.message_rule import MessageRule
from services.notification.domain.message_text import Wording
from services.notification.rulebook import TemplateCard, meanings, rules, templates
from services.notification.store import RULES, TEMPLATES
from shared.errors import NotFound
from shared.storage import View

_VERSION = ("number", "state", "subject", "body", "short", "drafted_by", "drafted_at", "approved_by", "approved_at")


def list_templates(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List every wording."""
    versions: dict[str, list[dict[str, Any]]] = {}
    for row in view.rows(TEMPLATES).find():
        versions.setdefault(row["key"], []).append(row)
    return {
        "items": [
            {
                "key": key,
                "title": card.title,
                "holds": _holds(versions.get(key, [])),
                "drafts": sum(row["state"] == "draft" for row in versions.get(key, [])),
            }
            for key, card in sorted(templates().items())
        ]
    }


def get_template(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show one wording with its versions, the built-in one first."""
    return shown_template(view, card_of(request["key"]))


def list_message_rules(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show the whole table of rules as it holds."""
    changed = {row["_id"]: row for row in view.rows(RULES).find()}
    return {"items": [shown_rule(rule, changed.get(key)) for key, rule in rules().items()]}


def wording_in_force(view: View, key: str) -> tuple[Wording, int]:
    """Return the words of a kind of message as approved, and the number of that version; 0 is built in."""
    row = view.rows(TEMPLATES).one({"key": key, "state": "approved"})
    if row is None:
        return templates()[key].built_in, 0
    return Wording(row["subject"], row["body"], row["short"]), int(row["number"])


def rule_in_force(view: View, rule: MessageRule) -> MessageRule:
    """Return a rule of the table as the city wants it."""
    return rules_in_force(view, [rule])[0]


def rules_in_force(view: View, table: Sequence[MessageRule]) -> list[MessageRule]:
    """Return rules of the table as the city wants them, in their order."""
    changed = {row["_id"]: row for row in view.rows(RULES).find({"_id": {"$in": [rule.key for rule in table]}})}
    return [_as_wanted(rule, changed.get(rule.key)) for rule in table]


def _as_wanted(rule: MessageRule, row: dict[str, Any] | None) -> MessageRule:
    if row is None:
        return rule
    return rule.changed(row["enabled"], row["urgent"], None if row["remind"] is None else tuple(row["remind"]))


def card_of(key: str) -> TemplateCard:
    """Return a kind of wording. Raises ``NotFound``."""
    card = templates().get(key)
    if card is None:
        raise NotFound(f"没有名为“{key}”的文字模板", f"there is no wording called {key!r}", key=key)
    return card


def shown_template(view: View, card: TemplateCard) -> dict[str, Any]:
    """Return a wording as the contract shows it."""
    rows = view.rows(TEMPLATES).find({"key": card.key}, [("number", 1)])
    nobody = {"drafted_by": None, "drafted_at": None, "approved_by": None, "approved_at": None}
    first = {"number": 0, "state": "built_in", **card.built_in.__dict__, **nobody}
    return {
        "key": card.key,
        "title": card.title,
        "placeholders": [
            {"name": name, "meaning": meanings()[name][0], "required": name in card.must} for name in card.uses
        ],
        "holds": _holds(rows),
        "versions": [first, *({name: row[name] for name in _VERSION} for row in rows)],
        "version": len(rows) + 1,
    }


def shown_rule(rule: MessageRule, row: dict[str, Any] | None) -> dict[str, Any]:
    """Return a rule as the contract shows it."""
    held = rule if row is None else rule.changed(row["enabled"], row["urgent"], row["remind"])
    return {
        "key": rule.key,
        "event": rule.event,
        "audience": f"{rule.audience.kind}:{rule.audience.source}",
        "template": rule.template,
        "due": rule.due,
        "enabled": held.enabled,
        "urgent": held.urgent,
        "remind": None if held.remind is None else list(held.remind),
        "overdue": rule.overdue,
        "phone": rule.phone,
        "version": 0 if row is None else row["version"],
    }


def _holds(rows: list[dict[str, Any]]) -> int:
    return next((int(row["number"]) for row in rows if row["state"] == "approved"), 0)
