"""Objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class AffectedTerm(TypedDict):
    """A term that would lie elsewhere, or nowhere (``after`` null). ``told``: people who know its old place."""

    term_id: str
    before: PreviewedPlace | None
    after: PreviewedPlace | None
    told: int
    words: Text


class AnswerFields(TypedDict):
    """The answer to one question; which field counts depends on the question's kind."""

    question_id: str
    ratings: NotRequired[list[RatingFields]]
    chosen: NotRequired[list[str]]
    number: NotRequired[int | None]
    text: NotRequired[str | None]


class Arrangement(TypedDict):
    """The solve that makes the drafts; ``get_timetable_solve`` shows how far it is."""

    solve_id: str
    term_ids: list[str]
    lectures: int


class Blackout(TypedDict):
    """A blackout; ``due_terms`` are the placed terms it pushes away, to be placed again."""

    blackout_id: str
    title: str
    starts_on: str
    ends_on: str
    districts: list[str]
    campus_ids: list[str]
    due_terms: list[str]
    version: int


class BlackoutPage(TypedDict):
    """One page of Blackout."""

    items: list[Blackout]
    next_cursor: NotRequired[str | None]


class Blank(TypedDict):
    """A place still open, or a contradiction, that stands in the way of approval."""

    path: str
    words: Text


class BreachRow(TypedDict):
    """A hard rule that is broken, or a remark that does not stand in the way."""

    code: str
    term_ids: list[str]
    session_ids: list[str]
    words: Text


class BudgetFields(TypedDict):
    """What one item may cost a term, in yuan."""

    item: Literal["lecturers", "lodging", "meals", "venue", "materials", "transport", "other"]
    amount: str


class CalendarDay(TypedDict):
    """A day of the calendar."""

    day: str
    kind: Any
    working: bool
    name: Text | None


class CalendarDays(TypedDict):
    """Days in order and how many of them are working days."""

    items: list[CalendarDay]
    working_days: int


class CalendarOverride(TypedDict):
    """The city's word on a day as it stands."""

    day: str
    working: bool
    reason: str
    due_terms: list[str]
    version: int


class CalendarSession(TypedDict):
    """An issued session with its term."""

    session_id: str
    course_id: str
    module: str
    title: str
    form: Literal["lecture", "discussion", "field", "self_study"]
    on: str
    half: Literal["morning", "afternoon", "evening"]
    starts_at: str
    ends_at: str
    hours: int
    lecturer_id: str | None
    lecturer_name: str | None
    lecturer_organisation: str | None
    room_id: str | None
    room_title: str | None
    joint_id: str | None
    host: str | None
    term_id: str
    programme_title: str
    ordinal: int


class CalendarSessions(TypedDict):
    """Sessions in order; a joint lecture stands once for each of its terms, ``hours`` counts it once."""

    items: list[CalendarSession]
    hours: int


class Campus(TypedDict):
    """A campus."""

    campus_id: str
    title: str
    district: str
    beds: int
    address: str | None
    reports_from: str | None
    reports_until: str | None
    opens_at: str | None
    due_terms: list[str]
    version: int


class CampusPage(TypedDict):
    """One page of Campus."""

    items: list[Campus]
    next_cursor: NotRequired[str | None]


class CandidateRow(TypedDict):
    """A lecturer for a course. ``fee`` is the most the hours may cost, in yuan after tax."""

    lecturer_id: str
    name: str
    organisation: str
    grade: Literal["intermediate", "associate", "full", "academician"]
    suitable: bool
    score: int
    fee: str | None
    grounds: list[GroundRow]


class Cause(TypedDict):
    """Why a term could not be placed, with figures for programs."""

    code: str
    words: Text
    details: dict[str, Any]


class Change(TypedDict):
    """One difference; ``path`` such as ``programmes.3.days``, null where there was nothing."""

    path: str
    before: Any | None
    after: Any | None
    words: Text


class ConflictingDemand(TypedDict):
    """A demand of a conflict, with the ways to loosen it; each alone would settle the conflict."""

    rule: str
    subject: str
    words: Text
    loosenings: list[DemandLoosening]


class Consequence(TypedDict):
    """One kind of thing that follows, with how many there are."""

    key: str
    count: int
    words: Text


