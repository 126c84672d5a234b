"""Objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


class Admission(TypedDict):
    """What an admission did."""

    term_id: str
    admitted: list[str]
    left_out: list[LeftOut]
    capacity: int
    seats_left: int


class Arrangement(TypedDict):
    """Rooms, groups and meals of a term."""

    term_id: str
    rooms: list[RoomOffered]
    group_size: int
    meeting_places: list[str]
    people: list[Placed]
    without_bed: int
    meals: list[MealCount]
    version: int


class Attestation(TypedDict):
    """One criterion the unit vouches for."""

    criterion: str
    signer: str
    signer_post: str
    signed_at: str


class BulkReport(TypedDict):
    """A bulk action, row by row."""

    done: int
    left: int
    items: list[BulkRow]


class BulkRow(TypedDict):
    """One row of a bulk action."""

    nomination_id: str
    done: bool
    state: str
    problem: Problem | None


class Cited(TypedDict):
    """Where a figure comes from; ``basis`` ``unverified`` has to be shown beside it."""

    document: str
    source: str
    basis: Literal["source", "design", "unverified"]


class ConditionsReply(TypedDict):
    """What is asked of nominations, who said so, and where it comes from."""

    scope_id: str
    scope: Literal["programme", "term"]
    lowest: str | None
    highest: str | None
    posts: list[str]
    head_cap: int | None
    nominations_close_on: str | None
    source: str
    set_by: str
    set_at: str
    version: int


class Contact(TypedDict):
    """Who answers for a unit's training matters at the office (an official line, not a private one)."""

    person: NotRequired[str]
    phone: NotRequired[str]
    fax: NotRequired[str]
    email: NotRequired[str]
    address: NotRequired[str]


class Dossier(TypedDict):
    """Everything about one nomination."""

    nomination: Nomination
    posts: list[PostHeld]
    others: list[OtherEngagement]
    hours: HoursOnRecord | None
    standby: StandbyEntry | None


class ExpectedHours(TypedDict):
    """Hours of a term somebody is admitted to and not through with."""

    nomination_id: str
    term_id: str
    title: str
    on: str
    hours: int
    days: int


class ExportedFile(TypedDict):
    """One file; ``content`` is base64."""

    name: str
    media_type: str
    content: str
    item: NotRequired[str | None]


class ExportedFiles(TypedDict):
    """Everything a service has for the archive of one term; empty when it has nothing."""

    files: list[ExportedFile]


class FeeAssessment(TypedDict):
    """One assessment of an order, the present one or one that it replaced."""

    assessment: int
    cause: Literal["admission", "withdrawal", "replacement", "dates", "cancellation", "payer", "request"]
    assessed: str
    due_on: str
    at: str
    lines: list[FeeLine]


class FeeAssessments(TypedDict):
    """How an order came to what it is, the latest first."""

    order_id: str
    items: list[FeeAssessment]


class FeeClass(TypedDict):
    """A class of a standard."""

    code: str
    title: Text


class FeeDefault(TypedDict):
    """What holds where no row does."""

    standard: str
    fee_class: str
    lecture_standard: str
    departure_days: int
    citation: Cited


class FeeEdition(TypedDict):
    """A standard as it holds for some time."""

    standard: str
    effective_from: str
    effective_to: str | None
    title: Text
    applies_to: Text
    citation: Cited
    classes: list[FeeClass]
    figures: list[FeeFigure]


class FeeEntry(TypedDict):
    """One entry of the order's ledger; its postings add up to nothing."""

    kind: Literal["assessed", "paid", "payment_cancelled", "refunded"]
    reference: str
    at: str
    by: str
    postings: list[FeePosting]


class FeeFigure(TypedDict):
    """One figure of a standard, with its source."""

    key: str
    words: Text
    value: str
    citation: Cited


class FeeFinding(TypedDict):
    """What a standard says about real costs."""

    code: str
    ruling: Literal["pass", "warn", "refuse"]
    reason: Text
    citation: Cited


