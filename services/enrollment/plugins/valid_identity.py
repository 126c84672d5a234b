"""An identity number that holds."""

from services.enrollment.domain.eligibility import NominationFacts, Verdict, passed, refused, warned
from shared.policies import Policies

_SOURCE = "GB 11643-1999"


class ValidIdentity:
    """Refuses a number whose length, birth date or check character is wrong; an odd region only warns."""

    def judge(self, facts: NominationFacts, policies: Policies) -> Verdict:
        """Return the verdict without repeating any digit of the number."""
        if facts.id_problem is not None:
            return refused(facts.id_problem.zh, facts.id_problem.en, _SOURCE)
        if facts.id_warnings:
            return warned(facts.id_warnings[0].zh, facts.id_warnings[0].en, _SOURCE)
        return passed("公民身份号码校验通过", "the identity number holds", _SOURCE)


RULE = ValidIdentity()
