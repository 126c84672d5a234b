"""Incidents (违纪情况), sanctions and internal objections (内部异议)."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.compliance.contract.parts import (
    CITY,
    ORGANISERS,
    READERS,
    TRAINEES,
    OutsideWindow,
    TermFrozen,
    Text,
    Unfounded,
    WrongState,
    identifier,
    must_say,
    signer,
    unit_path,
)
from services.compliance.contract.withdrawal import WithdrawalCase
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Forbidden, NotFound
from shared.wording import Words

INCIDENT_STATES = ("open", "sanctioned", "dismissed")
OBJECTION_STATES = ("open", "upheld", "reduced", "revoked")


class OpenIncident(Request):
    """What somebody did, and when; the narrative is kept sealed."""

    nomination_id = identifier(required=True)
    kind = must_say("情形代码，见限额表 conduct.kinds / a kind of the policy conduct.kinds", 40)
    occurred_on = fields.Date(required=True)
    narrative = must_say("情况经过（加密保存） / what happened; kept sealed", 4000)


class GetIncident(Request):
    """Which file."""

    incident_id = identifier(required=True)


class ImposeSanction(GetIncident):
    """A measure of the ladder; ordered withdrawal goes through ``propose_withdrawal``."""

    step = must_say("处理方式代码，见限额表 conduct.ladder / a step of the policy conduct.ladder", 40)
    approver = signer()
    reason = must_say("理由 / why")


class DismissIncident(GetIncident):
    """The file is closed without a measure."""

    reason = must_say("理由 / why")


class ProposeWithdrawal(GetIncident):
    """The organisation department is asked to order withdrawal (责令退学)."""

    reason = must_say("提请理由 / why")


class ObjectToSanction(GetIncident):
    """One's own objection to the last measure in force."""

    objection = must_say("异议内容（加密保存） / what speaks against it; kept sealed", 4000)


class DecideObjection(Request):
    """The answer: the measure stays, is revoked, or gives way to the lighter ``step``."""

    objection_id = identifier(required=True)
    decision = fields.String(required=True, validate=validate.OneOf(("uphold", "reduce", "revoke")))
    step = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 40))
    approver = signer()
    reason = must_say("答复理由 / why")


class ListIncidents(Page):
    """Which files."""

    term_id = identifier()
    unit_id = unit_path()
    nomination_id = identifier()
    state = fields.String(validate=validate.OneOf(INCIDENT_STATES))


class ListObjections(Page):
    """Which objections."""

    term_id = identifier()
    state = fields.String(validate=validate.OneOf(OBJECTION_STATES))


class Sanction(Reply):
    """One measure."""

    step = fields.String(required=True)
    words = fields.Nested(Text, required=True)
    approver = fields.String(required=True)
    reason = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    revoked = fields.Boolean(required=True)


class Incident(Reply):
    """One file without its narrative; ``may_follow`` are the steps that may follow from its kind."""

    incident_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    kind = fields.String(required=True)
    kind_words = fields.Nested(Text, required=True)
    occurred_on = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(INCIDENT_STATES))
    sanctions = fields.List(fields.Nested(Sanction), required=True)
    may_follow = fields.List(fields.String(), required=True)
    source = fields.String(required=True, metadata={"description": "依据 / where the measures come from"})
    opened_at = fields.AwareDateTime(required=True)
    opened_by = fields.String(required=True)
    dismissed_for = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class Narrative(Reply):
    """What happened, in words; opening it is audited."""

    incident_id = fields.String(required=True)
    narrative = fields.String(required=True)