class FeeLine(TypedDict):
    """What is charged for one person and why; ``name`` is null for an assessment that no longer holds."""

    nomination_id: str
    name: str | None
    amount: str
    days: int
    departure: LeftTraining | None
    standard: str
    fee_class: str
    reasons: list[Text]
    citation: Cited


class FeeOrder(TypedDict):
    """An order with everything that made it. ``payer_note`` says why this payer, and by which source."""

    order_id: str
    term_id: str
    unit_id: str
    unit_title: str | None
    payer: Literal["unit", "treasury", "individual"]
    payer_nomination_id: str | None
    legal_basis: LegalBasis | None
    assessment: int
    cause: Literal["admission", "withdrawal", "replacement", "dates", "cancellation", "payer", "request"]
    trainees: int
    assessed: str
    received: str
    returned: str
    outstanding: str
    state: Literal["open", "part_paid", "settled", "overpaid", "void"]
    state_words: Text
    due_on: str
    overdue: bool
    attention: Text | None
    assessed_at: str
    version: int
    payer_note: Text
    lines: list[FeeLine]
    payments: list[FeePayment]
    refunds: list[FeeRefund]
    entries: list[FeeEntry]


class FeeOrderList(TypedDict):
    """The orders a command left behind; ``changed`` of them are different now."""

    items: list[FeeOrderSummary]
    changed: int


class FeeOrderSummary(TypedDict):
    """An order in a list. ``outstanding`` below zero is held for the payer. ``attention`` asks a person to look."""

    order_id: str
    term_id: str
    unit_id: str
    unit_title: str | None
    payer: Literal["unit", "treasury", "individual"]
    payer_nomination_id: str | None
    legal_basis: LegalBasis | None
    assessment: int
    cause: Literal["admission", "withdrawal", "replacement", "dates", "cancellation", "payer", "request"]
    trainees: int
    assessed: str
    received: str
    returned: str
    outstanding: str
    state: Literal["open", "part_paid", "settled", "overpaid", "void"]
    state_words: Text
    due_on: str
    overdue: bool
    attention: Text | None
    assessed_at: str
    version: int


class FeeOrderSummaryPage(TypedDict):
    """One page of FeeOrderSummary."""

    items: list[FeeOrderSummary]
    next_cursor: NotRequired[str | None]


class FeePayment(TypedDict):
    """One payment; ``cancelled_at`` says that it was booked by mistake."""

    payment_id: str
    amount: str
    paid_on: str
    method: str
    account_kind: str
    account_title: str
    reference: str
    receipt_id: str
    receipt_number: str
    cancelled_at: str | None
    cancel_reason: str | None


class FeePosting(TypedDict):
    """One side of an entry; above zero a debit."""

    account: Literal["receivable", "income", "received", "returned"]
    amount: str


class FeeQuote(TypedDict):
    """What such a stay costs one person, and why."""

    amount: str
    days: int
    reasons: list[Text]
    citation: Cited


class FeeReceipt(TypedDict):
    """A receipt (收据) for a payment; numbers of an issuer and year have no gap, a void one keeps its number."""

    receipt_id: str
    number: str
    issuer: Literal["organisation_department", "party_school"]
    year: int
    sequence: int
    order_id: str
    payment_id: str
    term_id: str
    unit_id: str
    payer: Literal["unit", "treasury", "individual"]
    payer_title: str
    amount: str
    amount_in_capitals: str
    purpose: str
    issued_on: str
    issued_by: str
    voided_at: str | None
    void_reason: str | None
    version: int


class FeeReceiptPage(TypedDict):
    """One page of FeeReceipt."""

    items: list[FeeReceipt]
    next_cursor: NotRequired[str | None]


class FeeRefund(TypedDict):
    """One amount that went back to the payer."""

    refund_id: str
    amount: str
    refunded_on: str
    cause: str
    reference: str


class FeeScope(TypedDict):
    """One row of the table of scopes."""

    scope_id: str
    standard: str
    fee_class: str
    lecture_standard: str
    departure_days: int
    effective_from: str
    effective_to: str | None
    campus_id: str | None
    programme_id: str | None
    kind: str | None
    document: str
    version: int


