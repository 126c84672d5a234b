"""No unit fills a term."""

from services.enrollment.domain.eligibility import NominationFacts, Stage, Verdict, passed, refused, warned
from shared.policies import Policies


class HeadCap:
    """Warns when a unit nominates more people for a term than its cap; refuses at admission above it.

    The cap is the organisation department's for the programme or the term, else the policy table's.
    """

    def judge(self, facts: NominationFacts, policies: Policies) -> Verdict:
        """Return the verdict; the one judged now is counted on top."""
        policy = policies["eligibility.head_cap"]
        own = facts.conditions.head_cap if facts.conditions else None
        cap = policy.value if own is None else own
        source = facts.conditions.source if facts.conditions and own is not None else policy.source
        if cap is None:
            return passed("未限定单位人数", "no cap of people a unit", source)
        if facts.stage is Stage.ADMISSION and facts.heads.admitted >= cap:
            return refused(
                f"本单位在该期已录取{facts.heads.admitted}人，上限{cap}人",
                f"the unit has {facts.heads.admitted} people in this term; the cap is {cap}",
                source,
            )
        if facts.stage is Stage.NOMINATION and facts.heads.nominated >= cap:
            return warned(
                f"本单位在该期上限{cap}人，本次推荐为第{facts.heads.nominated + 1}人",
                f"the cap is {cap} people a unit and this is number {facts.heads.nominated + 1}",
                source,
            )
        return passed(f"在单位人数上限{cap}人之内", f"within the cap of {cap} people a unit", source)


RULE = HeadCap()