class Objection(Reply):
    """An objection and its answer. It is internal: no appeal (申诉) under the Civil Servant Law."""

    objection_id = fields.String(required=True)
    incident_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    step = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(OBJECTION_STATES))
    filed_at = fields.AwareDateTime(required=True)
    approver = fields.String(required=True, allow_none=True)
    answer = fields.String(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    version = fields.Integer(required=True)


class GetObjection(Request):
    """Which objection."""

    objection_id = identifier(required=True)


class ObjectionText(Reply):
    """What somebody said against a measure; opening it is audited."""

    objection_id = fields.String(required=True)
    objection = fields.String(required=True)


def _operation(name: str, zh: str, en: str, verb: Any, path: str, **rest: Any) -> Operation:
    kind: Any = "query" if verb == "GET" else "command"
    return Operation(name=name, summary=Words(zh, en), kind=kind, verb=verb, path=path, **rest)


_ACTING = (NotFound, Unfounded, WrongState, TermFrozen)

OPEN_INCIDENT = _operation(
    "open_incident", "建立违纪情况记录", "Open an incident file", "POST", "/incidents",
    request=OpenIncident, reply=Incident, roles=CITY, citywide=True, errors=_ACTING, versioned=True, status=201,
)  # fmt: skip
LIST_INCIDENTS = _operation(
    "list_incidents", "查询违纪情况记录", "List incident files", "GET", "/incidents",
    request=ListIncidents, reply=page_of(Incident), roles=READERS, scope="unit_id",
)  # fmt: skip
GET_INCIDENT = _operation(
    "get_incident", "查看违纪情况记录", "Show an incident file", "GET", "/incidents/{incident_id}",
    request=GetIncident, reply=Incident, roles=READERS, errors=(NotFound,), versioned=True,
)  # fmt: skip
GET_NARRATIVE = _operation(
    "get_narrative", "查看情况经过", "Show what happened", "GET", "/incidents/{incident_id}/narrative",
    request=GetIncident, reply=Narrative, roles=CITY, citywide=True, errors=(NotFound,),
)  # fmt: skip
IMPOSE_SANCTION = _operation(
    "impose_sanction", "作出处理", "Impose a measure", "POST", "/incidents/{incident_id}/sanctions",
    request=ImposeSanction, reply=Incident, roles=CITY, citywide=True, errors=(*_ACTING, Forbidden), versioned=True,
)  # fmt: skip
DISMISS_INCIDENT = _operation(
    "dismiss_incident", "撤销立案", "Close a file without a measure", "POST", "/incidents/{incident_id}/dismissal",
    request=DismissIncident, reply=Incident, roles=CITY, citywide=True, errors=_ACTING, versioned=True,
)  # fmt: skip
PROPOSE_WITHDRAWAL = _operation(
    "propose_withdrawal", "提请责令退学", "Propose an ordered withdrawal", "POST",
    "/incidents/{incident_id}/withdrawal-case",
    request=ProposeWithdrawal, reply=WithdrawalCase, roles=CITY, citywide=True, errors=_ACTING, versioned=True,
    status=201,
)  # fmt: skip
OBJECT_TO_SANCTION = _operation(
    "object_to_sanction", "本人对处理提出异议", "Object to a measure against oneself", "POST",
    "/my/incidents/{incident_id}/objections",
    request=ObjectToSanction, reply=Objection, roles=TRAINEES, errors=(NotFound, WrongState, OutsideWindow),
    versioned=True, status=201,
)  # fmt: skip
LIST_OBJECTIONS = _operation(
    "list_objections", "查询内部异议", "List objections", "GET", "/objections",
    request=ListObjections, reply=page_of(Objection), roles=READERS,
)  # fmt: skip
GET_OBJECTION_TEXT = _operation(
    "get_objection_text", "查看异议内容", "Show an objection's words", "GET", "/objections/{objection_id}/text",
    request=GetObjection, reply=ObjectionText, roles=CITY, citywide=True, errors=(NotFound,),
)  # fmt: skip
DECIDE_OBJECTION = _operation(
    "decide_objection", "答复内部异议", "Answer an objection", "POST", "/objections/{objection_id}/decision",
    request=DecideObjection, reply=Objection, roles=ORGANISERS, citywide=True, errors=_ACTING, versioned=True,
)  # fmt: skip

OPERATIONS = (
    OPEN_INCIDENT,
    LIST_INCIDENTS,
    GET_INCIDENT,
    GET_NARRATIVE,
    IMPOSE_SANCTION,
    DISMISS_INCIDENT,
    PROPOSE_WITHDRAWAL,
    OBJECT_TO_SANCTION,
    LIST_OBJECTIONS,
    GET_OBJECTION_TEXT,
    DECIDE_OBJECTION,
)
