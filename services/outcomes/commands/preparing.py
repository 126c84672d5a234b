"""Preparing a report that was put forward: a copy for blind review, and what it shares with this and earlier years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.outcomes.commands.deadlines import keep_report
from services.outcomes.domain.fingerprints import SCHEME, compare, fingerprints, fold, share, sketch
from services.outcomes.domain.report import Report, State
from services.outcomes.limits import policy_table
from services.outcomes.queries.names import trainees_of
from services.outcomes.reportfiles.findings import FileLimits
from services.outcomes.store.reports import (
    PREPARATIONS,
    REPORTS,
    SIMILARITIES,
    TOPICS,
    copy_of,
    keep_copy,
    report_from,
)
from shared.errors import Unavailable
from shared.policies import Policies
from shared.runtime import Work
from shared.storage import Transaction, View

_MOST_CANDIDATES = 30
_SHOWN_PASSAGES = 20
_SHOWN_CHARACTERS = 600


@dataclass(frozen=True)
class _Prepared:
    blind_kind: str
    blind: bytes
    blind_title: str
    blind_topic: str | None
    sketch: list[int]


def prepare_report(work: Work) -> None:
    """Prepare the version an event announces; a later one, or one of somebody who left, is left alone.

    Its sketch is kept in a step of its own before others are looked for: of two reports prepared at once, at least one
    finds the other.
    """
    report_id, number = work.request["report_id"], work.request["report_version"]
    view = work.view()
    row = view.rows(REPORTS).get(report_id)
    report = report_from(row)
    if not _awaits(report, number):
        work.transact(lambda tx: None)
        return
    policies = policy_table().on(view.today)
    version = report.version(number)
    original = copy_of(view, report_id, f"{number}/original", "匿名化 / making a blind copy")
    text = copy_of(view, report_id, f"{number}/text", "查重 / comparing with other reports").decode()
    topic = view.rows(TOPICS).one({"_id": row["topic_id"]}) if row["topic_id"] else None
    titles = (version.title, topic["title"] if topic else None)
    telling = _telling(work, row)
    made = work.offload(_prepared, version.kind, original, text, titles, telling, policies)
    work.step("sketch", lambda tx: _keep_prepared(tx, report_id, number, made))
    others = candidates(work.view(), report_id, made.sketch)
    percent, sources = work.offload(shared_with, text, others, policies.number("report.passage_characters"))

    def keep(tx: Transaction) -> None:
        current = tx.rows(REPORTS).get(report_id)
        now = report_from(current)
        if not _awaits(now, number):
            return
        keep_report(tx, current, now.prepared(percent, policies.number("report.similarity_warn_percent")))
        source_ids = [source["report_id"] for source in sources]
        found = {"percent": percent, "source_ids": source_ids, "passages": sources, "checked_at": tx.now}
        _put(tx, SIMILARITIES, report_id, found)

    work.transact(keep)


def _awaits(report: Report, number: int) -> bool:
    return report.state is State.SUBMITTED and report.submission is not None and report.submission.number == number


def _keep_prepared(tx: Transaction, report_id: str, number: int, made: _Prepared) -> None:
    if not _awaits(report_from(tx.rows(REPORTS).hold(report_id)), number):
        return
    keep_copy(tx, report_id, f"{number}/blind", made.blind)
    facts: dict[str, Any] = {"number": number, "scheme": SCHEME, "sketch": made.sketch}
    facts |= {"blind_title": made.blind_title, "blind_topic": made.blind_topic, "blind_kind": made.blind_kind}
    _put(tx, PREPARATIONS, report_id, facts)


def _put(tx: Transaction, collection: Any, id: str, fields: dict[str, Any]) -> None:
    row = tx.rows(collection).one({"_id": id})
    if row is None:
        tx.rows(collection).insert({"_id": id, **fields})
    else:
        tx.rows(collection).save({**row, **fields})


def _telling(work: Work, row: Mapping[str, Any]) -> list[str]:
    """Return the words that tell who wrote a report: asked now, and kept nowhere."""
    for trainee in trainees_of(work, row["term_id"], row["unit_id"]):
        if trainee["nomination_id"] == row["nomination_id"]:
            return [trainee["name"], trainee["unit_title"], trainee["workplace"]]
    # Without the name nothing is blind. It comes again, and so does the news should the person have left.
    raise Unavailable(
        f"学员名单中暂未查到报告 {row['_id']} 的作者，稍后自动重试",
        f"the author of report {row['_id']} is not among the trainees yet; this is tried again",
        report_id=row["_id"],
    )


def _prepared(
    kind: str, original: bytes, text: str, titles: tuple[str, str | None], telling: list[str], policies: Policies
) -> _Prepared:
    from services.outcomes.reportfiles.blinding import Blindfold, blind_copy
    from services.outcomes.reportfiles.package import read_package

    limits = FileLimits(policies.number("report.max_unpacked_bytes"), 0, 0)
    blindfold = Blindfold(telling)
    parts = read_package(original, limits) if kind == "docx" else None
    blind_kind, blind = blind_copy(kind, parts, text, blindfold)
    title, topic = (each and blindfold.over(each) for each in titles)
    return _Prepared(blind_kind, blind, title or "", topic, sketch(fingerprints(fold(text).text)))


def candidates(view: View, report_id: str, mine: list[int]) -> dict[str, str]:
    """Return the texts of the reports whose sketches have most in common with ``mine``, of whatever year."""
    wanted = set(mine)
    found = view.rows(PREPARATIONS).find({"sketch": {"$in": mine}, "scheme": SCHEME, "_id": {"$ne": report_id}})
    ranked = sorted(found, key=lambda row: (-len(wanted & set(row["sketch"])), row["_id"]))[:_MOST_CANDIDATES]
    purpose = "查重 / comparing with other reports"
    return {row["_id"]: copy_of(view, row["_id"], f"{row['number']}/text", purpose).decode() for row in ranked}


def shared_with(text: str, others: Mapping[str, str], least: int) -> tuple[int, list[dict[str, Any]]]:
    """Return how much of a text others have as well, in percent, and by whom: each with its longest passages."""
    mine, theirs = fold(text), {identifier: fold(other) for identifier, other in others.items()}
    found = compare(mine.text, {identifier: other.text for identifier, other in theirs.items()}, least)
    sources: list[dict[str, Any]] = [
        {
            "report_id": identifier,
            "percent": share(len(mine.text), shared),
            "passages": [
                {
                    "length": passage.length,
                    "text": mine.written(text, passage.start, passage.end)[:_SHOWN_CHARACTERS],
                    "other_text": theirs[identifier].written(
                        others[identifier], passage.other_start, passage.other_start + passage.length
                    )[:_SHOWN_CHARACTERS],
                }
                for passage in sorted(shared, key=lambda each: -each.length)[:_SHOWN_PASSAGES]
            ],
        }
        for identifier, shared in found.items()
    ]
    percent = share(len(mine.text), [passage for shared in found.values() for passage in shared])
    return percent, sorted(sources, key=lambda source: (-source["percent"], source["report_id"]))
