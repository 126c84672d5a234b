"""Nominations close on a day; its last second is in time."""

from services.enrollment.domain.eligibility import NominationFacts, Stage, Verdict, passed, refused, warned
from shared.policies import Policies


class NominationWindow:
    """Warns of nominations after the closing day, or refuses them, as the policy says."""

    def judge(self, facts: NominationFacts, policies: Policies) -> Verdict:
        """Return the verdict by the city's day; only filing counts, a review may come later."""
        policy, closes = policies["nomination.late"], facts.closes_on
        if closes is None:
            return passed("未设报名截止日期", "nominations have no closing day", policy.source)
        if facts.stage is not Stage.NOMINATION or facts.today <= closes:
            return passed(f"报名截止{closes}", f"nominations close on {closes}", policy.source)
        zh = f"报名已于{closes}截止，本次推荐逾期"
        en = f"nominations closed on {closes}; this one is late"
        return refused(zh, en, policy.source) if policy.value == "refuse" else warned(zh, en, policy.source)


RULE = NominationWindow()
