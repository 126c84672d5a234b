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
        return warned(
            f"{hours.span_zh}已修{hours.earned}学时，已满{hours.required}学时，名额紧张时可让学时不足的人员先去",
            f"{hours.earned} hours in {hours.span_en}, the {hours.required} required are met; others may need it more",
            hours.source,
        )


RULE = HoursGap()
