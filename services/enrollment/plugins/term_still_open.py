"""Nobody is nominated for a term that is over."""

from services.enrollment.domain.eligibility import NominationFacts, Verdict, passed, refused, warned
from shared.policies import Policies

_SOURCE = "平台规则：按举办日期判断 / platform rule, by the dates of the term"


class TermStillOpen:
    """Refuses a term that has ended and warns of one that has begun."""

    def judge(self, facts: NominationFacts, policies: Policies) -> Verdict:
        """Return the verdict by the city's day."""
        label = facts.term.label()
        if facts.term.ends_on < facts.today:
            return refused(f"{label.zh}已经结束，不能再推荐", f"{label.en} is over; nobody can be nominated", _SOURCE)
        if facts.term.starts_on <= facts.today:
            return warned(
                f"{label.zh}已经开班，请确认是否补报", f"{label.en} has begun; is this a late nomination?", _SOURCE
            )
        return passed("班次尚未开班", "the term has not begun", _SOURCE)


RULE = TermStillOpen()
