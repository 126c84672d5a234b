"""Ranks read from what people write, posts over time, and the rules that judge by them."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from services.enrollment.domain.conditions import Conditions
from services.enrollment.domain.eligibility import (
    HeadFacts,
    HoursFacts,
    NominationFacts,
    Ruling,
    Stage,
    TermFacts,
    Verdict,
)
from services.enrollment.domain.posts import PostHeld, held_on
from services.enrollment.domain.ranks import RankTable
from services.enrollment.limits import policy_table
from services.enrollment.plugins import head_cap, hours_gap, rank_conditions

POLICIES = policy_table().on(date(2020, 4, 1))
TABLE = RankTable.from_plain(POLICIES["rank.levels"].value)
TERM = TermFacts("term_1", "programme_1", 1, "专题培训班", 1, date(2020, 5, 11), date(2020, 5, 15))
FACTS = NominationFacts(Stage.NOMINATION, date(2020, 4, 1), TERM, "city.donghu", "办公室主任", "四级调研员")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("四级调研员", "xianchu-deputy"),
        ("二级调研员", "xianchu"),
        ("副处级（四级调研员）", "xianchu-deputy"),
        ("一级主任科员", "xiangke"),
        ("副主任科员", "xiangke-deputy"),
        ("县处级 正职", None),
        ("县处级正职", "xianchu"),
        ("正 科 级", None),
        ("副科长", "xiangke-deputy"),
        ("二级巡视员、副厅级", "tingju-deputy"),
        ("科长", None),
        ("", None),
    ],
)
def test_a_rank_is_read_from_what_is_written(text: str, code: str | None) -> None:
    level = TABLE.level_of(text)
    assert (level.code if level else None) == code


def test_before_the_ranks_ran_parallel_the_old_names_hold() -> None:
    old = RankTable.from_plain(policy_table().on(date(2019, 5, 31))["rank.levels"].value)
    assert old.level_of("四级调研员") == old.level_of("调研员")
    assert old.levels["xianchu"].order == TABLE.levels["xianchu"].order


def ruled(rule: object, **changes: object) -> Verdict:
    verdict: Verdict = rule.judge(dataclasses.replace(FACTS, **changes), POLICIES)  # type: ignore[attr-defined, arg-type]
    return verdict


@pytest.mark.parametrize(
    ("conditions", "ruling"),
    [
        (None, Ruling.PASS),
        (Conditions(), Ruling.PASS),
        (Conditions(lowest="xianchu-deputy", source="通知"), Ruling.PASS),
        (Conditions(lowest="xianchu", source="通知"), Ruling.REFUSE),
        (Conditions(highest="xianchu-deputy", source="通知"), Ruling.PASS),
        (Conditions(highest="xiangke", source="通知"), Ruling.REFUSE),
        (Conditions(posts=("办公室",), source="通知"), Ruling.PASS),
        (Conditions(posts=("经济", "财政"), source="通知"), Ruling.WARN),
        (Conditions(lowest="unknown", source="通知"), Ruling.PASS),
    ],
)
def test_a_programme_for_certain_ranks_refuses_others_and_warns_of_other_posts(
    conditions: Conditions | None, ruling: Ruling
) -> None:
    verdict = ruled(rank_conditions.RULE, conditions=conditions)
    assert verdict.ruling is ruling
    if ruling is not Ruling.PASS:
        assert verdict.source == "通知"


def test_a_rank_that_cannot_be_placed_is_for_a_person_to_check() -> None:
    verdict = ruled(
        rank_conditions.RULE, rank="其他", post="讲师", conditions=Conditions(lowest="xiangke", source="通知")
    )
    assert verdict.ruling is Ruling.WARN


def test_the_terms_own_conditions_go_before_the_programmes() -> None:
    wide = Conditions("xiangke", "xianchu", ("经济",), 5, source="班次")
    narrow = Conditions(lowest="xianchu-deputy", head_cap=0, source="本期")
    both = wide.narrowed_by(narrow)
    assert both == Conditions("xianchu-deputy", "xianchu", ("经济",), 0, source="本期")
    assert wide.narrowed_by(None) == wide


@pytest.mark.parametrize(
    ("stage", "heads", "ruling"),
    [
        (Stage.NOMINATION, HeadFacts(1, 0), Ruling.PASS),
        (Stage.NOMINATION, HeadFacts(2, 0), Ruling.WARN),
        (Stage.REVIEW, HeadFacts(9, 2), Ruling.PASS),
        (Stage.ADMISSION, HeadFacts(9, 1), Ruling.PASS),
        (Stage.ADMISSION, HeadFacts(2, 2), Ruling.REFUSE),
    ],
)
def test_a_unit_stays_within_its_cap(stage: Stage, heads: HeadFacts, ruling: Ruling) -> None:
    conditions = Conditions(head_cap=2, source="通知")
    assert ruled(head_cap.RULE, stage=stage, heads=heads, conditions=conditions).ruling is ruling


def test_without_a_cap_nobody_is_stopped() -> None:
    assert ruled(head_cap.RULE, stage=Stage.ADMISSION, heads=HeadFacts(99, 99)).ruling is Ruling.PASS


@pytest.mark.parametrize(
    ("earned", "ruling", "gap"), [(0, Ruling.PASS, 90), (89, Ruling.PASS, 1), (90, Ruling.WARN, 0)]
)
def test_who_lacks_hours_goes_first_and_who_has_them_is_asked_about(earned: int, ruling: Ruling, gap: int) -> None:
    hours = HoursFacts(earned, 90, "2020年", "2020", "条例")
    assert hours.gap == gap
    verdict = ruled(hours_gap.RULE, hours=hours)
    assert (verdict.ruling, verdict.source) == (ruling, "条例")


def test_without_a_record_nothing_stands_in_the_way() -> None:
    assert ruled(hours_gap.RULE, hours=None).ruling is Ruling.PASS


def post(name: str, since: date) -> PostHeld:
    return PostHeld(name, "", "", since)


def test_the_post_of_the_first_day_counts_and_not_a_promotion_after_it() -> None:
    posts = [post("科长", date(2020, 4, 1)), post("副处长", date(2020, 5, 11)), post("处长", date(2020, 5, 12))]
    assert held_on(posts, date(2020, 5, 11)).post == "副处长"
    assert held_on(posts, date(2020, 5, 10)).post == "科长"
    assert held_on(posts, date(2019, 1, 1)).post == "科长"


def test_of_two_words_for_one_day_the_later_counts() -> None:
    posts = [post("科长", date(2020, 4, 1)), post("误报", date(2020, 5, 1)), post("副处长", date(2020, 5, 1))]
    assert held_on(posts, date(2020, 5, 11)).post == "副处长"
