"""Dates, titles and names in letters."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notification.domain.wording import broken_title, full_post, long_date, period, printable, width

PROGRAMMES = (
    "加强党的政治建设专题培训班",
    "推进国家治理体系和治理能力现代化专题培训班",
    "防范化解经济金融风险专题培训班",
    "巩固脱贫成果与推进乡村振兴专题培训班",
    "推动中部地区崛起专题研讨班",
    "推进生态文明建设与可持续发展专题培训班",
    "推进“一带一路”建设专题研讨班",
)


def test_dates_have_no_leading_zeros() -> None:
    assert long_date(date(2020, 5, 1)) == "2020年5月1日"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2020, 5, 11), date(2020, 5, 15), "2020年5月11日至5月15日"),
        (date(2020, 12, 28), date(2021, 1, 1), "2020年12月28日至2021年1月1日"),
        (date(2020, 5, 11), date(2020, 5, 11), "2020年5月11日"),
    ],
)
def test_a_period_names_the_year_where_it_is_needed(first: date, last: date, words: str) -> None:
    assert period(first, last) == words


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_titles_fit_their_lines_and_break_at_words(programme: str) -> None:
    lines = broken_title(f"关于选调学员参加{programme}（第1期）的函")
    assert "".join(lines) == f"关于选调学员参加{programme}（第1期）的函"
    assert all(width(line) <= 19 for line in lines)
    assert not any(line[0] in "）》”、的" or line[-1] in "（《“" for line in lines)
    # No line stands almost alone: trapezoid or rhombus, never a straggler.
    assert min(width(line) for line in lines) > 5


def test_the_longest_title_a_programme_may_have_is_broken_at_words_and_at_once() -> None:
    name = ("学习贯彻党的十九届四中全会精神" * 14)[:200]
    title = f"关于选调学员参加{name}（第1期）的函"
    began = time.process_time()
    lines = broken_title(title)
    assert time.process_time() - began < 2
    assert "".join(lines) == title
    assert all(5 < width(line) <= 19 for line in lines)
    assert not any(line[0] in "）》”、的" or line[-1] in "（《“" for line in lines)


def test_a_title_of_four_lines_breaks_where_weighing_every_way_would_break_it() -> None:
    name = "推进“一带一路”建设与推动中部地区崛起、巩固脱贫成果与推进乡村振兴、加强党的政治建设专题研讨班"
    assert broken_title(f"关于选调学员参加{name}（第1期）的函") == [
        "关于选调学员参加推进“一带一路”",
        "建设与推动中部地区崛起、巩固脱贫成果",
        "与推进乡村振兴、加强党的政治",
        "建设专题研讨班（第1期）的函",
    ]


def test_a_short_title_stays_on_one_line() -> None:
    assert broken_title("入学通知书") == ["入学通知书"]


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=220))
def test_no_title_loses_a_character(title: str) -> None:
    assert "".join(broken_title(title)) == title


def test_a_post_does_not_name_its_unit_twice() -> None:
    assert full_post("东湖区卫健局", "东湖区卫健局科长") == "东湖区卫健局科长"
    assert full_post("东湖区卫健局", "科长") == "东湖区卫健局科长"


def test_what_cannot_be_seen_is_not_printed() -> None:
    assert printable("\u200b张伟\x07 ") == "张伟"
