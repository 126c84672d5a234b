"""Shared passages are found, shown as they are written, and nothing else is."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from services.outcomes.domain.fingerprints import (
    GRAM,
    WINDOW,
    Passage,
    compare,
    fingerprints,
    fold,
    passages,
    share,
    sketch,
)

LEAST = GRAM + WINDOW - 1
ALPHABET = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"


def text(seed: int, length: int) -> str:
    chance = random.Random(seed)
    return "".join(chance.choice(ALPHABET) for _ in range(length))


def test_a_copied_passage_is_found_whole_and_shown_as_it_is_written() -> None:
    copied = "一是“强化”组织领导，建立  县、乡、村三级书记抓落实的责任体系；二是完善考核评价机制，把群众满意作为标准。"
    mine, theirs = f"{text(1, 200)}{copied}{text(2, 200)}", f"{text(3, 300)}{copied}{text(4, 50)}"
    one, other = fold(mine), fold(theirs)
    (found,) = passages(one.text, other.text, LEAST)
    assert one.written(mine, found.start, found.end).strip("。") in copied
    assert found.length == len(fold(copied).text)
    assert share(len(one.text), [found]) == 100 * found.length // len(one.text)


def test_punctuation_spaces_and_width_hide_nothing() -> None:
    copied = text(5, 60)
    disguised = "，".join(copied[at : at + 4] for at in range(0, 60, 4)).replace("人", " 人 ")
    (found,) = passages(fold(disguised).text, fold(copied).text, LEAST)
    assert found == Passage(0, 0, 60)


def test_official_phrases_alone_are_no_passage() -> None:
    phrase = "深入学习贯彻习近平新时代中国特色社会主义思想"
    assert passages(fold(text(6, 100) + phrase).text, fold(phrase + text(7, 100)).text, LEAST) == []


@given(st.integers(0, 10_000), st.integers(LEAST, 120), st.integers(0, 80), st.integers(0, 80))
def test_every_common_run_of_the_guaranteed_length_is_found(seed: int, length: int, before: int, after: int) -> None:
    copied = text(seed, length)
    one = text(seed + 1, before) + copied + text(seed + 2, after)
    other = text(seed + 3, after) + copied + text(seed + 4, before)
    covered = {at for each in passages(one, other, LEAST) for at in range(each.start, each.end)}
    assert covered >= set(range(before, before + length))


@given(st.text(alphabet="甲乙", max_size=200), st.text(alphabet="甲乙", max_size=200))
def test_passages_are_equal_in_both_texts_and_do_not_overlap(one: str, other: str) -> None:
    reached = 0
    for each in passages(one, other, LEAST):
        assert one[each.start : each.end] == other[each.other_start : each.other_start + each.length]
        assert each.start >= reached
        assert each.length >= LEAST
        reached = each.end


def test_a_text_that_repeats_itself_is_compared_in_bounded_time() -> None:
    (found,) = passages("国" * 20_000, "国" * 20_000, LEAST)
    assert found.length == 20_000


def test_the_sketches_of_a_text_and_its_copy_meet() -> None:
    original = text(8, 1500)
    copy = text(9, 1500) + original[300:800]
    mine, theirs = sketch(fingerprints(copy)), sketch(fingerprints(original))
    assert len(set(mine) & set(theirs)) > 3
    assert not set(sketch(fingerprints(text(10, 1500)))) & set(theirs)


def test_a_report_is_compared_with_many_and_only_sources_are_named() -> None:
    original, other = text(11, 800), text(12, 800)
    found = compare(text(13, 100) + original[:200], {"report_1": original, "report_2": other}, LEAST)
    assert list(found) == ["report_1"]


def test_texts_shorter_than_a_run_are_compared_without_harm() -> None:
    assert passages("", "", LEAST) == []
    assert passages("短", text(14, 100), LEAST) == []
    assert share(0, []) == 0
