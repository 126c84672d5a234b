"""Blind reviews: assigned by a plugin, returned by lecturers; the grade follows from them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol

from services.outcomes import contract
from services.outcomes.domain.report import Grade, State
from services.outcomes.domain.review import combined, reviews_wanted
from services.outcomes.limits import policy_table, rubric_of
from services.outcomes.ports import PanelMember, ReviewTask
from services.outcomes.store.reports import PREPARATIONS, REPORTS, report_fields, report_from
from services.outcomes.store.reviews import PANELS, REVIEWS
from shared.identifiers import new_id
from shared.policies import Policies
from shared.storage import Transaction


class Chooses(Protocol):
    """Whoever chooses reviewers."""

    def choose(self, task: ReviewTask, panel: Sequence[PanelMember], count: int) -> list[str]:
        """Return up to ``count`` reviewers."""


@dataclass
class Desk:
    """The reviews of a term while one transaction assigns some of them."""

    tx: Transaction
    assigner: Chooses
    policies: Policies
    panel: dict[str, Any]
    open: Counter[str]
    given: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, tx: Transaction, assigner: Chooses, term_id: str) -> Desk:
        """Return the desk of a term; its panel is saved, so that two desks cannot count the same loads."""
        panel = tx.rows(PANELS).one({"_id": term_id})
        if panel is None:
            raise contract.NoPanel(
                "该期尚未设定评审人，请先设定", "the term has no reviewers yet; set them first", term_id=term_id
            )
        panel = tx.rows(PANELS).hold(panel["_id"])
        loads = Counter(row["lecturer_id"] for row in tx.rows(REVIEWS).find({"term_id": term_id, "state": "open"}))
        return cls(tx, assigner, policy_table().on(tx.today), panel, loads)

    @property
    def due_on(self) -> date:
        """The day reviews assigned now are due."""
        return self.tx.today + timedelta(days=self.policies.number("review.days"))

    def fill(self, report: dict[str, Any]) -> int:
        """Assign what reviewers a report still lacks; return how many could not be had."""
        reviews = self.tx.rows(REVIEWS).find({"report_id": report["_id"]})
        lacking = wanted(report, reviews, self.policies) - sum(row["state"] in ("open", "returned") for row in reviews)
        if lacking <= 0:
            return 0
        prepared = self.tx.rows(PREPARATIONS).get(report["_id"])
        words = f"{prepared['blind_topic'] or ''} {prepared['blind_title']}".strip()
        task = ReviewTask(report["_id"], words, self._conflicting(report, reviews))
        seats = [
            PanelMember(seat["lecturer_id"], tuple(seat["expertise"]), self.open[seat["lecturer_id"]])
            for seat in self.panel["members"]
        ]
        chosen = self.assigner.choose(task, seats, lacking)
        for lecturer_id in chosen:
            self._give(report, lecturer_id, prepared["blind_title"], prepared["blind_topic"])
        return lacking - len(chosen)

    def tell(self) -> None:
        """Let each reviewer know, once, what was assigned."""
        for lecturer_id, review_ids in sorted(self.given.items()):
            told = {"term_id": self.panel["_id"], "lecturer_id": lecturer_id, "review_ids": review_ids}
            self.tx.emit(contract.REVIEWS_ASSIGNED, {**told, "due_on": self.due_on}, subject=lecturer_id)

    def _conflicting(self, report: dict[str, Any], reviews: Sequence[dict[str, Any]]) -> frozenset[str]:
        serving = {
            seat["lecturer_id"]
            for seat in self.panel["members"]
            if seat["unit_id"] and _related(seat["unit_id"], report["unit_id"])
        }
        return frozenset(serving | {row["lecturer_id"] for row in reviews})

    def _give(self, report: dict[str, Any], lecturer_id: str, title: str, topic: str | None) -> None:
        review_id = new_id("review")
        self.tx.rows(REVIEWS).insert(
            {
                "_id": review_id,
                "report_id": report["_id"],
                "term_id": report["term_id"],
                "lecturer_id": lecturer_id,
                "title": title,
                "topic": topic,
                "state": "open",
                "due_on": self.due_on.isoformat(),
                "scores": {},
                "comment": "",
                "total": None,
                "returned_at": None,
            }
        )
        self.open[lecturer_id] += 1
        self.given[lecturer_id].append(review_id)


def wanted(report: dict[str, Any], reviews: Sequence[dict[str, Any]], policies: Policies) -> int:
    """Return how many reviews a report takes: one more after an objection that was upheld."""
    reviewers = policies.number("review.reviewers")
    first = totals_of(reviews)[:reviewers]
    count = reviews_wanted(first, reviewers, policies.number("review.max_difference"))
    return count + bool(report["objection"] and report["objection"]["upheld"])


def totals_of(reviews: Sequence[dict[str, Any]]) -> list[Decimal]:
    """Return the totals of the reviews that were returned, in the order they came."""
    returned = [row for row in reviews if row["state"] == "returned"]
    return [Decimal(row["total"]) for row in sorted(returned, key=lambda row: (row["returned_at"], row["_id"]))]


def conclude(tx: Transaction, report_id: str, assigner: Chooses) -> None:
    """Ask for the further reviews a report takes, or grade it when all it takes are back."""
    report = tx.rows(REPORTS).hold(report_id)  # two reviewers who return at once have to see each other
    policies = policy_table().on(tx.today)
    reviews = tx.rows(REVIEWS).find({"report_id": report_id})
    if sum(row["state"] in ("open", "returned") for row in reviews) < wanted(report, reviews, policies):
        desk = Desk.of(tx, assigner, report["term_id"])
        desk.fill(report)
        desk.tell()
        return
    if any(row["state"] == "open" for row in reviews):
        return
    totals = totals_of(reviews)
    total = combined(totals)
    band = rubric_of(policies).band(total)
    graded = report_from(report).graded(Grade(band.grade, total, band.passed, len(totals), tx.today))
    saved = tx.rows(REPORTS).save({**report, **report_fields(graded)})
    tell_grade(tx, saved)


def tell_grade(tx: Transaction, report: dict[str, Any]) -> None:
    """Let others know a report's grade."""
    told = {key: report[key] for key in ("nomination_id", "term_id", "unit_id")}
    grade = report["grade"]
    tx.emit(
        contract.REPORT_GRADED,
        {"report_id": report["_id"], **told, "grade": grade["grade"], "passed": grade["passed"]},
        subject=report["_id"],
    )


