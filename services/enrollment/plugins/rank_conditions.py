"""A programme may be for certain ranks and posts."""

from services.enrollment.domain.conditions import Conditions
from services.enrollment.domain.eligibility import NominationFacts, Verdict, passed, refused, warned
from services.enrollment.domain.ranks import RankTable
from shared.policies import Policies


class RankConditions:
    """Refuses a rank outside what the programme is for; warns of one that cannot be placed, and of another post."""

    def judge(self, facts: NominationFacts, policies: Policies) -> Verdict:
        """Return the verdict on the rank first, then on the post."""
        policy, wanted = policies["rank.levels"], facts.conditions
        if wanted is None or not (wanted.lowest or wanted.highest or wanted.posts):
            return passed("该班次未限定职级职务", "the programme sets no ranks or posts", policy.source)
        table = RankTable.from_plain(policy.value)
        return _of_rank(facts, wanted, table) or _of_post(facts, wanted)


def _of_rank(facts: NominationFacts, wanted: Conditions, table: RankTable) -> Verdict | None:
    lowest, highest = table.levels.get(wanted.lowest or ""), table.levels.get(wanted.highest or "")
    if lowest is None and highest is None:
        return None
    level = table.level_of(facts.rank) or table.level_of(facts.post)
    if level is None:
        return warned(
            f"职级“{facts.rank or '未填'}”无法与本班次要求对照，请核实",
            f"the rank {facts.rank or 'left empty'!r} cannot be compared with what the programme asks; please check",
            wanted.source,
        )
    if lowest is not None and level.order < lowest.order:
        return refused(
            f"本班次面向{lowest.title.zh}及以上，该人为{level.title.zh}",
            f"the programme is for {lowest.title.en} and above; this is {level.title.en}",
            wanted.source,
        )
    if highest is not None and level.order > highest.order:
        return refused(
            f"本班次面向{highest.title.zh}及以下，该人为{level.title.zh}",
            f"the programme is for {highest.title.en} and below; this is {level.title.en}",
            wanted.source,
        )
    return None


def _of_post(facts: NominationFacts, wanted: Conditions) -> Verdict:
    if wanted.posts and not any(word in facts.post for word in wanted.posts):
        return warned(
            f"本班次面向从事{'、'.join(wanted.posts)}相关工作的人员，所填职务为“{facts.post or '未填'}”，请核实",
            f"the programme is for posts in {', '.join(wanted.posts)}; is {facts.post or 'this empty post'!r} one?",
            wanted.source,
        )
    return passed("符合本班次的职级职务要求", "rank and post are what the programme asks", wanted.source)


RULE = RankConditions()
