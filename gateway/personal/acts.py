"""What can be done on a personal page: each form is one operation of the API, for whom the link lets in."""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Request, g

from gateway.http import surroundings
from gateway.http.intake import INTEGER, too_large, typed_texts
from gateway.parts import here
from gateway.personal.visit import Visit
from shared.clock import CITY_ZONE
from shared.context import Context
from shared.contracts import Operation
from shared.errors import NotFound
from shared.messaging.permission import admit_content, require_permission

_OURS = ("csrf_token", "once")
Reshape = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Act:
    """A form: the operation behind it, where on the page it stands, and what is said when it is done."""

    service: str
    operation: str
    part: str
    done: str
    reshape: Reshape = dict


def _with_zone(form: dict[str, Any]) -> dict[str, Any]:
    """A telephone's clock field says local time; the city's is meant."""
    told = dict(form)
    for name in ("departs_at", "arrives_by"):
        with suppress(ValueError):  # what is no instant at all is refused by the operation, in words
            local = datetime.fromisoformat(str(told.get(name)))
            told[name] = (local if local.tzinfo else local.replace(tzinfo=CITY_ZONE)).isoformat()
    return told


def _scored(form: dict[str, Any]) -> dict[str, Any]:
    scores = [
        {"criterion": name.removeprefix("score."), "score": int(value) if INTEGER.fullmatch(str(value)) else value}
        for name, value in form.items()
        if name.startswith("score.")
    ]
    return {**{name: value for name, value in form.items() if not name.startswith("score.")}, "scores": scores}


ACTS: dict[str, Act] = {
    "acknowledge-letter": Act("notification", "acknowledge_letter", "letters", "回执已登记"),
    "acknowledge-briefing": Act("compliance", "acknowledge_my_briefing", "briefing", "已确认"),
    "request-leave": Act("compliance", "request_my_leave", "leave", "请假申请已提交"),
    "cancel-leave": Act("compliance", "cancel_my_leave", "leave", "已撤销或销假"),
    "declare-travel": Act("compliance", "declare_my_travel", "travel", "单独往返已申报", _with_zone),
    "report-arrival": Act("compliance", "report_my_arrival", "travel", "已报告到达"),
    "choose-topic": Act("outcomes", "choose_topic", "report", "选题已选定"),
    "upload-report": Act("outcomes", "file_report_version", "report", "已上传，确认无误后请提交"),
    "submit-report": Act("outcomes", "submit_report", "report", "研究报告已提交"),
    "subscribe": Act("scheduling", "issue_own_feed", "timetable", "订阅地址已生成"),
    "answer-invitation": Act("scheduling", "answer_invitation", "invitations", "答复已登记，谢谢"),
    "receipt-questions": Act("outcomes", "receipt_handover", "questions", "回执已登记"),
    "answer-question": Act("outcomes", "answer_question", "questions", "已登记"),
    "return-review": Act("outcomes", "return_review", "reviews", "评审意见已提交", _scored),
    "decline-review": Act("outcomes", "decline_review", "reviews", "已登记"),
}


def perform(http: Request, visit: Visit, name: str) -> tuple[Act, dict[str, Any]]:
    """Do what a form asks and return the reply. Raises ``Fault``; nothing is half-done then."""
    act = ACTS.get(name)
    operation = None if act is None else find(act.service, act.operation)
    if act is None or operation is None:
        raise NotFound("没有这项操作", "there is no such form", name=name[:80])
    require_permission(act.service, operation, visit.caller)
    told = act.reshape(_told(http, operation))
    admit_content(operation, visit.caller, told)
    context = Context(
        visit.caller,
        # A form sent twice, by an impatient thumb or a bad line, takes effect once.
        command_id=f"{visit.caller.subject}/{http.form.get('once', '')[: surroundings.KEY_LIMIT]}",
        deadline=datetime.now(UTC) + timedelta(seconds=operation.timeout),
        correlation_id=g.get("correlation_id"),
        traceparent=g.get("traceparent"),
        caused_by=g.get("caused_by"),
    )
    return act, here().rpc.call(act.service, operation, told, context)


def find(service: str, name: str) -> Operation | None:
    """Return an installed operation."""
    operations = (each for contract in here().contracts if contract.name == service for each in contract.operations)
    return next((each for each in operations if each.name == name), None)


def _told(http: Request, operation: Operation) -> dict[str, Any]:
    fields = http.form.copy()
    for name in _OURS:
        fields.pop(name, None)
    # An empty field of a form is one that was left out.
    for name in [name for name, value in fields.items() if not value.strip()]:
        fields.pop(name)
    told = typed_texts(fields, operation.request_schema)
    if operation.upload is not None:
        part = http.files.get(operation.upload)
        content = part.stream.read() if part is not None else b""
        if len(content) > here().settings.upload_limit:
            raise too_large(here().settings.upload_limit)
        if content and part is not None:
            told[operation.upload] = base64.b64encode(content).decode("ascii")
            told.setdefault("filename", part.filename or operation.upload)
    return told
