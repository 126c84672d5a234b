"""Withdrawal (退学): a case that a limit or somebody's conduct opened, decided by the organisation department."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from services.compliance.domain.wording import Refusal, Sentence


class CaseState(StrEnum):
    """``dissolved``: what had opened it no longer holds, for instance after a new timetable."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    KEPT = "kept"
    DISSOLVED = "dissolved"


CAUSES = {
    "leave_limit": Sentence("请假超过限额（按退学处理）", "leave above its limit (treated as withdrawal)"),
    "absence_limit": Sentence("旷课达到限额（按退学处理）", "absence at its limit (treated as withdrawal)"),
    "not_reported": Sentence("逾期未报到（取消入学资格）", "did not report in time (admission lapses)"),
    "ordered": Sentence("违反学风纪律（责令退学）", "conduct (ordered withdrawal)"),
}
"""Reason codes. The first three follow from a threshold, ``ordered`` from conduct; they are kept apart."""

STATE_WORDS = {
    CaseState.OPEN: Sentence("待决定", "open"),
    CaseState.WITHDRAWN: Sentence("已退学", "decided: withdrawn"),
    CaseState.KEPT: Sentence("已决定继续学习", "decided: kept"),
    CaseState.DISSOLVED: Sentence("已撤案", "dissolved"),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What stood in the book when the case was opened, or decided."""

    total_hours: int = 0
    leave_hours: int = 0
    absent_half_days: int = 0

    def worse_than(self, other: Figures) -> bool:
        """Return whether there is more leave or absence than there was."""
        return self.leave_hours > other.leave_hours or self.absent_half_days > other.absent_half_days


@dataclass(frozen=True, slots=True)
class Case:
    """One case. ``cause`` is a reason code; rules of others may bring their own.

    ``held_from`` is the day on which the term began that it is about, as ISO text: a term can be moved to other days.
    A case from before that was noted does not say.
    """

    cause: str
    state: CaseState = CaseState.OPEN
    figures: Figures = Figures()
    held_from: str | None = None

    def decide(self, withdraw: bool) -> Case:
        """Return the case decided. Raises ``Refusal`` when it is not open."""
        if self.state is not CaseState.OPEN:
            words = STATE_WORDS[self.state]
            raise Refusal("case-closed", f"该退学案{words.zh}", f"the case is not open: {words.en}")
        return replace(self, state=CaseState.WITHDRAWN if withdraw else CaseState.KEPT)

    def settles(self, figures: Figures, held_from: str) -> bool:
        """Return whether this case already answers the same cause at these figures, so that none is opened anew.

        That somebody may go on in spite of what was missed says nothing of what is missed on other days.
        """
        if self.state in (CaseState.OPEN, CaseState.WITHDRAWN):
            return True
        same_days = self.held_from in (None, held_from)
        return self.state is CaseState.KEPT and same_days and not figures.worse_than(self.figures)