class Contact(TypedDict):
    """Whom to call at one of the organisers (an office line)."""

    organisation: NotRequired[str | None]
    person: NotRequired[str | None]
    phone: NotRequired[str | None]
    fax: NotRequired[str | None]


class ContactShown(TypedDict):
    """A contact in full."""

    lecturer_id: str
    contact: LecturerContact | None


class CourseFields(TypedDict):
    """A course. Without ``course_id`` it is the course of the same title in the same module, else a new one."""

    course_id: NotRequired[str | None]
    title: str
    form: NotRequired[Literal["lecture", "discussion", "field", "self_study"]]
    hours: int
    expertise: NotRequired[list[str]]
    morning: NotRequired[bool]
    room_kind: NotRequired[str | None]


class CourseProposals(TypedDict):
    """A course with its candidates, best first; nobody is proposed for self-study."""

    course_id: str
    title: str
    form: Literal["lecture", "discussion", "field", "self_study"]
    hours: int
    invitation_id: str | None
    invited_id: str | None
    invitation_state: str | None
    candidates: list[CandidateRow]


class CreatePlan(TypedDict):
    """A draft, as ``diaoxun plan read`` prints it; blanks are null."""

    year: NotRequired[int | None]
    title: NotRequired[str | None]
    replacement_notice_days: NotRequired[int | None]
    replacement_day_kind: NotRequired[Literal["calendar", "working"] | None]
    contacts: NotRequired[list[Contact]]
    programmes: list[Programme]


class DateRange(TypedDict):
    """First and last day, both included; null while open."""

    starts_on: NotRequired[str | None]
    ends_on: NotRequired[str | None]


class DemandLoosening(TypedDict):
    """The least that a demand would have to give; ``proven``: no less would do."""

    amount: int
    unit: str
    proven: bool
    words: Text


class DifferenceRow(TypedDict):
    """A session that is new, gone, at another time or place, or otherwise changed."""

    session_id: str
    kind: Literal["added", "removed", "moved", "changed"]
    words: Text
    before: SessionRow | None
    after: SessionRow | None


class Dropped(TypedDict):
    """The draft is gone."""

    term_id: str


class ExportedFile(TypedDict):
    """One file; ``content`` is base64."""

    name: str
    media_type: str
    content: str
    item: NotRequired[str | None]


class ExportedFiles(TypedDict):
    """Everything a service has for the archive of one term; empty when it has nothing."""

    files: list[ExportedFile]


class FeedRow(TypedDict):
    """A feed. ``personal``: a trainee or lecturer asked for it by their own link."""

    feed_id: str
    kind: Literal["term", "lecturer", "room"]
    target_id: str
    label: str
    personal: bool
    issued_at: str
    issued_by: str
    revoked_at: str | None
    revoked_by: str | None
    version: int


class FeedRowPage(TypedDict):
    """One page of FeedRow."""

    items: list[FeedRow]
    next_cursor: NotRequired[str | None]


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


class GroundRow(TypedDict):
    """One ground of a proposal; points add up to the score, ``bars``: because of it the lecturer does not suit."""

    code: str
    points: int
    bars: bool
    words: Text


class HomelessTerm(TypedDict):
    """A term that finds no place, and why."""

    term_id: str
    label: Text
    reasons: list[Cause]


class Invitation(TypedDict):
    """An invitation of a lecturer to a course of a term."""

    invitation_id: str
    plan_id: str
    term_id: str
    programme_title: str
    ordinal: int
    starts_on: str | None
    ends_on: str | None
    campus_title: str | None
    campus_address: str | None
    course_id: str
    course_title: str
    hours: int
    lecturer_id: str
    lecturer_name: str
    state: Literal["invited", "confirmed", "declined", "lapsed", "withdrawn", "superseded"]
    due_on: str
    invited_at: str
    answered_at: str | None
    reason: str | None
    substitute_id: str | None
    instead_of: str | None
    retiming_id: str | None
    version: int


class InvitationPage(TypedDict):
    """One page of Invitation."""

    items: list[Invitation]
    next_cursor: NotRequired[str | None]


