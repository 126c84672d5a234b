"""The ladder of sanctions: who imposes what, only upwards, and an objection in time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from services.compliance.domain.incident import Incident, IncidentState, Ladder, Sanction
from services.compliance.domain.withdrawal import Case, CaseState, Figures
from services.compliance.domain.wording import Refusal
from services.compliance.limits import policy_table

POLICIES = policy_table().on(date(2020, 5, 18))
LADDER = Ladder.of(POLICIES["conduct.ladder"].value, POLICIES["conduct.kinds"].value)
AT = datetime(2020, 5, 18, 1, tzinfo=UTC)
SCHOOL = frozenset({"party_school"})
ORGANISERS = frozenset({"organisation_department"})


def measure(step: str) -> Sanction:
    return Sanction(step, "张老师", "属实", "account:school", AT)


def refused(code: str, act: object) -> None:
    with pytest.raises(Refusal) as refusal:
        act()  # type: ignore[operator]
    assert refusal.value.code == code


def test_the_ladder_only_goes_up() -> None:
    file = Incident("authorship").impose(measure("admonition"), SCHOOL, LADDER)
    file = file.impose(measure("void_grade"), SCHOOL, LADDER)
    assert (file.state, file.in_force) == (IncidentState.SANCTIONED, ("admonition", "void_grade"))
    refused("not-graver", lambda: file.impose(measure("criticism"), SCHOOL, LADDER))
    refused("not-graver", lambda: file.impose(measure("void_grade"), SCHOOL, LADDER))


def test_each_step_belongs_to_who_may_impose_it_and_to_its_kinds() -> None:
    refused("not-yours-to-impose", lambda: Incident("gifts").impose(measure("withdrawal"), SCHOOL, LADDER))
    assert Incident("gifts").impose(measure("withdrawal"), ORGANISERS, LADDER).in_force == ("withdrawal",)
    refused("not-for-this-kind", lambda: Incident("gifts").impose(measure("void_grade"), SCHOOL, LADDER))
    refused("not-for-this-kind", lambda: Incident("vehicle").impose(measure("withdrawal"), ORGANISERS, LADDER))
    refused("unknown-step", lambda: Incident("gifts").impose(measure("expulsion"), SCHOOL, LADDER))


def test_a_file_is_dismissed_only_while_nothing_was_decided() -> None:
    dismissed = Incident("gifts").dismiss()
    refused("dismissed", lambda: dismissed.impose(measure("admonition"), SCHOOL, LADDER))
    sanctioned = Incident("gifts").impose(measure("admonition"), SCHOOL, LADDER)
    refused("sanctioned", sanctioned.dismiss)


def test_an_objection_is_in_time_until_the_last_second_of_its_days() -> None:
    file = Incident("gifts").impose(measure("criticism"), SCHOOL, LADDER)
    end = AT + timedelta(days=10)
    assert file.objectionable(end - timedelta(seconds=1), 10).step == "criticism"
    refused("objection-late", lambda: file.objectionable(end, 10))
    refused("nothing-to-object", lambda: Incident("gifts").objectionable(AT, 10))


def test_a_revoked_measure_gives_way_to_a_lighter_one_or_to_none() -> None:
    file = Incident("gifts").impose(measure("criticism"), SCHOOL, LADDER)
    assert file.revoke("criticism", None, LADDER).in_force == ()
    assert file.revoke("criticism", measure("admonition"), LADDER).in_force == ("admonition",)
    refused("not-lighter", lambda: file.revoke("criticism", measure("criticism"), LADDER))


@pytest.mark.parametrize(
    ("state", "leave", "settles"),
    [
        (CaseState.OPEN, 99, True),
        (CaseState.WITHDRAWN, 99, True),
        (CaseState.KEPT, 9, True),
        (CaseState.KEPT, 10, False),
        (CaseState.DISSOLVED, 9, False),
    ],
)
def test_a_case_answers_its_cause_until_things_get_worse(state: CaseState, leave: int, settles: bool) -> None:
    case = Case("leave_limit", state, Figures(56, 9, 0))
    assert case.settles(Figures(56, leave, 0), "2020-05-18") is settles


@pytest.mark.parametrize(
    ("state", "held_from", "settles"),
    [
        (CaseState.KEPT, "2020-05-18", False),
        (CaseState.KEPT, "2020-06-08", True),
        (CaseState.KEPT, None, True),
        (CaseState.OPEN, "2020-05-18", True),
        (CaseState.WITHDRAWN, "2020-05-18", True),
    ],
)
def test_what_was_let_pass_on_other_days_answers_nothing_of_these(
    state: CaseState, held_from: str | None, settles: bool
) -> None:
    case = Case("absence_limit", state, Figures(56, 0, 4), held_from)
    assert case.settles(Figures(56, 0, 4), "2020-06-08") is settles


def test_a_case_is_decided_once() -> None:
    kept = Case("leave_limit").decide(withdraw=False)
    assert kept.state is CaseState.KEPT
    refused("case-closed", lambda: kept.decide(withdraw=True))
