"""The register of lecturers as others see it."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.scheduling.domain.lecturer import Away, Lecturer
from services.scheduling.store import LECTURERS
from shared.security.caller import Role
from shared.storage import View, exactly

Document = dict[str, Any]


def list_lecturers(view: View, request: dict[str, Any]) -> Document:
    """Return one page of lecturers."""
    wanted: Document = {name: exactly(request[name]) for name in ("grade", "active") if name in request}
    if "subject" in request:
        wanted["expertise"] = exactly(request["subject"])
    docs, cursor = view.rows(LECTURERS).page(wanted, request.get("cursor"), request["limit"])
    return {"items": [lecturer_reply(doc) for doc in docs], "next_cursor": cursor}


def get_lecturer(view: View, request: dict[str, Any]) -> Document:
    """Return a lecturer; a service also gets the contact, which is audited."""
    doc = view.rows(LECTURERS).get(request["lecturer_id"])
    contact = None
    if view.caller.roles == {Role.SERVICE}:
        contact = view.rows(LECTURERS).unseal(doc, "contact", f"{view.caller.subject} writes to the lecturer")
    return {**lecturer_reply(doc), "contact": contact}


def get_lecturer_contact(view: View, request: dict[str, Any]) -> Document:
    """Return a contact in full, audited with its purpose."""
    doc = view.rows(LECTURERS).get(request["lecturer_id"])
    return {"lecturer_id": doc["_id"], "contact": view.rows(LECTURERS).unseal(doc, "contact", request["purpose"])}


def get_own_record(view: View, request: dict[str, Any]) -> Document:
    """Return the record of the lecturer who asks."""
    return own_record(view.rows(LECTURERS).get(view.caller.own_id(Role.LECTURER)))


def own_record(doc: Document) -> Document:
    """Return a lecturer document as the lecturer sees it."""
    return {**doc, "lecturer_id": doc["_id"]}


def lecturer_reply(doc: Document) -> Document:
    """Return a lecturer document as the reply of an operation, its contact left out."""
    return {**{name: value for name, value in doc.items() if name != "contact"}, "lecturer_id": doc["_id"]}


def lecturer_of(doc: Document) -> Lecturer:
    """Return a lecturer document as planning knows it."""
    return Lecturer(
        id=doc["_id"],
        name=doc["name"],
        grade=doc["grade"],
        organisation=doc["organisation"],
        expertise=tuple(doc["expertise"]),
        out_of_town=doc["out_of_town"],
        active=doc["active"],
        away=away_of(doc),
    )


def away_of(doc: Document) -> tuple[Away, ...]:
    """Return when a lecturer cannot teach."""
    return tuple(
        Away(date.fromisoformat(each["starts_on"]), date.fromisoformat(each["ends_on"]), each["half"])
        for each in doc["unavailable"]
    )