class IssuedFeed(TypedDict):
    """A new feed. Its token stands in this reply and nowhere else; ``path`` is where calendar programs fetch it."""

    feed_id: str
    kind: Literal["term", "lecturer", "room"]
    target_id: str
    label: str
    personal: bool
    issued_at: str
    issued_by: str
    revoked_at: str | None
    revoked_by: str | None
    version: int
    token: str
    path: str


class IssuedRow(TypedDict):
    """What was issued for one term; ``changed`` sessions are against the version before."""

    term_id: str
    number: int
    total_hours: int
    changed: int
    affected_lecturer_ids: list[str]


class IssuedTimetables(TypedDict):
    """What was issued; a draft that changes nothing gives no new version."""

    items: list[IssuedRow]


class JoinedSession(TypedDict):
    """A session of a term that becomes part of a joint lecture."""

    term_id: str
    session_id: str


class Lecturer(TypedDict):
    """One lecturer. ``contact`` is null for everybody but a service, which is about to write to them."""

    lecturer_id: str
    name: str
    grade: Literal["intermediate", "associate", "full", "academician"]
    organisation: str
    post: str | None
    expertise: list[str]
    out_of_town: bool
    active: bool
    unavailable: list[Unavailability]
    phone_masked: str
    email_masked: str
    version: int
    contact: LecturerContact | None


class LecturerConcerned(TypedDict):
    """A lecturer who has to confirm again, or (``open``) cannot come and has to be replaced."""

    lecturer_id: str
    name: str
    state: Literal["reconfirm", "open", "released"]


class LecturerContact(TypedDict):
    """How a lecturer is reached; kept encrypted."""

    phone: NotRequired[str | None]
    email: NotRequired[str | None]
    fax: NotRequired[str | None]


class LecturerRow(TypedDict):
    """A lecturer; the contact is masked."""

    lecturer_id: str
    name: str
    grade: Literal["intermediate", "associate", "full", "academician"]
    organisation: str
    post: str | None
    expertise: list[str]
    out_of_town: bool
    active: bool
    unavailable: list[Unavailability]
    phone_masked: str
    email_masked: str
    version: int


class LecturerRowPage(TypedDict):
    """One page of LecturerRow."""

    items: list[LecturerRow]
    next_cursor: NotRequired[str | None]


class ModuleFields(TypedDict):
    """A module (模块) with its courses in order."""

    module_id: NotRequired[str | None]
    title: str
    courses: list[CourseFields]


class NewBlackout(TypedDict):
    """A closed period that is the cause: set together with the retiming, it also keeps others out."""

    blackout_id: str
    title: str
    starts_on: str
    ends_on: str
    districts: NotRequired[list[str]]
    campus_ids: NotRequired[list[str]]


class NoticeDeadline(TypedDict):
    """The last day that is still in time; the opening day is not counted."""

    deadline: str


class NoticeProblem(TypedDict):
    """A passage that could not be read; the rest was."""

    line: int
    text: str
    message: Text


class NoticeReading(TypedDict):
    """What a notice says. ``draft`` is what ``create_plan`` takes; nothing was saved."""

    draft: CreatePlan
    problems: list[NoticeProblem]


class OwnInvitations(TypedDict):
    """The invitations of the lecturer who asks, newest first."""

    items: list[Invitation]


class OwnRecord(TypedDict):
    """What the Party school keeps about the lecturer who asks."""

    lecturer_id: str
    name: str
    organisation: str
    unavailable: list[Unavailability]


class PlacedRow(TypedDict):
    """A term that was placed by it."""

    term_id: str
    starts_on: str
    ends_on: str
    reports_on: str
    room_id: str


class Placement(TypedDict):
    """A placement: ``running`` until ``done`` or ``failed``. ``optimal``: proven best in number and in cost."""

    placement_id: str
    plan_id: str
    scheduler: str
    state: Literal["running", "done", "failed"]
    status: Literal["optimal", "feasible"] | None
    terms: int
    kept: int
    placed: list[PlacedRow]
    unplaced: list[UnplacedRow]
    cost: int | None
    bound: int | None
    placed_bound: int | None
    costs: PlacementCosts | None
    verdict: Text | None
    gap_percent: float | None
    seconds: float | None
    progress: PlacementProgress | None
    failure: Text | None
    asked_at: str
    version: int


