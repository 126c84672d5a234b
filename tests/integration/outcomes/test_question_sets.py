"""Question sets on a real store: filed by units or with their rosters."""

from typing import Any

import pytest

from services.enrollment.contract import QUESTIONS_FILED as ROSTER_QUESTIONS_FILED
from services.enrollment.contract import ROSTER_ADMITTED
from services.outcomes import contract
from services.outcomes.domain.question_set import LIMIT
from services.outcomes.service import OutcomesService
from services.outcomes.store import SCHEMA
from services.scheduling.contract import TERM_PLACED
from shared.errors import Forbidden, NotFound
from shared.runtime.testing import ServiceHarness
from shared.security.caller import Caller, Role
from tests.fixtures.store import MakeStore
from tests.integration.compliance.test_briefings import TERM

UNIT = "jiangcheng.donghu"
NANSHAN = Caller("account:nanshan", frozenset({Role.UNIT}), ("jiangcheng.nanshan",))


@pytest.fixture
def outcomes(make_store: MakeStore) -> ServiceHarness:
    harness = ServiceHarness(OutcomesService, make_store(SCHEMA))
    harness.deliver(TERM_PLACED, TERM)
    return harness


def question(text: str, term: str = "term_1", kind: str = "question") -> dict[str, str]:
    return {"term_id": term, "text": text, "kind": kind}


def sets(outcomes: ServiceHarness, **wanted: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = outcomes.call(contract.LIST_QUESTION_SETS, wanted)["items"]
    return found


def test_questions_of_a_roster_are_filed_by_term(outcomes: ServiceHarness) -> None:
    filed = [question("数据如何共享？"), question("资金怎样管？", "term_2"), question("某镇做法", kind="case")]
    outcomes.deliver(ROSTER_QUESTIONS_FILED, {"import_id": "import_1", "unit_id": UNIT, "questions": filed})
    by_term = {each["term_id"]: (each["questions"], each["cases"]) for each in sets(outcomes)}
    assert by_term == {"term_1": (1, 1), "term_2": (1, 0)}
    assert len(outcomes.emitted(contract.QUESTIONS_FILED)) == 2


def test_an_admitted_roster_without_questions_is_shown_as_incomplete(outcomes: ServiceHarness) -> None:
    outcomes.deliver(
        ROSTER_ADMITTED, {"term_id": "term_1", "unit_id": UNIT, "nomination_ids": ["nomination_1"], "count": 1}
    )
    (missing,) = sets(outcomes, roster_complete=False)
    outcomes.call(
        contract.FILE_QUESTIONS,
        {"term_id": "term_1", "unit_id": UNIT, "questions": [{"text": "怎么办？", "kind": "question"}]},
    )
    assert sets(outcomes, roster_complete=False) == []
    shown = outcomes.call(contract.GET_QUESTION_SET, {"question_set_id": missing["question_set_id"]})
    assert [item["text"] for item in shown["items"]] == ["怎么办？"]


def test_the_same_question_filed_twice_stands_once_and_is_announced_once(outcomes: ServiceHarness) -> None:
    for import_id in ("import_1", "import_2"):
        outcomes.deliver(
            ROSTER_QUESTIONS_FILED, {"import_id": import_id, "unit_id": UNIT, "questions": [question("如何考核？")]}
        )
    assert [each["questions"] for each in sets(outcomes)] == [1]
    assert len(outcomes.emitted(contract.QUESTIONS_FILED)) == 1


def test_a_full_set_refuses_more_and_keeps_what_it_has(outcomes: ServiceHarness) -> None:
    for start in range(0, LIMIT, 200):
        texts = [{"text": f"第{number}个问题", "kind": "question"} for number in range(start, start + 200)]
        outcomes.call(contract.FILE_QUESTIONS, {"term_id": "term_1", "unit_id": UNIT, "questions": texts})
    more = [{"text": "再多一个", "kind": "question"}]
    with pytest.raises(contract.QuestionSetFull) as refused:
        outcomes.call(contract.FILE_QUESTIONS, {"term_id": "term_1", "unit_id": UNIT, "questions": more})
    assert refused.value.details["would_be"] == LIMIT + 1
    assert sets(outcomes)[0]["questions"] == LIMIT


def test_a_unit_neither_reads_nor_files_for_another(outcomes: ServiceHarness) -> None:
    outcomes.deliver(
        ROSTER_QUESTIONS_FILED, {"import_id": "import_1", "unit_id": UNIT, "questions": [question("如何考核？")]}
    )
    (filed,) = sets(outcomes)
    assert outcomes.call(contract.LIST_QUESTION_SETS, caller=NANSHAN)["items"] == []
    with pytest.raises(NotFound):
        outcomes.call(contract.GET_QUESTION_SET, {"question_set_id": filed["question_set_id"]}, caller=NANSHAN)
    more = [{"text": "怎么办？", "kind": "question"}]
    with pytest.raises(Forbidden):
        outcomes.call(
            contract.FILE_QUESTIONS, {"term_id": "term_1", "unit_id": UNIT, "questions": more}, caller=NANSHAN
        )


def test_questions_for_a_term_nobody_knows_are_refused(outcomes: ServiceHarness) -> None:
    asked = {"term_id": "term_none", "unit_id": UNIT, "questions": [{"text": "怎么办？", "kind": "question"}]}
    with pytest.raises(NotFound):
        outcomes.call(contract.FILE_QUESTIONS, asked)
    assert sets(outcomes) == []
