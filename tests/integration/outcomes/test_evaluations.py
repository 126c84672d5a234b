"""Evaluations on a real store: once a person, counted, shown when enough have answered."""

from __future__ import annotations

from typing import Any

import pytest

from services.outcomes import contract
from services.outcomes.limits import policy_table
from services.outcomes.store import EVALUATIONS
from shared.errors import Forbidden, Invalid, NotFound
from shared.security.caller import Caller
from tests.integration.outcomes.conftest import (
    AUDITOR,
    DONGHU,
    ORGANISATION,
    SCHOOL,
    City,
    lecturer,
    trainee,
    unit,
)

TERM = {"term_id": "term_1"}
LIMITS = {row.key: row.value for row in policy_table().rows()}
CRITERIA = [each["key"] for each in LIMITS["evaluation.criteria"]]
LEAST = LIMITS["evaluation.least_answers"]


@pytest.fixture
def taught(city: City) -> City:
    city.admit(DONGHU, *(f"nomination_{number}" for number in range(1, LEAST + 1)))
    city.issue()
    city.at("2020-05-19T18:00:00+08:00")
    return city


def rate(city: City, number: int, points: int, comment: str = "", session: str = "session_1") -> Any:
    given = [{"criterion": each, "points": points} for each in CRITERIA]
    request = {"session_id": session, "points": given, "comment": comment}
    return city.call(contract.EVALUATE_SESSION, request, trainee(f"nomination_{number}"))


def evaluations(city: City, caller: Caller = SCHOOL) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = city.call(contract.GET_EVALUATIONS, TERM, caller)["sessions"]
    return found


def test_nothing_is_shown_until_enough_have_answered(taught: City) -> None:
    for number in range(1, LEAST):
        rate(taught, number, 5, "讲得好")
    (session,) = evaluations(taught)
    assert (session["answers"], session["shown"], session["comments"]) == (LEAST - 1, False, [])
    assert {each["mean"] for each in session["criteria"]} == {None}
    rate(taught, LEAST, 4, "案例多，电话13812345678")
    (session,) = evaluations(taught)
    assert session["shown"]
    assert {each["mean"] for each in session["criteria"]} == {f"{(5 * (LEAST - 1) + 4) / LEAST:.2f}"}
    assert "案例多，电话（电话已隐去）" in session["comments"]


def test_an_answer_is_given_once_and_leaves_no_name(taught: City) -> None:
    rate(taught, 1, 5)
    with pytest.raises(contract.WrongState):
        rate(taught, 1, 1)
    view = taught.outcomes.store.view(taught.outcomes.kit.own_context())
    assert "nomination_1" not in str(view.rows(EVALUATIONS).find())


def test_answers_are_taken_for_sessions_of_the_own_term_in_their_days(taught: City) -> None:
    with pytest.raises(contract.EvaluationClosed):
        rate(taught, 1, 5, session="session_2")  # tomorrow's
    with pytest.raises(NotFound):
        rate(taught, 1, 5, session="session_9")
    last = 19 + LIMITS["evaluation.days"]
    taught.at(f"2020-05-{last}T23:59:59+08:00")
    rate(taught, 1, 5)
    taught.at(f"2020-05-{last + 1}T00:00:00+08:00")
    with pytest.raises(contract.EvaluationClosed):
        rate(taught, 2, 5)


def test_every_criterion_gets_its_points(taught: City) -> None:
    request = {"session_id": "session_1", "points": [{"criterion": CRITERIA[0], "points": 5}]}
    with pytest.raises(Invalid):
        taught.call(contract.EVALUATE_SESSION, request, trainee("nomination_1"))


def test_a_lecturer_sees_the_own_sessions_and_units_and_trainees_none(taught: City) -> None:
    rate(taught, 1, 5)
    assert len(evaluations(taught, lecturer("lecturer_a"))) == 1
    assert evaluations(taught, lecturer("lecturer_b")) == []
    for caller in (unit(DONGHU), trainee("nomination_1")):
        with pytest.raises(Forbidden):
            evaluations(taught, caller)
    for caller in (SCHOOL, ORGANISATION, AUDITOR, unit(DONGHU), lecturer("lecturer_a")):
        with pytest.raises(Forbidden):
            taught.call(contract.EVALUATE_SESSION, {"session_id": "session_1", "points": []}, caller)
