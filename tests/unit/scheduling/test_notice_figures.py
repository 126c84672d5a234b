"""The line with terms, trainees, dates and days, in the ways notices write it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.scheduling.domain.notice import read_notice

NOTICE = """{year}公务员培训计划

根据《2018—2022 年某项规划》，制定计划。
一、班次安排
1.数字政府建设专题培训班
{figures}
重点学习10月26日有关讲话，围绕数据共享、业务协同等进行培训。
"""


def read(figures, year="2021年"):
    reading = read_notice(NOTICE.format(figures=figures, year=year))
    programme = reading.draft.programmes[0]
    assert programme.points == ["数据共享", "业务协同"]
    return programme, reading.problems


def figures_of(programme):
    starts, ends = programme.starts_on, programme.ends_on
    return (
        programme.terms,
        programme.trainees,
        programme.days,
        starts and f"{starts:%m%d}" if starts and starts.year == 2021 else starts and f"{starts:%Y%m%d}",
        ends and f"{ends:%m%d}" if ends and ends.year == 2021 else ends and f"{ends:%Y%m%d}",
    )


CLEAR = [
    ("计划举办2期、共培训80人，举办时间5月11日至5月15日，学制5天。", (2, 80, 5, "0511", "0515")),
    ("计划举办２期、共培训８０人，举办时间５月１１日至５月１５日，学制５天。", (2, 80, 5, "0511", "0515")),
    ("计划举办两期，共培训一百二十人，举办时间五月二十一日至五月二十五日，学制五天。", (2, 120, 5, "0521", "0525")),
    ("计划举办 2 期 、共培训 1,200 人，举办时间 5 月 11 日 至 15 日，学制 5 天。", (2, 1200, 5, "0511", "0515")),
    ("计划举办二十三期，共培训1，150人，举办时间3月2日—12月25日，学制5天。", (23, 1150, 5, "0302", "1225")),
    ("计划举办1期、共培训40人，举办时间12月27日至次年1月5日，学制10天。", (1, 40, 10, "1227", "20220105")),
    ("计划举办1期、共培训40人，举办时间12月27日至1月5日，学制10天。", (1, 40, 10, "1227", "20220105")),
    ("计划举办1期、共培训40人，举办时间2021年12月27日至2022年1月5日，学制10天。", (1, 40, 10, "1227", "20220105")),
    ("计划举办1期，共培训40人，举办时间二〇二一年五月七日到九日，学制三天。", (1, 40, 3, "0507", "0509")),
    ("计划举办1期，共培训40人，举办时间5.11-5.15，学制5天。", (1, 40, 5, "0511", "0515")),
    ("计划举办1期，共培训40人，举办时间2021.5.11—2021.5.15，学制5天。", (1, 40, 5, "0511", "0515")),
    ("计划举办1期，共培训40人，举办时间2021-05-11至2021-05-15，学制5天。", (1, 40, 5, "0511", "0515")),
    ("计划举办1期，共培训40人，举办时间2021/5/11~2021/5/15，学制5天。", (1, 40, 5, "0511", "0515")),
    ("计划举办1期，共培训40人，举办时间5月11-15日，学制5天。", (1, 40, 5, "0511", "0515")),
    ("计划举办1期，共培训40人，举办时间5月11日-15日，学制5天。", (1, 40, 5, "0511", "0515")),
    ("计划举办1期，共培训40人，举办时间5月11日（星期二）至15日（星期六），学制5天。", (1, 40, 5, "0511", "0515")),
    ("计划举办1期，共培训40人，学制5天，举办时间5月11日上午至5月15日下午。", (1, 40, 5, "0511", "0515")),
    ("举办期数：2期；培训人数：80人；举办时间：5月11日至5月15日；学制：5天", (2, 80, 5, "0511", "0515")),
    ("举办专题班共2期，培训学员80名，培训时间为2021年5月11日起至5月15日止，为期5天。", (2, 80, 5, "0511", "0515")),
    ("计划举办2期，每期培训40人，举办时间5月11日至5月21日，每期5天。", (2, 80, 5, "0511", "0521")),
    ("计划举办1期、共培训40人，举办时间5月11日，学制1天。", (1, 40, 1, "0511", "0511")),
    ("计划举办1期、共培训\n40人，举办时间5月11日至\n5月15日，学制5个工作日。", (1, 40, 5, "0511", "0515")),
]


@pytest.mark.parametrize(("line", "expected"), CLEAR)
def test_a_filled_line_reads_completely_and_without_complaint(line, expected):
    programme, problems = read(line)
    assert figures_of(programme) == expected
    assert problems == ()


@pytest.mark.parametrize(
    "line",
    [
        "计划举办X期、共培训X人，举办时间XX月XX日至XX月XX日，学制X 天。",
        "计划举办ＸＸ期、共培训ＸＸ人，举办时间Ｘ月Ｘ日—Ｘ月Ｘ日，学制ＸＸ天。",
        "计划举办×期、共培训××人，举办时间××月××日至××月××日，学制×天。",
        "计划举办__期，共培训____人，举办时间__月__日至__月__日，学制__天。",
        "计划举办 期，共培训 人，举办时间 月 日至 月 日，学制 天。",
        "计划举办X期，每期培训X人，举办时间待定，学制X天。",
    ],
)
def test_open_places_are_open_and_no_problem(line):
    programme, problems = read(line)
    assert figures_of(programme) == (None,) * 5
    assert problems == ()


@pytest.mark.parametrize(
    ("line", "expected", "complaints"),
    [
        ("计划举办若干期，共培训80人，举办时间5月11日至15日，学制5天。", (None, 80, 5, "0511", "0515"), ["期数"]),
        (
            "计划举办1-2期，共培训80-100人，举办时间5月11日至15日，学制3-5天。",
            (None, None, None, "0511", "0515"),
            ["期数", "培训人数", "学制"],
        ),
        (
            "计划举办1期，共培训约80人，举办时间5月11日至15日，学制2.5天。",
            (1, 80, None, "0511", "0515"),
            ["约数", "学制"],
        ),
        (
            "计划举办1期，共培训80余人，举办时间5月11日至15日，学制两天半。",
            (1, 80, None, "0511", "0515"),
            ["约数", "学制"],
        ),
        ("计划举办1期，共培训40人，举办时间5月中旬，学制5天。", (1, 40, 5, None, None), ["举办时间"]),
        ("计划举办1期，共培训40人，举办时间上半年，学制一周。", (1, 40, None, None, None), ["学制", "举办时间"]),
        ("计划举办1期，共培训40人，举办时间5月11日，学制5天。", (1, 40, 5, "0511", None), ["结束日期"]),
        ("计划举办1期，共培训40人，举办时间5月11日至XX日，学制5天。", (1, 40, 5, "0511", None), ["一部分"]),
        ("计划举办1期，共培训40人，举办时间5月XX日至5月XX日，学制5天。", (1, 40, 5, None, None), ["一部分"]),
        ("计划举办1期，共培训40人，举办时间2月29日至3月5日，学制5天。", (1, 40, 5, None, "0305"), ["不是真实日期"]),
        ("计划举办1期，共培训40人，举办时间13月40日至14月2日，学制5天。", (1, 40, 5, None, None), ["13月", "14月"]),
        ("计划举办1期，共培训40人，举办时间5月15日至5月11日，学制5天。", (1, 40, 5, None, None), ["早于"]),
        ("计划举办1期，共培训40人，举办时间5月11日至13日，学制5天。", (1, 40, 5, "0511", "0513"), ["短于学制"]),
        (
            "计划举办3期，共培训100人（每期40人），举办时间5月11日至15日，学制5天。",
            (3, 100, 5, "0511", "0515"),
            ["不一致"],
        ),
        ("每期培训40人，举办时间5月11日至15日，学制5天。", (None, None, 5, "0511", "0515"), ["期数", "每期培训40人"]),
        ("计划举办1期、共培训40人，学制5天。", (1, 40, 5, None, None), ["举办时间"]),
        (
            "计划举办1期、共培训40人，举办时间2020年5月11日至5月15日，学制5天。",
            (1, 40, 5, "20200511", "20200515"),
            ["年度2021"],
        ),
    ],
)
def test_what_cannot_be_read_is_reported_with_its_line_and_the_rest_kept(line, expected, complaints):
    programme, problems = read(line)
    assert figures_of(programme) == expected
    assert len(problems) == len(complaints), [problem.zh for problem in problems]
    for complaint in complaints:
        assert any(complaint in problem.zh for problem in problems), (complaint, [problem.zh for problem in problems])
    assert all(problem.line in (5, 6) and problem.text and problem.en for problem in problems)


@pytest.mark.parametrize(
    "line",
    [
        "计划举办2期、共培训80人，第一期5月11日至15日，第二期6月8日至12日，学制5天。",
        "计划举办2期、共培训80人，举办时间5月11日至5月15日、6月8日至6月12日，学制5天。",
        "计划举办2期、共培训80人（每期40人），举办时间：第一期2021年5月11日至15日；第二期2021年6月8日-12日；学制5天。",
    ],
)
def test_a_range_for_each_term_is_kept_beside_the_outer_days(line):
    programme, problems = read(line)
    assert (programme.terms, programme.trainees) == (2, 80)
    wire = programme.to_wire()
    assert (wire["starts_on"], wire["ends_on"]) == ("2021-05-11", "2021-06-12")
    assert wire["ranges"] == [
        {"starts_on": "2021-05-11", "ends_on": "2021-05-15"},
        {"starts_on": "2021-06-08", "ends_on": "2021-06-12"},
    ]
    assert problems == ()


def test_fewer_ranges_than_terms_are_reported():
    _, problems = read("计划举办3期、共培训80人，举办时间5月11日至15日、6月8日至12日，学制5天。")
    assert [problem.zh for problem in problems] == ["写了3期，却有2段举办时间，请核对"]


def test_a_date_without_a_year_stays_open_when_the_notice_has_none():
    programme, problems = read("计划举办1期，共培训40人，举办时间5月11日至5月15日，学制5天。", year="20XX年")
    assert (programme.starts_on, programme.ends_on) == (None, None)
    assert len(problems) == 1
    assert "没有年份" in problems[0].zh


@given(
    terms=st.integers(1, 99),
    trainees=st.integers(1, 9999),
    days=st.integers(1, 60),
    start=st.dates(date(2021, 1, 1), date(2021, 11, 1)),
    extra=st.integers(0, 20),
    to=st.sampled_from(["至", "到", "-", "—", "——", "~", "～"]),
    gap=st.sampled_from(["", " ", "　"]),
    end=st.sampled_from(["。", "", "；"]),
)
def test_any_filled_line_reads_back(terms, trainees, days, start, extra, to, gap, end):
    last = start + timedelta(days=days + extra - 1)
    year = "次年" if last.year > 2021 else ""
    programme, problems = read(
        f"计划举办{gap}{terms}{gap}期、共培训{gap}{trainees}人，举办时间{start.month}{gap}月{start.day}日{gap}{to}"
        f"{year}{last.month}月{last.day}{gap}日，学制{gap}{days}天{end}",
    )
    assert (programme.terms, programme.trainees, programme.days) == (terms, trainees, days)
    assert (programme.starts_on, programme.ends_on) == (start, last)
    assert problems == ()
