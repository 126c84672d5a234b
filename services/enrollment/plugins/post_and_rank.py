"""Letters and hours need the person's full post and rank."""

from services.enrollment.domain.eligibility import NominationFacts, Verdict, passed, warned
from shared.policies import Policies

_SOURCE = (
    "学时要求按培训时的职务职级确定（《干部教育培训工作条例》） / "
    "required hours depend on the post and rank held at the time of training"
)


class PostAndRank:
    """Warns when the roster leaves the post or the rank empty."""

    def judge(self, facts: NominationFacts, policies: Policies) -> Verdict:
        """Return the verdict, naming what is empty."""
        empty = [("职务", "post")] if not facts.post else []
        empty += [("职级", "rank")] if not facts.rank else []
        if not empty:
            return passed("职务、职级齐全", "post and rank are given", _SOURCE)
        return warned(
            f"未填写{'、'.join(zh for zh, _ in empty)}，录取通知需写职务全称，请补充",
            f"{' and '.join(en for _, en in empty)} missing; the admission notice needs them, please add",
            _SOURCE,
        )


RULE = PostAndRank()
