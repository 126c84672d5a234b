"""Settling what a course cost (培训费报销): which papers its file needs, each by the row that asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.enrollment.domain.wording import Sentence
from shared.policies import Policies

PAPER_WORDS = {
    "plan_approval": Sentence("培训计划批复", "approval of the training plan"),
    "notice": Sentence("培训通知", "notice of the course"),
    "sign_in_sheet": Sentence("实际参训人员签到表", "sign-in sheet of those who really came"),
    "receipt": Sentence("收款票据", "receipt of the institution paid"),
    "itemised_list": Sentence("费用明细单", "itemised list of costs"),
    "lecture_receipt": Sentence("讲课费签收单或合同", "signed receipt or contract for lecture fees"),
    "leader_approval": Sentence(
        "主要负责同志审批材料（计划外增加）", "the leader's approval of training outside the plan"
    ),
}
_ASKED_BY = ("fee.papers", "fee.papers.lectures", "fee.papers.unplanned")


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A paper the file needs, and who asks for it."""

    code: str
    source: str
    basis: str

    @property
    def words(self) -> Sentence:
        """What people call it; a code a city added stands for itself."""
        return PAPER_WORDS.get(self.code, Sentence(self.code, self.code))


def asked_papers(policies: Policies, lectures: bool, unplanned: bool) -> tuple[AskedPaper, ...]:
    """Return the papers of a course: with lecture fees, or outside the plan, there are more of them."""
    asked = zip(_ASKED_BY, (True, lectures, unplanned), strict=True)
    return tuple(
        AskedPaper(code, policies[key].source, policies[key].basis)
        for key, needed in asked
        if needed
        for code in policies[key].value
    )


def known_papers(policies: Policies) -> frozenset[str]:
    """Return the codes of every paper any course may need."""
    return frozenset(paper.code for paper in asked_papers(policies, lectures=True, unplanned=True))


def missing(asked: Iterable[AskedPaper], given: Iterable[str]) -> tuple[AskedPaper, ...]:
    """Return the papers nobody has recorded yet, in their order."""
    have = set(given)
    return tuple(paper for paper in asked if paper.code not in have)
