"""``/api/v1/events``: the events a caller may see, as they happen (server-sent events, WHATWG HTML §9.2)."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, g, request

from gateway.contract import LIST_EVENTS
from gateway.events.log import Gap
from gateway.events.stream import EventStream
from gateway.http.admission import admit
from gateway.parts import here
from shared.errors import Invalid, Unavailable
from shared.security.caller import Caller

sse = Blueprint("sse", __name__, url_prefix="/api/v1")

_HEARTBEAT_SECONDS = 15.0
_LONGEST_SECONDS = 300.0
"""A stream ends after this long and the reader connects again: so a revoked key or an ended session stops seeing."""
_BATCH = 200


@sse.get("/events")
def stream_events() -> Response:
    """Stream events; ``Last-Event-ID`` (or ``?last_event_id=``) goes on from there, ``type`` narrows."""
    g.operation = "gateway.stream_events"
    caller = admit(request, "gateway", LIST_EVENTS)
    stream = here().stream
    if stream is None:
        raise Unavailable("本网关未接收事件", "this gateway receives no events")
    place = stream.log.place()
    start = _start(place.head)
    gap = place.gap_after(start)
    seat = stream.seat()
    seat.__enter__()  # here, not in the generator: a full house has to be a 503 and not a broken stream
    body = _Body(stream, seat, _lines(stream, caller, start, frozenset(request.args.getlist("type")), gap))
    here().measures.streams.inc()
    # The embedded stack's server holds small pieces back until it has 4 KiB: an event would wait for the next ones.
    request.environ["eventlet.minimum_write_chunk_size"] = 1
    response = Response(body, mimetype="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _start(head: int) -> int:
    given = request.headers.get("Last-Event-ID") or request.args.get("last_event_id")
    if given is None:
        return head
    if not (given.isascii() and given.isdigit() and len(given) < 16):
        raise Invalid(
            f"Last-Event-ID 应为收到的最后一个事件序号，收到的是“{given[:40]}”",
            f"Last-Event-ID has to be the number of the last event received, got {given[:40]!r}",
            fields={"Last-Event-ID": ["not a number"]},
        )
    return int(given)


def _lines(stream: EventStream, caller: Caller, start: int, types: frozenset[str], gap: Gap | None) -> Iterator[str]:
    yield "retry: 2000\n\n"
    if gap is not None:
        start = gap.sequence
        yield f"id: {start}\nevent: diaoxun.gap\ndata: {json.dumps(gap.to_wire(), ensure_ascii=False)}\n\n"
    seen, ends = start, time.monotonic() + _LONGEST_SECONDS
    while not stream.is_closing and time.monotonic() < ends:
        head = stream.log.place().head
        rows = stream.log.after(caller, seen, types, _BATCH)
        for row in rows:
            yield written(row)
        if len(rows) == _BATCH:
            seen = rows[-1]["sequence"]
            continue
        if not rows and head > seen:
            yield f"id: {head}\n\n"  # nothing for this caller up to here: next time go on from here
        seen = max(seen, head, *(row["sequence"] for row in rows))
        if not stream.wait_beyond(seen, _HEARTBEAT_SECONDS):
            yield ": \n\n"


def written(row: dict[str, Any]) -> str:
    """Return one event as the lines of the stream."""
    data = json.dumps(row["event"], ensure_ascii=False, separators=(",", ":"))
    return f"id: {row['sequence']}\nevent: {row['type']}\ndata: {data}\n\n"


class _Body:
    """An iterable that gives its seat back when the server closes it, read or not."""

    def __init__(self, stream: EventStream, seat: Any, lines: Iterator[str]) -> None:
        self._seat, self._lines = seat, lines
        self._measures = here().measures
        self._closed = False

    def __iter__(self) -> Iterator[bytes]:
        return (line.encode("utf-8") for line in self._lines)

    def close(self) -> None:
        """Give the seat back, once."""
        if not self._closed:
            self._closed = True
            self._seat.__exit__(None, None, None)
            self._measures.streams.dec()
