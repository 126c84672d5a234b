"""Above a certain sanction there is no completion."""

from services.compliance.domain.rules import Stage, TraineeFacts, Verdict, broken, met
from shared.policies import Policies


class SanctionCeiling:
    """Judges the gravest sanction in force against the gravest one that still lets somebody complete."""

    stages = frozenset({Stage.COMPLETION})

    def judge(self, facts: TraineeFacts, policies: Policies) -> Verdict:
        """Return the verdict; a sanction the ladder does not know counts as the gravest."""
        policy = policies["completion.gravest_sanction"]
        ladder = policies["conduct.ladder"].value
        order = {rung["step"]: place for place, rung in enumerate(ladder)}
        gravest = max(facts.sanctions, key=lambda step: order.get(step, len(order)), default=None)
        if gravest is None:
            return met("未受处理", "no sanction", policy.source)
        zh, en = next(((rung["zh"], rung["en"]) for rung in ladder if rung["step"] == gravest), (gravest, gravest))
        if order.get(gravest, len(order)) > order[policy.value]:
            return broken(f"受到“{zh}”处理", f"sanction in force: {en}", policy.source)
        return met(
            f"受到“{zh}”处理，不影响结业", f"sanction in force: {en}; it does not stand against it", policy.source
        )


RULE = SanctionCeiling()
