"""Nobody is nominated twice for one term."""

from services.enrollment.domain.eligibility import NominationFacts, Verdict, passed, refused
from shared.policies import Policies

_SOURCE = "平台规则：一人一期一份推荐 / platform rule: one nomination a person and term"


class DuplicateNomination:
    """Refuses a second nomination of the same person for the same term, whichever unit files it."""

    def judge(self, facts: NominationFacts, policies: Policies) -> Verdict:
        """Return the verdict; persons are the same when their identity numbers are."""
        if any(other.term.term_id == facts.term.term_id for other in facts.others):
            label = facts.term.label()
            return refused(
                f"该人已被推荐参加{label.zh}，不必重复报送", f"the person is already nominated for {label.en}", _SOURCE
            )
        return passed("本期无重复推荐", "not nominated twice for this term", _SOURCE)


RULE = DuplicateNomination()
