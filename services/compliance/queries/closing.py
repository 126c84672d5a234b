"""Reading closings and archives, and what closing would find now."""

from __future__ import annotations

import base64
from typing import Any

from services.compliance.domain.archive import STEPS, Line, checklist_of, verify
from services.compliance.limits import policy_table
from services.compliance.queries.blockers import blockers_of
from services.compliance.store.closing import ARCHIVES, CLOSINGS, pieces_of
from services.compliance.store.term import TERMS
from shared.contracts.exports import files_export
from shared.errors import Fault, NotFound
from shared.runtime import Work
from shared.runtime.process import ROWS
from shared.storage import View

_OWN = "compliance"


def shown_closing(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored closing as the contract shows it."""
    archive = view.rows(ARCHIVES).get(row["archive_id"]) if row["archive_id"] else None
    shown = {name: row[name] for name in ("state", "missing", "edition", "archive_id", "closed_at", "approver")}
    return {
        "term_id": row["_id"],
        **shown,
        "step": _step(view, row),
        "refusal": row.get("refusal") if row["state"] == "refused" else None,
        "sha256": archive and archive["sha256"],
        "size": archive and archive["size"],
        "files": archive["manifest"]["files"] if archive else [],
        "retention": archive and _retention(archive["manifest"]["retention"]),
        "reopenings": row["reopenings"],
        "version": row["version"],
    }


def get_closing(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show where the closing of a term stands."""
    row = view.rows(CLOSINGS).one({"_id": request["term_id"]})
    if row is not None:
        return shown_closing(view, row)
    term = view.rows(TERMS).get(request["term_id"])
    unborn = {"_id": term["_id"], "state": "open", "missing": [], "edition": 0, "archive_id": None, "process_id": None}
    return shown_closing(view, {**unborn, "closed_at": None, "approver": None, "reopenings": [], "version": 0})


def get_closing_checklist(work: Work) -> dict[str, Any]:
    """Ask every service what it has for the archive now; one that does not answer leaves its lines unknown."""
    view = work.view()
    term = view.rows(TERMS).get(work.request["term_id"])
    policy = policy_table().on(view.today)["closing.checklist"]
    checklist = checklist_of(policy.value)
    answers = {line.service: _items(work, line.service) for line in checklist if line.service != _OWN}
    lines = [_line(line, answers.get(line.service, [])) for line in checklist if line.service != _OWN]
    lines += [{**_line(line, []), "state": "present", "files": 1} for line in checklist if line.service == _OWN]
    blockers = blockers_of(view, term)
    ready = not blockers and not any(line["needed"] and line["state"] != "present" for line in lines)
    told = {"source": policy.source, "basis": policy.basis}
    return {"term_id": term["_id"], "ready": ready, "blockers": blockers, "lines": lines, **told}


def get_term_archive(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Return the archive that holds; the view is audited."""
    row, content = _archive(view, request["term_id"], "下载班次档案 / download of a term's archive")
    name = f"{row['manifest']['term']['programme_title']}-第{row['manifest']['term']['term_ordinal']}期-档案.zip"
    return {"filename": name, "media_type": "application/zip", "content": base64.b64encode(content).decode()}


def verify_term_archive(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Hold the archive against what was sealed: the whole, the manifest, and each file."""
    row, content = _archive(view, request["term_id"], "核验班次档案 / verification of a term's archive")
    holds, findings = verify(content, row["sha256"], row["manifest_sha256"])
    found = [{"path": each.path, "holds": each.holds} for each in findings]
    return {"archive_id": row["_id"], "holds": holds, "sha256": row["sha256"], "findings": found}


def _archive(view: View, term_id: str, purpose: str) -> tuple[dict[str, Any], bytes]:
    closing = view.rows(CLOSINGS).one({"_id": term_id})
    if closing is None or closing["state"] != "closed":
        raise NotFound(
            f"班次 {term_id} 尚未结班归档，没有有效档案",
            f"term {term_id!r} is not closed; there is no archive that holds",
            term_id=term_id,
        )
    return view.rows(ARCHIVES).get(closing["archive_id"]), pieces_of(view, closing["archive_id"], purpose) or b""


def _items(work: Work, service: str) -> list[str | None] | None:
    try:
        reply = work.ask(files_export(service), {"term_id": work.request["term_id"]})
    except (Fault, LookupError):
        return None
    return [each.get("item") for each in reply["files"]]


def _line(line: Line, items: list[str | None] | None) -> dict[str, Any]:
    count = 0 if items is None else sum(item == line.item for item in items)
    state = "unknown" if items is None else "present" if count else "missing"
    told = {"item": line.item, "title": line.title.plain(), "service": line.service, "needed": line.required}
    return {**told, "state": state, "files": count}


def _step(view: View, row: dict[str, Any]) -> str | None:
    if row["state"] != "closing" or row["process_id"] is None:
        return None
    return STEPS[min(view.rows(ROWS).get(row["process_id"])["step"], len(STEPS) - 1)]


def _retention(stored: dict[str, Any]) -> dict[str, Any]:
    return {"keep": stored["class"], "source": stored["source"], "basis": stored["basis"]}
