"""The console's pages."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from gateway.auth.same_origin import require_csrf
from gateway.auth.sessions import OpenSession
from gateway.console.asking import Asking
from gateway.console.chart import draw
from gateway.console.news import headlines, news_line
from gateway.console.overview import Overview, gather
from gateway.contract import CLOSE_SESSION, CONTRACT, OPEN_SESSION
from gateway.parts import here
from shared.clock import CITY_ZONE
from shared.context import Context
from shared.contracts.schema import load
from shared.errors import Fault, Unauthenticated, Unavailable
from shared.security.caller import Caller

console = Blueprint("console", __name__)

_NEWS = 14


@console.get("/")
def home() -> BaseResponse:
    """Lead to the overview."""
    return redirect(url_for("console.overview"))


@console.get("/console")
def overview() -> str | BaseResponse:
    """Show the plan at a glance."""
    session = _session()
    if session is None:
        return redirect(url_for("console.login"))
    asking, seen = _gathered(session)
    news = _news(asking, seen)
    names = {"types": headlines(here().contracts), "terms": seen.term_names, "units": seen.unit_names}
    return _page(
        "console/overview.html",
        session,
        seen=seen,
        chart=_chart(seen),
        news=news,
        latest=news[0].sequence if news else 0,
        names=json.dumps(names, ensure_ascii=False),
    )


@console.get("/console/chart")
def chart() -> str | BaseResponse:
    """Return the figures, the chart and the table alone, for a page that is open while something changes.

    Raises ``Unavailable`` while a service is away: the open page has figures, and holes are no newer ones.
    """
    session = _session()
    if session is None:
        raise Unauthenticated("登录已过期，请重新登录", "the session ended; log in again")
    _, seen = _gathered(session)
    if seen.missing:
        raise Unavailable("部分数据暂时无法取得", "some of the data cannot be had now")
    return render_template("console/refreshed.html", seen=seen, chart=_chart(seen))


@console.get("/console/login")
def login() -> str | BaseResponse:
    """Show the log-in form."""
    if _session() is not None:
        return redirect(url_for("console.overview"))
    return _page("console/login.html", None, username="", refusal=None)


@console.post("/console/login")
def log_in() -> Any:
    """Log in by the form; a refusal shows the form again with its reason."""
    form = {name: request.form[name] for name in ("username", "password", "code") if request.form.get(name)}
    # A blank at either end slips in where somebody pastes; in a password it may be meant.
    form |= {name: form[name].strip() for name in form.keys() - {"password"}}
    context = Context(Caller("anonymous", frozenset()), correlation_id=g.correlation_id, traceparent=g.traceparent)
    try:
        here().limiter.spend(f"address:{request.remote_addr}")
        here().rpc.call(CONTRACT.name, OPEN_SESSION, load(OPEN_SESSION.request_schema, form), context)
    except Fault as refusal:
        page = _page("console/login.html", None, username=form.get("username", ""), refusal=refusal.message.zh)
        return Response(page, refusal.status)
    return redirect(url_for("console.overview"), 303)


@console.post("/console/logout")
def log_out() -> BaseResponse:
    """Log out by the button."""
    session = _session()
    if session is not None:
        require_csrf(request, session)
        g.session = session
        context = Context(session.caller, correlation_id=g.correlation_id, traceparent=g.traceparent)
        here().rpc.call(CONTRACT.name, CLOSE_SESSION, {}, context)
    return redirect(url_for("console.login"), 303)


def _session() -> OpenSession | None:
    sessions = here().sessions
    session = None if sessions is None else sessions.read(request)
    if session is not None:
        g.subject = session.caller.subject
    return session


def _gathered(session: OpenSession) -> tuple[Asking, Overview]:
    asking = Asking(session.caller)
    return asking, gather(asking, request.args.get("plan"))


def _chart(seen: Overview) -> Any:
    today = here().clock.now().astimezone(CITY_ZONE).date()
    return None if seen.plan is None else draw(seen.plan, today)


def _news(asking: Asking, seen: Overview) -> list[Any]:
    reply = asking.ask(CONTRACT.name, "list_events", newest=True, limit=_NEWS)
    words = headlines(here().contracts)
    return [news_line(row, words, seen.term_names, seen.unit_names) for row in (reply or {"items": []})["items"]]


def _page(template: str, session: OpenSession | None, **values: Any) -> str:
    idle = timedelta(seconds=here().settings.session_idle)
    return render_template(template, session=session, idle_minutes=int(idle.total_seconds() // 60), **values)
