"""Requests that schemathesis makes up from the OpenAPI document, sent as whoever may call the operation."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from requests import Response, Session
from schemathesis import Case, GenerationMode

from tests.e2e.gateway.small_city import UNIT, City

DOCUMENT = json.loads((Path(__file__).parents[3] / "gateway" / "api" / "openapi.json").read_text("utf-8"))
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS = {each.ok().label: each.ok() for each in SCHEMA.get_all_operations()}
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
# Who sends a request: the first of these that the operation lets in.
_CALLERS = {
    "organisation_department": "organiser", "party_school": "party_school", "unit": "unit", "trainee": "trainee",
    "lecturer": "lecturer", "security_admin": "security_admin", "service": "organiser",
}  # fmt: skip
SECONDS = 60.0


def the_same_every_time(examples: int) -> settings:
    """Return what holds for trying an operation: so many requests, the same ones on every run, none kept."""
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@dataclass
class Sender:
    """Sends invented requests to a city's gateway; ``known`` are identifiers of things that are there."""

    city: City
    known: dict[str, str]
    session: Session = field(default_factory=Session)

    @cached_property
    def line(self) -> HTTPConnection:
        """A connection that sends a path as it is given."""
        return HTTPConnection(self.city.url.removeprefix("http://"), timeout=SECONDS)

    def send(self, case: Case, *, known: bool) -> Response:
        """Send one; with ``known`` its identifiers become those of things that are there."""
        if known:
            for part in (case.path_parameters, case.query, case.body):
                self._replace(part)
        case.headers.pop("Authorization", None)
        case.cookies.clear()
        key = self.city.keys[caller_of(OPERATIONS[case.operation.label].definition.raw)]
        return case.call(
            base_url=self.city.url,
            headers={"Authorization": f"Bearer {key}"},
            session=self.session,
            timeout=SECONDS,
        )

    def send_as_written(self, case: Case, field: str, value: str) -> int:
        """Send one with ``value`` in its path as it stands (a library puts it right first); return the status."""
        operation = OPERATIONS[case.operation.label]
        path = operation.path.replace(f"{{{field}}}", value)
        for name, given in (case.path_parameters | self.known).items():
            path = path.replace(f"{{{name}}}", quote(str(given), safe=""))
        body = case.body if isinstance(case.body, dict) else {}
        self.line.request(
            operation.method.upper(),
            f"{path}?{urlencode(case.query or {}, doseq=True)}",
            body=json.dumps(body, default=str),
            headers={
                "Authorization": f"Bearer {self.city.keys[caller_of(operation.definition.raw)]}",
                "Content-Type": "application/json",
            },
        )
        answer = self.line.getresponse()
        answer.read()
        return answer.status

    def _replace(self, part: Any) -> None:
        if isinstance(part, dict):
            part.update({name: self.known[name] for name in part.keys() & self.known.keys()})


def caller_of(operation: dict[str, Any]) -> str:
    """Return the name of the key that may call an operation of the document."""
    return next(key for role, key in _CALLERS.items() if role in operation["x-roles"])


def sender_in(city: City) -> Sender:
    """Return a sender who knows the city's plan, term, units, rooms and one trainee, and has that trainee's link."""
    with city.client("organiser") as organiser:
        trainee = organiser.enrollment.list_nominations(unit_id=UNIT)["items"][0]["nomination_id"]
    with city.client("party_school") as school:
        school.scheduling.put_lecturer(lecturer_id="l1", name="闻道", grade="full", organisation="党校")
    for role, identifier in (("trainee", trainee), ("lecturer", "l1")):
        asked = {"role": role, "identifier": identifier, "days": 5}
        city.keys[role] = city.send("organiser", "POST", "/personal-links", json=asked).json()["token"]
    known = {
        "term_id": city.term_id, "plan_id": city.plan_id, "unit_id": UNIT, "nomination_id": trainee,
        "lecturer_id": "l1", "campus_id": "main", "room_id": "r1",
    }  # fmt: skip
    return Sender(city, known)
