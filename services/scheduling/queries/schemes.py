"""Training schemes, their versions and what changed between two of them."""

from __future__ import annotations

from typing import Any

from services.scheduling.domain.plan_blanks import Blank
from services.scheduling.domain.scheme import Scheme, changes, scheme_of, shortcomings
from services.scheduling.limits import policy_table
from services.scheduling.store import PLANS, SCHEME_VERSIONS, SCHEMES
from shared.errors import NotFound
from shared.storage import View, exactly

Document = dict[str, Any]


def list_schemes(view: View, request: dict[str, Any]) -> Document:
    """Return one page of schemes in the order of programmes."""
    wanted: Document = {
        name: exactly(request[name]) for name in ("plan_id", "programme_id", "state") if name in request
    }
    sort = [("plan_id", 1), ("programme_ordinal", 1)]
    docs, cursor = view.rows(SCHEMES).page(wanted, request.get("cursor"), request["limit"], sort=sort)
    return {"items": [_row(doc) for doc in docs], "next_cursor": cursor}


def get_scheme(view: View, request: dict[str, Any]) -> Document:
    """Return a scheme as it stands, with what is still open in it."""
    return scheme_reply(view, view.rows(SCHEMES).get(request["scheme_id"]))


def list_scheme_versions(view: View, request: dict[str, Any]) -> Document:
    """Return one page of a scheme's versions, oldest first."""
    view.rows(SCHEMES).get(request["scheme_id"])
    wanted = {"scheme_id": exactly(request["scheme_id"])}
    docs, cursor = view.rows(SCHEME_VERSIONS).page(wanted, request.get("cursor"), request["limit"], sort="number")
    return {"items": [{**doc, "hours": scheme_of(doc["scheme"]).hours} for doc in docs], "next_cursor": cursor}


def get_scheme_version(view: View, request: dict[str, Any]) -> Document:
    """Return a version as it was."""
    doc = version_of(view, request["scheme_id"], request["number"])
    return {**doc, **doc["scheme"], "hours": scheme_of(doc["scheme"]).hours}


def compare_scheme(view: View, request: dict[str, Any]) -> Document:
    """Return what changed from one version to another, by default to the current one."""
    doc = view.rows(SCHEMES).get(request["scheme_id"])
    first = version_of(view, doc["_id"], request["from_number"])
    second = version_of(view, doc["_id"], request["to_number"] if "to_number" in request else doc["number"])
    found = changes(scheme_of(first["scheme"]), scheme_of(second["scheme"]))
    return {
        "scheme_id": doc["_id"],
        "from_number": first["number"],
        "to_number": second["number"],
        "changes": [
            {"path": each.path, "before": each.before, "after": each.after, "words": {"zh": each.zh, "en": each.en}}
            for each in found
        ],
    }


def scheme_reply(view: View, doc: Document) -> Document:
    """Return a scheme document as the reply of an operation."""
    found = [{"path": each.path, "words": {"zh": each.zh, "en": each.en}} for each in blanks_of(view, doc)]
    return {**_row(doc), **doc["scheme"], "blanks": found}


def scheme_in_force(view: View, programme_id: str) -> Scheme | None:
    """Return the approved scheme of a programme, or ``None``."""
    doc = view.rows(SCHEMES).one({"programme_id": exactly(programme_id)})
    if doc is None or doc["in_force"] is None:
        return None
    return scheme_of(version_of(view, doc["_id"], doc["in_force"])["scheme"])


def blanks_of(view: View, doc: Document) -> list[Blank]:
    """Return what keeps a scheme from being submitted."""
    _, programme = programme_of(view, doc["programme_id"])
    day_hours = policy_table().on(view.today).number("timetable.day_hours")
    return shortcomings(scheme_of(doc["scheme"]), programme["days"], day_hours)


def programme_of(view: View, programme_id: str) -> tuple[Document, Document]:
    """Return a programme with its plan. Raises ``NotFound``."""
    plan = view.rows(PLANS).one({"programmes.programme_id": exactly(programme_id)})
    for programme in plan["programmes"] if plan else []:
        if plan and programme["programme_id"] == programme_id:
            return plan, programme
    raise NotFound(
        f"没有编号为“{programme_id}”的班次，请核对编号",
        f"there is no programme {programme_id!r}; check the identifier",
        programme_id=programme_id,
    )


def version_of(view: View, scheme_id: str, number: int) -> Document:
    """Return a version of a scheme. Raises ``NotFound``."""
    doc = view.rows(SCHEME_VERSIONS).one({"scheme_id": exactly(scheme_id), "number": exactly(number)})
    if doc is None:
        raise NotFound(
            f"培训方案 {scheme_id} 没有第 {number} 版",
            f"the scheme {scheme_id} has no version {number}",
            scheme_id=scheme_id,
            number=number,
        )
    return doc


def _row(doc: Document) -> Document:
    scheme = scheme_of(doc["scheme"])
    courses = sum(1 for _ in scheme.courses())
    return {**doc, "scheme_id": doc["_id"], "hours": scheme.hours, "courses": courses, "total": scheme.total}