class FeeScopeList(TypedDict):
    """Every scope and the default."""

    default: FeeDefault
    items: list[FeeScope]


class FeeStandardList(TypedDict):
    """The installed standards, edition by edition."""

    items: list[FeeEdition]


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


class Fill(TypedDict):
    """How full a term is: ``nominated`` are all still in the running, ``accepted`` those waiting for a seat."""

    term_id: str
    plan_id: str
    programme_ordinal: int
    programme_title: str
    ordinal: int
    starts_on: str
    ends_on: str
    cancelled: bool
    capacity: int
    nominated: int
    refused: int
    accepted: int
    admitted: int


class Fills(TypedDict):
    """The fill of every term."""

    items: list[Fill]


class GivenCosts(TypedDict):
    """What was spent on each item, lecture fees left out."""

    lodging: NotRequired[str | None]
    meals: NotRequired[str | None]
    venue_materials_transport: NotRequired[str | None]
    other: NotRequired[str | None]


class GivenHours(TypedDict):
    """One person's hours of one year: by a nomination, or by identity number (with name and unit where unknown yet)."""

    nomination_id: NotRequired[str | None]
    id_number: NotRequired[str | None]
    name: NotRequired[str | None]
    unit_id: NotRequired[str | None]
    year: int
    hours: int
    days: int
    rank: NotRequired[str | None]
    note: NotRequired[str]


class GivenLegalBasis(TypedDict):
    """What allows charging a trainee personally: the document, and where in it."""

    document: str
    article: str


class GivenUplift(TypedDict):
    """The written approval to pay somebody from elsewhere more, where the standard allows it."""

    document: str
    approver: str
    approved_on: str


class HeldPosition(TypedDict):
    """A rank and since when it is known; ``source`` is the nomination or the promotion that says so."""

    on: str
    rank: str
    post: str
    source: str


class HoursEntry(TypedDict):
    """Hours of one training, or of an earlier year as a record says; ``rank`` is the one held then."""

    entry_id: str
    kind: Literal["training", "import"]
    nomination_id: str | None
    term_id: str | None
    title: str
    on: str
    hours: int
    days: int
    completed: bool
    rank: str
    bucket: Literal["senior", "others"]
    source: str
    credited_at: str
    superseded: list[SupersededHours]


class HoursImport(TypedDict):
    """How an import ended, row by row."""

    done: int
    left: int
    items: list[HoursRowResult]


class HoursLedger(TypedDict):
    """A person's whole ledger."""

    person_id: str
    unit_id: str
    unit_title: str | None
    name: str
    rank: str
    bucket: Literal["senior", "others"]
    standings: list[HoursStanding]
    version: int
    entries: list[HoursEntry]
    expected: list[ExpectedHours]
    positions: list[HeldPosition]


class HoursOnRecord(TypedDict):
    """Class hours on record against those required for the person's rank, by the limit in ``source``."""

    earned: int
    required_hours: int
    gap: int
    span: Text
    source: str


class HoursRowResult(TypedDict):
    """How one row ended; rows are counted from 1."""

    row: int
    done: bool
    person_id: str | None
    problem: Text | None


class HoursStanding(TypedDict):
    """How somebody stands with one requirement. ``expected_hours`` come from terms they are admitted to."""

    kind: Literal["annual", "five_year", "catch_up"]
    words: Text
    first: str
    last: str
    required_hours: int
    required_days: int | None
    hours: int
    days: int
    met: bool
    gap_hours: int
    expected_hours: int
    forecast_met: bool
    forecast_gap_hours: int
    citation: Cited


class HoursSummary(TypedDict):
    """One person in a list, as things are today."""

    person_id: str
    unit_id: str
    unit_title: str | None
    name: str
    rank: str
    bucket: Literal["senior", "others"]
    standings: list[HoursStanding]
    version: int


class HoursSummaryPage(TypedDict):
    """One page of HoursSummary."""

    items: list[HoursSummary]
    next_cursor: NotRequired[str | None]


