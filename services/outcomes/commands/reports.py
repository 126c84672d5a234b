"""Reports: versions taken in, put forward, returned, annulled."""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from services.outcomes import contract
from services.outcomes.commands.deadlines import keep_report
from services.outcomes.commands.markings import refuse_marking
from services.outcomes.commands.reviews import cancel_reviews, tell_grade
from services.outcomes.commands.states import now_or_refuse, stepped
from services.outcomes.commands.topics import give_back
from services.outcomes.domain.report import STATEMENT, Report, State, Version
from services.outcomes.limits import policy_table
from services.outcomes.queries.people import own_place
from services.outcomes.queries.reports import report_within_reach, shown_whole
from services.outcomes.queries.terms import report_due_on
from services.outcomes.reportfiles.findings import FileLimits, FileText, Unreadable
from services.outcomes.reportfiles.reading import read_report
from services.outcomes.store.reports import REPORTS, keep_copy, report_from
from services.outcomes.store.terms import TERMS
from shared.errors import Invalid
from shared.policies import Policies
from shared.runtime import Work
from shared.storage import Transaction

_ABOVE = frozenset({"unpacked-size", "pages", "characters"})


def file_report_version(work: Work) -> dict[str, Any]:
    """Take a version of one's report; what is not a safe, readable, unclassified report is refused and not kept."""
    request = work.request
    policies = policy_table().on(work.clock.today())
    place = own_place(work.view())
    known = work.view().rows(REPORTS).one({"nomination_id": place.nomination_id})
    if known is not None:
        now_or_refuse(report_from(known), State.DRAFTING)
    content = _content(request["file"], policies.number("report.max_bytes"))
    refuse_marking(f"{request['filename']}\n{request['title']}", "文件名或题目", "the name of the file or the title")
    found = _read(work, content, policies)
    refuse_marking(f"{found.text}\n{found.margins}", "报告", "the report")

    def keep(tx: Transaction) -> dict[str, Any]:
        row = tx.rows(REPORTS).one({"nomination_id": place.nomination_id})
        report = report_from(row) if row else Report(place.nomination_id, place.term_id, place.unit_id)
        version = _version(tx, len(report.versions) + 1, request, content, found)
        after = stepped(lambda: report.add(version, policies.number("report.max_versions")))
        saved = keep_report(tx, row, after)
        keep_copy(tx, saved["_id"], f"{version.number}/original", content)
        keep_copy(tx, saved["_id"], f"{version.number}/text", found.text.encode())
        return shown_whole(tx, saved)

    return work.transact(keep)