class PlacementChange(TypedDict):
    """One change to try."""

    kind: Literal["pin", "move", "ban", "drop", "blackout"]
    term_id: NotRequired[str | None]
    starts_on: NotRequired[str | None]
    ends_on: NotRequired[str | None]
    room_id: NotRequired[str | None]
    districts: NotRequired[list[str]]
    campus_ids: NotRequired[list[str]]


class PlacementConflict(TypedDict):
    """Demands that cannot hold together; without any one of them the others can."""

    term_ids: list[str]
    words: Text
    demands: list[ConflictingDemand]


class PlacementCosts(TypedDict):
    """The cost part by part, in tenths of the policy's weights."""

    target: int
    balance: int
    seats: int
    months: int
    spacing: int
    units: int
    travel: int


class PlacementPreview(TypedDict):
    """``told`` people would have to be told; no table with as many terms tells fewer than ``told_bound``."""

    told: int
    told_bound: int
    proven: bool
    words: Text
    affected: list[AffectedTerm]
    unplaced: list[UnplacedRow]
    conflicts: list[PlacementConflict]
    seconds: float


class PlacementProgress(TypedDict):
    """The best table so far."""

    placed: int
    cost: int
    bound: int
    seconds: float


class PlacementRow(TypedDict):
    """A placement in a list."""

    placement_id: str
    scheduler: str
    state: str
    status: str | None
    terms: int
    asked_at: str


class PlacementRowPage(TypedDict):
    """One page of PlacementRow."""

    items: list[PlacementRow]
    next_cursor: NotRequired[str | None]


class Plan(TypedDict):
    """A plan as it stands. ``blanks`` is empty when it can be approved."""

    plan_id: str
    year: int | None
    title: str | None
    state: str
    version: int
    programmes: list[ProgrammeReply]
    replacement_notice_days: int | None
    replacement_day_kind: str | None
    contacts: list[Contact]
    blanks: list[Blank]


class PlanDiff(TypedDict):
    """What changed between two versions."""

    plan_id: str
    from_version: int
    to_version: int
    changes: list[Change]


class PlanRow(TypedDict):
    """A plan in a list."""

    plan_id: str
    year: int | None
    title: str | None
    state: str
    programmes: int
    version: int


class PlanRowPage(TypedDict):
    """One page of PlanRow."""

    items: list[PlanRow]
    next_cursor: NotRequired[str | None]


class PlanVersion(TypedDict):
    """One version of a plan, who made it and why; it never changes."""

    number: int
    changed_at: str
    changed_by: str
    reason: str | None


class PlanVersionFull(TypedDict):
    """A version with the plan as it was."""

    number: int
    changed_at: str
    changed_by: str
    reason: str | None
    plan: Plan


class PlanVersionPage(TypedDict):
    """One page of PlanVersion."""

    items: list[PlanVersion]
    next_cursor: NotRequired[str | None]


class PolicyFields(TypedDict):
    """The planner's rules and weights; what is left out keeps its default."""

    longest_run: NotRequired[int]
    report_ahead: NotRequired[int]
    lead_days: NotRequired[int]
    in_order: NotRequired[bool]
    spacing_days: NotRequired[int]
    away_percent: NotRequired[int]
    weight_target: NotRequired[int]
    weight_balance: NotRequired[int]
    weight_seats: NotRequired[int]
    weight_months: NotRequired[int]
    weight_spacing: NotRequired[int]
    weight_units: NotRequired[int]
    weight_travel: NotRequired[int]


class PreviewedPlace(TypedDict):
    """Where a term lies or would lie."""

    starts_on: str
    ends_on: str
    reports_on: str
    room_id: str


class Programme(TypedDict):
    """A programme of a plan that is drafted or amended, addressed by its ordinal."""

    title: NotRequired[str | None]
    kind: NotRequired[Literal["training", "seminar"] | None]
    terms: NotRequired[int | None]
    trainees: NotRequired[int | None]
    starts_on: NotRequired[str | None]
    ends_on: NotRequired[str | None]
    days: NotRequired[int | None]
    points: NotRequired[list[str]]
    ranges: NotRequired[list[DateRange]]
    districts: NotRequired[list[str]]
    room_kind: NotRequired[str | None]
    campus_id: NotRequired[str | None]
    min_gap_days: NotRequired[int | None]
    ordinal: int


