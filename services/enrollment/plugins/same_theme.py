"""Training somebody on one theme again within a window deserves a second look."""

from services.enrollment.domain.eligibility import NominationFacts, Verdict, passed, warned
from shared.policies import Policies


class SameTheme:
    """Warns when the person has another nomination or training on the same programme title within the window."""

    def judge(self, facts: NominationFacts, policies: Policies) -> Verdict:
        """Return the verdict; the distance is counted between the first days of the two terms, in days."""
        policy = policies["eligibility.same_theme_window_days"]
        window = int(policy.value)
        for other in facts.others:
            days = abs((facts.term.starts_on - other.term.starts_on).days)
            same = other.term.programme_title == facts.term.programme_title
            if same and other.term.term_id != facts.term.term_id and days <= window:
                where = other.term.label()
                return warned(
                    f"该人已参加或被推荐参加同一主题的{where.zh}，间隔{days}天，在{window}天之内，请确认是否重复培训",
                    f"the same theme again: {where.en}, {days} days away, within {window}; is it repeated training?",
                    policy.source,
                )
        return passed(f"{window}天内无同主题培训", f"no training on this theme within {window} days", policy.source)


RULE = SameTheme()
