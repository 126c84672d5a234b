"""The questions and cases a unit files for a term."""

from datetime import UTC, datetime

import pytest

from services.outcomes.domain.question_set import LIMIT, Question, QuestionSet, SetIsFull, without_personal_numbers

AT = datetime(2020, 5, 1, tzinfo=UTC)


def question(number: int, text: str, kind: str = "question") -> Question:
    return Question(f"question_{number}", text, kind, AT)


def test_the_same_text_is_kept_once_whatever_its_spaces_and_width() -> None:
    filed = QuestionSet("t", "u").add(
        [question(1, "数据如何共享？"), question(2, "数据 如何共享?"), question(3, "数据如何共享")]
    )
    assert [item.question_id for item in filed.items] == ["question_1"]


def test_a_question_and_a_case_with_the_same_words_are_two() -> None:
    filed = QuestionSet("t", "u").add([question(1, "拆迁"), question(2, "拆迁", "case")])
    assert (filed.count("question"), filed.count("case")) == (1, 1)


def test_a_set_takes_its_limit_and_not_one_more() -> None:
    full = QuestionSet("t", "u").add((question(n, f"问题{n}") for n in range(LIMIT)), LIMIT)
    with pytest.raises(SetIsFull) as caught:
        full.add([question(LIMIT, "再多一条")], LIMIT)
    assert caught.value.size == LIMIT + 1


def test_what_came_with_a_roster_is_kept_whole() -> None:
    assert len(QuestionSet("t", "u").add(question(n, f"问题{n}") for n in range(LIMIT + 1)).items) == LIMIT + 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("老李（11010519491231002X）反映的问题", "老李（（证件号已隐去））反映的问题"),
        ("请致电１３８１２３４５６７８", "请致电（电话已隐去）"),
        ("联系138-1234-5678了解", "联系（电话已隐去）了解"),
        ("2020年共3000户、投入12345678901234元", "2020年共3000户、投入12345678901234元"),
        ("  怎么办？ ", "怎么办？"),
    ],
)
def test_identity_and_mobile_numbers_are_masked(text: str, kept: str) -> None:
    assert without_personal_numbers(text) == kept
