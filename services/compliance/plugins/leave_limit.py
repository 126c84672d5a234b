"""Leave above its share of all scheduled hours ends a training; reaching the share does not."""

from services.compliance.domain.leave_limit import Share, allowance, passes
from services.compliance.domain.rules import Stage, TraineeFacts, Verdict, broken, met
from shared.policies import Policies


class LeaveLimit:
    """Judges ``7 x leave > total`` in whole class hours, as the projection does."""

    stages = frozenset(Stage)

    def judge(self, facts: TraineeFacts, policies: Policies) -> Verdict:
        """Return the verdict; its figures are those of the current timetable."""
        policy = policies["leave.max_share"]
        share = Share.of(policy.value)
        most = allowance(facts.total_hours, share)
        if passes(facts.leave_hours, facts.total_hours, share):
            return broken(
                f"累计请假{facts.leave_hours}学时，超过总学时{facts.total_hours}的{share}（最多{most}学时）",
                f"{facts.leave_hours} hours of leave, above {share} of {facts.total_hours} ({most} at most)",
                policy.source,
                withdraws="leave_limit",
            )
        return met(
            f"累计请假{facts.leave_hours}学时，未超过总学时{facts.total_hours}的{share}（最多{most}学时）",
            f"{facts.leave_hours} hours of leave, within {share} of {facts.total_hours} ({most} at most)",
            policy.source,
        )


RULE = LeaveLimit()
