"""A small service for messaging's tests: one of everything, with behaviour that the request asks for."""

from __future__ import annotations

import eventlet
from marshmallow import Schema, fields

from shared.contracts import Event, EventData, Operation, Request, ServiceContract
from shared.errors import Conflict, Unavailable
from shared.messaging import Call, Delivery, handles, serves
from shared.security.caller import Role
from shared.wording import Words

_WORDS = Words("测试", "test")
_ROLES = frozenset({Role.ORGANISATION_DEPARTMENT, Role.UNIT, Role.SERVICE})


class EchoRequest(Request):
    text = fields.String(load_default="")
    unit_id = fields.String()
    day = fields.Date()


class SleepRequest(Request):
    seconds = fields.Float(required=True)
    mark = fields.String(load_default="")


class FailRequest(Request):
    how = fields.String(required=True)


class AnyReply(Schema):
    text = fields.String()


def _operation(name: str, request: type[Schema], **options: object) -> Operation:
    return Operation(
        name=name,
        summary=_WORDS,
        kind="query",
        verb="GET",
        path=f"/{name}",
        request=request,
        reply=AnyReply,
        roles=_ROLES,
        **options,  # type: ignore[arg-type]
    )


ECHO = _operation("echo", EchoRequest, scope="unit_id")
SLEEP = _operation("sleep", SleepRequest)
BRIEF = _operation("sleep", SleepRequest, timeout=0.6)
FAIL = _operation("fail", FailRequest)
ABSENT = _operation("not_there", EchoRequest)
COMMAND = Operation(
    name="write",
    summary=_WORDS,
    kind="command",
    verb="POST",
    path="/write",
    request=SleepRequest,
    reply=AnyReply,
    roles=frozenset({Role.ORGANISATION_DEPARTMENT}),
)


class HappenedData(EventData):
    number = fields.Integer(required=True)
    how = fields.String(load_default="")
    seconds = fields.Float(load_default=0.0)


HAPPENED = Event(type="sample.thing.happened.v1", summary=_WORDS, data=HappenedData)
UNHEARD = Event(type="sample.thing.unheard.v1", summary=_WORDS, data=HappenedData)
CONTRACT = ServiceContract("sample", _WORDS, (ECHO, SLEEP, FAIL, COMMAND), (HAPPENED, UNHEARD))
LISTENER = ServiceContract("listener", _WORDS, (), (), consumes=(HAPPENED.type,))


class SampleService:
    """Answers what it is told to answer."""

    name = "sample"
    ran: list[str] = []  # noqa: RUF012 - one list for the process, as the tests read it

    @serves(ECHO)
    def echo(self, call: Call) -> dict[str, object]:
        return {
            "text": call.request["text"],
            "day": call.request.get("day"),
            "caller": call.context.caller.subject,
            "depth": call.context.depth,
            "correlation": call.context.correlation_id,
        }

    @serves(SLEEP)
    def sleep(self, call: Call) -> dict[str, object]:
        self.ran.append(call.request["mark"])
        eventlet.sleep(call.request["seconds"])
        return {"text": call.request["mark"]}

    @serves(FAIL)
    def fail(self, call: Call) -> dict[str, object]:
        how = call.request["how"]
        if how == "fault":
            raise Conflict("名额已满", "the quota is used up", quota=3)
        if how == "bug":
            raise RuntimeError("the password is hunter2")
        return {"text": object()}

    @serves(COMMAND)
    def write(self, call: Call) -> dict[str, object]:
        self.ran.append(call.request["mark"])
        eventlet.sleep(call.request["seconds"])
        return {"text": call.context.command_id}


class ListenerService:
    """Handles events as the event's data asks for."""

    name = "listener"
    handled: list[tuple[int, int, str]] = []  # noqa: RUF012
    running = 0
    most = 0

    @handles(HAPPENED)
    def on_happened(self, delivery: Delivery) -> None:
        kind = type(self)
        kind.running += 1
        kind.most = max(kind.most, kind.running)
        try:
            eventlet.sleep(delivery.data["seconds"])
            self._act(delivery)
            kind.handled.append((delivery.data["number"], delivery.attempt, delivery.event_id))
        finally:
            kind.running -= 1

    def _act(self, delivery: Delivery) -> None:
        how = delivery.data["how"]
        if how == "twice" and delivery.attempt < 3:
            raise Unavailable("稍后再试", "try later")
        if how == "bug":
            raise RuntimeError("a bug")
        if how == "gone":
            raise ConnectionResetError("gone")
