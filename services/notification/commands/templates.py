"""Wordings in versions: drafted with checked placeholders, previewed, approved; and changing rules."""

from __future__ import annotations

from typing import Any

from services.notification import contract
from services.notification.domain.message_text import Wording, WordingRefused
from services.notification.queries.templates import card_of, shown_rule, shown_template
from services.notification.rulebook import TemplateCard, meanings, rules
from services.notification.store import RULES, TEMPLATES
from shared.errors import Invalid, NotFound
from shared.identifiers import new_id
from shared.storage import Transaction


def draft_template(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep a new version as a draft; it changes nothing until it is approved."""
    card = card_of(request["key"])
    wording = checked(card, request)
    rows = tx.rows(TEMPLATES).find({"key": card.key}, [("number", -1)], 1)
    tx.rows(TEMPLATES).insert(
        {
            "_id": new_id("template"),
            "key": card.key,
            "number": rows[0]["number"] + 1 if rows else 1,
            "state": "draft",
            **wording.__dict__,
            "drafted_by": tx.caller.subject,
            "drafted_at": tx.now,
            "approved_by": None,
            "approved_at": None,
        }
    )
    return shown_template(tx, card)


def approve_template(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Let a draft hold from now on; the version that held retires. Messages already composed keep their words."""
    card = card_of(request["key"])
    rows = {row["number"]: row for row in tx.rows(TEMPLATES).find({"key": card.key})}
    draft = rows.get(request["number"])
    if draft is None:
        raise NotFound(
            f"模板“{card.title}”没有第{request['number']}版",
            f"the wording {card.key!r} has no version {request['number']}",
            key=card.key,
        )
    if draft["state"] != "draft":
        raise contract.TemplateClosed(
            f"第{draft['number']}版不是草稿，不能再次批准；请另行起草",
            f"version {draft['number']} is {draft['state']}; draft a new one instead",
            key=card.key,
            state=draft["state"],
        )
    retired = [{**row, "state": "retired"} for row in rows.values() if row["state"] == "approved"]
    approved = {**draft, "state": "approved", "approved_by": tx.caller.subject, "approved_at": tx.now}
    tx.rows(TEMPLATES).save_many([*retired, approved])
    return shown_template(tx, card)


def preview_template(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return how a wording would read, with examples in place of the placeholders; nothing is kept."""
    card = card_of(request["key"])
    examples = {name: meanings()[name][1] for name in card.uses}
    return dict(checked(card, request).filled(examples).__dict__)


def put_message_rule(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Switch a rule, make it urgent or not, and set the working days on which it reminds, where there is a last day."""
    rule = rules().get(request["key"])
    if rule is None:
        raise NotFound(
            f"没有名为“{request['key']}”的消息规则", f"there is no rule {request['key']!r}", key=request["key"]
        )
    if request["remind"] and rule.due is None:
        raise Invalid(
            f"消息规则“{rule.key}”没有截止日期，不能设置提醒日（remind）",
            f"nothing is due by the rule {rule.key!r}, so there is nothing to remind of",
            fields={"remind": ["nothing is due"]},
        )
    known = tx.rows(RULES).one({"_id": rule.key})
    wanted = {name: request[name] for name in ("enabled", "urgent", "remind")}
    if known is None:
        tx.expect({"_id": rule.key, "version": 0})
        return shown_rule(rule, tx.rows(RULES).insert({"_id": rule.key, **wanted}))
    return shown_rule(rule, tx.rows(RULES).save({**known, **wanted}))


def checked(card: TemplateCard, request: dict[str, Any]) -> Wording:
    """Return the words of a request. Raises ``WordingInvalid`` naming every placeholder that is wrong."""
    wording = Wording(request["subject"], request["body"], request["short"])
    try:
        wording.check(card.uses, card.must)
    except WordingRefused as refused:
        raise contract.WordingInvalid(_zh(card, refused), _en(card, refused), fields=_fields(refused)) from None
    if not card.part_of_letter and not (wording.subject.strip() and wording.body.strip() and wording.short.strip()):
        raise contract.WordingInvalid(
            "标题、正文和短文都要填写", "subject, body and short text are all needed", fields={"body": ["empty"]}
        )
    return wording


def _zh(card: TemplateCard, refused: WordingRefused) -> str:
    parts = []
    if refused.unknown:
        parts.append(f"不认识的占位符：{'、'.join(refused.unknown)}")
    if refused.missing:
        parts.append(f"正文缺少：{'、'.join(refused.missing)}")
    if refused.stray:
        parts.append("有多余的花括号")
    return f"模板“{card.title}”{'；'.join(parts)}。可用：{'、'.join(card.uses)}"


def _en(card: TemplateCard, refused: WordingRefused) -> str:
    wrong = f"unknown: {list(refused.unknown)}, missing: {list(refused.missing)}, stray braces: {refused.stray}"
    return f"the placeholders of {card.key!r} are wrong ({wrong}); it may use {', '.join(card.uses)}"


def _fields(refused: WordingRefused) -> dict[str, list[str]]:
    return {
        "body": [*(f"unknown {name}" for name in refused.unknown), *(f"missing {name}" for name in refused.missing)]
    }
