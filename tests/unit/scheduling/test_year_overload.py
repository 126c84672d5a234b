"""A shortage is said by the days on which it arises, and thinned out to the demands that make it."""

from __future__ import annotations

import dataclasses
import time
from datetime import date
from typing import Any

import pytest

from services.scheduling.domain.conflict import Asked, Loosening, cheapest
from services.scheduling.domain.conflict_words import conflict_words, terms_words
from services.scheduling.domain.demands import Demand, demands_on
from services.scheduling.domain.overload import Overload
from services.scheduling.domain.placement import Campus, Problem, Room, Term
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.plugins.year_demands import DemandModel, Ways
from services.scheduling.plugins.year_loosening import Loosenings
from services.scheduling.plugins.year_overload import Overloads
from services.scheduling.plugins.year_thinning import Thinning
from tests.unit.scheduling.year_problems import ROOMS, problem, term

FORTNIGHT = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 5, 22)}
MONTH = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 6, 12)}
EAST = tuple(Room(f"e{number}", f"东{number}教室", "east", 60) for number in range(1, 5))


def many(count: int, **changes: Any) -> list[Term]:
    """Return terms in programmes of three."""
    found = []
    for number in range(count):
        programme, ordinal = number // 3 + 1, number % 3 + 1
        fields = {"programme_id": f"p{programme}", "programme_ordinal": programme, "ordinal": ordinal}
        found.append(term(f"p{programme}-t{ordinal}", **fields, **changes))
    return found


def added_up(year: Problem) -> tuple[Ways, Overload | None]:
    axis, ids = Axis(year), [each.id for each in year.terms]
    ways = Ways(Grid(axis))
    return ways, Overloads(ways, ids, demands_on(axis, ids)).fewest()


def announced(year: Problem) -> tuple[str, str]:
    _, over = added_up(year)
    assert over is not None
    terms = [each for each in year.terms if each.id in over.term_ids]
    return conflict_words(Axis(year), terms, over.demands, True, over)


def test_no_more_terms_are_named_than_take_too_much() -> None:
    _, over = added_up(problem(*many(13, trainees=50, **MONTH), rooms=EAST))
    assert over is not None
    # Two groups of 50 sleep in 120 beds: ten terms of a week fill the five weeks.
    assert (len(over.term_ids), over.most, over.days, over.have, over.need) == (11, 2, 25, 50, 55)
    _, over = added_up(problem(*many(10, trainees=50, **MONTH), rooms=EAST))
    assert over is None


SAID: list[tuple[Problem, str, str]] = [
    (
        problem(*many(3, trainees=50, earliest_start=date(2020, 5, 11), latest_end=date(2020, 5, 15)), rooms=EAST),
        "5月11日至15日：东校区床位120张，这3期同时举办需150张，缺30张。涉及第1班第1至3期：",
        "2020-05-11 to 2020-05-15: 东校区 has 120 beds; these 3 terms are held at once and need 150, 30 too many. "
        "This concerns programme 1, terms 1–3:",
    ),
    (
        problem(*many(13, trainees=50, **MONTH), rooms=EAST),
        "5月11日至6月12日只有25个工作日：东校区床位120张，50人以上的班同一天最多办2期，合计50期次，"
        "这11期无论怎么排至少要占55期次，超出5。",
        "2020-05-11 to 2020-06-12, 25 working days: 东校区 has 120 beds; of terms of 50 people or more, "
        "at most 2 can be held on a day, 50 term-days in all, "
        "and wherever they lie these 11 terms take at least 55 term-days, 5 too many.",
    ),
    (
        problem(*many(10, trainees=35, **FORTNIGHT), rooms=EAST),
        "5月11日至22日只有10个工作日：东校区床位120张，可住1200人天，这7期无论怎么排至少要占1225人天，超出25。",
        "2020-05-11 to 2020-05-22, 10 working days: 东校区 has 120 beds; enough for 1200 person-days, "
        "and wherever they lie these 7 terms take at least 1225 person-days, 25 too many.",
    ),
    (
        problem(*many(3, trainees=30, bed_kind="single", **FORTNIGHT), rooms=EAST),
        "5月11日至22日只有10个工作日：东校区一号楼“single”类床位45张，30人以上的班同一天最多办1期，"
        "这3期无论怎么排至少要占15个工作日，超出5。",
        "2020-05-11 to 2020-05-22, 10 working days: 东校区一号楼 has 45 beds of the kind 'single'; "
        "of terms of 30 people or more, at most 1 can be held on a day, "
        "and wherever they lie these 3 terms take at least 15 working days, 5 too many.",
    ),
    (
        problem(*many(5, trainees=30, boards=False, **FORTNIGHT), rooms=ROOMS[:2]),
        "5月11日至22日只有10个工作日：东校区可用的教室2间，同一天最多办2期，合计20期次，"
        "这5期无论怎么排至少要占25期次，超出5。",
        "2020-05-11 to 2020-05-22, 10 working days: 东校区 has 2 usable rooms; at most 2 can be held on a day, "
        "20 term-days in all, and wherever they lie these 5 terms take at least 25 term-days, 5 too many.",
    ),
]


@pytest.mark.parametrize(("year", "zh", "en"), SAID)
def test_what_is_short_is_said_first_with_where_and_when(year: Problem, zh: str, en: str) -> None:
    said_zh, said_en = announced(year)
    assert said_zh.startswith(zh)
    assert said_en.startswith(en)