class IdNumber(TypedDict):
    """One citizen identity number in full."""

    nomination_id: str
    id_number: str


class LadderStep(TypedDict):
    """One step; ``level`` is the depth in the tree of units of whoever decides a unit's step (1: the city)."""

    step: str
    title: Text
    role: str
    level: int


class LectureAgreement(TypedDict):
    """What was agreed; ``rate`` is for a class hour, or a half-day where the standard counts so, after tax."""

    rate: str | None
    uplift: Uplift | None
    note: str


class LectureFee(TypedDict):
    """A statement with its sessions and what it was before."""

    lecturer_id: str
    term_id: str
    number: int
    sessions: int
    hours: str
    paid_hours: str
    amount: str
    problems: int
    reckoned_at: str
    version: int
    agreement: LectureAgreement | None
    items: list[LectureItem]
    history: list[LectureFeeBefore]


class LectureFeeBefore(TypedDict):
    """What it was before."""

    number: int
    amount: str
    at: str


class LectureFeeSummary(TypedDict):
    """What a lecturer is paid for a term, after tax; ``number`` rises whenever it was reckoned to something else."""

    lecturer_id: str
    term_id: str
    number: int
    sessions: int
    hours: str
    paid_hours: str
    amount: str
    problems: int
    reckoned_at: str
    version: int


class LectureFeeSummaryPage(TypedDict):
    """One page of LectureFeeSummary."""

    items: list[LectureFeeSummary]
    next_cursor: NotRequired[str | None]


class LectureFees(TypedDict):
    """Every statement of a lecturer."""

    items: list[LectureFee]


class LectureItem(TypedDict):
    """What one session is paid and why; with ``problem`` nothing, until a person has looked."""

    session_id: str
    title: str
    on: str
    half: str
    starts_at: str
    grade: str | None
    joint_id: str | None
    hours: str
    paid_hours: str
    amount: str
    reasons: list[Text]
    citation: Cited | None
    problem: bool


class LeftOut(TypedDict):
    """Somebody accepted who got no seat now, and why."""

    nomination_id: str
    unit_id: str
    problem: Problem


class LeftTraining(TypedDict):
    """How somebody left."""

    on: str
    kind: Literal["replaced", "before_opening", "after_opening", "expelled", "not_reported"]


class LegalBasis(TypedDict):
    """What allows charging a trainee personally."""

    document: str
    article: str


class MatchDecision(TypedDict):
    """Who answered, when, and what was written down."""

    by: str
    at: str
    keep: str | None
    note: str


class MatchSide(TypedDict):
    """One of the two records, by the nomination it was last seen in."""

    person_id: str
    nomination_id: str
    term_id: str
    unit_id: str
    name: str
    sex: str | None
    born_on: str
    post: str
    rank: str
    workplace: str
    phone_masked: str
    state: str


class MealCount(TypedDict):
    """How many eat by a rule of diet; empty: no rule."""

    diet: str
    people: int


class MyEnrollment(TypedDict):
    """A trainee's own nomination with the term, room and group."""

    nomination_id: str
    term_id: str
    programme_title: str
    ordinal: int
    starts_on: str
    ends_on: str
    cancelled: bool
    campus_title: str | None
    campus_address: str | None
    room_title: str | None
    unit_id: str
    unit_title: str
    name: str
    post: str
    rank: str
    workplace: str
    phone_masked: str
    state: str
    admitted_at: str | None
    replacement_deadline_on: str
    room: str | None
    group: int | None


class NewPerson(TypedDict):
    """Who is to go, as shown: the phone is masked, the identity number absent."""

    name: str
    sex: str | None
    post: str
    rank: str
    workplace: str
    phone_masked: str


