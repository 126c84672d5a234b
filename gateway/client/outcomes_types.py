"""Objects of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class Assignment(TypedDict):
    """What assigning did; ``held`` reports wait for somebody to judge what they share with others."""

    term_id: str
    reports: int
    reviews: int
    held: int
    lacking: list[Lacking]


class Cluster(TypedDict):
    """A cluster with its questions."""

    cluster_id: str
    term_id: str
    kind: Literal["question", "case"]
    wording: str
    questions: int
    units: int
    by_person: bool
    session_id: str | None
    session_title: str | None
    session_by: str | None
    likeness: int
    shared: list[str]
    lecturer_id: str | None
    handover_id: str | None
    state: Literal["unmatched", "waiting", "handed_over", "answered", "used", "not_covered"]
    answer: str | None
    answered_at: str | None
    version: int
    members: list[Member]


class ClusterRow(TypedDict):
    """A cluster; ``likeness`` to its session in percent, ``shared`` the words both have."""

    cluster_id: str
    term_id: str
    kind: Literal["question", "case"]
    wording: str
    questions: int
    units: int
    by_person: bool
    session_id: str | None
    session_title: str | None
    session_by: str | None
    likeness: int
    shared: list[str]
    lecturer_id: str | None
    handover_id: str | None
    state: Literal["unmatched", "waiting", "handed_over", "answered", "used", "not_covered"]
    answer: str | None
    answered_at: str | None
    version: int


class ClusterRowPage(TypedDict):
    """One page of ClusterRow."""

    items: list[ClusterRow]
    next_cursor: NotRequired[str | None]


class Collection(TypedDict):
    """A collection of reports."""

    collection_id: str
    title: str
    term_id: str | None
    plan_id: str | None
    report_ids: list[str]
    credited: bool
    compiled_at: str
    version: int


class CollectionPage(TypedDict):
    """One page of Collection."""

    items: list[Collection]
    next_cursor: NotRequired[str | None]


class Counted(TypedDict):
    """The answer was counted."""

    session_id: str
    counted: bool


class Coverage(TypedDict):
    """What became of a term's questions and cases, counted by question."""

    term_id: str
    released: bool
    filed: int
    pending: int
    withheld: int
    clusters: int
    unmatched: int
    waiting: int
    handed_over: int
    answered: int
    used: int
    not_covered: int
    receipts_overdue: int
    sessions: list[SessionCoverage]


class CriterionMean(TypedDict):
    """The mean of a criterion, 1 to 5; null while there are too few answers to hide anybody."""

    criterion: str
    zh: str
    en: str
    mean: str | None


class CriterionScore(TypedDict):
    """A criterion of the rubric with its weight in percent; ``score`` null until it is given."""

    criterion: str
    zh: str
    en: str
    weight: int
    score: int | None


class DepartmentAnswer(TypedDict):
    """A department's answer."""

    unit_id: str
    decision: Literal["adopted", "partly_adopted", "declined"]
    text: str
    answered_on: str
    late: bool


class Evaluations(TypedDict):
    """The sessions of a term somebody answered about."""

    term_id: str
    least: int
    sessions: list[SessionEvaluation]


class ExportedFile(TypedDict):
    """One file; ``content`` is base64."""

    name: str
    media_type: str
    content: str
    item: NotRequired[str | None]


class ExportedFiles(TypedDict):
    """Everything a service has for the archive of one term; empty when it has nothing."""

    files: list[ExportedFile]


class Figure(TypedDict):
    """One figure; ``value`` is null when there is nothing to say yet. ``columns`` name what stands in its ``rows``."""

    key: str
    title: Title
    unit: Literal["people", "hours", "days", "yuan", "terms", "items", "percent"]
    value: float | None
    columns: list[FigureColumn]
    rows: list[dict[str, Any]]


class FigureColumn(TypedDict):
    """One column of the rows behind a figure."""

    key: str
    title: Title


class Figures(TypedDict):
    """What one service contributes to the report of a year."""

    figures: list[Figure]


class FollowUp(TypedDict):
    """One follow-up; ``overdue``: its day has passed and nothing was recorded."""

    month: int
    due_on: str
    progress: str | None
    evidence: str
    recorded_on: str | None
    late: bool
    overdue: bool


class HandedQuestion(TypedDict):
    """A cluster as its lecturer sees it: nothing says which unit or person asked."""

    cluster_id: str
    kind: Literal["question", "case"]
    wording: str
    variants: list[str]
    asked: int
    session_id: str
    session_title: str
    session_on: str | None
    outcome: str | None
    answer: str | None


