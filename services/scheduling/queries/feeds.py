"""Calendar feeds: which there are, and what one shows to whoever has its token."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, cast

from services.scheduling.calendar_file import MEDIA_TYPE, calendar_file
from services.scheduling.domain.feed import Edition, Entry, Kind, Taught, Turn, entries
from services.scheduling.domain.timetable import Session, table_of
from services.scheduling.limits import policy_table
from services.scheduling.situation import calendar_of
from services.scheduling.store import ADMISSIONS, CAMPUSES, FEEDS, LECTURERS, ROOMS, TERMS, TIMETABLE_VERSIONS
from services.scheduling.tabling import taught_term
from shared.calendar import WorkingCalendar
from shared.errors import NotFound
from shared.storage import View, exactly

Document = dict[str, Any]
PREFIX = "dxf_"


def list_feeds(view: View, request: dict[str, Any]) -> Document:
    """Return one page of feeds, newest first."""
    wanted: Document = {name: exactly(request[name]) for name in ("kind", "target_id") if name in request}
    if "revoked" in request:
        wanted["revoked_at"] = {"$ne": None} if request["revoked"] else None
    docs, cursor = view.rows(FEEDS).page(wanted, request.get("cursor"), request["limit"], sort="-_id")
    return {"items": [feed_reply(doc) for doc in docs], "next_cursor": cursor}


def read_feed(view: View, request: dict[str, Any]) -> Document:
    """Return the calendar of a feed. Raises ``NotFound`` for a false token and one taken back alike."""
    feed = view.rows(FEEDS).one({"digest": digest_of(request["token"]), "revoked_at": None})
    if feed is None or not _still_entitled(view, feed):
        raise NotFound(
            "没有这个日历订阅，或已收回；请向培训主办单位重新索取地址",
            "there is no such calendar feed, or it was taken back; ask the organisers for a new address",
        )
    policies = policy_table().on(view.today)
    since = None if feed["kind"] == "term" else view.today - timedelta(days=policies.number("feed.past_days"))
    shown = _entries(view, feed, since)
    names, places = _Lecturers(view, shown), _Places(view, shown)
    content = calendar_file(
        cast(Kind, feed["kind"]),
        _title(view, feed),
        shown,
        names.of,
        places.of,
        timedelta(minutes=policies.number("feed.refresh_minutes")),
    )
    return {
        "filename": f"{feed['kind']}-{feed['target_id']}.ics",
        "media_type": MEDIA_TYPE,
        "content": base64.b64encode(content).decode("ascii"),
    }


def digest_of(token: str) -> str:
    """Return what is kept of a token. A fast hash serves: it covers 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def feed_reply(doc: Document) -> Document:
    """Return a feed document as the reply of an operation."""
    return {**doc, "feed_id": doc["_id"], "personal": doc["owner"] is not None}


def _still_entitled(view: View, feed: Document) -> bool:
    role, _, own = (feed["owner"] or "").partition(":")
    if role == "lecturer":
        return view.rows(LECTURERS).one({"_id": exactly(own), "active": True}) is not None
    if role != "trainee":
        return True
    return view.rows(ADMISSIONS).one({"_id": feed["target_id"], "nomination_ids": exactly(own)}) is not None


def _entries(view: View, feed: Document, since: date | None) -> list[Entry]:
    target = feed["target_id"]
    concerns: Callable[[Session], bool] = {
        "term": lambda _: True,
        "lecturer": lambda session: session.lecturer_id == target,
        "room": lambda session: session.room_id == target,
    }[feed["kind"]]
    found = entries(_terms(view, feed), concerns)
    return [each for each in found if since is None or each.session.on >= since]


def _terms(view: View, feed: Document) -> list[Taught]:
    term_ids = [feed["target_id"]]
    if feed["kind"] != "term":
        ever = {f"sessions.{feed['kind']}_id": exactly(feed["target_id"])}
        named = view.rows(TIMETABLE_VERSIONS).find(ever, fields=("term_id",))
        term_ids = sorted({doc["term_id"] for doc in named})
    editions: dict[str, list[Edition]] = {}
    versions = view.rows(TIMETABLE_VERSIONS).find({"term_id": {"$in": term_ids}}, sort=[("term_id", 1), ("number", 1)])
    for doc in versions:
        edition = Edition(doc["number"], doc["issued_at"], table_of(doc["sessions"]), doc.get("term_room_id"))
        editions.setdefault(doc["term_id"], []).append(edition)
    calendar = calendar_of(view)
    docs = view.rows(TERMS).find({"_id": {"$in": sorted(editions)}}, sort=[("starts_on", 1), ("_id", 1)])
    return [_taught(calendar, doc, editions[doc["_id"]]) for doc in docs]


def _taught(calendar: WorkingCalendar, doc: Document, editions: list[Edition]) -> Taught:
    days = taught_term(calendar, doc).days if doc["state"] == "placed" else ()
    held, room_id = doc["state"] != "cancelled", doc["room_id"] if doc["state"] == "placed" else None
    return Taught(_label(doc), editions, frozenset(days), held, _turns(doc, editions), room_id)


def _turns(doc: Document, editions: list[Edition]) -> list[Turn]:
    """Return the turns of a term; of those noted before ``held_on`` was kept only the number is known."""
    noted = doc.get("held_on", [])
    # Terms cancelled before turns were kept have none.
    flips = doc.get("turns") or ([editions[-1].number] if doc["state"] == "cancelled" else [])
    older = flips[: len(flips) - sum(each["flips"] for each in noted)]
    known = [
        Turn(
            each["number"],
            each["days"] is not None,
            frozenset(map(date.fromisoformat, each["days"] or ())),
            each["at"],
            each.get("room_id"),
        )
        for each in noted
    ]
    return [Turn(number, held=index % 2 == 1) for index, number in enumerate(older)] + known


def _label(term: Document) -> str:
    return f"{term['programme_title']}第{term['ordinal']}期"


def _title(view: View, feed: Document) -> str:
    if feed["kind"] == "term":
        return f"{_label(view.rows(TERMS).get(feed['target_id']))}日程"
    if feed["kind"] == "lecturer":
        return f"{view.rows(LECTURERS).get(feed['target_id'])['name']}授课日程"
    return f"{view.rows(ROOMS).get(feed['target_id'])['title']}使用日程"


class _Lecturers:
    """The names of the lecturers of some events, read once."""

    def __init__(self, view: View, shown: list[Entry]) -> None:
        ids = sorted({each.session.lecturer_id for each in shown if each.session.lecturer_id})
        found = view.rows(LECTURERS).find({"_id": {"$in": ids}}, fields=("name",))
        self._names: dict[str, str] = {doc["_id"]: doc["name"] for doc in found}

    def of(self, session: Session) -> str | None:
        """Return who gives a session."""
        return self._names.get(session.lecturer_id or "")


class _Places:
    """The rooms of some events with their campus, read once."""

    def __init__(self, view: View, shown: list[Entry]) -> None:
        ids = sorted({each.session.room_id for each in shown if each.session.room_id})
        campuses = {doc["_id"]: doc for doc in view.rows(CAMPUSES).find()}
        self._places: dict[str, str] = {}
        for doc in view.rows(ROOMS).find({"_id": {"$in": ids}}):
            campus = campuses[doc["campus_id"]]
            named = [campus["title"], doc["title"], *([campus["address"]] if campus.get("address") else [])]
            self._places[doc["_id"]] = "，".join(named)

    def of(self, session: Session) -> str | None:
        """Return where a session is held."""
        return self._places.get(session.room_id or "")
