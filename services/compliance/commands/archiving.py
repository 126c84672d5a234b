"""Carrying out a closing: freeze, collect from every service, check, pack, seal; each step once, wherever it died.

Until the last step nothing is announced. If a file is missing or a service refuses, what was collected is removed and
the term is open again, with the missing files named.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from services.compliance.commands.files import own_files
from services.compliance.commands.refusals import fault_of, refuse_frozen
from services.compliance.commands.settling import require_settled
from services.compliance.commands.timetable import count_anew, follow_days
from services.compliance.contract.closing import FileSetIncomplete
from services.compliance.contract.closing_events import CLOSING_REFUSED, PROCESS_ADVANCED, TERM_CLOSED
from services.compliance.domain.archive import (
    COLLECTED,
    File,
    Line,
    checklist_of,
    digest_of_manifest,
    manifest_of,
    missing,
    pack,
    require_safe,
)
from services.compliance.domain.wording import Refusal
from services.compliance.limits import policy_table
from services.compliance.queries.collecting import collected, wrapped
from services.compliance.queries.timetable import timetable_now
from services.compliance.rulebook import Rulebook
from services.compliance.store.attendance import BOOKS
from services.compliance.store.closing import ARCHIVES, CLOSINGS, drop_pieces, keep_pieces
from services.compliance.store.term import TERMS
from shared.contracts.exports import files_export
from shared.errors import Malformed
from shared.identifiers import new_id
from shared.runtime import Work
from shared.runtime.process import ROWS, Effect, Facts, Process, Processes, Step
from shared.storage import Transaction
from shared.storage.canonical import instant_text


def _freeze(work: Work, facts: Facts) -> Effect:
    def effect(tx: Transaction) -> None:
        term = tx.rows(TERMS).get(facts["term_id"])
        refuse_frozen(term)
        require_settled(tx, term)
        _set_frozen(tx, term, True)

    return effect


def _thaw(work: Work, facts: Facts) -> Effect:
    """Everything is as before: the term is open, and the closing says why it was refused.

    A timetable that was issued meanwhile is counted now, and what no longer counts of a term that was moved is not.
    """
    rules = Rulebook(work.plugins, policy_table().on(work.clock.today()))

    def effect(tx: Transaction) -> None:
        term = tx.rows(TERMS).get(facts["term_id"])
        if term["frozen"]:
            _set_frozen(tx, term, False)
            timetable = timetable_now(tx, term["_id"])
            if tx.rows(BOOKS).get(term["_id"])["timetable_version"] != timetable.version:
                count_anew(tx, timetable, rules)
            else:
                follow_days(tx, term["_id"], rules)
        row = tx.rows(CLOSINGS).get(facts["term_id"])
        failure = tx.rows(ROWS).get(row["process_id"])["failure"] or {}
        refusal = {name: failure.get(name, "") for name in ("zh", "en")}
        tx.rows(CLOSINGS).save({**row, "state": "refused", "refusal": refusal})
        items = [each["item"] for each in row["missing"]]
        tx.emit(CLOSING_REFUSED, {"term_id": term["_id"], "missing": items}, subject=term["_id"])

    return effect


def _set_frozen(tx: Transaction, term: dict[str, Any], frozen: bool) -> None:
    tx.rows(TERMS).save({**term, "frozen": frozen})
    book = tx.rows(BOOKS).one({"_id": term["_id"]})
    if book is not None:
        # Whoever changes hours saves the book: who began before the freeze collides with it and looks again.
        tx.rows(BOOKS).save(book)


def _drop(service: str) -> Any:
    def undo(work: Work, facts: Facts) -> Effect:
        return lambda tx: drop_pieces(tx, _owner(tx, facts, service))

    return undo


def _collect(service: str) -> Any:
    def do(work: Work, facts: Facts) -> Effect:
        if service == "compliance":
            return _kept(work, facts, service, own_files(work, facts["term_id"]))
        try:
            reply = work.ask(files_export(service), {"term_id": facts["term_id"]})
        except LookupError:
            raise FileSetIncomplete(
                f"未安装能提供归档文件的“{service}”服务，请检查部署",
                f"no service {service!r} that gives files for an archive is installed",
                missing=[service],
            ) from None
        return _kept(work, facts, service, [_file(service, each) for each in reply["files"]])

    return do


def _file(service: str, given: dict[str, Any]) -> File:
    try:
        content = base64.b64decode(given["content"], validate=True)
    except ValueError:
        raise Malformed(
            f"{service} 的文件“{given['name']}”内容无法读取",
            f"{service} gave {given['name']!r} in a form nobody can read",
        ) from None
    return File(service, given["name"], given["media_type"], content, given.get("item"))


def _kept(work: Work, facts: Facts, service: str, files: list[File]) -> Effect:
    try:
        require_safe(files)
    except Refusal as refusal:
        raise fault_of(refusal, service=service) from None
    bundle = work.offload(wrapped, files)

    def effect(tx: Transaction) -> None:
        keep_pieces(tx, _owner(tx, facts, service), bundle)

    return effect


def _owner(tx: Transaction, facts: Facts, service: str) -> str:
    return f"{tx.rows(CLOSINGS).get(facts['term_id'])['process_id']}/{service}"


def _check(work: Work, facts: Facts) -> Effect:
    """Name every required line without a file, before anything is packed."""
    lacking = missing(_checklist(work), collected(work.view(), facts["term_id"], COLLECTED))
    if lacking:
        named = [{"item": line.item, "title": line.title.plain(), "service": line.service} for line in lacking]
        work.step("missing", lambda tx: _note_missing(tx, facts["term_id"], named))
        zh = "、".join(f"{line.title.zh}（{line.service}）" for line in lacking)
        en = ", ".join(f"{line.title.en} ({line.service})" for line in lacking)
        raise FileSetIncomplete(
            f"归档材料不齐，缺少：{zh}。请补齐后重新结班",
            f"the file set lacks: {en}; supply these and close again",
            missing=[line.item for line in lacking],
        )
    return lambda tx: None


def _note_missing(tx: Transaction, term_id: str, named: list[dict[str, Any]]) -> dict[str, Any]:
    tx.rows(CLOSINGS).save({**tx.rows(CLOSINGS).get(term_id), "missing": named})
    return {}


def _seal(work: Work, facts: Facts) -> Effect:
    """Pack what was collected, keep the archive sealed, and tell."""
    view, policies = work.view(), policy_table().on(work.clock.today())
    files = collected(view, facts["term_id"], COLLECTED)
    term, row = view.rows(TERMS).get(facts["term_id"]), view.rows(CLOSINGS).get(facts["term_id"])
    retention = policies["archive.retention"]
    edition = row["edition"] + 1
    told = {
        "term": {name: term[name] for name in ("plan_id", "programme_title", "term_ordinal", "starts_on", "ends_on")}
        | {"term_id": term["_id"]},
        "edition": edition,
        "sealed_at": instant_text(view.now),
        "approver": row["approver"],
        "retention": {"class": retention.value, "source": retention.source, "basis": retention.basis},
    }
    manifest = manifest_of(told, _checklist(work), files)
    archive = work.offload(pack, manifest, files)
    sealed = {"sha256": hashlib.sha256(archive).hexdigest(), "manifest_sha256": digest_of_manifest(archive)}

    def effect(tx: Transaction) -> None:
        archive_id = new_id("archive")
        kept = {"_id": archive_id, "term_id": term["_id"], "plan_id": term["plan_id"], "edition": edition}
        size = {"size": len(archive), "manifest": manifest, "sealed_at": tx.now, "state": "sealed"}
        tx.rows(ARCHIVES).insert({**kept, **sealed, **size})
        for service in COLLECTED:
            drop_pieces(tx, _owner(tx, facts, service))
        keep_pieces(tx, archive_id, archive)
        done = {"state": "closed", "edition": edition, "archive_id": archive_id, "closed_at": tx.now, "refusal": None}
        tx.rows(CLOSINGS).save({**tx.rows(CLOSINGS).get(term["_id"]), **done, "missing": []})
        tx.note(archive_id, "term-closed", **sealed, files=len(files))
        data = {"term_id": term["_id"], "plan_id": term["plan_id"], "archive_id": archive_id}
        tx.emit(TERM_CLOSED, {**data, "files": len(files), "sha256": sealed["sha256"]}, subject=term["_id"])

    return effect


def _checklist(work: Work) -> tuple[Line, ...]:
    return checklist_of(policy_table().on(work.clock.today())["closing.checklist"].value)


CLOSING = Process(
    "closing",
    (
        Step("freeze", _freeze, undo=_thaw),
        *(Step(service, _collect(service), undo=_drop(service)) for service in COLLECTED),
        Step("check", _check),
        Step("seal", _seal),
    ),
)
PROCESSES = Processes(PROCESS_ADVANCED, (CLOSING,))
"""The long processes of compliance."""