class ProgrammeReply(TypedDict):
    """A programme of a plan."""

    programme_id: str
    ordinal: int
    title: str | None
    kind: str | None
    terms: int | None
    trainees: int | None
    starts_on: str | None
    ends_on: str | None
    days: int | None
    points: list[str]
    ranges: list[DateRange]
    districts: list[str]
    room_kind: str | None
    campus_id: str | None
    min_gap_days: int | None


class Proposals(TypedDict):
    """Proposals for a term by the scheme in force; ``budget_left`` is what it has left for lecturers, in yuan."""

    term_id: str
    budget_left: str | None
    items: list[CourseProposals]


class QuestionFields(TypedDict):
    """A question. A rating gives 1 to 5 to each theme; a choice names at most ``most`` of its options."""

    question_id: NotRequired[str | None]
    text: str
    kind: Literal["rating", "choice", "number", "text"]
    options: NotRequired[list[str]]
    most: NotRequired[int]
    required: NotRequired[bool]


class RankedTheme(TypedDict):
    """A theme with its rank, and in words how its points came about."""

    rank: int
    title: str
    points: int
    rated_by: int
    average: float | None
    chosen_by: int
    words: Text


class Ranking(TypedDict):
    """The themes by what units said so far; final once the survey is closed."""

    survey_id: str
    final: bool
    units: int
    answers: int
    themes: list[RankedTheme]


class RatingFields(TypedDict):
    """How urgently a theme is needed, from 1 to 5."""

    theme: str
    stars: int


class RetimedRow(TypedDict):
    """What becomes of one term; ``after`` is null for one that is cancelled."""

    term_id: str
    label: Text
    outcome: Literal["moved", "cancelled", "online"]
    before: TermPlace
    after: TermPlace | None
    admitted: int
    unit_ids: list[str]
    replacement_deadline_before: str | None
    replacement_deadline_after: str | None
    sessions_changed: int
    lecturers: list[LecturerConcerned]
    breaches: list[Text]


class Retiming(TypedDict):
    """A retiming with everything it does; ``failure`` says why it was taken back."""

    retiming_id: str
    plan_id: str
    reason_code: str
    reason: str
    state: Literal["running", "done", "refused"]
    terms: int
    asked_at: str
    asked_by: str
    announced_at: str | None
    rows: list[RetimedRow]
    consequences: list[Consequence]
    failure: Text | None
    steps: list[RetimingStep]
    version: int


class RetimingPreview(TypedDict):
    """The whole cascade; nothing was done. ``digest`` goes into ``retime_terms``, if ``can_proceed``."""

    digest: str
    can_proceed: bool
    terms: list[RetimedRow]
    homeless: list[HomelessTerm]
    begun: list[str]
    consequences: list[Consequence]


class RetimingRow(TypedDict):
    """A retiming in a list."""

    retiming_id: str
    plan_id: str
    reason_code: str
    reason: str
    state: Literal["running", "done", "refused"]
    terms: int
    asked_at: str
    asked_by: str
    announced_at: str | None


class RetimingRowPage(TypedDict):
    """One page of RetimingRow."""

    items: list[RetimingRow]
    next_cursor: NotRequired[str | None]


class RetimingStep(TypedDict):
    """A step that was taken, or taken back."""

    step: str
    way: str
    at: str


class Room(TypedDict):
    """A room."""

    room_id: str
    campus_id: str
    title: str
    capacity: int
    kind: str
    due_terms: list[str]
    version: int


class RoomPage(TypedDict):
    """One page of Room."""

    items: list[Room]
    next_cursor: NotRequired[str | None]


class SchemeComparison(TypedDict):
    """What changed from one version to another."""

    scheme_id: str
    from_number: int
    to_number: int
    changes: list[Change]