def submit_report(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Put a version forward, with the statement of authorship; the day is judged by the service's own clock."""
    row = report_within_reach(tx, request["report_id"])
    if not request["authorship"]:
        raise contract.AuthorshipNotStated(
            f"提交研究报告须作出原创声明：“{STATEMENT}”",
            "a report is submitted with the statement that it is the author's own work",
            statement=STATEMENT,
        )
    term = tx.rows(TERMS).get(row["term_id"])
    late_days = policy_table().on(tx.today).number("report.late_days")
    before = report_from(row)
    report = stepped(lambda: before.submit(request["number"], tx.now, tx.today, report_due_on(term), late_days))
    saved = keep_report(tx, row, report)
    late = bool(report.submission and report.submission.late)
    told = {**_told(saved), "report_version": request["number"], "late": late}
    tx.emit(contract.REPORT_SUBMITTED, told, subject=saved["_id"])
    return shown_whole(tx, saved)


def return_report(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Give a report back to its author before it is reviewed, with a day until when it is mended."""
    row = tx.rows(REPORTS).get(request["report_id"])
    term = tx.rows(TERMS).get(row["term_id"])
    until = request.get("due_on") or tx.today + timedelta(days=policy_table().on(tx.today).number("report.mend_days"))
    if until < tx.today:
        raise Invalid(
            f"修改期限 {until} 已过（今天是 {tx.today}）",
            f"{until} has passed (today is {tx.today})",
            fields={"due_on": ["in the past"]},
        )
    report = stepped(lambda: report_from(row).returned(request["note"], until, tx.caller.subject))
    saved = keep_report(tx, row, report)
    due_on = report.due_on(report_due_on(term))
    tx.emit(contract.REPORT_RETURNED, {**_told(saved), "due_on": due_on}, subject=saved["_id"])
    return shown_whole(tx, saved)


def clear_report_similarity(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Let a held report go on to review: a person looked at what it shares with others."""
    row = tx.rows(REPORTS).get(request["report_id"])
    return shown_whole(tx, keep_report(tx, row, stepped(lambda: report_from(row).cleared(request["note"]))))


def annul_report(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take a report's result away. Ground: the rules on trainees, authorship (取消成绩)."""
    row = tx.rows(REPORTS).get(request["report_id"])
    note = f"{request['reason_code']}: {request['note']}"
    saved = keep_report(tx, row, stepped(lambda: report_from(row).annulled(note, tx.today)))
    cancel_reviews(tx, row["_id"])
    tx.note(row["_id"], "annul report", reason_code=request["reason_code"])
    tell_grade(tx, saved)
    return shown_whole(tx, saved)


def drop_report(tx: Transaction, data: dict[str, Any]) -> None:
    """Somebody no longer goes: no report is expected, and none of theirs is reviewed."""
    row = tx.rows(REPORTS).one({"nomination_id": data["nomination_id"]})
    if row is None:
        return
    before = report_from(row)
    after = before.withdrawn()
    if after != before:
        keep_report(tx, row, after)
        give_back(tx, before.topic_id)
        cancel_reviews(tx, row["_id"])


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {"report_id": row["_id"], **{key: row[key] for key in ("nomination_id", "term_id", "unit_id")}}


def _content(encoded: str, most: int) -> bytes:
    if len(encoded) > most * 4 // 3 + 4:
        raise _too_large(most)
    try:
        content = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise contract.NotAReport(
            "文件内容不是有效的base64，请通过上传功能提交",
            "the file is not valid base64; send it as an upload",
            reason="base64",
        ) from None
    if len(content) > most:
        raise _too_large(most)
    return content


def _too_large(most: int) -> contract.ReportTooLarge:
    return contract.ReportTooLarge(
        f"报告文件超过{most >> 20} MiB，请压缩图片后上传",
        f"the report file is above {most >> 20} MiB; make its pictures smaller",
        reason="file-size",
        limit=most,
    )


def _read(work: Work, content: bytes, policies: Policies) -> FileText:
    limits = FileLimits(
        unpacked=policies.number("report.max_unpacked_bytes"),
        pages=policies.number("report.max_pages"),
        characters=policies.number("report.max_characters"),
    )
    try:
        found = read_report(content, limits, work.offload)
    except Unreadable as refusal:
        kind = contract.ReportTooLarge if refusal.reason in _ABOVE else contract.NotAReport
        raise kind(refusal.zh, refusal.en, reason=refusal.reason) from None
    least = policies.number("report.min_characters")
    if len("".join(found.text.split())) < least:
        raise contract.NotAReport(
            f"文件中可读的文字不足{least}字，可能是扫描件；请上传含文字的.docx、.pdf或.txt",
            f"the file has fewer than {least} characters of text, it may be a scan; send one with text",
            reason="no-text",
        )
    return found


def _version(tx: Transaction, number: int, request: dict[str, Any], content: bytes, found: FileText) -> Version:
    stem = PurePath(request["filename"].replace("\\", "/")).stem or f"报告第{number}稿"
    return Version(
        number=number,
        title=request["title"].strip(),
        filename=f"{stem}.{found.kind}",
        kind=found.kind,
        size=len(content),
        characters=len("".join(found.text.split())),
        sha256=hashlib.sha256(content).hexdigest(),
        filed_at=tx.now,
    )
