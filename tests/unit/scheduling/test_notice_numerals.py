"""Numbers and stray spaces of official papers."""

from hypothesis import given
from hypothesis import strategies as st

from services.scheduling.domain.numerals import is_blank, number, tidy

DIGITS = "零一二三四五六七八九"


def chinese(value: int) -> str:
    """Write 1–9999 the way a notice does."""
    text = ""
    for unit, char in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            text += DIGITS[digit] + char
        elif text and not text.endswith("零"):
            text += "零"
    text = text.rstrip("零")
    return text.removeprefix("一") if text.startswith("一十") else text


@given(st.integers(1, 9999))
def test_every_way_of_writing_a_number_reads_back(value):
    full_width = "".join(chr(ord(char) + 0xFEE0) for char in str(value))
    assert number(chinese(value)) == number(str(value)) == number(full_width) == number(f"{value:,}") == value


def test_years_are_written_digit_by_digit():
    assert [number(text) for text in ("二〇二〇", "二○二一", "二零二二", "两千零二十")] == [2020, 2021, 2022, 2020]


def test_what_is_not_a_whole_number_is_not_read_as_one():
    assert [number(text) for text in ("", "十十", "二三十", "一百五", "3十", "2.5", "若干", "-3", "百")] == [None] * 9


@given(st.text(max_size=12))
def test_reading_a_number_never_breaks(text):
    value = number(text)
    assert value is None or value >= 0


def test_open_places_are_known_in_all_their_shapes():
    assert all(is_blank(text) for text in ("", "  ", "X", "ＸＸ", "xx", "××", "____", "X X X", "○○", "**", "？？"))
    assert not any(is_blank(text) for text in ("0", "张三", "X光", "○", "80"))


def test_spaces_beside_chinese_characters_are_typing_noise():
    assert tidy(" 推进“一带一路” 建设　专题 研讨班 ") == "推进“一带一路”建设专题研讨班"
    assert tidy("2020 年 Data  Science 培训") == "2020年Data Science培训"
