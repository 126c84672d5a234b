"""Questions that ask the same come together, whatever order they arrive in."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.outcomes.domain.clustering import Star, stars
from services.outcomes.domain.ngrams import Weights, folded, likeness, shared_words

WORDS = ["脱贫", "攻坚", "数据", "共享", "资金", "监管", "如何", "推进", "基层", "治理", "生态", "补偿", "？", "，"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=0, max_size=8).map("".join), max_size=25)
QUESTIONS = {
    "q1": "政务数据如何在部门之间共享？",
    "q2": "部门之间政务数据怎样共享？",
    "q3": "政务数据 如何在部门之间共享",
    "q4": "扶贫专项资金怎样监管？",
    "q5": "扶贫资金监管有哪些难点？",
    "q6": "河长制考核指标如何设定？",
}


def partition(found: Sequence[Star]) -> set[frozenset[str]]:
    return {frozenset(star.members) for star in found}


def test_questions_worded_alike_are_one_and_others_are_not() -> None:
    assert partition(stars(QUESTIONS, 0.35)) == {
        frozenset({"q1", "q2", "q3"}),
        frozenset({"q4", "q5"}),
        frozenset({"q6"}),
    }


def test_the_first_of_a_cluster_stands_for_it() -> None:
    assert all(star.members[0] == star.middle for star in stars(QUESTIONS, 0.35))


@given(TEXTS, st.sampled_from([0.2, 0.35, 0.8]), st.randoms())
def test_clustering_is_a_partition_and_the_order_of_questions_changes_nothing(
    texts: list[str], nearness: float, chance: random.Random
) -> None:
    asked = {f"q{number:02}": text for number, text in enumerate(texts)}
    found = stars(asked, nearness)
    members = [identifier for star in found for identifier in star.members]
    assert sorted(members) == sorted(asked)
    shuffled = list(asked.items())
    chance.shuffle(shuffled)
    assert stars(dict(shuffled), nearness) == found


@given(TEXTS)
def test_every_member_is_near_the_question_that_stands_for_it(texts: list[str]) -> None:
    asked = {f"q{number:02}": text for number, text in enumerate(texts)}
    words = {identifier: folded(text) for identifier, text in asked.items()}
    weights = Weights(set(words.values()))
    for star in stars(asked, 0.35):
        middle = weights.vector(words[star.middle])
        for member in star.members:
            near = likeness(weights.vector(words[member]), middle)
            assert words[member] == words[star.middle] or near >= 0.35


def test_a_match_says_which_words_made_it() -> None:
    assert shared_words("扶贫专项资金怎样监管？", "扶贫资金的使用与监管") == ("扶贫", "监管", "资金")


@pytest.mark.parametrize("texts", [[], [""], ["？"], ["", "！"]])
def test_texts_without_letters_do_no_harm(texts: list[str]) -> None:
    asked = {str(number): text for number, text in enumerate(texts)}
    assert sum(len(star.members) for star in stars(asked, 0.35)) == len(asked)
