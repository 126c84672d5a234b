"""Objects of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class ArchiveVerdict(TypedDict):
    """Whether the archive is the one that was sealed."""

    archive_id: str
    holds: bool
    sha256: str
    findings: list[Finding]


class ArchivedFile(TypedDict):
    """One file of the archive."""

    path: str
    item: str | None
    media_type: str
    size: int
    sha256: str


class Attendance(TypedDict):
    """One person's sums on the current timetable, in class hours; ``allowance`` is the most leave allowed."""

    nomination_id: str
    unit_id: str
    state: str
    total_hours: int
    attended_hours: int
    leave_hours: int
    absent_hours: int
    absent_half_days: int
    present: int
    late: int
    left_early: int
    allowance: int


class AttendancePage(TypedDict):
    """One page of Attendance."""

    items: list[Attendance]
    next_cursor: NotRequired[str | None]


class Blocker(TypedDict):
    """One thing that is not settled."""

    code: str
    words: Text
    count: int


class BriefedPerson(TypedDict):
    """One person: whether the unit signed for them, and when they said so themselves."""

    nomination_id: str
    briefed: bool
    acknowledged_at: str | None
    late: bool
    points_sha256: str | None


class Briefing(TypedDict):
    """A unit's briefing (纪律提醒) of the people it sends to one term."""

    briefing_id: str
    term_id: str
    unit_id: str
    programme_title: NotRequired[str | None]
    term_ordinal: NotRequired[int | None]
    starts_on: NotRequired[str | None]
    due_on: NotRequired[str | None]
    trainees: int
    briefed: int
    personally: int
    complete: bool
    state: Literal["opened", "acknowledged", "cancelled"]
    acknowledged_by: NotRequired[str | None]
    acknowledged_at: NotRequired[str | None]
    late: bool
    version: int


class BriefingPage(TypedDict):
    """One page of Briefing."""

    items: list[Briefing]
    next_cursor: NotRequired[str | None]


class BriefingProof(TypedDict):
    """Who was briefed, by whom and when, with the points as they are now and their digest."""

    briefing_id: str
    term_id: str
    unit_id: str
    programme_title: NotRequired[str | None]
    term_ordinal: NotRequired[int | None]
    starts_on: NotRequired[str | None]
    due_on: NotRequired[str | None]
    trainees: int
    briefed: int
    personally: int
    complete: bool
    state: Literal["opened", "acknowledged", "cancelled"]
    acknowledged_by: NotRequired[str | None]
    acknowledged_at: NotRequired[str | None]
    late: bool
    version: int
    points: list[Text]
    points_sha256: str
    people: list[BriefedPerson]


class BulkReport(TypedDict):
    """What a bulk command did, row by row."""

    done: int
    left: int
    items: list[RowDone]


class CaseFigures(TypedDict):
    """What stood in the attendance book."""

    total_hours: int
    leave_hours: int
    absent_half_days: int


class Check(TypedDict):
    """One thing looked at, and whether it holds."""

    what: Text
    holds: bool


class CheckIn(TypedDict):
    """One admitted person of a term, and whether they are there."""

    nomination_id: str
    term_id: str
    unit_id: str
    state: Literal["expected", "reported", "not_reported", "withdrawn"]
    checked_in_at: str | None
    late: bool
    last_on: str | None
    version: int


class CheckInPage(TypedDict):
    """One page of CheckIn."""

    items: list[CheckIn]
    next_cursor: NotRequired[str | None]


class Checklist(TypedDict):
    """What closing would find now."""

    term_id: str
    ready: bool
    blockers: list[Blocker]
    lines: list[ChecklistLine]
    source: str
    basis: str


class ChecklistLine(TypedDict):
    """One line of the checklist: ``present``, ``missing``, or ``unknown`` while the service does not answer."""

    item: str
    title: Text
    service: str
    needed: bool
    state: Literal["present", "missing", "unknown"]
    files: int