def full_week(campuses: int, beds: int, terms: int) -> Problem:
    """Return terms of 20 people, the first of 22, that are held at once on campuses that have about beds for all."""
    week = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 5, 15)}
    sizes = [22] + [20] * (terms - 1)
    numbered = zip(many(terms, **week), sizes, strict=True)
    return problem(
        *(dataclasses.replace(each, trainees=size) for each, size in numbered),
        campuses=tuple(Campus(id, f"{id}校区", f"city.{id}", beds) for id in "ABC"[:campuses]),
        rooms=tuple(Room(f"{id}{n}", f"{id}{n}教室", id, 60) for id in "ABC"[:campuses] for n in range(3)),
    )


ALL_BUT_FULL: list[tuple[Problem, str, str]] = [
    (
        full_week(2, 41, 4),
        "5月11日至15日：A校区、B校区床位82张，这4期同时举办需82张，正好占满，分到各校区却安排不下。",
        "2020-05-11 to 2020-05-15: A校区 and B校区 have 82 beds; these 4 terms, held at once, take 82, all there is, "
        "but do not divide among the campuses.",
    ),
    (
        full_week(3, 41, 6),
        "5月11日至15日：A校区、B校区、C校区床位123张，20人以上的班同一天最多办6期，这6期同时举办，正好占满，"
        "分到各校区却安排不下。",
        "2020-05-11 to 2020-05-15: A校区 and B校区 and C校区 have 123 beds; of terms of 20 people or more, at most 6 "
        "can be held on a day; these 6 terms, held at once, take all there is, but do not divide among the campuses.",
    ),
]


@pytest.mark.parametrize(("year", "zh", "en"), ALL_BUT_FULL)
def test_what_is_full_but_not_overfull_is_said_so(year: Problem, zh: str, en: str) -> None:
    axis, ids = Axis(year), [each.id for each in year.terms]
    sums = Overloads(Ways(Grid(axis)), ids, demands_on(axis, ids))
    over = sums.tightest()
    assert (sums.fewest(), over is not None and over.proves) == (None, False)
    assert over is not None
    said_zh, said_en = conflict_words(axis, year.terms, over.demands, True, over)
    assert said_zh.startswith(zh)
    assert said_en.startswith(en)
    said_zh, said_en = conflict_words(axis, year.terms, {*over.demands, Demand("lecturer", "wen")}, True, over)
    assert "正好占满，与其余要求又不能兼顾" in said_zh
    assert "all there is, but cannot keep the other demands" in said_en


def test_a_shortage_of_many_terms_is_thinned_out_until_none_of_its_demands_can_be_spared() -> None:
    year = problem(*many(13, trainees=50, **MONTH), rooms=EAST)
    ways, over = added_up(year)
    assert over is not None
    thinning = Thinning(ways, over.demands, (), time.monotonic() + 600.0)
    demands = thinning.smallest()
    assert not thinning.doubtful
    assert [each.rule for each in demands] == ["held"] * 11 + ["window"] * 11 + ["beds"]
    for demand in demands:
        assert DemandModel(ways, set(demands) - {demand}, ()).solve(60.0).chosen is not None, demand


def test_without_time_nothing_is_spared_and_it_is_said_so() -> None:
    ways, over = added_up(problem(*many(13, trainees=50, **MONTH), rooms=EAST))
    assert over is not None
    thinning = Thinning(ways, over.demands, (), time.monotonic() - 1.0)
    assert thinning.doubtful
    assert not set(thinning.smallest()) - over.demands
    conflict = Loosenings(ways, 0.0).conflict(tuple(sorted(over.demands)), minimal=False)
    assert conflict.zh.endswith("时限内未能逐项精简，其中可能有与冲突无关的")
    # That leaving out one of these would settle it is not known.
    assert not [each for asked in conflict.demands if asked.rule == "held" for each in asked.loosenings]


def test_rooms_of_every_size_are_counted_before_more_of_them_are_asked_for() -> None:
    smaller = tuple(Room(f"s{number}", f"小{number}教室", "east", 50) for number in range(1, 5))
    week = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 5, 15)}
    ways, over = added_up(problem(*many(9, trainees=30, boards=False, **week), rooms=(*EAST, *smaller)))
    assert over is not None
    conflict = Loosenings(ways, 60.0).conflict(tuple(sorted(over.demands)))
    assert (conflict.ways_out[0].zh, conflict.ways_out[0].proven) == ("东校区增加1间30座以上的教室", True)


def test_terms_are_listed_by_programme() -> None:
    found = many(8)
    assert terms_words([*found[:4], *found[6:]]) == (
        "第1班第1至3期、第2班第1期、第3班第1、2期",
        "programme 1, terms 1–3; programme 2, term 1; programme 3, terms 1, 2",
    )
    zh, en = terms_words(many(45))
    assert zh.endswith("、第12班第1至3期等15个班共45期")
    assert en.endswith("; programme 12, terms 1–3 and 3 more programmes, 45 terms in all")


def test_the_cheapest_way_out_of_each_kind_is_named_what_is_shared_first() -> None:
    def way(amount: int, unit: str) -> Loosening:
        return Loosening(amount, unit, True, f"{amount}{unit}", "")

    asked = (
        Asked("held", "a", "", "", (way(40, "people"), way(2, "days"))),
        Asked("held", "b", "", "", (way(30, "people"),)),
        Asked("window", "a", "", "", (way(7, "days"),)),
        Asked("beds", "east", "", "", (way(11, "beds"),)),
    )
    assert [each.zh for each in cheapest(asked)] == ["11beds", "7days", "2days", "30people"]
