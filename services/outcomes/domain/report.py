"""A research report (研究报告) from its topic to its grade."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

STATEMENT = (
    "本人声明：本报告由本人独立撰写，引用他人成果均已注明；无代写、抄袭行为。如有违反，愿按学员管理有关规定接受处理。"
)
"""What an author states on submitting. Ground: the 2013 rules on trainees, authorship (own work, no ghost-writing)."""


NOT_SUBMITTED = "not_submitted"
"""The grade of a report that nobody handed in while it was taken."""


class State(StrEnum):
    """Where a report stands."""

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    HELD = "held"
    READY = "ready"
    IN_REVIEW = "in_review"
    GRADED = "graded"
    ANNULLED = "annulled"
    WITHDRAWN = "withdrawn"


class NotNow(Exception):
    """The report's state does not allow the step."""

    def __init__(self, state: State) -> None:
        super().__init__(state.value)
        self.state = state


class TooLate(Exception):
    """After ``last_on`` nothing is taken without an extension."""

    def __init__(self, last_on: date) -> None:
        super().__init__(last_on.isoformat())
        self.last_on = last_on


class NoSuchVersion(Exception):
    """There is no version of that number."""


class TooManyVersions(Exception):
    """No further version is taken."""


@dataclass(frozen=True)
class Version:
    """One file the author sent; ``number`` counts from 1."""

    number: int
    title: str
    filename: str
    kind: str
    size: int
    characters: int
    sha256: str
    filed_at: datetime


@dataclass(frozen=True)
class Submission:
    """The version the author put forward, with the statement of authorship."""

    number: int
    submitted_at: datetime
    due_on: date
    late: bool
    statement: str


@dataclass(frozen=True)
class Extension:
    """A later day for one author, with who approved it and why."""

    due_on: date
    reason: str
    approver: str


@dataclass(frozen=True)
class Grade:
    """What the reviews came to, or that there is nothing to review; ``reviews`` counts those it follows from."""

    grade: str
    total: Decimal | None
    passed: bool
    reviews: int
    graded_on: date


@dataclass(frozen=True)
class Objection:
    """The author's objection, and what was decided; an internal step, no appeal (申诉) in the sense of the law."""

    reason: str
    filed_on: date
    upheld: bool | None = None
    answer: str = ""
    decided_on: date | None = None