class Closing(TypedDict):
    """Where the closing of a term stands; ``missing`` and ``refusal`` say why it was refused."""

    term_id: str
    state: Literal["open", "closing", "refused", "closed", "reopened"]
    step: str | None
    missing: list[MissingFile]
    refusal: Text | None
    edition: int
    archive_id: str | None
    sha256: str | None
    size: int | None
    files: list[ArchivedFile]
    retention: Retention | None
    closed_at: str | None
    approver: str | None
    reopenings: list[Reopening]
    version: int


class Completion(TypedDict):
    """One person's completion; hours are class hours attended and scheduled."""

    nomination_id: str
    term_id: str
    unit_id: str
    outcome: Literal["completed", "not_completed", "pending"]
    confirmed: bool
    hours_attended: int
    total_hours: int
    days: int
    report_grade: str | None
    verdicts: list[RuleSaid]
    decided_at: str
    confirmed_at: str | None
    approver: str | None
    version: int


class CompletionPage(TypedDict):
    """One page of Completion."""

    items: list[Completion]
    next_cursor: NotRequired[str | None]


class CompletionReport(TypedDict):
    """How many stand where after a decision or a confirmation; ``news`` were announced just now."""

    term_id: str
    completed: int
    not_completed: int
    pending: int
    confirmed: int
    news: int


class Correction(TypedDict):
    """A mark that was changed: what stood there before, who changed it and why."""

    nomination_id: str
    before: str | None
    after: str | None
    reason: str
    by: str
    at: str


class Counts(TypedDict):
    """How many people have each status."""

    present: int
    late: int
    left_early: int
    leave: int
    absent: int


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


class Finding(TypedDict):
    """One file held against the manifest."""

    path: str
    holds: bool


class GivenMark(TypedDict):
    """One person's mark: a status, or the instants somebody came and left, from which it follows."""

    nomination_id: str
    status: NotRequired[str | None]
    left_early: NotRequired[bool]
    came_at: NotRequired[str | None]
    left_at: NotRequired[str | None]
    note: NotRequired[str]


class HealthConsent(TypedDict):
    """The text in force, with where it comes from."""

    text: Text
    keep_days: int
    source: str
    basis: str


class HealthContent(TypedDict):
    """What somebody declared, or what a check found."""

    declaration_id: str
    fit: NotRequired[bool | None]
    symptoms: NotRequired[bool | None]
    contact: NotRequired[bool | None]
    code: NotRequired[str | None]
    verified_at: NotRequired[str | None]


class HealthDeclaration(TypedDict):
    """That there is a declaration, on which basis and until when; never what it says."""

    declaration_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    kind: Literal["declared", "checked"]
    purpose: str
    basis: str
    basis_document: str
    consented_at: str | None
    declared_at: str
    delete_by: str
    version: int


class HealthDeclarationPage(TypedDict):
    """One page of HealthDeclaration."""

    items: list[HealthDeclaration]
    next_cursor: NotRequired[str | None]


class HealthPurge(TypedDict):
    """A proof: how many were deleted and the digest of their identifiers; ``seal`` binds it to the proof before."""

    proof_id: str
    number: int
    term_id: str
    cause: Literal["expired", "consent_withdrawn"]
    count: int
    digest: str
    seal: str
    purged_at: str


class HealthPurgePage(TypedDict):
    """One page of HealthPurge."""

    items: list[HealthPurge]
    next_cursor: NotRequired[str | None]


class Incident(TypedDict):
    """One file without its narrative; ``may_follow`` are the steps that may follow from its kind."""

    incident_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    kind: str
    kind_words: Text
    occurred_on: str
    state: Literal["open", "sanctioned", "dismissed"]
    sanctions: list[Sanction]
    may_follow: list[str]
    source: str
    opened_at: str
    opened_by: str
    dismissed_for: str | None
    version: int


class IncidentPage(TypedDict):
    """One page of Incident."""

    items: list[Incident]
    next_cursor: NotRequired[str | None]


