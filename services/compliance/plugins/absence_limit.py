"""Missing classes without leave (旷课) for some days ends a training; it is counted apart from leave."""

from services.compliance.domain.rules import Stage, TraineeFacts, Verdict, broken, met
from shared.policies import Policies


class AbsenceLimit:
    """Judges days of absence, two half-days a day; the limit itself already ends the training."""

    stages = frozenset(Stage)

    def judge(self, facts: TraineeFacts, policies: Policies) -> Verdict:
        """Return the verdict."""
        policy = policies["absence.days_expel"]
        halves, limit = facts.absent_half_days, int(policy.value)
        days = f"{halves // 2}{'.5' if halves % 2 else ''}"
        if halves >= 2 * limit:
            return broken(
                f"旷课{days}天，达到{limit}天",
                f"absent without leave for {days} days; the limit is {limit}",
                policy.source,
                withdraws="absence_limit",
            )
        return met(
            f"旷课{days}天，未达{limit}天", f"absent without leave for {days} days, below {limit}", policy.source
        )


RULE = AbsenceLimit()