class Handover(TypedDict):
    """A hand-over with what its lecturer still has of it."""

    handover_id: str
    term_id: str
    lecturer_id: str
    session_ids: list[str]
    questions: int
    state: Literal["open", "receipted", "closed"]
    due_on: str
    overdue: bool
    handed_over_at: str
    receipted_at: str | None
    closed_reason: str | None
    version: int
    items: list[HandedQuestion]


class HandoverRow(TypedDict):
    """A hand-over; ``overdue``: not receipted by ``due_on``. ``questions`` are the clusters handed over then."""

    handover_id: str
    term_id: str
    lecturer_id: str
    session_ids: list[str]
    questions: int
    state: Literal["open", "receipted", "closed"]
    due_on: str
    overdue: bool
    handed_over_at: str
    receipted_at: str | None
    closed_reason: str | None
    version: int


class HandoverRowPage(TypedDict):
    """One page of HandoverRow."""

    items: list[HandoverRow]
    next_cursor: NotRequired[str | None]


class Lacking(TypedDict):
    """A report for which reviewers are missing, and how many."""

    report_id: str
    reviewers: int


class Limit(TypedDict):
    """One limit; ``basis`` is ``source``, ``design`` or ``unverified``."""

    key: str
    value: Any
    effective_from: str
    effective_to: str | None
    source: str
    basis: str


class Limits(TypedDict):
    """Every limit of the service over time, in force today or not."""

    items: list[Limit]


class Member(TypedDict):
    """One question of a cluster and the unit that asked; never a person."""

    question_id: str
    unit_id: str
    text: str


class Objection(TypedDict):
    """The author's objection and what was decided."""

    reason: str
    filed_on: str
    upheld: bool | None
    answer: str
    decided_on: str | None


class Panel(TypedDict):
    """The reviewers of a term."""

    term_id: str
    members: list[PanelSeat]


class PanelMember(TypedDict):
    """A reviewer: a lecturer. ``unit_id``: where they serve, whose people they do not review."""

    lecturer_id: str
    unit_id: NotRequired[str | None]
    expertise: NotRequired[list[str]]


class PanelSeat(TypedDict):
    """A reviewer and how much they have to do."""

    lecturer_id: str
    unit_id: str | None
    expertise: list[str]
    open: int
    returned: int


class Points(TypedDict):
    """One criterion's points, 5 the best."""

    criterion: str
    points: int


class Proposal(TypedDict):
    """A proposal with its text, every answer, the present one last, and its follow-ups."""

    proposal_id: str
    nomination_id: str | None
    term_id: str
    unit_id: str
    title: str
    state: Literal["filed", "forwarded", "adopted", "partly_adopted", "declined", "withdrawn"]
    filed_at: str
    receiving_unit_id: str | None
    due_on: str | None
    next_follow_up_on: str | None
    overdue: bool
    version: int
    body: str
    answers: list[DepartmentAnswer]
    follow_ups: list[FollowUp]


class ProposalPage(TypedDict):
    """One page of Proposal."""

    items: list[Proposal]
    next_cursor: NotRequired[str | None]


class ProposalRow(TypedDict):
    """A proposal. ``overdue``: the department has not answered by ``due_on``, or a follow-up was not recorded."""

    proposal_id: str
    nomination_id: str | None
    term_id: str
    unit_id: str
    title: str
    state: Literal["filed", "forwarded", "adopted", "partly_adopted", "declined", "withdrawn"]
    filed_at: str
    receiving_unit_id: str | None
    due_on: str | None
    next_follow_up_on: str | None
    overdue: bool
    version: int


class ProposalRowPage(TypedDict):
    """One page of ProposalRow."""

    items: list[ProposalRow]
    next_cursor: NotRequired[str | None]


class Question(TypedDict):
    """One filed question or case and what became of it; numbers and names in it are masked."""

    question_id: str
    text: str
    kind: Literal["question", "case"]
    filed_at: str
    state: Literal["pending", "withheld", "unmatched", "waiting", "handed_over", "answered", "used", "not_covered"]
    answer: str | None
    answered_at: str | None


class QuestionSet(TypedDict):
    """A unit's question set with its texts."""

    question_set_id: str
    term_id: str
    unit_id: str
    questions: int
    cases: int
    roster_complete: bool
    version: int
    items: list[Question]


class QuestionSetSummary(TypedDict):
    """A unit's question set for a term, without the texts."""

    question_set_id: str
    term_id: str
    unit_id: str
    questions: int
    cases: int
    roster_complete: bool
    version: int


