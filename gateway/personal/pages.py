"""The personal pages: coming in by the link, looking, doing, fetching one's own files."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from gateway.console.asking import Asking
from gateway.console.codes import said
from gateway.http.replies import respond
from gateway.parts import here
from gateway.personal import views
from gateway.personal.acts import ACTS, find, perform
from gateway.personal.visit import PATH, Visit, begin, give, present, require_own_form, take
from shared.clock import CITY_ZONE
from shared.context import Context
from shared.errors import Fault, NotFound, Unauthenticated
from shared.messaging.permission import require_permission

personal = Blueprint("personal", __name__)

_FILES = {
    # kind: service, operation, field
    "letter": ("notification", "get_letter_file", "letter_id"),
    "report": ("outcomes", "get_report_file", "report_id"),
    "review": ("outcomes", "get_review_file", "review_id"),
}
_NUMBER = re.compile(r"\d{1,4}")


@personal.get(f"{PATH}/<string:token>")
def arrive(token: str) -> BaseResponse:
    """Change a link for a cookie and go where the address holds no secret. Tokens cannot be tried out: it is rated."""
    here().limiter.spend(f"address:{request.remote_addr}")
    try:
        visit = begin(token)
    except Unauthenticated as fault:
        return _away(fault)
    response = redirect(url_for("personal.page"), 303)
    give(response, visit)  # type: ignore[arg-type]
    return _quiet(response)


@personal.get(PATH)
def page() -> BaseResponse:
    """Show what is one's own."""
    try:
        visit = present(request)
    except Unauthenticated as fault:
        return _away(fault)
    done = ACTS.get(request.args.get("done", ""))
    return _shown(visit, done=None if done is None else (done.part, done.done))


@personal.post(f"{PATH}/acts/<string:name>")
def act(name: str) -> BaseResponse:
    """Do what a form asks; a refusal shows the page again with its reason."""
    request.max_content_length = here().settings.upload_limit + 65536
    try:
        visit = present(request)
    except Unauthenticated as fault:
        return _away(fault)
    require_own_form(request, visit)
    g.operation = f"personal.{name if name in ACTS else 'unknown'}"
    try:
        done, reply = perform(request, visit, name)
    except Fault as refusal:
        known = ACTS.get(name)
        return _shown(visit, refusal=(known.part if known else "", refusal.message.zh), status=refusal.status)
    if done.operation == "issue_own_feed":
        return _shown(visit, done=(done.part, done.done), feed=str(reply["path"]))
    return _quiet(redirect(f"{url_for('personal.page', done=name)}#{done.part}", 303))


@personal.get(f"{PATH}/files/<string:kind>/<string:identifier>")
def file(kind: str, identifier: str) -> BaseResponse:
    """Fetch a file that is one's own."""
    try:
        visit = present(request)
    except Unauthenticated as fault:
        return _away(fault)
    service, name, field = _FILES.get(kind, ("", "", ""))
    operation = find(service, name)
    if operation is None:
        raise NotFound("没有这个文件", "there is no such file")
    require_permission(service, operation, visit.caller)
    wanted: dict[str, Any] = {field: identifier}
    number = request.args.get("number", "")
    if _NUMBER.fullmatch(number):
        wanted["number"] = int(number)
    ends = datetime.now(UTC) + timedelta(seconds=operation.timeout)
    context = Context(visit.caller, deadline=ends, correlation_id=g.correlation_id, traceparent=g.traceparent)
    return _quiet(respond(request, operation, here().rpc.call(service, operation, wanted, context)))


@personal.post(f"{PATH}/leave-page")
def leave() -> BaseResponse:
    """End the visit on this device; the link itself goes on."""
    response = make_response(render_template("personal/away.html", fault=None))
    take(response)
    return _quiet(response)


def _shown(
    visit: Visit,
    done: tuple[str, str] | None = None,
    refusal: tuple[str, str] | None = None,
    feed: str | None = None,
    status: int = 200,
) -> BaseResponse:
    asking = Asking(visit.caller)
    seen = views.lecturer(asking) if visit.is_lecturer else views.trainee(asking)
    text = render_template(
        "personal/lecturer.html" if visit.is_lecturer else "personal/trainee.html",
        visit=visit, seen=seen, done=done, refusal=refusal, feed=feed and request.host_url.rstrip("/") + feed,
        missing=list(dict.fromkeys(asking.missing)), once=token_urlsafe, said=said, day_words=views.day_words,
        moment=_moment,
    )  # fmt: skip
    return _quiet(make_response(text, status))


def _away(fault: Fault) -> BaseResponse:
    response = make_response(render_template("personal/away.html", fault=fault), fault.status)
    take(response)
    return _quiet(response)


def _quiet(response: Any) -> BaseResponse:
    """Nothing of a personal page is kept, followed from, or found by a search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    found: BaseResponse = response
    return found


def _moment(instant: str | None) -> str:
    """Return an instant as people of the city write it."""
    if not instant:
        return ""
    local = datetime.fromisoformat(instant).astimezone(CITY_ZONE)
    return f"{local.month}月{local.day}日 {local:%H:%M}"