class SchemeReply(TypedDict):
    """A scheme as it stands; ``returned_because`` is the organisation department's word when it sent it back."""

    scheme_id: str
    plan_id: str
    programme_id: str
    programme_ordinal: int
    programme_title: str | None
    state: Literal["draft", "submitted", "approved"]
    number: int
    in_force: int | None
    hours: int
    courses: int
    total: str
    version: int
    aims: str
    modules: list[ModuleFields]
    budget: list[BudgetFields]
    blanks: list[Blank]
    returned_because: str | None


class SchemeRow(TypedDict):
    """A scheme in a list. ``number`` is the version at hand, ``in_force`` the approved one."""

    scheme_id: str
    plan_id: str
    programme_id: str
    programme_ordinal: int
    programme_title: str | None
    state: Literal["draft", "submitted", "approved"]
    number: int
    in_force: int | None
    hours: int
    courses: int
    total: str
    version: int


class SchemeRowPage(TypedDict):
    """One page of SchemeRow."""

    items: list[SchemeRow]
    next_cursor: NotRequired[str | None]


class SchemeVersion(TypedDict):
    """A version as it was; its content never changes."""

    number: int
    hours: int
    changed_at: str
    changed_by: str
    reason: str | None
    approved_at: str | None
    approved_by: str | None
    scheme_id: str
    aims: str
    modules: list[ModuleFields]
    budget: list[BudgetFields]


class SchemeVersionRow(TypedDict):
    """A version of a scheme in a list."""

    number: int
    hours: int
    changed_at: str
    changed_by: str
    reason: str | None
    approved_at: str | None
    approved_by: str | None


class SchemeVersionRowPage(TypedDict):
    """One page of SchemeVersionRow."""

    items: list[SchemeVersionRow]
    next_cursor: NotRequired[str | None]


class SessionRow(TypedDict):
    """A session (课次) with names for people to read. Times are local; ``hours`` are class hours (学时)."""

    session_id: str
    course_id: str
    module: str
    title: str
    form: Literal["lecture", "discussion", "field", "self_study"]
    on: str
    half: Literal["morning", "afternoon", "evening"]
    starts_at: str
    ends_at: str
    hours: int
    lecturer_id: str | None
    lecturer_name: str | None
    lecturer_organisation: str | None
    room_id: str | None
    room_title: str | None
    joint_id: str | None
    host: str | None


class Substitute(TypedDict):
    """A colleague who could be named instead."""

    lecturer_id: str
    name: str
    organisation: str


class Substitutes(TypedDict):
    """Colleagues who could be named instead."""

    items: list[Substitute]


class Survey(TypedDict):
    """A survey with its questions. ``unanswered`` are the units still to answer, as far as the caller reaches."""

    survey_id: str
    plan_id: str
    title: str
    state: Literal["draft", "open", "closed"]
    due_on: str | None
    units: int
    answers: int
    version: int
    introduction: str
    questions: list[QuestionFields]
    unit_ids: list[str]
    unanswered: list[str]
    closed_at: str | None


class SurveyAnswer(TypedDict):
    """One unit's answers."""

    survey_id: str
    unit_id: str
    answers: list[AnswerFields]
    answered_at: str
    answered_by: str
    version: int


class SurveyAnswerPage(TypedDict):
    """One page of SurveyAnswer."""

    items: list[SurveyAnswer]
    next_cursor: NotRequired[str | None]


class SurveyRow(TypedDict):
    """A survey in a list."""

    survey_id: str
    plan_id: str
    title: str
    state: Literal["draft", "open", "closed"]
    due_on: str | None
    units: int
    answers: int
    version: int


class SurveyRowPage(TypedDict):
    """One page of SurveyRow."""

    items: list[SurveyRow]
    next_cursor: NotRequired[str | None]


class TableError(TypedDict):
    """What is wrong with one cell, or with a row where ``column`` is null; it never repeats the cell."""

    row: int
    column: str | None
    message: Text


class TableImport(TypedDict):
    """What became of a table. ``errors`` holds the first hundred; the copy of the file has them all."""

    import_id: str
    kind: Literal["lecturers", "rooms", "courses"]
    filename: str
    state: Literal["saved", "refused", "previewed"]
    rows: int
    wrong_rows: int
    added: int
    changed: int
    errors: list[TableError]
    imported_at: str
    imported_by: str