class Nomination(TypedDict):
    """One nomination with its snapshot of post and rank, verdicts, attestations and history."""

    nomination_id: str
    term_id: str
    unit_id: str
    name: str
    sex: str | None
    post: str
    rank: str
    phone_masked: str
    state: Literal[
        "filed",
        "attested",
        "accepted",
        "returned",
        "refused",
        "admitted",
        "withdrawn",
        "replaced",
        "expelled",
        "not_reported",
    ]
    outcome: Literal["eligible", "warned", "refused"]
    needs_human: bool
    awaits: str | None
    filed_at: str
    version: int
    import_id: str | None
    ethnicity: str
    born_on: str
    political_status: str
    education: str
    workplace: str
    diet: str
    remark: str
    snapshot_on: str
    verdicts: list[RuleVerdict]
    attestations: list[Attestation]
    review: Review | None
    reviews: list[ReviewStep]
    ladder: list[str]
    withdrawal: Withdrawal | None
    replaces: str | None
    replaced_by: str | None
    history: list[StateChange]


class NominationSummary(TypedDict):
    """One nomination in a list; the identity number is never shown and the phone is masked."""

    nomination_id: str
    term_id: str
    unit_id: str
    name: str
    sex: str | None
    post: str
    rank: str
    phone_masked: str
    state: Literal[
        "filed",
        "attested",
        "accepted",
        "returned",
        "refused",
        "admitted",
        "withdrawn",
        "replaced",
        "expelled",
        "not_reported",
    ]
    outcome: Literal["eligible", "warned", "refused"]
    needs_human: bool
    awaits: str | None
    filed_at: str
    version: int


class NominationSummaryPage(TypedDict):
    """One page of NominationSummary."""

    items: list[NominationSummary]
    next_cursor: NotRequired[str | None]


class OtherEngagement(TypedDict):
    """Another nomination of the same person, of any year, that still counts."""

    nomination_id: str
    term_id: str
    programme_title: str
    ordinal: int
    starts_on: str
    ends_on: str
    state: str


class Overlap(TypedDict):
    """Two engagements of one person that share a day; ``standing``: still so, and both nominations still count."""

    term_id: str
    nomination_id: str
    unit_id: str
    name: str
    other_term_id: str
    other_nomination_id: str
    other_unit_id: str
    both_admitted: bool
    standing: bool
    found_at: str


class OverlapPage(TypedDict):
    """One page of Overlap."""

    items: list[Overlap]
    next_cursor: NotRequired[str | None]


class PersonMatch(TypedDict):
    """A question: two numbers that may be one person's, or one number under two names."""

    match_id: str
    kind: Literal["numbers", "names"]
    state: Literal["open", "same", "different", "lapsed"]
    score: int
    reasons: list[Text]
    sides: list[MatchSide]
    found_at: str
    decision: MatchDecision | None
    version: int


class PersonMatchPage(TypedDict):
    """One page of PersonMatch."""

    items: list[PersonMatch]
    next_cursor: NotRequired[str | None]


class PlaceTransfer(TypedDict):
    """Places that changed hands, or are asked for; null stands for the city."""

    transfer_id: str
    term_id: str
    kind: Literal["returned", "borrowed", "released", "reopened", "standby"]
    state: Literal["asked", "done", "declined", "cancelled"]
    from_unit_id: str | None
    to_unit_id: str | None
    places: int
    cause_code: str
    note: str
    consent_of: str | None
    asked_at: str
    asked_by: str
    decided_at: str | None
    decided_by: str | None
    decision_note: str
    version: int


class PlaceTransferPage(TypedDict):
    """One page of PlaceTransfer."""

    items: list[PlaceTransfer]
    next_cursor: NotRequired[str | None]


class Placed(TypedDict):
    """Somebody's room and group; ``room`` is null when no bed suits."""

    nomination_id: str
    name: str
    sex: str
    unit_id: str
    room: str | None
    group: int | None
    convener: bool


class Places(TypedDict):
    """A unit's places in a term; 0 takes them away."""

    unit_id: str
    places: int


class PostHeld(TypedDict):
    """A post with its rank, held from a day on."""

    post: str
    rank: str
    workplace: str
    since: str
    document: str
    by: str
    at: str


class Problem(TypedDict):
    """Why one row of a bulk action was left as it is."""

    code: str
    message: Text


