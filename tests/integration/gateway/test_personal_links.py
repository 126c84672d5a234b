from __future__ import annotations

import time

import pytest

from shared.security.caller import Role
from tests.integration.gateway.conftest import House

LECTURER = {"role": "lecturer", "identifier": "lec_1", "days": 7}


def issued(house: House, **whose: object) -> str:
    answer = house.client(house.key(Role.PARTY_SCHOOL)).post("/api/v1/personal-links", json={**LECTURER, **whose})
    assert answer.status_code == 201, answer.text
    assert answer.json["path"] == f"/my/{answer.json['token']}"
    return str(answer.json["token"])


def test_a_link_made_by_hand_calls_as_that_person(house: House) -> None:
    assert house.client(issued(house)).get("/api/v1/books/b1").status_code == 403  # known, and not one of the roles
    assert house.client(issued(house) + "x").get("/api/v1/books/b1").status_code == 401


@pytest.mark.parametrize(
    ("roles", "units"), [((Role.UNIT,), ("",)), ((Role.PARTY_SCHOOL,), ("city.donghu",)), ((Role.TRAINEE,), ("",))]
)
def test_only_organisers_of_the_whole_city_make_links(house: House, roles: tuple[Role], units: tuple[str]) -> None:
    answer = house.client(house.key(*roles, units=units)).post("/api/v1/personal-links", json=LECTURER)
    assert answer.status_code == 403


def test_a_link_taken_back_no_longer_holds_and_a_new_one_does(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    token, other = issued(house), issued(house, identifier="lec_2")
    organiser = house.client(house.key(Role.ORGANISATION_DEPARTMENT))
    whose = {"role": "lecturer", "identifier": "lec_1"}
    assert organiser.post("/api/v1/personal-links/revocations", json=whose).status_code == 200
    assert house.client(token).get("/api/v1/books/b1").status_code == 401
    assert house.client(other).get("/api/v1/books/b1").status_code == 403
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 2)
    assert house.client(issued(house)).get("/api/v1/books/b1").status_code == 403
    assert organiser.post("/api/v1/personal-links/revocations", json=whose).status_code == 200
