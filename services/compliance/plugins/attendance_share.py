"""Completion takes having attended enough of the scheduled hours."""

from services.compliance.domain.leave_limit import Share
from services.compliance.domain.rules import Stage, TraineeFacts, Verdict, broken, met, pending
from shared.policies import Policies


class AttendanceShare:
    """Judges hours attended against all scheduled hours, in whole numbers."""

    stages = frozenset({Stage.COMPLETION})

    def judge(self, facts: TraineeFacts, policies: Policies) -> Verdict:
        """Return the verdict; without a timetable there is nothing to judge yet."""
        policy = policies["completion.min_attended_share"]
        share = Share.of(policy.value)
        if facts.total_hours == 0:
            return pending("日程表尚未下达，无法计算学时", "no timetable was issued, hours are unknown", policy.source)
        said = (
            f"出勤{facts.attended_hours}学时，总学时{facts.total_hours}",
            f"{facts.attended_hours} of {facts.total_hours} hours attended",
        )
        if share.whole * facts.attended_hours < share.part * facts.total_hours:
            return broken(f"{said[0]}，不足{share}", f"{said[1]}, below {share}", policy.source)
        return met(f"{said[0]}，达到{share}", f"{said[1]}, at least {share}", policy.source)


RULE = AttendanceShare()