class Quota(TypedDict):
    """A unit's places in a term and their use."""

    unit_id: str
    unit_title: str | None
    places: int
    nominated: int
    admitted: int
    held: int
    free: int


class Quotas(TypedDict):
    """All places of a term."""

    term_id: str
    capacity: int
    allotted: int
    admitted: int
    pool: int
    release_on: str | None
    items: list[Quota]
    version: int


class RankLevel(TypedDict):
    """One level; ``names`` are the spellings read as it."""

    code: str
    title: Text
    names: list[str]


class RankLevels(TypedDict):
    """The levels, the lowest first, and where the table comes from."""

    items: list[RankLevel]
    source: str
    basis: str


class Remark(TypedDict):
    """One remark on one cell; it never repeats personal data."""

    level: Literal["error", "warning", "info"]
    code: str
    column: str | None
    message: Text


class Removed(TypedDict):
    """Confirms a removal."""

    scope_id: str


class Reordering(TypedDict):
    """One re-ordering: who moved whom, when and why."""

    unit_id: str | None
    before: list[str]
    after: list[str]
    reason: str
    by: str
    at: str


class Replacement(TypedDict):
    """A replacement. ``refusal`` says in words why it came to nothing; ``new_nomination_id`` is set once carried out"""

    replacement_id: str
    term_id: str
    unit_id: str
    old_nomination_id: str
    old_name: str
    new_nomination_id: str | None
    new_person: NewPerson
    reason_code: str
    reason: str
    state: Literal["requested", "approving", "approved", "refused", "cancelled"]
    deadline_on: str
    day_kind: str
    late: bool
    requested_at: str
    requested_by: str
    signer: str
    signer_post: str
    proof_filename: str
    verdicts: list[RuleVerdict]
    decision: ReplacementDecision | None
    refusal: Text | None
    version: int


class ReplacementDeadline(TypedDict):
    """The last day a replacement of a term is in time, until 23:59:59 in the city, and where that comes from."""

    term_id: str
    starts_on: str
    notice_days: int
    day_kind: str
    deadline_on: str
    in_time: bool
    source: str


class ReplacementDecision(TypedDict):
    """Who decided what, when; the approver is named for a late request."""

    decision: str
    reason_code: str | None
    note: str
    approver: str
    approver_post: str
    by: str
    at: str


class ReplacementPage(TypedDict):
    """One page of Replacement."""

    items: list[Replacement]
    next_cursor: NotRequired[str | None]


class Review(TypedDict):
    """The organisation department's last decision."""

    decision: str
    reason_code: str | None
    note: str
    at: str


class ReviewLadder(TypedDict):
    """The steps in force, the first to decide first, and where they come from."""

    items: list[LadderStep]
    source: str
    basis: str


class ReviewStep(TypedDict):
    """What one step of the review ladder decided, and who."""

    decision: str
    reason_code: str | None
    note: str
    at: str
    step: str
    by: str


class RoomOffered(TypedDict):
    """A room with its beds; ``kept_for`` keeps it for one sex."""

    number: str
    beds: int
    kept_for: NotRequired[str | None]


class Roster(TypedDict):
    """The state of an import; ``row_errors`` holds the first hundred rows in error or refused."""

    import_id: str
    unit_id: str
    filename: str
    preview: bool
    state: Literal["received", "importing", "done", "failed"]
    problem: RosterProblem | None
    counts: RosterCounts
    columns: NotRequired[dict[str, Any]]
    row_errors: list[RosterRow]
    received_at: str
    finished_at: str | None
    version: int


class RosterCounts(TypedDict):
    """How many rows ended how. ``filed`` counts eligible nominations, ``warned`` and ``refused`` those by rule."""

    rows: int
    checked: int
    filed: int
    warned: int
    refused: int
    errors: int
    questions: int


class RosterPage(TypedDict):
    """One page of Roster."""

    items: list[Roster]
    next_cursor: NotRequired[str | None]


class RosterProblem(TypedDict):
    """Why an import failed as a whole."""

    code: str
    message: Text