class TableImportPage(TypedDict):
    """One page of TableImport."""

    items: list[TableImport]
    next_cursor: NotRequired[str | None]


class TermOutcome(TypedDict):
    """What is meant for one term: otherwise it is moved to the nearest place. A day may be given with its room."""

    term_id: str
    outcome: NotRequired[Literal["moved", "cancelled", "online"]]
    starts_on: NotRequired[str | None]
    room_id: NotRequired[str | None]


class TermPlace(TypedDict):
    """Where a term lies."""

    starts_on: str
    ends_on: str
    reports_on: str
    room_id: str
    room_title: str


class TermRow(TypedDict):
    """A term; days and room are null until it is placed."""

    term_id: str
    plan_id: str
    programme_id: str
    programme_ordinal: int
    programme_title: str
    kind: Literal["training", "seminar"]
    ordinal: int
    state: str
    days: int
    capacity: int
    admitted: int
    window_starts_on: str
    window_ends_on: str
    starts_on: str | None
    ends_on: str | None
    reports_on: str | None
    reports_from: str | None
    reports_until: str | None
    opens_at: str | None
    room_id: str | None
    room_title: str | None
    campus_id: str | None
    campus_title: str | None
    campus_address: str | None
    pinned: bool
    due: bool
    due_reason: Text | None
    delivery: Literal["campus", "online"]
    standing: Literal["planned", "notified", "postponed", "rescheduled", "cancelled", "online"]
    standing_reason: str | None
    retiming_id: str | None
    replacement_notice_days: int | None
    replacement_day_kind: str | None
    replacement_deadline: str | None
    version: int


class TermRowPage(TypedDict):
    """One page of TermRow."""

    items: list[TermRow]
    next_cursor: NotRequired[str | None]


class Text(TypedDict):
    """One message in two languages."""

    zh: str
    en: str


class TimetableComparison(TypedDict):
    """What changed from one version to another, and which lecturers that concerns."""

    term_id: str
    from_number: int
    to_number: int
    hours_before: int
    hours_after: int
    differences: list[DifferenceRow]
    affected_lecturer_ids: list[str]


class TimetableCourse(TypedDict):
    """A series of lectures; several terms make each of them one joint event."""

    id: str
    title: str
    lectures: NotRequired[int]
    term_ids: NotRequired[list[str]]
    lecturer_ids: NotRequired[list[str]]
    hours: NotRequired[float]
    slots: NotRequired[int]
    field: NotRequired[bool]
    seats: NotRequired[int | None]
    room_kinds: NotRequired[list[str]]
    room_ids: NotRequired[list[str]]
    min_days: NotRequired[int]
    module: NotRequired[int | None]
    fresh: NotRequired[bool]
    unavailable: NotRequired[list[int]]


class TimetableDraft(TypedDict):
    """A draft. It can be issued when ``breaches`` is empty; ``remarks`` are worth a look and hold nothing up."""

    term_id: str
    based_on: int
    total_hours: int
    scheme_hours: int | None
    sessions: list[SessionRow]
    breaches: list[BreachRow]
    remarks: list[BreachRow]
    differences: list[DifferenceRow]
    left_out: list[Text]
    solve_id: str | None
    also_changed: list[str]
    version: int


class TimetableFinding(TypedDict):
    """A hard rule broken (``cost`` 0) or a cost paid, with its reason and figures for programs."""

    rule: str
    cost: int
    words: Text
    details: dict[str, Any]


class TimetableLecturer(TypedDict):
    """A lecturer; the name is used in explanations only."""

    id: str
    name: str
    unavailable: NotRequired[list[int]]


class TimetableLimit(TypedDict):
    """A limit with its source."""

    value: float
    source: NotRequired[str]


class TimetablePlaced(TypedDict):
    """One lecture in its place; field teaching has no room, and a pin without one leaves the room open."""

    course_id: str
    number: int
    slot: int
    room_id: NotRequired[str | None]


class TimetablePreview(TypedDict):
    """What a change would do. ``broken`` are hard rules broken by it, ``mended`` those it mends."""

    cost_before: int
    cost: int
    feasible: bool
    broken: list[TimetableFinding]
    mended: list[TimetableFinding]
    dearer: list[TimetableFinding]
    cheaper: list[TimetableFinding]
    changed: list[TimetablePlaced]


