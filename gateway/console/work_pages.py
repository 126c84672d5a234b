"""The console's pages of work: what waits today, the versions of a year, a term, its timetable."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Any

from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from gateway.auth.same_origin import require_csrf
from gateway.auth.sessions import OpenSession
from gateway.console import duties, term, timetable, year_versions
from gateway.console.asking import Asking
from gateway.console.codes import said
from gateway.console.names import Names
from gateway.http import surroundings
from gateway.parts import here
from gateway.personal.views import day_words
from services.scheduling.contract import timetable_drafts as drafting
from shared.context import Context
from shared.contracts import Operation
from shared.errors import Fault, NotFound
from shared.messaging.permission import admit_content, require_permission

work = Blueprint("work", __name__)

# What the buttons of the timetable do, and with which fields of the form.
_ACTS: dict[str, tuple[Operation, tuple[str, ...]]] = {
    "open": (drafting.OPEN_TIMETABLE_DRAFT, ("source",)),
    "move": (drafting.CHANGE_SESSION, ("session_id", "on", "half")),
    "drop": (drafting.DROP_TIMETABLE_DRAFT, ()),
    "issue": (drafting.ISSUE_TIMETABLES, ("reason",)),
}


@work.get("/console/today")
def today() -> str | BaseResponse:
    """Show what waits for whoever looks."""
    session = _session()
    if session is None:
        return redirect(url_for("console.login"))
    asking = Asking(session.caller)
    names = Names(asking)
    waiting = duties.gather(asking, session.caller, names)
    return render_template(
        "console/today.html", session=session, waiting=waiting, terms=names.terms,
        missing=list(dict.fromkeys(asking.missing)), day_words=day_words,
    )  # fmt: skip


@work.get("/console/plans/<string:plan_id>/year")
def year_page(plan_id: str) -> str | BaseResponse:
    """Show the versions of a plan's placed year, and two of them side by side."""
    session = _session()
    if session is None:
        return redirect(url_for("console.login"))
    asking = Asking(session.caller)
    # What is no number is as good as not given: the last two versions are compared.
    first, second = (request.args.get(name, type=int) for name in ("from", "to"))
    seen = year_versions.gather(asking, plan_id, first, second)
    if seen is None:
        return _absent(session, "没有找到这个计划")
    return render_template(
        "console/year_versions.html", session=session, seen=seen, plan_id=plan_id,
        place_words=year_versions.place_words, missing=list(dict.fromkeys(asking.missing)),
    )  # fmt: skip


@work.get("/console/terms/<string:term_id>")
def term_page(term_id: str) -> str | BaseResponse:
    """Show one term."""
    session = _session()
    if session is None:
        return redirect(url_for("console.login"))
    asking = Asking(session.caller)
    seen = term.gather(asking, term_id)
    if seen is None:
        return _absent(session)
    return render_template(
        "console/term.html", session=session, seen=seen, term_id=term_id, said=said, day_words=day_words,
        missing=list(dict.fromkeys(asking.missing)),
    )  # fmt: skip


@work.get("/console/terms/<string:term_id>/timetable")
def timetable_page(term_id: str) -> BaseResponse:
    """Show a term's timetable, or its draft."""
    session = _session()
    return redirect(url_for("console.login")) if session is None else _timetable(session, term_id)


@work.post("/console/terms/<string:term_id>/timetable/<string:act>")
def change_timetable(term_id: str, act: str) -> BaseResponse:
    """Do what a button or a drag asks of the draft; a refusal shows the page again with its reason."""
    session = _session()
    if session is None:
        return redirect(url_for("console.login"))
    require_csrf(request, session)
    if act not in _ACTS:
        raise NotFound("没有这项操作", "there is no such button", act=act[:40])
    operation, fields = _ACTS[act]
    told: dict[str, Any] = {name: request.form[name] for name in fields if request.form.get(name)}
    told |= {"term_ids": [term_id]} if operation is drafting.ISSUE_TIMETABLES else {"term_id": term_id}
    try:
        require_permission("scheduling", operation, session.caller)
        admit_content(operation, session.caller, told)
        here().rpc.call("scheduling", operation, told, _context(session, operation))
    except Fault as refusal:
        return _timetable(session, term_id, refusal)
    return redirect(url_for("work.timetable_page", term_id=term_id), 303)


def _timetable(session: OpenSession, term_id: str, refusal: Fault | None = None) -> BaseResponse:
    asking = Asking(session.caller)
    seen = timetable.gather(asking, term_id)
    if seen is None:
        return _absent(session)
    text = render_template(
        "console/timetable.html", session=session, seen=seen, term_id=term_id, said=said, halves=timetable.HALVES,
        may_change=asking.may("scheduling", drafting.CHANGE_SESSION.name), once=token_urlsafe, refusal=refusal,
        missing=list(dict.fromkeys(asking.missing)),
    )  # fmt: skip
    return make_response(text, 200 if refusal is None else refusal.status)


def _context(session: OpenSession, operation: Operation) -> Context:
    once = request.form.get("once", "")[: surroundings.KEY_LIMIT] or token_urlsafe(12)
    return Context(
        session.caller,
        command_id=f"{session.caller.subject}/{once}",
        deadline=datetime.now(UTC) + timedelta(seconds=operation.timeout),
        correlation_id=g.get("correlation_id"),
        traceparent=g.get("traceparent"),
        caused_by=g.get("caused_by"),
    )


def _absent(session: OpenSession, words: str = "没有找到这一期") -> BaseResponse:
    return make_response(render_template("console/absent.html", session=session, words=words), 404)


def _session() -> OpenSession | None:
    sessions = here().sessions
    session = None if sessions is None else sessions.read(request)
    if session is not None:
        g.subject = session.caller.subject
        here().limiter.spend(session.caller.subject)
    return session
