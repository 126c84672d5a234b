"""A needs survey: what an answer must hold, and the themes ranked by what units said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.scheduling.domain.survey import (
    Answer,
    Question,
    Rating,
    flaws_of_answers,
    flaws_of_questions,
    is_open,
    rank_themes,
)

THEMES = ("国家治理", "金融风险", "乡村振兴")
RATING = Question("q1", "各主题的需求程度", "rating", THEMES)
CHOICE = Question("q2", "最急需的主题", "choice", THEMES, most=1)
HEADS = Question("q3", "拟参训人数", "number", required=False)


def rated(**stars: int) -> Answer:
    return Answer("q1", tuple(Rating(theme, number) for theme, number in stars.items()))


def test_themes_are_ranked_by_all_points_and_each_says_how_it_came_by_them() -> None:
    units = [
        [rated(国家治理=5, 金融风险=4), Answer("q2", chosen=("金融风险",))],
        [rated(国家治理=4, 金融风险=4)],
    ]
    first, second, third = rank_themes([RATING, CHOICE], units)
    assert (first.title, first.points, first.rated_by, first.chosen_by) == ("金融风险", 13, 2, 1)
    assert first.zh == "2个单位评分，平均4.0分，合计8分；1个单位列为急需，每次计5分；共13分"
    assert (second.title, second.points, second.average_tenths) == ("国家治理", 9, 45)
    assert (third.points, third.zh) == (0, "2个单位均未提及；共0分")


def test_themes_with_the_same_points_stand_in_the_order_of_the_question() -> None:
    assert [each.title for each in rank_themes([RATING], [])] == list(THEMES)


@given(st.lists(st.dictionaries(st.sampled_from(THEMES), st.integers(1, 5), max_size=3), min_size=0, max_size=20))
def test_no_point_is_lost_and_ranks_never_rise_with_fewer_points(given_: list[dict[str, int]]) -> None:
    themes = rank_themes([RATING], [[rated(**stars)] for stars in given_])
    assert sum(each.points for each in themes) == sum(sum(stars.values()) for stars in given_)
    assert [each.points for each in themes] == sorted((each.points for each in themes), reverse=True)
    assert [each.rank for each in themes] == [1, 2, 3]


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ([rated(国家治理=5), Answer("q2", chosen=("国家治理",))], []),
        ([rated(国家治理=5), Answer("q2", chosen=("国家治理",)), Answer("q3", number=0)], []),
        ([rated(国家治理=5)], ["q2"]),
        ([rated(党史=5), Answer("q2", chosen=("国家治理",))], ["q1"]),
        ([rated(国家治理=5), Answer("q2", chosen=("国家治理", "金融风险"))], ["q2"]),
        ([rated(国家治理=5), Answer("q2", chosen=("国家治理", "国家治理"))], ["q2"]),
        ([rated(国家治理=5), Answer("q2", text="都急需")], ["q2"]),
        ([rated(国家治理=5), Answer("q2", chosen=("国家治理",)), Answer("q3", text="约十人")], ["q3"]),
        ([rated(国家治理=5), Answer("q2", chosen=("国家治理",)), Answer("q9", number=1)], ["q9"]),
    ],
)
def test_an_answer_fits_its_question_or_is_refused(answers: list[Answer], wrong: list[str]) -> None:
    assert [each.question_id for each in flaws_of_answers([RATING, CHOICE, HEADS], answers)] == wrong


def test_questions_need_options_that_differ() -> None:
    bad = [Question("a", "甲", "rating", ("一",)), Question("b", "乙", "choice", ("一", "一"))]
    assert [each.question_id for each in flaws_of_questions([*bad, RATING, HEADS])] == ["a", "b"]


def test_a_survey_is_open_to_the_end_of_its_day() -> None:
    due = date(2020, 3, 13)
    assert is_open("open", due, due)
    assert not is_open("open", due, date(2020, 3, 14))
    assert not is_open("draft", due, due)
    assert not is_open("closed", due, date(2020, 3, 1))
