"""Nobody sits in two terms that share a day."""

from services.enrollment.domain.eligibility import NominationFacts, Verdict, passed, refused
from shared.policies import Policies


class OverlappingTerms:
    """Refuses a nomination whose term shares a day with another one the person is nominated for or admitted to."""

    def judge(self, facts: NominationFacts, policies: Policies) -> Verdict:
        """Return the verdict; the same term does not count here, another rule looks at doubles."""
        policy = policies["eligibility.overlapping_terms"]
        for other in facts.others:
            if other.term.term_id == facts.term.term_id or not other.term.overlaps(facts.term):
                continue
            where, this = other.term.label(), facts.term.label()
            done = ("已录取到", "admitted to") if other.admitted else ("已被推荐参加", "nominated for")
            return refused(
                f"该人{done[0]}{where.zh}，与{this.zh}日期重叠，不能同时参加；请另选一期或更换人选",
                f"the person is {done[1]} {where.en}, which shares days with {this.en}; choose another term or person",
                policy.source,
            )
        return passed("无日期重叠的其他班次", "no other term shares a day", policy.source)


RULE = OverlappingTerms()
