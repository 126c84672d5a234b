from __future__ import annotations

from datetime import date

import pytest

from gateway.console.chart import HEAD, LEFT, LINE, WIDTH, draw
from gateway.console.news import news_line
from gateway.console.plan_year import Band, PlanYear, ProgrammeLine, TermBar
from tests.unit.gateway.city_year import admitted_event

LINE_ONE = ProgrammeLine(1, "加强党的政治建设专题培训班", "training")


def term(ordinal: int, starts: date, ends: date, capacity: int = 48, admitted: int = 0) -> TermBar:
    return TermBar(f"term_{ordinal}", 1, ordinal, starts, ends, capacity, admitted, admitted)


def year(*terms: TermBar, bands: tuple[Band, ...] = ()) -> PlanYear:
    return PlanYear(2020, "计划", (LINE_ONE,), terms, bands)


def test_the_year_spans_the_whole_width_and_months_follow_each_other() -> None:
    chart = draw(year(), date(2020, 1, 1))
    assert chart.months[0].x == LEFT
    ends = [month.x + month.width for month in chart.months]
    assert [month.x for month in chart.months[1:]] == pytest.approx(ends[:-1], abs=0.2)
    assert ends[-1] < WIDTH
    assert chart.months[1].width > 28 / 31 * chart.months[0].width, "2020 is a leap year"


def test_a_term_stands_on_its_days_and_is_never_too_thin_to_see() -> None:
    whole_month = term(1, date(2020, 5, 1), date(2020, 5, 31))
    one_day = term(2, date(2020, 9, 1), date(2020, 9, 1))
    bars = draw(year(whole_month, one_day), date(2020, 1, 1)).lines[0].terms
    may = draw(year(), date(2020, 1, 1)).months[4]
    assert (bars[0].x, bars[0].width) == (may.x, may.width)
    assert bars[1].width == 11.0
    assert bars[0].y >= HEAD
    assert bars[0].count_y <= HEAD + LINE


@pytest.mark.parametrize(
    ("admitted", "state", "height"), [(0, "empty", 0), (24, "filling", 9), (48, "full", 18), (50, "full", 18)]
)
def test_the_bar_fills_with_the_people_admitted(admitted: int, state: str, height: float) -> None:
    bar = (
        draw(year(term(1, date(2020, 5, 11), date(2020, 5, 15), admitted=admitted)), date(2020, 1, 1)).lines[0].terms[0]
    )
    assert (bar.term.state, bar.fill_height) == (state, height)
    assert bar.fill_y + bar.fill_height == bar.y + bar.height


def test_a_term_without_seats_is_empty_rather_than_broken() -> None:
    assert term(1, date(2020, 5, 11), date(2020, 5, 15), capacity=0).fill == 0.0


def test_counts_that_would_cover_each_other_are_left_out() -> None:
    bars = (
        draw(
            year(
                term(1, date(2020, 5, 11), date(2020, 5, 15)),
                term(2, date(2020, 5, 18), date(2020, 5, 22)),
                term(3, date(2020, 6, 15), date(2020, 6, 19)),
            ),
            date(2020, 1, 1),
        )
        .lines[0]
        .terms
    )
    assert [bar.count_x is not None for bar in bars] == [True, False, True]


def test_today_is_marked_only_within_the_year() -> None:
    assert draw(year(), date(2021, 1, 1)).today_x is None
    assert draw(year(), date(2020, 1, 1)).today_x == LEFT


def test_bands_are_cut_at_the_years_ends_and_labelled_where_there_is_room() -> None:
    bands = (
        Band(date(2019, 12, 1), date(2020, 4, 30), "疫情防控停办", "closed"),
        Band(date(2020, 6, 25), date(2020, 6, 27), "端午节", "holiday"),
        Band(date(2020, 8, 1), date(2020, 8, 2), "停电检修", "closed"),
    )
    drawn = draw(year(bands=bands), date(2020, 1, 1)).bands
    assert [each.label for each in drawn] == ["疫情防控停办", "", "端午"]
    assert drawn[0].x == LEFT


def test_news_name_term_and_unit_and_give_the_citys_time() -> None:
    row = {"sequence": 3, "event": admitted_event(1)}
    line = news_line(
        row,
        {"enrollment.trainee.admitted.v1": "学员已录取"},
        {"term_1_1": "第1班 第1期"},
        {"jiangcheng.donghu": "东湖区委"},
    )
    assert (line.headline, line.about, line.when, line.tone) == (
        "学员已录取",
        "第1班 第1期 · 东湖区委",
        "4月20日 09:30",
        "enrollment",
    )
    unknown = news_line(row, {}, {}, {})
    assert (unknown.headline, unknown.about) == ("enrollment.trainee.admitted.v1", "jiangcheng.donghu")
