"""A unit nominates within its places."""

from services.enrollment.domain.eligibility import NominationFacts, Stage, Verdict, passed, refused, warned
from shared.policies import Policies


class UnitQuota:
    """Warns at filing when the unit nominates above its places; refuses at admission when they are used up."""

    def judge(self, facts: NominationFacts, policies: Policies) -> Verdict:
        """Return the verdict on the unit's places in the term; the one nominated now is counted on top."""
        source = policies["eligibility.quota_at_nomination"].source
        quota = facts.quota
        if quota.places is None:
            return warned(
                "本单位在该期尚未分配名额，录取前须由组织部门分配", "the unit has no places in this term yet", source
            )
        if facts.stage is Stage.ADMISSION and quota.admitted >= quota.places:
            return refused(
                f"本单位{quota.places}个名额已全部录取", f"all {quota.places} places of the unit are taken", source
            )
        if facts.stage is Stage.NOMINATION and quota.nominated >= quota.places:
            return warned(
                f"本单位该期名额{quota.places}个，本次推荐为第{quota.nominated + 1}人，超出部分可能不能录取",
                f"the unit has {quota.places} places and this is number {quota.nominated + 1}; it may not get a seat",
                source,
            )
        return passed(f"在本单位{quota.places}个名额之内", f"within the unit's {quota.places} places", source)


RULE = UnitQuota()
