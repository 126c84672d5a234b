"""The unit vouches for three things before anybody is accepted."""

from services.enrollment.domain.eligibility import NominationFacts, Ruling, Stage, Verdict, passed, refused
from services.enrollment.domain.nomination import CRITERION_WORDS, missing_criteria
from services.enrollment.domain.wording import Sentence
from shared.policies import Policies


class AttestationsComplete:
    """Pending at filing; at review and admission every required attestation has to be signed."""

    def judge(self, facts: NominationFacts, policies: Policies) -> Verdict:
        """Return the verdict, naming what nobody has signed yet."""
        policy = policies["eligibility.required_attestations"]
        missing = missing_criteria(facts.attested, frozenset(policy.value))
        if not missing:
            return passed("单位已作出全部认定", "the unit has signed every attestation", policy.source)
        zh = "、".join(CRITERION_WORDS[item].zh for item in missing)
        en = "; ".join(CRITERION_WORDS[item].en for item in missing)
        if facts.stage is Stage.NOMINATION:
            return Verdict(
                Ruling.PENDING, Sentence(f"待单位认定：{zh}", f"the unit still has to attest: {en}"), policy.source
            )
        return refused(f"单位尚未认定：{zh}", f"the unit has not attested: {en}", policy.source)


RULE = AttestationsComplete()
