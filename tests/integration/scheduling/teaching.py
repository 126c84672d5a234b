"""What the tests of teaching start from: callers, a scheme, lecturers."""

from __future__ import annotations

from typing import Any

from services.scheduling.contract import lecturers, schemes
from shared.contracts import Operation
from shared.security.caller import Caller, Role
from tests.integration.scheduling.conftest import School, programme

PARTY_SCHOOL = Caller("dangxiao", frozenset({Role.PARTY_SCHOOL}), ("",))
DEPARTMENT = Caller("zuzhibu", frozenset({Role.ORGANISATION_DEPARTMENT}), ("",))
AUDITOR = Caller("shenji", frozenset({Role.AUDITOR}), ("",))


def lecturer_caller(lecturer_id: str) -> Caller:
    """Somebody who comes by a lecturer's personal link."""
    return Caller(f"lecturer:{lecturer_id}", frozenset({Role.LECTURER}))


def unit_caller(unit_id: str) -> Caller:
    """A unit's account."""
    return Caller(f"unit:{unit_id}", frozenset({Role.UNIT}), (unit_id,))


def by_school(school: School, operation: Operation, request: dict[str, Any]) -> dict[str, Any]:
    """What the Party school gets when it calls."""
    return school.call(operation, request, caller=PARTY_SCHOOL)


def course(title: str, hours: int = 4, form: str = "lecture", **changes: Any) -> dict[str, Any]:
    return {"title": title, "hours": hours, "form": form, **changes}


def scheme(programme_id: str, *courses: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The request of ``write_scheme``: one module."""
    return {
        "programme_id": programme_id,
        "aims": "学习领会，学以致用",
        "modules": [{"title": "专题学习", "courses": list(courses) or [course("治理现代化", expertise=["国家治理"])]}],
        "budget": [{"item": "lecturers", "amount": "20000.00"}, {"item": "meals", "amount": "31200.00"}],
        **changes,
    }


def approved_scheme(school: School, request: dict[str, Any]) -> dict[str, Any]:
    """A scheme written, submitted and approved."""
    written = school.call(schemes.WRITE_SCHEME, request, caller=PARTY_SCHOOL)
    named = {"scheme_id": written["scheme_id"]}
    school.call(schemes.SUBMIT_SCHEME, named, caller=PARTY_SCHOOL)
    return school.call(schemes.APPROVE_SCHEME, named, caller=DEPARTMENT)


def register(school: School, lecturer_id: str, *expertise: str, **changes: Any) -> dict[str, Any]:
    """A registered lecturer."""
    card = {
        "lecturer_id": lecturer_id,
        "name": f"教师{lecturer_id}",
        "grade": "full",
        "organisation": "市委党校",
        "expertise": list(expertise),
        "contact": {"phone": "13800001111", "email": f"{lecturer_id}@example.cn"},
        **changes,
    }
    return school.call(lecturers.PUT_LECTURER, card, caller=PARTY_SCHOOL)


def placed_plan(
    school: School, *programmes: dict[str, Any], **places: int
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A plan with its terms on the calendar."""
    school.places(**places)
    plan = school.approved(*(programmes or (programme(),)))
    school.place(plan["plan_id"])
    school.harness.take()
    return plan, school.terms(plan["plan_id"])
