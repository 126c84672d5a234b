"""How a conflict is announced: what is short, where and when, whom that concerns, and how sure it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from services.scheduling.domain.demand_words import Words
from services.scheduling.domain.demands import Demand
from services.scheduling.domain.overload import Overload
from services.scheduling.domain.placement import Term
from services.scheduling.domain.placement_phrases import stretch_en, stretch_zh
from services.scheduling.domain.placement_spans import Axis

_NAMED = 12
_WEEKDAYS_ZH = "一二三四五"
_WEEKDAYS_EN = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays")


def conflict_words(
    axis: Axis,
    terms: Sequence[Term],
    demands: Collection[Demand],
    minimal: bool,
    overload: Overload | None,
    more: bool = False,
) -> Words:
    """Return how a conflict between some demands is announced, with what is short where figures show it.

    ``minimal``: none of them can be spared; ``more``: for some ways out other demands have to give way as well.
    """
    zh, en = terms_words(terms)
    if len(demands) == 1:
        return nowhere_words(axis, terms[0])
    if overload is not None:
        short = _Short(axis, overload, demands)
        zh, en = f"{short.zh()}。涉及{zh}", f"{short.en()}. This concerns {en}"
    if minimal:
        zh = f"{zh}：以下{len(demands)}项要求不能同时满足，去掉任何一项即可满足"
        en = f"{en}: these {len(demands)} demands cannot hold together; without any one of them they can"
        if more:
            zh += "；但有的办法单用不够，另有其他要求也须让步"
            en += ", but not every way out is enough by itself: others have to give way as well"
        return zh, en
    return (
        f"{zh}：以下{len(demands)}项要求不能同时满足；时限内未能逐项精简，其中可能有与冲突无关的",
        f"{en}: these {len(demands)} demands cannot hold together; "
        "the time was too short to thin them out, so some may have no part in it",
    )


def nowhere_words(axis: Axis, term: Term) -> Words:
    """Return why a term has no place at all, whatever rules give way: too few days are left, or there are no rooms."""
    days = axis.problem.days
    if not days or not axis.rooms_in_reach(term):
        return f"{term.name}：没有登记可用的日期或教室", f"{term.label_en}: no days or no rooms are known"
    return (
        f"{term.name}要上课{term.days}天，而日历（{stretch_zh(days[0].day, days[-1].day)}）里可排的工作日没有这么多",
        f"{term.label_en} takes {term.days} working days, and the calendar, "
        f"{stretch_en(days[0].day, days[-1].day)}, has not so many to come",
    )


def terms_words(terms: Sequence[Term]) -> Words:
    """Return terms by programme: ``第3班第1至3期、第7班第2期``; how many in all when not every programme is named."""
    programmes: dict[str, list[Term]] = {}
    for term in sorted(terms, key=lambda each: (each.programme_ordinal, each.ordinal, each.id)):
        programmes.setdefault(term.programme_id, []).append(term)
    zh, en = [], []
    for mine in programmes.values():
        runs = _runs([each.ordinal for each in mine])
        ordinal = mine[0].programme_ordinal
        zh.append(f"第{ordinal}班第{'、'.join(_run(*run, '至') for run in runs)}期")
        several = "terms" if len(mine) > 1 else "term"
        en.append(f"programme {ordinal}, {several} {', '.join(_run(*run, '–') for run in runs)}")
    more = len(zh) - _NAMED
    if more > 1:
        return (
            f"{'、'.join(zh[:_NAMED])}等{len(zh)}个班共{len(terms)}期",
            f"{'; '.join(en[:_NAMED])} and {more} more programmes, {len(terms)} terms in all",
        )
    return "、".join(zh), "; ".join(en)


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return numbers as runs of one, or of three and more."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    alone = ([(first, first), (last, last)] if last == first + 1 else [(first, last)] for first, last in found)
    return [run for runs in alone for run in runs]


def _run(first: int, last: int, to: str) -> str:
    return f"{first}" if first == last else f"{first}{to}{last}"


class _Short:
    """Says an overload."""

    def __init__(self, axis: Axis, overload: Overload, demands: Collection[Demand]) -> None:
        self._axis, self._over = axis, overload
        ids = set(overload.term_ids)
        self._terms = [term for term in axis.problem.terms if term.id in ids]
        self._people = sum(term.trainees for term in self._terms)
        self._campuses = [axis.campuses[id] for id in overload.campus_ids]
        self._beds = sum(campus.beds_of(self._bed_kind) for campus in self._campuses)
        self._divides_badly = len(self._campuses) > 1 and overload.demands.issuperset(demands)

    @property
    def _bed_kind(self) -> str | None:
        return self._over.kind or None if self._over.resource == "beds" else None

    @property
    def _all_at_once(self) -> bool:
        """Whether all terms are there on each of the days, so that what they take need not be added up over days."""
        each_day = len(self._terms) if self._over.counted else self._people
        return self._over.need == each_day * self._over.days

    def zh(self) -> str:
        """Return it in Chinese."""
        over, terms = self._over, len(self._terms)
        when = stretch_zh(over.first, over.last)
        what = f"{self._where('、')}{self._kind_zh()}床位{self._beds}张"
        if over.resource == "rooms":
            what = f"{self._where('、')}可用的{self._kind_zh()}教室{over.most}间"
        if self._all_at_once and over.resource == "beds" and self._people > self._beds:
            return f"{when}：{what}，这{terms}期同时举办需{self._people}张，缺{self._people - self._beds}张"
        if self._all_at_once and not over.proves:
            return f"{when}：{what}，{self._full_zh()}"
        if self._all_at_once:
            return f"{when}：{what}，同一天最多办{over.most}期，这{terms}期却要同时举办"
        day = "工作日" if over.weekday is None else f"星期{_WEEKDAYS_ZH[over.weekday]}"
        if not over.counted:
            have, need = f"可住{over.have}人天", f"{over.need}人天"
        else:
            groups = f"{self._least_people()}人以上的班" if over.resource == "beds" else ""
            have = f"{groups}同一天最多办{over.most}期" + ("" if over.most == 1 else f"，合计{over.have}期次")
            need = f"其中{over.need}个" if over.most == 1 else f"{over.need}期次"
            need = f"{over.need}个{day}" if over.proves and over.most == 1 else need
        told = f"{when}只有{over.days}个{day}：{what}，{have}，这{terms}期无论怎么排至少要占{need}"
        return f"{told}，超出{over.need - over.have}" if over.proves else f"{told}，各自的时间又错不开"

    def en(self) -> str:
        """Return it in English."""
        over, terms = self._over, len(self._terms)
        when = stretch_en(over.first, over.last)
        what = f"{self._where(' and ')} {self._has} {self._beds} beds{self._kind_en()}"
        if over.resource == "rooms":
            several = "room" if over.most == 1 else "rooms"
            what = f"{self._where(' and ')} {self._has} {over.most} usable {several}{self._kind_en()}"
        if self._all_at_once and over.resource == "beds" and self._people > self._beds:
            return (
                f"{when}: {what}; these {terms} terms are held at once and need {self._people}, "
                f"{self._people - self._beds} too many"
            )
        if self._all_at_once and not over.proves:
            return f"{when}: {what}; {self._full_en()}"
        if self._all_at_once:
            return f"{when}: {what}; at most {over.most} can be held on a day, and these {terms} are held at once"
        days = "working days" if over.weekday is None else _WEEKDAYS_EN[over.weekday]
        if not over.counted:
            have, need = f"enough for {over.have} person-days", f"{over.need} person-days"
        else:
            groups = f"of terms of {self._least_people()} people or more, " if over.resource == "beds" else ""
            have = f"{groups}at most {over.most} can be held on a day"
            have += "" if over.most == 1 else f", {over.have} term-days in all"
            need = f"{over.need} {days}" if over.most == 1 else f"{over.need} term-days"
        told = f"{when}, {over.days} {days}: {what}; {have}, "
        told += f"and wherever they lie these {terms} terms take at least {need}"
        return f"{told}, {over.need - over.have} too many" if over.proves else f"{told} and find no times that suit all"

    def _full_zh(self) -> str:
        """Return that terms held at once leave next to nothing over, and what keeps them from it."""
        over, taken = self._over, f"这{len(self._terms)}期同时举办"
        if not over.counted:
            taken += f"需{self._people}张"
        elif over.resource == "beds":
            taken = f"{self._least_people()}人以上的班同一天最多办{over.most}期，{taken}"
        full = "正好占满" if over.need == over.have else "几乎占满"
        return f"{taken}，{full}，" + ("分到各校区却安排不下" if self._divides_badly else "与其余要求又不能兼顾")

    def _full_en(self) -> str:
        over, taken = self._over, f"these {len(self._terms)} terms, held at once, take"
        if not over.counted:
            taken += f" {self._people},"
        elif over.resource == "beds":
            people = self._least_people()
            taken = f"of terms of {people} people or more, at most {over.most} can be held on a day; {taken}"
        full = "all there is" if over.need == over.have else "nearly all there is"
        but = "do not divide among the campuses" if self._divides_badly else "cannot keep the other demands"
        return f"{taken} {full}, but {but}"

    def _where(self, between: str) -> str:
        return between.join(campus.sleeping(self._bed_kind) for campus in self._campuses)

    @property
    def _has(self) -> str:
        return "has" if len(self._campuses) == 1 else "have"

    def _kind_zh(self) -> str:
        return f"“{self._over.kind}”类" if self._over.kind else ""

    def _kind_en(self) -> str:
        return f" of the kind {self._over.kind!r}" if self._over.kind else ""

    def _least_people(self) -> int:
        return min(term.trainees for term in self._terms)
