"""Who lacks hours goes first: those who have theirs make room."""

from services.enrollment.domain.eligibility import NominationFacts, Verdict, passed, warned
from shared.policies import Policies


class HoursGap:
    """Warns when the person has the hours required already; says how many are missing otherwise."""

    def judge(self, facts: NominationFacts, policies: Policies) -> Verdict:
        """Return the verdict by the hours known for the year of the term and the four before it."""
        hours = facts.hours
        if hours is None:
            source = policies["hours.annual"].source
            return passed("尚无学时记录，视为存在缺口", "no hours are on record; counted as missing", source)
        gap = hours.gap
        if gap > 0:
            return passed(
                f"{hours.span_zh}已修{hours.earned}学时，距要求的{hours.required}学时还差{gap}学时，宜优先安排",
                f"{hours.earned} of {hours.required} hours in {hours.span_en}: {gap} are missing, should go first",
                hours.source,
            )
        days_zh = "" if hours.required_days is None else f"、{hours.days}天"
        asked_zh = f"{hours.required}学时" + ("" if hours.required_days is None else f"或{hours.required_days}天")
        days_en = "" if hours.required_days is None else f" and {hours.days} days"
        asked_en = f"{hours.required} hours" + (
            "" if hours.required_days is None else f" or {hours.required_days} days"
        )
        return warned(
            f"{hours.span_zh}已修{hours.earned}学时{days_zh}，已达到{asked_zh}的要求，名额紧张时可让学时不足的人员先去",
            f"{hours.earned} hours{days_en} in {hours.span_en}: {asked_en} are met; others may need it more",
            hours.source,
        )


RULE = HoursGap()
