"""Clusters of questions of a term: what is asked alike, the session it belongs to, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

CONCLUDED = frozenset({"answered", "used", "not_covered"})
GIVEN_BACK = frozenset({"answered", "used"})


@dataclass(frozen=True)
class Asked:
    """One question or case of a unit, stripped of personal data."""

    question_id: str
    unit_id: str
    kind: str
    text: str


@dataclass(frozen=True)
class Session:
    """A session of the issued timetable. ``on`` is an ISO date; ``lecturer_id`` is ``None`` while nobody is set."""

    session_id: str
    title: str
    module: str
    form: str
    on: str
    lecturer_id: str | None


@dataclass(frozen=True)
class Answer:
    """What the lecturer said of a cluster: ``answered``, ``used`` as a case, or ``not_covered``."""

    outcome: str
    text: str
    given_by: str
    given_at: datetime


@dataclass(frozen=True)
class Cluster:
    """Questions that ask the same.

    ``by_person``: a person merged, split or reworded it, so no computation takes it apart again. ``session_by`` is
    ``match`` or ``person``; ``likeness`` is that of the match in percent, ``shared`` the words that made it.
    ``handover_id`` and ``lecturer_id`` say to whom it is handed over at present.
    """

    cluster_id: str
    kind: str
    wording: str
    members: tuple[Asked, ...]
    by_person: bool = False
    session_id: str | None = None
    session_by: str | None = None
    likeness: int = 0
    shared: tuple[str, ...] = ()
    handover_id: str | None = None
    lecturer_id: str | None = None
    answer: Answer | None = None

    @property
    def middle(self) -> str:
        """The question that stands for all."""
        return self.members[0].question_id

    @property
    def concluded(self) -> bool:
        """Whether the lecturer has spoken."""
        return self.answer is not None

    @property
    def stays(self) -> bool:
        """Whether it is not computed anew when further questions come."""
        return self.by_person or self.session_by == "person" or self.handover_id is not None or self.concluded

    @property
    def state(self) -> str:
        """``unmatched``, ``waiting`` (for its hand-over), ``handed_over``, or what the lecturer said."""
        if self.answer is not None:
            return self.answer.outcome
        if self.handover_id is not None:
            return "handed_over"
        return "unmatched" if self.session_id is None else "waiting"

    @property
    def unit_ids(self) -> list[str]:
        """The units that asked, each once."""
        return sorted({member.unit_id for member in self.members})

    def with_members(self, more: Iterable[Asked]) -> Cluster:
        """Return the cluster with further questions, in the order of their identifiers after the first."""
        known = {member.question_id for member in self.members}
        new = [asked for asked in more if asked.question_id not in known]
        rest = sorted([*self.members[1:], *new], key=lambda asked: asked.question_id)
        return replace(self, members=(self.members[0], *rest))

    def without(self, question_ids: frozenset[str]) -> Cluster:
        """Return the cluster without some of its questions; at least one has to stay."""
        return replace(self, members=tuple(each for each in self.members if each.question_id not in question_ids))

    def in_session(self, session_id: str | None) -> Cluster:
        """Return it as a person puts it: to another session, or to none. What was said of it before is let go."""
        return replace(
            self,
            session_id=session_id,
            session_by="person",
            likeness=0,
            shared=(),
            handover_id=None,
            lecturer_id=None,
            answer=None,
        )

    def taken_back(self) -> Cluster:
        """Return it as not handed over to anybody."""
        return replace(self, handover_id=None, lecturer_id=None)