def cancel_reviews(tx: Transaction, report_id: str) -> None:
    """Let nobody go on reviewing a report."""
    rows = tx.rows(REVIEWS)
    rows.save_many({**row, "state": "cancelled"} for row in rows.find({"report_id": report_id, "state": "open"}))


def assign_reviews(tx: Transaction, request: dict[str, Any], assigner: Chooses) -> dict[str, Any]:
    """Assign reviewers to every report of the term that lacks some; safe to repeat."""
    term_id = request["term_id"]
    desk = Desk.of(tx, assigner, term_id)
    rows = tx.rows(REPORTS)
    states = {"$in": [State.READY.value, State.IN_REVIEW.value]}
    lacking = []
    count = 0
    for report in rows.find({"term_id": term_id, "state": states}, sort=(("_id", 1),)):
        before = sum(map(len, desk.given.values()))
        missing = desk.fill(report)
        if sum(map(len, desk.given.values())) > before:
            count += 1
            rows.save({**report, **report_fields(report_from(report).reviewing())})
        if missing:
            lacking.append({"report_id": report["_id"], "reviewers": missing})
    desk.tell()
    return {
        "term_id": term_id,
        "reports": count,
        "reviews": sum(map(len, desk.given.values())),
        "held": rows.count({"term_id": term_id, "state": State.HELD.value}),
        "lacking": lacking,
    }


def _related(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")