class Leave(TypedDict):
    """One leave. ``hours`` are class hours on the current timetable, those that count; the grounds are not shown."""

    leave_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    first_on: str
    first_half: str
    last_on: str
    last_half: str
    state: Literal["requested", "granted", "refused", "cancelled"]
    awaits: str | None
    steps: list[str]
    decisions: list[ShownDecision]
    hours: int
    half_days: int
    ended_at: str | None
    requested_at: str
    filed_by: str
    version: int


class LeaveGrounds(TypedDict):
    """Why somebody asks for leave; opening it is audited."""

    leave_id: str
    grounds: str
    reason: str


class LeavePage(TypedDict):
    """One page of Leave."""

    items: list[Leave]
    next_cursor: NotRequired[str | None]


class LeaveProjection(TypedDict):
    """What is left of the allowance on the timetable as it is now; ``message`` says it in a sentence."""

    nomination_id: str
    term_id: str
    timetable_version: int
    total_hours: int
    leave_hours: int
    allowance: int
    remaining: int
    requested_hours: int
    passed: bool
    prospects: list[Prospect]
    message: Text
    source: str
    basis: str


class LeftOut(TypedDict):
    """Somebody who could not be taken into a batch or its roll, and why."""

    nomination_id: str
    problem: Problem


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


class MarkDone(TypedDict):
    """What became of one row: the status that stands now."""

    nomination_id: str
    done: bool
    status: str | None
    problem: Problem | None


class MissingFile(TypedDict):
    """A required line of the checklist without a file."""

    item: str
    title: Text
    service: str


class MyBriefing(TypedDict):
    """What a trainee has to know; ``source`` says who wrote the points."""

    briefing_id: str
    term_id: str
    due_on: str | None
    points: list[Text]
    source: str
    basis: str
    acknowledged_at: str | None
    late: bool


class MyStanding(TypedDict):
    """Where one stands in one's term."""

    nomination_id: str
    term_id: str
    programme_title: str | None
    state: str
    checked_in_at: str | None
    attendance: Attendance
    incidents: list[Incident]
    report_grade: str | None
    completion: str | None


class Narrative(TypedDict):
    """What happened, in words; opening it is audited."""

    incident_id: str
    narrative: str


class Objection(TypedDict):
    """An objection and its answer. It is internal: no appeal (申诉) under the Civil Servant Law."""

    objection_id: str
    incident_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    step: str
    state: Literal["open", "upheld", "reduced", "revoked"]
    filed_at: str
    approver: str | None
    answer: str | None
    decided_at: str | None
    version: int


class ObjectionPage(TypedDict):
    """One page of Objection."""

    items: list[Objection]
    next_cursor: NotRequired[str | None]


class ObjectionText(TypedDict):
    """What somebody said against a measure; opening it is audited."""

    objection_id: str
    objection: str


class OwnHealth(TypedDict):
    """One's own declaration with what it says."""

    declaration_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    kind: Literal["declared", "checked"]
    purpose: str
    basis: str
    basis_document: str
    consented_at: str | None
    declared_at: str
    delete_by: str
    version: int
    content: HealthContent


class OwnHealthList(TypedDict):
    """Everything of one's own that is kept."""

    items: list[OwnHealth]


class Passenger(TypedDict):
    """One person of a batch."""

    nomination_id: str
    unit_id: str
    whereabouts: Literal["expected", "departed", "arrived", "missing", "found", "dropped"]
    departed_at: str | None
    arrived_at: str | None
    was_missing: bool
    note: str


class Problem(TypedDict):
    """Why one row was left as it was."""

    code: str
    message: Text


class Prospect(TypedDict):
    """One half-day to come: what it would take, and whether it alone would pass the limit."""

    on: str
    half: str
    hours: int
    titles: list[str]
    passes: bool


class PurgeVerdict(TypedDict):
    """Whether a proof holds: its digest, its seal and the one before, and that nothing is left."""

    proof_id: str
    holds: bool
    checks: list[Check]


class Reopening(TypedDict):
    """When a closed term was opened again, and why."""

    at: str
    approver: str
    reason: str


class Retention(TypedDict):
    """How long the archive is kept; ``basis`` is ``unverified`` as long as nobody gave the archive table's class."""

    keep: str
    source: str
    basis: str


