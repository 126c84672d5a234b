"""Letters held against the numbers of GB/T 9704-2012, on the page and in pixels."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from services.notification.typesetting.measures import MEASURES
from services.notification.typesetting.typesetter import Typesetter
from tests.unit.notification.sample_letters import (
    LONG_POST,
    MM,
    Picture,
    Word,
    admission_facts,
    picture,
    rendered,
    trainee,
    transfer_facts,
    typesetter,
    words,
)

POINT = 1 / MM


@pytest.fixture(scope="module")
def setter() -> Typesetter:
    return typesetter()


@pytest.fixture(scope="module")
def letter(setter: Typesetter) -> bytes:
    return rendered(setter, "transfer_letter", transfer_facts(trainee(1), trainee(2, "欧阳建国")))


@pytest.fixture(scope="module")
def first_page(letter: bytes, tmp_path_factory: pytest.TempPathFactory) -> Picture:
    return picture(letter, tmp_path_factory.mktemp("picture"))


def value(name: str) -> float:
    return MEASURES[name].value


def lines_of(page: list[Word]) -> list[float]:
    return sorted({round(word.top, 1) for word in page})


def test_derived_measures_add_up() -> None:
    assert value("margin_left") + value("text_width") + value("margin_right") == value("page_width")
    assert value("margin_top") + value("text_height") + value("margin_bottom") == value("page_height")
    assert value("line_pitch") * MM == pytest.approx(28.99, abs=0.01)
    assert value("character_pitch") * MM == pytest.approx(15.79, abs=0.01)


def test_every_measure_names_its_source() -> None:
    for name, measure in MEASURES.items():
        assert measure.source[0].isdigit() or measure.source.startswith(("derived:", "house:")), name


def test_text_keeps_inside_the_text_block(letter: bytes, tmp_path: Path) -> None:
    for number, page in enumerate(words(letter, tmp_path), start=1):
        body = [word for word in page if word.bottom < 263.5 and (number > 1 or word.top > 57)]
        assert min(word.left for word in body) == pytest.approx(28, abs=1.0)
        # A closing mark may hang out by the white half of its box.
        assert max(word.right for word in body) <= 184 + 3.0
        assert min(word.top for word in body) >= 36.5


def test_lines_stand_on_the_grid_of_22(letter: bytes, tmp_path: Path) -> None:
    body = [word for word in words(letter, tmp_path)[0] if 100 < word.top < 262]
    tops = lines_of(body)
    pitches = [below - above for above, below in itertools.pairwise(tops) if below - above > 5]
    assert len(pitches) >= 12
    assert all(pitch == pytest.approx(value("line_pitch"), abs=0.25) for pitch in pitches)


def test_a_full_page_holds_22_lines_of_28_characters(setter: Typesetter, tmp_path: Path) -> None:
    facts = transfer_facts()
    content = {
        "issuer": {"name": facts.issuer.name, "signature": facts.issuer.signature},
        "number": "江组函〔2020〕12号",
        "date": "2020年4月28日",
        "title": ["测试"],
        "addressee": "东湖区委",
        "paragraphs": ["学" * 28 * 60, "完"],
        "contact": [],
        "copies": "",
        "annex": {"title": "名单", "heading": ["名单"], "rows": []},
    }
    pages = words(setter.render("transfer_letter", content, transfer_facts().term.starts_on), tmp_path)
    full = [word for word in pages[1] if word.top < 262]
    assert len(full) == 22
    assert {len(word.text) for word in full} == {28}
    assert full[0].left == pytest.approx(28, abs=0.5)
    assert full[0].right == pytest.approx(184, abs=0.7)


def test_the_issuer_stands_30_mm_from_the_top_and_the_red_line_4_mm_below(first_page: Picture) -> None:
    red = first_page.rows("red")
    head = [row for row in red if row[0] < 100]
    assert head[0][0] == pytest.approx(30, abs=0.5)
    line = next(index for index, row in enumerate(head) if row[2] - row[1] > 160)
    # Typst takes a glyph's box from its control points, which may lie half a millimetre outside the ink.
    assert head[line][0] - head[line - 1][0] == pytest.approx(4, abs=0.7)


def test_red_lines_are_170_mm_long_and_centred(first_page: Picture) -> None:
    long = [row for row in first_page.rows("red") if row[2] - row[1] > 160]
    assert all(right - left == pytest.approx(170, abs=0.4) for _, left, right in long)
    assert all(left == pytest.approx(20, abs=0.3) for _, left, _ in long)


def test_the_double_lines_are_thick_over_thin_and_below_thin_over_thick(first_page: Picture) -> None:
    long = [top for top, left, right in first_page.rows("red") if right - left > 160]
    runs: list[list[float]] = []
    for top in long:
        if runs and top - runs[-1][-1] < 0.15:
            runs[-1].append(top)
        else:
            runs.append([top])
    heights = [len(run) for run in runs]
    assert len(heights) == 4
    assert heights[0] > heights[1]
    assert heights[2] < heights[3]
    assert 297 - (runs[3][-1] + 0.1) == pytest.approx(20, abs=0.5)


def test_the_number_is_flush_right_seven_eighths_of_a_character_below_the_line(
    letter: bytes, first_page: Picture, tmp_path: Path
) -> None:
    number = next(word for word in words(letter, tmp_path)[0] if "〔2020〕" in word.text)
    assert number.right == pytest.approx(184, abs=1.0)
    line = max(top for top, left, right in first_page.rows("red") if right - left > 160 and top < 100)
    ink = min(top for top, left, _ in first_page.rows("black") if top > line + 0.2)
    assert ink - line == pytest.approx(value("number_gap") * POINT, abs=0.6)


def test_the_title_comes_two_lines_below_the_number(letter: bytes, first_page: Picture, tmp_path: Path) -> None:
    number = next(word for word in words(letter, tmp_path)[0] if "〔2020〕" in word.text)
    inked = [top for top, _, _ in first_page.rows("black")]
    below = min(top for top in inked if top > number.bottom + 3)
    last = max(top for top in inked if top < below - 3)
    assert (below - last) / value("line_pitch") == pytest.approx(2, abs=0.45)


def test_page_one_has_no_number_and_the_others_have_theirs_outside(setter: Typesetter, tmp_path: Path) -> None:
    many = [trainee(number, post=LONG_POST) for number in range(1, 40)]
    pages = words(rendered(setter, "transfer_letter", transfer_facts(*many)), tmp_path)
    assert not [word for word in pages[0] if word.top > 263]
    for number, page in enumerate(pages[1:], start=2):
        foot = [word for word in page if word.top > 263]
        assert "".join(word.text for word in foot) == f"—{number}—"
        if number % 2:
            assert foot[-1].right == pytest.approx(184 - value("character_pitch"), abs=1.0)
        else:
            assert foot[0].left == pytest.approx(28 + value("character_pitch"), abs=1.0)


def test_the_dash_of_the_page_number_is_7_mm_below_the_text_block(letter: bytes, tmp_path: Path) -> None:
    black = [row for row in picture(letter, tmp_path, page=2).rows("black") if row[0] > 264]
    # The dashes are the widest rows of the page number.
    dash = max(black, key=lambda row: row[2] - row[1])
    assert dash[0] == pytest.approx(262 + 7, abs=0.6)


def test_the_date_ends_four_characters_from_the_right_edge(letter: bytes, tmp_path: Path) -> None:
    page = words(letter, tmp_path)[1]
    date = next(word for word in page if word.text == "2020年4月28日")
    assert 184 - date.right == pytest.approx(4 * value("character_pitch"), abs=1.2)
    name = next(word for word in page if word.text == "中共江城市委组织部")
    assert (name.left + name.right) / 2 == pytest.approx((date.left + date.right) / 2, abs=0.8)


def test_the_annex_begins_a_page_and_repeats_its_heading_row(setter: Typesetter, tmp_path: Path) -> None:
    many = [trainee(number, post=LONG_POST) for number in range(1, 40)]
    pages = words(rendered(setter, "transfer_letter", transfer_facts(*many)), tmp_path)
    annexes = [page for page in pages if any(word.text == "姓名" for word in page)]
    assert annexes[0][0].text == "附件"
    assert len(annexes) > 2
    numbers = [
        word.text for page in annexes for word in page if word.left < 40 and word.top < 262 and word.text.isdigit()
    ]
    assert numbers == [str(number) for number in range(1, 40)]


def test_no_row_of_the_list_is_torn_and_nothing_runs_over_its_cell(setter: Typesetter, tmp_path: Path) -> None:
    long_name = "阿卜杜热合曼·麦麦提艾力"
    pages = words(rendered(setter, "transfer_letter", transfer_facts(trainee(1, long_name, LONG_POST * 2))), tmp_path)
    table = [word for word in pages[-1] if 82 < word.top < 240]
    names = "".join(word.text for word in table if 38 < word.left < 65 and word.text not in {"姓名"})
    assert names.replace(" ", "") == long_name
    assert max(word.right for word in table) < 184.5


def test_an_ordinary_notice_is_one_page(setter: Typesetter, tmp_path: Path) -> None:
    assert len(words(rendered(setter, "admission_notice", admission_facts(trainee())), tmp_path)) == 1


def test_a_notice_with_a_very_long_post_keeps_the_signature_with_text(setter: Typesetter, tmp_path: Path) -> None:
    pages = words(rendered(setter, "admission_notice", admission_facts(trainee(1, "张伟", LONG_POST * 3))), tmp_path)
    last = [word.text for word in pages[-1]]
    assert len(pages) == 2
    assert any("健康申报" in text for text in last), "the seal needs text on its page"
    assert "2020年4月28日" in last
