"""The questions and cases a unit files for a term."""

from datetime import UTC, datetime

import pytest

from services.outcomes.domain.question_set import LIMIT, Question, QuestionSet, SetIsFull, question_of

AT = datetime(2020, 5, 1, tzinfo=UTC)


def question(number: int, text: str, kind: str = "question") -> Question:
    return question_of(f"question_{number}", text, kind, AT)


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


def test_a_question_filed_again_after_its_names_were_masked_is_still_the_same() -> None:
    filed = QuestionSet("t", "u").add([question(1, "王建国同志提出：如何考核？")])
    screened = filed.screen({"question_1": "（姓名已隐去）同志提出：如何考核？"})
    assert (filed.pending, screened.pending) == (True, False)
    again = screened.add([question(2, "王建国同志提出：如何考核？")])
    assert [item.text for item in again.items] == ["（姓名已隐去）同志提出：如何考核？"]


def test_the_text_of_a_marked_question_is_not_kept() -> None:
    (withheld,) = QuestionSet("t", "u").add([question(1, "机密★5年 某部队营房改建问题")]).items
    assert withheld.withheld
    assert "营房" not in withheld.text
