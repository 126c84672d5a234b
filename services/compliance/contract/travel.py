"""Travel batches (集中报到、集中返程): manifests, rolls, and who did not arrive."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.compliance.contract.parts import (
    CITY,
    MOST_ROWS,
    READERS,
    TRAINEES,
    UNITS,
    Problem,
    TermFrozen,
    Unfounded,
    WrongState,
    identifier,
    must_say,
    said,
    unit_path,
)
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Invalid, NotFound
from shared.wording import Words

LEGS = ("out", "back")
WHEREABOUTS = ("expected", "departed", "arrived", "missing", "found", "dropped")
_MOVERS = CITY | UNITS
_LEG = {"description": "去程 out、返程 back / to the school, back home"}


class _Journey(Request):
    """When a journey begins and when it should be over."""

    leg = fields.String(required=True, validate=validate.OneOf(LEGS), metadata=_LEG)
    departs_at = fields.AwareDateTime(required=True)
    arrives_by = fields.AwareDateTime(required=True)

    @validates_schema
    def _forward(self, data: dict[str, Any], **_: object) -> None:
        if data["arrives_by"] <= data["departs_at"]:
            raise ValidationError("应晚于出发时间 / has to be after the departure", "arrives_by")


class PlanTravel(_Journey):
    """People who travel together; ``reason`` is needed when it is one person alone (the plan asks to go together)."""

    term_id = identifier(required=True)
    unit_id = unit_path(required=True)
    assembly_place = must_say("集合地点 / where to gather", 200)
    vehicle = said(100)
    nomination_ids = fields.List(identifier(), required=True, validate=validate.Length(1, MOST_ROWS))
    reason = said()


class DeclareMyTravel(_Journey):
    """Travelling alone, and why."""

    reason = must_say("单独往返原因 / why alone")


class GetTravelBatch(Request):
    """Which batch."""

    batch_id = identifier(required=True)


class CancelTravel(GetTravelBatch):
    """The batch does not set out."""

    reason = must_say("取消原因 / why")


class RecordTravelRoll(GetTravelBatch):
    """Who set out, or arrived; ``at`` when it was earlier than now."""

    stage = fields.String(required=True, validate=validate.OneOf(("departure", "arrival")))
    nomination_ids = fields.List(identifier(), required=True, validate=validate.Length(1, MOST_ROWS))
    at = fields.AwareDateTime(load_default=None, allow_none=True)


class ReportMyArrival(Request):
    """One has arrived."""

    leg = fields.String(required=True, validate=validate.OneOf(LEGS), metadata=_LEG)


class ReportFound(GetTravelBatch):
    """Somebody missing is accounted for without having arrived."""

    nomination_id = identifier(required=True)
    note = must_say("何处、由谁联系到 / where they are and who reached them")


class ListTravel(Page):
    """Which batches; ``missing`` true: those that somebody of is missing."""

    term_id = identifier()
    unit_id = unit_path()
    leg = fields.String(validate=validate.OneOf(LEGS))
    missing = fields.Boolean(load_default=False)


class Passenger(Reply):
    """One person of a batch."""

    nomination_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    whereabouts = fields.String(required=True, validate=validate.OneOf(WHEREABOUTS))
    departed_at = fields.AwareDateTime(required=True, allow_none=True)
    arrived_at = fields.AwareDateTime(required=True, allow_none=True)
    was_missing = fields.Boolean(required=True)
    note = fields.String(required=True)


class LeftOut(Reply):
    """Somebody who could not be taken into a batch or its roll, and why."""

    nomination_id = fields.String(required=True)
    problem = fields.Nested(Problem, required=True)


class TravelBatch(Reply):
    """One batch with the people within reach; ``left_out`` are the rows the command could not take."""

    batch_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    leg = fields.String(required=True)
    alone = fields.Boolean(required=True)
    reason = fields.String(required=True)
    assembly_place = fields.String(required=True)
    vehicle = fields.String(required=True)
    departs_at = fields.AwareDateTime(required=True)
    arrives_by = fields.AwareDateTime(required=True)
    alarm_at = fields.AwareDateTime(required=True, allow_none=True)
    cancelled = fields.Boolean(required=True)
    cancelled_for = fields.String(required=True, allow_none=True)
    passengers = fields.List(fields.Nested(Passenger), required=True)
    left_out = fields.List(fields.Nested(LeftOut), required=True)
    version = fields.Integer(required=True)


def _operation(name: str, zh: str, en: str, verb: Any, path: str, **rest: Any) -> Operation:
    kind: Any = "query" if verb == "GET" else "command"
    return Operation(name=name, summary=Words(zh, en), kind=kind, verb=verb, path=path, **rest)


_ACTING = (NotFound, Unfounded, WrongState, Invalid)

PLAN_TRAVEL = _operation(
    "plan_travel", "安排集中往返批次", "Plan a travel batch", "POST", "/travel-batches",
    request=PlanTravel, reply=TravelBatch, roles=_MOVERS, scope="unit_id", errors=(*_ACTING, TermFrozen),
    versioned=True, status=201,
)  # fmt: skip
CANCEL_TRAVEL = _operation(
    "cancel_travel", "取消往返批次", "Cancel a travel batch", "POST", "/travel-batches/{batch_id}/cancellation",
    request=CancelTravel, reply=TravelBatch, roles=_MOVERS, errors=_ACTING, versioned=True,
)  # fmt: skip
RECORD_TRAVEL_ROLL = _operation(
    "record_travel_roll", "往返点名", "Take the roll of a journey", "POST", "/travel-batches/{batch_id}/roll",
    request=RecordTravelRoll, reply=TravelBatch, roles=_MOVERS, errors=_ACTING, versioned=True,
)  # fmt: skip
REPORT_FOUND = _operation(
    "report_found", "登记未到人员已联系到", "Report somebody found", "POST", "/travel-batches/{batch_id}/found",
    request=ReportFound, reply=TravelBatch, roles=_MOVERS, errors=_ACTING, versioned=True,
)  # fmt: skip
LIST_TRAVEL = _operation(
    "list_travel", "查询往返批次", "List travel batches", "GET", "/travel-batches",
    request=ListTravel, reply=page_of(TravelBatch), roles=READERS, scope="unit_id",
)  # fmt: skip
GET_TRAVEL_BATCH = _operation(
    "get_travel_batch", "查看往返批次", "Show a travel batch", "GET", "/travel-batches/{batch_id}",
    request=GetTravelBatch, reply=TravelBatch, roles=READERS, errors=(NotFound,), versioned=True,
)  # fmt: skip
DECLARE_MY_TRAVEL = _operation(
    "declare_my_travel", "本人申报单独往返", "Declare that one travels alone", "POST", "/my/travel",
    request=DeclareMyTravel, reply=TravelBatch, roles=TRAINEES, errors=(*_ACTING, TermFrozen), versioned=True,
    status=201,
)  # fmt: skip
REPORT_MY_ARRIVAL = _operation(
    "report_my_arrival", "本人报告已到达", "Report one's arrival", "POST", "/my/arrivals",
    request=ReportMyArrival, reply=TravelBatch, roles=TRAINEES, errors=_ACTING, versioned=True,
)  # fmt: skip

OPERATIONS = (
    PLAN_TRAVEL,
    CANCEL_TRAVEL,
    RECORD_TRAVEL_ROLL,
    REPORT_FOUND,
    LIST_TRAVEL,
    GET_TRAVEL_BATCH,
    DECLARE_MY_TRAVEL,
    REPORT_MY_ARRIVAL,
)