class Return(TypedDict):
    """The people of one unit and term; ``due_on`` is counted in working days (``source`` says by what)."""

    return_id: str
    term_id: str
    unit_id: str
    ended_on: str
    due_on: str
    state: Literal["open", "confirmed", "cancelled"]
    escalated: int
    people: list[Returner]
    confirmed_by: str | None
    confirmed_at: str | None
    late: bool
    source: str
    version: int


class ReturnPage(TypedDict):
    """One page of Return."""

    items: list[Return]
    next_cursor: NotRequired[str | None]


class ReturnedPerson(TypedDict):
    """One person: back on a day, or not back and why."""

    nomination_id: str
    back: NotRequired[bool]
    returned_on: NotRequired[str | None]
    note: NotRequired[str]


class Returner(TypedDict):
    """One person who comes back."""

    nomination_id: str
    state: str
    returned_on: str | None
    note: str


class Roll(TypedDict):
    """The roll of one session, the people within reach."""

    term_id: str
    session_id: str
    title: str
    on: str
    half: str
    hours: int
    complete: bool
    marks: list[RollMark]
    corrections: list[Correction]
    version: int


class RollLine(TypedDict):
    """One session of the current timetable and the state of its roll."""

    session_id: str
    title: str
    on: str
    half: str
    starts_at: str
    ends_at: str
    hours: int
    opens_at: str
    taken: bool


class RollMark(TypedDict):
    """One person's mark."""

    nomination_id: str
    unit_id: str
    status: str
    left_early: bool
    note: str


class RollReport(TypedDict):
    """The state of a roll after the command; ``missing`` are those without a mark, ``items`` the rows given."""

    term_id: str
    session_id: str
    complete: bool
    missing: list[str]
    counts: Counts
    items: list[MarkDone]
    version: int


class Rolls(TypedDict):
    """The sessions of a term on its current timetable."""

    term_id: str
    timetable_version: int
    total_hours: int
    items: list[RollLine]


class RowDone(TypedDict):
    """What became of one person of a bulk command."""

    nomination_id: str
    done: bool
    state: str | None
    problem: Problem | None


class RuleSaid(TypedDict):
    """One rule's verdict with its reason and the source of its limit."""

    rule: str
    ruling: str
    reason: Text
    source: str


class Sanction(TypedDict):
    """One measure."""

    step: str
    words: Text
    approver: str
    reason: str
    by: str
    at: str
    revoked: bool


class ShownDecision(TypedDict):
    """One step's word."""

    step: str
    granted: bool
    approver: str
    title: str
    by: str
    at: str
    note: str


class Text(TypedDict):
    """One message in two languages."""

    zh: str
    en: str


class Title(TypedDict):
    """Words shown to people."""

    zh: str
    en: str


class TravelBatch(TypedDict):
    """One batch with the people within reach; ``left_out`` are the rows the command could not take."""

    batch_id: str
    term_id: str
    unit_id: str
    leg: str
    alone: bool
    reason: str
    assembly_place: str
    vehicle: str
    departs_at: str
    arrives_by: str
    alarm_at: str | None
    cancelled: bool
    cancelled_for: str | None
    passengers: list[Passenger]
    left_out: list[LeftOut]
    version: int


class TravelBatchPage(TypedDict):
    """One page of TravelBatch."""

    items: list[TravelBatch]
    next_cursor: NotRequired[str | None]


class WithdrawalCase(TypedDict):
    """One case. ``cause`` is a reason code, ``threshold`` says whether a limit opened it rather than conduct."""

    case_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    cause: str
    cause_words: Text
    threshold: bool
    incident_id: str | None
    state: Literal["open", "withdrawn", "kept", "dissolved"]
    reason: Text
    source: str
    figures: CaseFigures
    opened_at: str
    decided_at: str | None
    approver: str | None
    decision_reason: str | None
    version: int


class WithdrawalCasePage(TypedDict):
    """One page of WithdrawalCase."""

    items: list[WithdrawalCase]
    next_cursor: NotRequired[str | None]
