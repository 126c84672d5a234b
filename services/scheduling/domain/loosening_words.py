"""How giving way is said: what is given up of a demand at the least, and where the terms would lie then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.scheduling.domain.demand_words import DemandWords, days_en
from services.scheduling.domain.demands import Demand, Way
from services.scheduling.domain.loosening_needs import beyond, more_rooms
from services.scheduling.domain.placement import Term
from services.scheduling.domain.placement_phrases import (
    day_zh,
    listed_en,
    listed_zh,
    stretch_en,
    stretch_zh,
    stretches,
)
from services.scheduling.domain.placement_spans import Axis

Said = tuple[str, str, str]
"""The unit of the amount, Chinese, English."""


def loosening_words(axis: Axis, demand: Demand, amount: int, chosen: Sequence[Way]) -> Said:
    """Return how to say that ``amount`` of a demand is given up, as in the table ``chosen``."""
    return _Saying(axis, demand, amount, chosen).said()


def beside_the_rest(zh: str, en: str, alone: bool | None) -> tuple[str, str]:
    """Return a way out with whether all other rules on the terms can be kept then; ``None``: that is not known."""
    if alone is None:
        return (
            f"{zh}（时限内未能查明是否足够）",
            f"{en} (the time was too short to see whether that is enough)",
        )
    return (zh, en) if alone else (f"{zh}；另有其他要求仍须让步", f"{en}; other demands still have to give way")


class _Saying:
    def __init__(self, axis: Axis, demand: Demand, amount: int, chosen: Sequence[Way]) -> None:
        self._axis, self._demand, self._amount, self._chosen = axis, demand, amount, chosen
        self._terms = [way.term for way in chosen]
        self._ways = {way.term.id: way for way in chosen}
        self._beyond = beyond(axis, demand, chosen)
        given = [day for way in chosen for day in way.breaks.get(demand, ()) if isinstance(day, date)]
        self._zh, self._en = _days_words([*self._beyond] or given)

    def said(self) -> Said:
        return self._of_term(self._ways[self._demand.subject]) if self._demand.of_term else self._of_others()

    def _of_term(self, way: Way) -> Said:
        term, n, room = way.term, self._amount, way.rooms[0]
        zh, en = term.name, term.label_en
        on_zh = stretch_zh(way.span.starts_on, way.span.ends_on)
        on_en = stretch_en(way.span.starts_on, way.span.ends_on)
        match self._demand.rule:
            case "window":
                sooner, later = way.span.starts_on < term.earliest_start, way.span.ends_on > term.latest_end
                side = "改" if sooner and later else "提前" if sooner else "推后"
                year = "" if way.span.starts_on.year == term.latest_end.year else f"{way.span.starts_on.year}年"
                return (
                    "days",
                    f"把{zh}{side}到{year}{on_zh}，超出办班时间{n}天",
                    f"hold {en} on {on_en}, {days_en(n)} outside its window",
                )
            case "lead":
                return (
                    "days",
                    f"{zh}{day_zh(way.span.starts_on)}开班，发函提前天数减少{n}天",
                    f"open {en} on {way.span.starts_on}, with {days_en(n)} less for its letters",
                )
            case "pin":
                return (
                    "days",
                    f"把{zh}改到{on_zh}，用{room.title}",
                    f"move {en} to {on_en}, in {room.title!r}",
                )
            case "ban":
                return (
                    "days",
                    f"允许{zh}占用{self._zh}（{n}天）",
                    f"let {en} be held on {self._en} ({days_en(n)})",
                )
            case "barred-room":
                return "rooms", f"允许{zh}使用{room.title}", f"let {en} use {room.title!r}"
            case "room-kind":
                return (
                    "rooms",
                    f"{zh}改用{room.title}（“{room.kind}”类）",
                    f"let {en} use {room.title!r}, a room of the kind {room.kind!r}",
                )
            case "campus":
                where = self._axis.campuses[way.campus_id].title
                return "campuses", f"{zh}改在{where}举办", f"hold {en} on {where!r}"
            case "seats":
                return (
                    "seats",
                    f"在{room.title}加{n}个座位（现{room.capacity}座）供{zh}使用",
                    f"seat {room.capacity + n} in {room.title!r} (now {room.capacity}) for {en}",
                )
            case _:
                return (
                    "days",
                    f"{zh}跨{self._zh}休息日，{on_zh}上课",
                    f"let {en} span {self._en}, from {on_en}",
                )

    def _of_others(self) -> Said:
        subject, n = self._demand.subject, self._amount
        words = DemandWords(self._axis, ())
        match self._demand.rule:
            case "blackout":
                return "days", f"停办时段放开{self._zh}（{n}天）", f"lift the blackout on {self._en} ({days_en(n)})"
            case "absence":
                who = words.lecturer(subject)
                return (
                    "days",
                    f"{self._zh}的课另请教师，或请{who}改期（{n}天）",
                    f"find another lecturer for {self._en}, or let {who} travel later ({days_en(n)})",
                )
            case "lecturer":
                return self._of_lecturer(words.lecturer(subject))
            case "beds":
                campus = self._axis.campuses[subject]
                kind_zh = f"“{self._demand.kind}”类" if self._demand.kind else ""
                kind_en = f" of the kind {self._demand.kind!r}" if self._demand.kind else ""
                beds, what = campus.beds_of(self._demand.kind or None), campus.sleeping(self._demand.kind or None)
                return (
                    "beds",
                    f"{what}增加{n}张{kind_zh}床位（{self._zh}需{beds + n}张，现有{beds}张）",
                    f"add {n} beds{kind_en} to {what!r} ({beds + n} are needed on {self._en}, there are {beds})",
                )
            case "rooms":
                return self._of_rooms()
            case "gap":
                gap = self._axis.gap(self._of_programme(subject)) or 0
                if n > gap:
                    return (
                        "days",
                        "允许各期同时举办" + self._where_zh(),
                        "let its terms be held side by side" + self._where_en(),
                    )
                return (
                    "days",
                    f"间隔由{gap}天缩短为{gap - n}天" + self._where_zh(),
                    f"shorten the gap from {gap} to {days_en(gap - n)}" + self._where_en(),
                )
            case "sequence":
                return (
                    "pairs",
                    "允许后面的期次先开班" + self._where_zh(),
                    "let a later term open first" + self._where_en(),
                )
            case _:
                before, after = subject.split(">")
                delay = next(o.delay for o in self._axis.problem.orders if (o.before, o.after) == (before, after))
                if n > delay:
                    return "days", "取消先后要求" + self._where_zh(), "give up the order" + self._where_en()
                return (
                    "days",
                    f"相隔天数由{delay}天缩短为{delay - n}天" + self._where_zh(),
                    f"shorten the delay from {delay} to {days_en(delay - n)}" + self._where_en(),
                )

    def _of_lecturer(self, who: str) -> Said:
        n, more = self._amount, max(self._beyond.values(), default=1)
        if more == 1:
            return (
                "days",
                f"{self._zh}为{who}另请一名教师（{n}天）",
                f"find a second lecturer beside {who} on {self._en} ({days_en(n)})",
            )
        return (
            "days",
            f"{self._zh}为{who}另请教师，最多同时{more}名（共{n}人天）",
            f"find other lecturers beside {who} on {self._en}, up to {more} at once ({n} lecturer-days)",
        )

    def _of_rooms(self) -> Said:
        where = self._axis.campuses[self._demand.subject].title
        zh, en = [], []
        for each in more_rooms(self._axis, self._demand.subject, self._chosen):
            kind_zh = f"“{each.kind}”类" if each.kind else ""
            kind_en = f" of the kind {each.kind!r}" if each.kind else ""
            zh.append(f"{each.rooms}间{each.seats}座以上的{kind_zh}教室")
            en.append(f"{'a room' if each.rooms == 1 else f'{each.rooms} rooms'}{kind_en} with {each.seats} seats")
        return "rooms", f"{where}增加{'、'.join(zh)}", f"add {' and '.join(en)} to {where!r}"

    def _of_programme(self, programme_id: str) -> Term:
        return next(term for term in self._terms if term.programme_id == programme_id)

    def _where_zh(self) -> str:
        spans = [f"{way.term.name}{stretch_zh(way.span.starts_on, way.span.ends_on)}" for way in self._by_day()]
        return f"（{listed_zh(spans, counted='段时间')}）"

    def _where_en(self) -> str:
        spans = [f"{way.term.label_en} on {stretch_en(way.span.starts_on, way.span.ends_on)}" for way in self._by_day()]
        return f" ({listed_en(spans)})"

    def _by_day(self) -> list[Way]:
        return sorted(self._ways.values(), key=lambda way: (way.span.starts_on, way.term.id))


def _days_words(days: Sequence[date]) -> tuple[str, str]:
    found = stretches(days)
    return listed_zh([stretch_zh(*each) for each in found], counted="段时间"), listed_en(
        [stretch_en(*each) for each in found]
    )
