"""Calendar feeds where calendar programs fetch them: ``/feeds/<token>.ics``, with what they need to ask rarely."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, g, request

from gateway.http.admission import admit
from gateway.http.intake import refuse_body
from gateway.http.replies import respond
from gateway.http.surroundings import deadline
from gateway.http.validators import is_known
from gateway.parts import here
from services.scheduling.contract.feeds import READ_FEED
from shared.context import Context
from shared.messaging.permission import admit_content

feeds = Blueprint("feeds", __name__)

_SERVICE = "scheduling"
_FRESH_SECONDS = 300


@feeds.get("/feeds/<string:token>.ics")
def calendar(token: str) -> Response:
    """Return the calendar of a feed, or 304 to a program that has it already.

    Rated by address like every public operation, so tokens cannot be tried out.
    """
    g.operation = f"{_SERVICE}.{READ_FEED.name}"
    caller = admit(request, _SERVICE, READ_FEED)
    refuse_body(request, here().settings)
    wanted = {"token": token}
    admit_content(READ_FEED, caller, wanted)
    context = Context(
        caller=caller,
        deadline=deadline(request, READ_FEED),
        correlation_id=g.correlation_id,
        traceparent=g.traceparent,
        caused_by=g.caused_by,
    )
    response = respond(request, READ_FEED, here().rpc.call(_SERVICE, READ_FEED, wanted, context))
    tag = f'"{hashlib.blake2b(response.get_data(), digest_size=12).hexdigest()}"'
    disposition = response.headers["Content-Disposition"].replace("attachment", "inline", 1)
    if is_known(request, tag):
        response = Response(status=304)
    else:
        response.headers["Content-Type"] = "text/calendar; charset=utf-8"
        response.headers["Content-Disposition"] = disposition
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"private, max-age={_FRESH_SECONDS}"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