@dataclass(frozen=True)
class Report:
    """One trainee's report of a term."""

    nomination_id: str
    term_id: str
    unit_id: str
    state: State = State.DRAFTING
    topic_id: str | None = None
    versions: tuple[Version, ...] = ()
    submission: Submission | None = None
    extension: Extension | None = None
    similarity: int | None = None
    grade: Grade | None = None
    objection: Objection | None = None
    note: str = ""

    @property
    def handed_in(self) -> Submission | None:
        """What was put forward and stands; of a report that was returned, nothing until it is put forward again."""
        return None if self.state is State.DRAFTING else self.submission

    def due_on(self, term_due_on: date) -> date:
        """Return this author's last day in time: the term's, or a later one that was granted."""
        return max(term_due_on, self.extension.due_on) if self.extension else term_due_on

    def choose(self, topic_id: str) -> Report:
        """Return it with a topic. Raises ``NotNow`` once it is submitted."""
        return replace(self._in(State.DRAFTING), topic_id=topic_id)

    def add(self, version: Version, most: int) -> Report:
        """Return it with a further version. Raises ``NotNow`` or ``TooManyVersions``."""
        self._in(State.DRAFTING)
        if len(self.versions) >= most:
            raise TooManyVersions
        return replace(self, versions=(*self.versions, version))

    def version(self, number: int) -> Version:
        """Return a version. Raises ``NoSuchVersion``."""
        for each in self.versions:
            if each.number == number:
                return each
        raise NoSuchVersion

    def submit(self, number: int, now: datetime, today: date, term_due_on: date, late_days: int) -> Report:
        """Return it with a version put forward; the due day counts to its last second in the city.

        Raises ``NotNow``, ``NoSuchVersion``, or ``TooLate`` more than ``late_days`` days after the due day.
        """
        self._in(State.DRAFTING)
        self.version(number)
        due_on = self.due_on(term_due_on)
        last_on = due_on + timedelta(days=late_days)
        if today > last_on:
            raise TooLate(last_on)
        # Returned for correction after having been in time, it stays in time.
        late = today > due_on and (self.submission is None or self.submission.late)
        submission = Submission(number, now, due_on, late, STATEMENT)
        return replace(self, state=State.SUBMITTED, submission=submission, grade=None)

    @property
    def passed(self) -> bool:
        """Whether it is graded, and passed; while it is reviewed once more, or once it was annulled, it is not."""
        return self.state is State.GRADED and self.grade is not None and self.grade.passed

    @property
    def missing(self) -> bool:
        """Whether it counts as not submitted."""
        return self.grade is not None and self.grade.grade == NOT_SUBMITTED

    def lapses(self, today: date, term_due_on: date, late_days: int) -> bool:
        """Return whether it can no longer be submitted, was not, and nobody has said so yet."""
        last_on = self.due_on(term_due_on) + timedelta(days=late_days)
        return self.state is State.DRAFTING and self.grade is None and today > last_on

    def lapsed(self, on: date) -> Report:
        """Return it as not submitted, which is not passed; with a later day granted it may still be."""
        return replace(self._in(State.DRAFTING), grade=Grade(NOT_SUBMITTED, None, False, 0, on))

    def reopens(self, today: date, term_due_on: date, late_days: int) -> bool:
        """Return whether it counts as not submitted though, by a later day, it may still be."""
        last_on = self.due_on(term_due_on) + timedelta(days=late_days)
        return self.state is State.DRAFTING and self.missing and today <= last_on

    def reopened(self) -> Report:
        """Return it as one that nobody has judged yet."""
        return replace(self._in(State.DRAFTING), grade=None)

    def extended(self, extension: Extension) -> Report:
        """Return it with a later day for its author; whether it is submitted is open again."""
        return replace(self._in(State.DRAFTING), extension=extension, grade=None)

    def prepared(self, similarity: int, warn_from: int) -> Report:
        """Return it ready for review, or held for a person to look at what it shares with others."""
        self._in(State.SUBMITTED)
        return replace(self, state=State.HELD if similarity >= warn_from else State.READY, similarity=similarity)

    def cleared(self, note: str) -> Report:
        """Return it ready for review: a person found what it shares harmless."""
        return replace(self._in(State.HELD), state=State.READY, note=note)

    def returned(self, note: str, until: date, by: str) -> Report:
        """Return it to its author, to be written anew ``until`` a day that is in time for it."""
        self._in(State.HELD, State.READY)
        later = Extension(until, note, by)
        extension = later if self.extension is None or self.extension.due_on < until else self.extension
        return replace(self, state=State.DRAFTING, note=note, extension=extension)

    def reviewing(self) -> Report:
        """Return it as being reviewed."""
        return replace(self._in(State.READY, State.IN_REVIEW), state=State.IN_REVIEW)

    def graded(self, grade: Grade) -> Report:
        """Return it with its grade."""
        return replace(self._in(State.IN_REVIEW), state=State.GRADED, grade=grade)

    def annulled(self, note: str, on: date) -> Report:
        """Return it without a result, as the rule on authorship has it (取消成绩)."""
        self._in(State.HELD, State.READY, State.IN_REVIEW, State.GRADED)
        return replace(self, state=State.ANNULLED, note=note, grade=Grade("annulled", None, False, 0, on))

    def withdrawn(self) -> Report:
        """Return it as that of somebody who no longer goes; what was graded stays."""
        return self if self.state in (State.GRADED, State.ANNULLED) else replace(self, state=State.WITHDRAWN)

    def object(self, reason: str, today: date, days: int) -> Report:
        """Return it with an objection. Raises ``NotNow``, or ``TooLate`` more than ``days`` days after the grade."""
        self._in(State.GRADED, State.ANNULLED)
        assert self.grade is not None
        last_on = self.grade.graded_on + timedelta(days=days)
        if self.objection is not None:
            raise NotNow(self.state)
        if today > last_on:
            raise TooLate(last_on)
        return replace(self, objection=Objection(reason, today))

    def decide(self, upheld: bool, answer: str, today: date) -> Report:
        """Return it with the objection decided; upheld it is reviewed once more. Raises ``NotNow``."""
        if self.objection is None or self.objection.upheld is not None:
            raise NotNow(self.state)
        objection = replace(self.objection, upheld=upheld, answer=answer, decided_on=today)
        return replace(self, objection=objection, state=State.IN_REVIEW if upheld else self.state)

    def _in(self, *states: State) -> Report:
        if self.state not in states:
            raise NotNow(self.state)
        return self