class QuestionSetSummaryPage(TypedDict):
    """One page of QuestionSetSummary."""

    items: list[QuestionSetSummary]
    next_cursor: NotRequired[str | None]


class QuestionText(TypedDict):
    """One question (重点难点问题) or case (典型案例)."""

    text: str
    kind: Literal["question", "case"]


class Report(TypedDict):
    """A report; what is not a matter of state is for its author and the organisers, for others null."""

    report_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    state: Literal["drafting", "submitted", "held", "ready", "in_review", "graded", "annulled", "withdrawn"]
    topic_id: str | None
    title: str
    versions: int
    due_on: str | None
    submitted_at: str | None
    late: bool | None
    similarity: int | None
    grade: str | None
    total: str | None
    passed: bool | None
    version: int
    files: list[ReportVersion] | None
    statement: str | None
    note: str | None
    comments: list[str] | None
    objection: Objection | None


class ReportDeadline(TypedDict):
    """When a term's reports are due, and the last day they are still taken late."""

    term_id: str
    due_on: str
    late_until: str


class ReportRow(TypedDict):
    """A report's state, without what it says. ``similarity``: text shared with other reports, in percent."""

    report_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    state: Literal["drafting", "submitted", "held", "ready", "in_review", "graded", "annulled", "withdrawn"]
    topic_id: str | None
    title: str
    versions: int
    due_on: str | None
    submitted_at: str | None
    late: bool | None
    similarity: int | None
    grade: str | None
    total: str | None
    passed: bool | None
    version: int


class ReportRowPage(TypedDict):
    """One page of ReportRow."""

    items: list[ReportRow]
    next_cursor: NotRequired[str | None]


class ReportVersion(TypedDict):
    """One file the author sent."""

    number: int
    title: str
    filename: str
    kind: str
    size: int
    characters: int
    sha256: str
    filed_at: str


class Review(TypedDict):
    """A review with its rubric."""

    review_id: str
    report_id: str | None
    term_id: str
    lecturer_id: str
    title: str
    state: Literal["open", "returned", "declined", "cancelled"]
    due_on: str
    overdue: bool
    total: str | None
    version: int
    topic: str | None
    criteria: list[CriterionScore]
    comment: str


class ReviewRow(TypedDict):
    """A review. ``report_id`` is null for its reviewer, to whom nothing leads to the author."""

    review_id: str
    report_id: str | None
    term_id: str
    lecturer_id: str
    title: str
    state: Literal["open", "returned", "declined", "cancelled"]
    due_on: str
    overdue: bool
    total: str | None
    version: int


class ReviewRowPage(TypedDict):
    """One page of ReviewRow."""

    items: list[ReviewRow]
    next_cursor: NotRequired[str | None]


class Score(TypedDict):
    """The score of one criterion, 0 to 100."""

    criterion: str
    score: int


class SessionCoverage(TypedDict):
    """What became of the questions of one session."""

    session_id: str
    session_title: str
    lecturer_id: str | None
    questions: int
    handed_over: int
    answered: int
    used: int
    not_covered: int


class SessionEvaluation(TypedDict):
    """What trainees think of a session. ``shown``: there are at least ``least`` answers, else nothing is told."""

    session_id: str
    session_title: str
    lecturer_id: str | None
    answers: int
    shown: bool
    criteria: list[CriterionMean]
    comments: list[str]


class SharedPassage(TypedDict):
    """A passage as it stands in this report and in the other."""

    length: int
    text: str
    other_text: str


class SimilarReport(TypedDict):
    """Another report and what is shared with it; ``percent`` of this report's text."""

    report_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    percent: int
    passages: list[SharedPassage]


class Similarity(TypedDict):
    """The comparison with this and earlier years. ``found_in``: later reports that share text with this one."""

    report_id: str
    checked_at: str
    percent: int
    warn_from: int
    sources: list[SimilarReport]
    found_in: list[str]


class Title(TypedDict):
    """Words shown to people."""

    zh: str
    en: str


class Topic(TypedDict):
    """A topic; ``own`` whether the caller, a trainee, proposed it."""

    topic_id: str
    term_id: str
    title: str
    description: str
    state: Literal["proposed", "approved", "declined"]
    proposed_by: Literal["organisers", "trainee"]
    own: bool
    reason: str
    places: int | None
    chosen: int
    version: int


class TopicPage(TypedDict):
    """One page of Topic."""

    items: list[Topic]
    next_cursor: NotRequired[str | None]
