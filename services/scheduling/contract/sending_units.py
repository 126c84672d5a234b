"""Units that send people: how many work there, and whether they come from far."""

from __future__ import annotations

from marshmallow import fields

from services.scheduling.contract.parts import PLANNERS, count, title, unit_path
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Invalid, NotFound, StaleVersion
from shared.security.caller import Role
from shared.wording import Words

READERS = PLANNERS | {Role.AUDITOR, Role.SERVICE}


class SendingUnitId(Request):
    """Which unit."""

    unit_id = unit_path(required=True)


class PutSendingUnit(SendingUnitId):
    """A unit as placements know it from now on."""

    title = title(required=True)
    staff = count(1_000_000, required=True, metadata={"description": "在编人数 / how many work there"})
    far = fields.Boolean(
        load_default=False,
        metadata={"description": "路途较远，宜集中往返 / so far away that its people should travel together"},
    )


class SendingUnit(Reply):
    """A unit that sends people."""

    unit_id = fields.String(required=True)
    title = fields.String(required=True)
    staff = fields.Integer(required=True)
    far = fields.Boolean(required=True)
    version = fields.Integer(required=True)


PUT_SENDING_UNIT = Operation(
    name="put_sending_unit",
    summary=Words("登记派员单位的人数和远近", "Register how large and how far a sending unit is"),
    kind="command",
    verb="PUT",
    path="/sending-units/{unit_id}",
    request=PutSendingUnit,
    reply=SendingUnit,
    roles=PLANNERS,
    citywide=True,
    errors=(Invalid, StaleVersion),
    versioned=True,
)
GET_SENDING_UNIT = Operation(
    name="get_sending_unit",
    summary=Words("查看派员单位", "Show a sending unit"),
    kind="query",
    verb="GET",
    path="/sending-units/{unit_id}",
    request=SendingUnitId,
    reply=SendingUnit,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)
LIST_SENDING_UNITS = Operation(
    name="list_sending_units",
    summary=Words("列出派员单位", "List sending units"),
    kind="query",
    verb="GET",
    path="/sending-units",
    request=Page,
    reply=page_of(SendingUnit),
    roles=READERS,
)
OPERATIONS = (PUT_SENDING_UNIT, GET_SENDING_UNIT, LIST_SENDING_UNITS)