class RosterRow(TypedDict):
    """How one row of the roster ended."""

    sheet: str
    row: int
    result: Literal["filed", "warned", "refused", "error", "previewed"]
    nomination_id: str | None
    remarks: list[Remark]


class RosterRowPage(TypedDict):
    """One page of RosterRow."""

    items: list[RosterRow]
    next_cursor: NotRequired[str | None]


class RuleVerdict(TypedDict):
    """What one eligibility rule answered."""

    rule: str
    ruling: Literal["pass", "warn", "refuse", "pending", "failed"]
    reason: Text
    source: str


class SettlementPaper(TypedDict):
    """A paper the file needs; ``reference`` is null while it is missing."""

    paper: str
    words: Text
    source: str
    basis: str
    reference: str | None
    dated_on: str | None


class SettlementStep(TypedDict):
    """One thing that happened to a settlement."""

    what: str
    at: str
    by: str
    note: str


class ShownCosts(TypedDict):
    """What was spent."""

    lodging: str
    meals: str
    venue_materials_transport: str
    other: str


class StandbyEntry(TypedDict):
    """Somebody on standby; ``position`` counts within the list and ``due_on`` is the last day to answer an offer."""

    nomination_id: str
    term_id: str
    unit_id: str
    name: str
    line: Literal["unit", "city"]
    position: int
    state: Literal["waiting", "offered", "admitted", "declined", "lapsed", "removed"]
    joined_at: str
    offered_at: str | None
    due_on: str | None
    version: int


class StandbyLists(TypedDict):
    """The lists of a term in the order seats are offered, and how they were re-ordered."""

    term_id: str
    items: list[StandbyEntry]
    reorderings: list[Reordering]


class StateChange(TypedDict):
    """One step of a nomination's life."""

    state: str
    at: str
    by: str


class SupersededHours(TypedDict):
    """What an entry said before."""

    hours: int
    days: int
    at: str


class TermSettlement(TypedDict):
    """How far a term's settlement is. ``fees`` are assessed for trainees, ``lectures`` are paid on top, after tax."""

    term_id: str
    state: Literal["none", "open", "settled"]
    trainees: int
    staff: int
    unplanned: bool
    items: ShownCosts
    spent: str
    fees: str
    received: str
    lectures: str
    findings: list[FeeFinding]
    papers: list[SettlementPaper]
    missing: list[str]
    history: list[SettlementStep]
    version: int


class Text(TypedDict):
    """One message in two languages."""

    zh: str
    en: str


class Title(TypedDict):
    """Words shown to people."""

    zh: str
    en: str


class Trainee(TypedDict):
    """One admitted person as a letter or a list names them; the phone is masked, the identity number absent."""

    nomination_id: str
    term_id: str
    unit_id: str
    unit_title: str
    name: str
    sex: str | None
    workplace: str
    post: str
    rank: str
    political_status: str
    phone_masked: str
    admitted_at: str


class TraineePage(TypedDict):
    """One page of Trainee."""

    items: list[Trainee]
    next_cursor: NotRequired[str | None]


class Unit(TypedDict):
    """One unit of the organisation tree."""

    unit_id: str
    parent_id: str | None
    title: str
    kind: str
    credit_code: str | None
    contact: Contact
    version: int


class UnitHours(TypedDict):
    """One unit's people and how many of them have what is asked of them this year."""

    unit_id: str
    unit_title: str | None
    people: int
    met: int
    short: int
    forecast_short: int
    gap_hours: int
    forecast_gap_hours: int


class UnitHoursList(TypedDict):
    """Unit by unit."""

    on: str
    items: list[UnitHours]


class UnitPage(TypedDict):
    """One page of Unit."""

    items: list[Unit]
    next_cursor: NotRequired[str | None]


class Uplift(TypedDict):
    """The written approval behind an uplift."""

    document: str
    approver: str
    approved_on: str


class Withdrawal(TypedDict):
    """Why somebody no longer goes; ``reason_code`` may be one of compliance's or of a replacement."""

    reason_code: str
    note: str
    at: str