class TimetableProblem(TypedDict):
    """A whole problem. Slots are numbered through all days, ``sum(halves)`` a day, from 0."""

    name: NotRequired[str]
    days: list[str]
    halves: NotRequired[list[int]]
    terms: list[TimetableTerm]
    lecturers: list[TimetableLecturer]
    rooms: list[TimetableRoom]
    courses: list[TimetableCourse]
    pins: NotRequired[list[TimetablePlaced]]
    rules: NotRequired[TimetableRules]
    weights: NotRequired[TimetableWeights]


class TimetableReply(TypedDict):
    """A version of a term's timetable, with everything a printed 日程表 needs."""

    term_id: str
    plan_id: str
    programme_title: str
    programme_ordinal: int
    ordinal: int
    kind: str
    starts_on: str | None
    ends_on: str | None
    days: int
    capacity: int
    reports_on: str | None
    reports_from: str | None
    reports_until: str | None
    room_title: str | None
    campus_title: str | None
    campus_address: str | None
    number: int
    in_force: bool
    stale: bool
    issued_at: str
    issued_by: str
    reason: str | None
    total_hours: int
    sessions: list[SessionRow]


class TimetableRoom(TypedDict):
    """A room with its seats and kind."""

    id: str
    title: str
    seats: int
    kind: NotRequired[str]
    unavailable: NotRequired[list[int]]


class TimetableRules(TypedDict):
    """What is hard beside the clashes."""

    lecturer_hours: NotRequired[TimetableLimit | None]
    seats: NotRequired[Literal["hard", "soft"]]


class TimetableSolve(TypedDict):
    """A solve. ``timetable`` is its best so far, also while it runs; ``costs`` says what that costs, rule by rule."""

    solve_id: str
    name: str
    scheduler: str
    state: Literal["waiting", "running", "done", "stopped", "failed"]
    status: Literal["optimal", "feasible", "infeasible", "unknown"] | None
    seconds: float
    proposals: int | None
    seed: int
    lectures: int
    cost: int | None
    bound: int
    costs: dict[str, Any]
    timetable: list[TimetablePlaced]
    spent: float
    seconds_taken: float
    first_feasible: float | None
    tried: int
    resumed: int
    reasons: list[TimetableFinding]
    failure: Text | None
    asked_at: str
    version: int


class TimetableSolveRow(TypedDict):
    """A solve in a list."""

    solve_id: str
    name: str
    scheduler: str
    state: Literal["waiting", "running", "done", "stopped", "failed"]
    status: str | None
    lectures: int
    cost: int | None
    asked_at: str


class TimetableSolveRowPage(TypedDict):
    """One page of TimetableSolveRow."""

    items: list[TimetableSolveRow]
    next_cursor: NotRequired[str | None]


class TimetableTerm(TypedDict):
    """A term that sits together."""

    id: str
    title: str
    trainees: int
    unavailable: NotRequired[list[int]]


class TimetableVersionRow(TypedDict):
    """A version of a timetable in a list."""

    number: int
    total_hours: int
    sessions: int
    changed: int
    issued_at: str
    issued_by: str
    reason: str | None


class TimetableVersionRowPage(TypedDict):
    """One page of TimetableVersionRow."""

    items: list[TimetableVersionRow]
    next_cursor: NotRequired[str | None]


class TimetableWeights(TypedDict):
    """What each soft rule costs; 0 switches it off."""

    overflow: NotRequired[int]
    min_days: NotRequired[int]
    isolated: NotRequired[int]
    course_rooms: NotRequired[int]
    term_rooms: NotRequired[int]
    order: NotRequired[int]
    fresh: NotRequired[int]
    lecturer_days: NotRequired[int]


class Title(TypedDict):
    """Words shown to people."""

    zh: str
    en: str


class Unavailability(TypedDict):
    """Days on which a lecturer cannot teach, both included; ``half`` null: the whole day."""

    starts_on: str
    ends_on: str
    half: NotRequired[Literal["morning", "afternoon", "evening"] | None]


class UnplacedRow(TypedDict):
    """A term left over."""

    term_id: str
    label: Text
    reasons: list[Cause]
