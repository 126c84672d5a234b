"""Somebody tries every operation open to them on identifiers of people who are none of their business."""

from __future__ import annotations

import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from schemathesis import Case, GenerationMode

from services.compliance.contract.briefings import LIST_BRIEFINGS
from services.compliance.contract.incidents import LIST_INCIDENTS
from services.compliance.contract.leave import LIST_LEAVES
from services.enrollment import contract as enrollment
from services.enrollment.contract.fee_orders import LIST_FEE_ORDERS
from services.notification.contract import LIST_LETTERS
from services.outcomes.contract import LIST_QUESTION_SETS
from tests.e2e.canary.course import CANARY, UNIT, Course
from tests.e2e.gateway.invented_requests import OPERATIONS, the_same_every_time
from tests.e2e.local.office import SCHOOL

EXAMPLES = 4
_ROUNDS = 2
_LEFT_OUT = ("/events", "/session")


@dataclass
class Snoop:
    """A caller, what they must not be told, and what they were told; of several callers one draws for each request."""

    role: str
    who: tuple[str, ...]
    secrets: set[str]
    answered: set[str] = field(default_factory=set)
    heard: set[str] = field(default_factory=set)
    told: list[tuple[str, str]] = field(default_factory=list)


def identifiers(course: Course) -> dict[str, list[str]]:
    """Return all identifiers the organisers are shown, by the name of their field."""
    found: dict[str, set[str]] = defaultdict(set, {"term_id": {course.term_id}, "unit_id": {UNIT}})
    for _ in range(_ROUNDS):
        for operation in OPERATIONS.values():
            raw = operation.definition.raw
            if operation.method.upper() != "GET" or "organisation_department" not in raw["x-roles"]:
                continue
            for request in _requests(operation.path, found):
                _gather(course.office.get(request, {"limit": 50}), found)
                _gather(course.office.get(request, {}), found)
    return {name: sorted(values) for name, values in found.items()}


def _requests(path: str, found: dict[str, set[str]]) -> Iterator[str]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    if not names:
        yield path
    elif len(names) == 1:
        yield from (path.replace(f"{{{names[0]}}}", value) for value in sorted(found.get(names[0], ()))[:3])


def _gather(value: Any, found: dict[str, set[str]]) -> None:
    if isinstance(value, dict):
        for name, item in value.items():
            if name.endswith("_id") and isinstance(item, str) and item:
                found[name].add(item)
            _gather(item, found)
    elif isinstance(value, list):
        for item in value:
            _gather(item, found)


def state(course: Course, snooping: tuple[str, ...]) -> str:
    """Return what snoops might change that is not their own units', as the organisers see it."""
    which = {"term_id": course.term_id}
    lists = (
        (enrollment.LIST_NOMINATIONS, "organisation_department"), (LIST_BRIEFINGS, "organisation_department"),
        (LIST_LEAVES, SCHOOL), (LIST_INCIDENTS, SCHOOL), (LIST_LETTERS, "organisation_department"),
        (LIST_FEE_ORDERS, "organisation_department"), (LIST_QUESTION_SETS, "organisation_department"),
    )  # fmt: skip
    rows = [row for operation, who in lists for row in course.office.rows(operation, which, who)]
    return json.dumps([row for row in rows if row.get("unit_id") not in snooping], ensure_ascii=False)


def snoop_around(course: Course, snoop: Snoop, known: dict[str, list[str]], verbs: str = "") -> None:
    """Try every operation the snoop's role opens, on identifiers drawn from those that are there."""
    for label, operation in OPERATIONS.items():
        if not label.startswith(verbs) or any(part in label for part in _LEFT_OUT):
            continue
        if snoop.role in operation.definition.raw["x-roles"]:
            _try(course, snoop, known, label)


def _try(course: Course, snoop: Snoop, known: dict[str, list[str]], label: str) -> None:
    @the_same_every_time(EXAMPLES)
    @given(
        OPERATIONS[label].as_strategy(generation_mode=GenerationMode.POSITIVE),
        st.randoms(use_true_random=False),
        st.sampled_from(snoop.who),
    )
    def once(case: Case, chance: Any, who: str) -> None:
        for part in (case.path_parameters, case.query, case.body):
            if isinstance(part, dict):
                for name in part:
                    _put(part, name, known, chance)
        case.headers.pop("Authorization", None)
        case.cookies.clear()
        sent = f"{case.path_parameters} {case.query} {case.body}"
        key = course.office.key(who)
        answer = case.call(base_url=course.city.url, headers={"Authorization": f"Bearer {key}"}, timeout=60)
        assert answer.status_code < 500, (label, answer.text)
        if answer.status_code < 300:
            snoop.answered.add(label)
            snoop.heard.add(who)
            shown = readable(answer)
            snoop.told += [(label, each) for each in snoop.secrets if each in shown and each not in sent]

    once()


def _put(part: dict[str, Any], name: str, known: dict[str, list[str]], chance: Any) -> None:
    if known.get(name):
        part[name] = chance.choice(known[name])
    elif name.endswith("_ids") and known.get(name[:-1]) and isinstance(part[name], list):
        part[name] = [chance.choice(known[name[:-1]])]


def readable(answer: Any) -> str:
    """Return an answer as text: also the cells of a workbook and the pages of a PDF."""
    content: bytes = answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "".join(unescape(book.read(each).decode("utf-8", "replace")) for each in book.namelist())
    if content[:4] == b"%PDF":
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode("utf-8", "replace")


def secrets_of(course: Course) -> dict[str, str]:
    """Return names by nomination of everybody in the canary's unit."""
    rows = course.office.rows(enrollment.LIST_NOMINATIONS, {"term_id": course.term_id})
    assert CANARY.name in {row["name"] for row in rows}
    return {row["nomination_id"]: row["name"] for row in rows}
