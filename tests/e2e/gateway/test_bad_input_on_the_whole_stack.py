"""Bad input sent by HTTP to the whole embedded stack: told clearly, and nothing half-saved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.client import Problem
from tests.e2e.gateway.small_city import OTHER, PEOPLE, PROGRAMME, UNIT, City, attest, running_city, wait_for


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with running_city(tmp_path_factory.mktemp("stack")) as made:
        yield made


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """Return the problem document of an answer, which says in two languages what was wrong."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    found: dict[str, Any] = answer.json()
    assert found["code"] == code
    assert found["message"]["zh"]
    assert found["message"]["en"]
    assert found["correlation_id"]
    return found


def rooms(city: City) -> list[str]:
    return [row["room_id"] for row in city.send("organiser", "GET", "/rooms").json()["items"]]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"campus_id": "main", "title": "教室", "capacity": 30, "colour": "red"}, "colour"),
        ({"campus_id": "main", "title": "教室", "capacity": "many"}, "capacity"),
        ({"campus_id": "main", "title": "教室"}, "capacity"),
    ],
)
def test_unknown_fields_and_wrong_types_are_named_and_nothing_is_saved(
    city: City, body: dict[str, Any], field: str
) -> None:
    found = problem(city.send("organiser", "PUT", "/rooms/r9", json=body), 422, "invalid")
    assert field in found["details"]["fields"]
    assert rooms(city) == ["r1"]


def test_a_command_sent_without_a_body_is_an_empty_one_and_a_body_of_no_stated_type_is_refused(city: City) -> None:
    plan = f"/plans/{city.plan_id}"
    before = city.send("organiser", "GET", plan).json()
    unchanged = city.send("organiser", "PATCH", plan)
    assert (unchanged.status_code, unchanged.json()) == (200, before), unchanged.text
    problem(city.send("organiser", "POST", f"{plan}/approval"), 409, "scheduling.plan-already-approved")
    found = problem(city.send("organiser", "PUT", "/rooms/r9"), 422, "invalid")
    assert {"campus_id", "title", "capacity"} <= found["details"]["fields"].keys()
    plain = {"Content-Type": "text/plain"}
    problem(city.send("organiser", "PATCH", plan, headers=plain), 415, "media-type-unsupported")
    problem(city.send("organiser", "PUT", "/rooms/r9", content=b'{"title": "x"}'), 415, "media-type-unsupported")


def test_broken_json_and_an_oversized_body_are_refused(city: City) -> None:
    as_json = {"Content-Type": "application/json"}
    problem(city.send("organiser", "PUT", "/rooms/r9", content=b'{"title": ', headers=as_json), 400, "malformed")
    large = b'{"title": "' + b"x" * (1024 * 1024) + b'"}'
    problem(city.send("organiser", "PUT", "/rooms/r9", content=large, headers=as_json), 413, "too-large")
    pieces = (b"x" * 65536 for _ in range(64))
    problem(city.send("organiser", "PUT", "/rooms/r9", content=pieces, headers=as_json), 413, "too-large")
    assert rooms(city) == ["r1"]


@pytest.mark.parametrize("content", [b"%PDF-1.7 not a roster", b"PK\x03\x04 cut off", b""])
def test_a_roster_that_is_not_a_table_is_refused_and_not_filed(city: City, content: bytes) -> None:
    before = len(city.send("unit", "GET", "/rosters").json()["items"])
    answer = city.send(
        "unit",
        "POST",
        "/rosters",
        data={"unit_id": UNIT, "plan_id": city.plan_id},
        files={"file": ("名单.xlsx", content)},
    )
    assert 400 <= answer.status_code < 500
    assert problem(answer, answer.status_code, answer.json()["code"])
    assert len(city.send("unit", "GET", "/rosters").json()["items"]) == before


def test_a_key_without_the_scope_reads_and_cannot_write(city: City) -> None:
    assert city.send("reader", "GET", f"/nominations?unit_id={UNIT}").status_code == 200
    answer = city.send("reader", "POST", "/nominations/attestations", json={"nomination_ids": ["n"]})
    assert "enrollment.attest_nominations" in problem(answer, 403, "forbidden")["detail"]


def test_a_unit_cannot_reach_another_units_people(city: City) -> None:
    own = city.send("unit", "GET", f"/nominations?unit_id={UNIT}").json()["items"]
    problem(city.send("other", "GET", f"/nominations?unit_id={UNIT}"), 403, "forbidden")
    assert city.send("other", "GET", "/nominations").json()["items"] == []
    answer = city.send("other", "GET", f"/nominations/{own[0]['nomination_id']}")
    assert answer.status_code in (403, 404), "the identifier alone opens nothing"
    assert own[0]["nomination_id"] not in str(city.send("other", "GET", f"/terms/{city.term_id}/trainees").json())
    with city.client("other") as other, pytest.raises(Problem) as refused:
        attest(other, [own[0]["nomination_id"]])
    assert refused.value.status in (403, 404)


def test_an_amendment_that_would_drop_a_term_with_admitted_people_is_refused_whole(city: City) -> None:
    before = city.send("organiser", "GET", f"/plans/{city.plan_id}").json()
    wait_for(lambda: city.send("organiser", "GET", f"/terms/{city.term_id}").json()["admitted"] == len(PEOPLE))
    second = {**PROGRAMME, "ordinal": 2, "title": "推动中部地区崛起专题研讨班", "kind": "seminar"}
    change = {"remove_programmes": [1], "programmes": [second], "reason": "试"}
    answer = city.send("organiser", "PATCH", f"/plans/{city.plan_id}", json=change)
    assert answer.status_code == 409
    problem(answer, 409, answer.json()["code"])
    assert city.send("organiser", "GET", f"/plans/{city.plan_id}").json() == before


def test_a_duplicate_command_runs_once_and_a_reused_key_is_told(city: City) -> None:
    draft = {"year": 2021, "title": "次年计划", "programmes": [{"ordinal": 1, "title": "试办班次"}]}
    key = {"Idempotency-Key": "next-year"}
    first, again = (city.send("organiser", "POST", "/plans", json=draft, headers=key) for _ in range(2))
    assert first.json()["plan_id"] == again.json()["plan_id"]
    assert len(city.send("organiser", "GET", "/plans?year=2021").json()["items"]) == 1
    other = city.send("organiser", "POST", "/plans", json={**draft, "title": "另一份"}, headers=key)
    problem(other, 422, "idempotency-key-reused")


def test_a_stale_version_is_refused_with_both_versions(city: City) -> None:
    path = f"/plans/{city.plan_id}"
    read = city.send("organiser", "GET", path)
    tag = read.headers["ETag"]
    change = city.send("organiser", "PATCH", path, json={"title": "甲"}, headers={"If-Match": tag})
    assert change.status_code == 200, change.text
    late = city.send("organiser", "PATCH", path, json={"title": "乙"}, headers={"If-Match": tag})
    assert problem(late, 412, "stale-version")["details"]["version"] == read.json()["version"]
    assert city.send("organiser", "GET", path).json()["title"] == "甲"
    malformed = city.send("organiser", "PATCH", path, json={"title": "丙"}, headers={"If-Match": "7"})
    problem(malformed, 400, "malformed")


def test_an_event_reaches_an_open_stream_at_once(city: City) -> None:
    headers = {"Authorization": f"Bearer {city.keys['organiser']}"}
    with httpx.stream("GET", f"{city.url}/api/v1/events", headers=headers, timeout=30) as stream:
        lines = stream.iter_lines()
        assert next(lines) == "retry: 2000"
        city.send(
            "organiser", "PUT", f"/terms/{city.term_id}/quotas", json={"quotas": [{"unit_id": OTHER, "places": 2}]}
        )
        # Older news may still be on its way into the log; the stream's own patience ends this when ours never comes.
        sent = (json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: "))
        allotted = next(event["data"] for event in sent if event["type"] == "enrollment.quota.allotted.v1"
                        and event["data"]["unit_id"] == OTHER)  # fmt: skip
    assert allotted == {"term_id": city.term_id, "unit_id": OTHER, "places": 2}


def test_the_store_keeps_no_name_in_the_event_log(city: City, tmp_path: Path) -> None:
    text = city.send("organiser", "GET", "/event-log?limit=200").text
    assert "admitted" in text
    for number, name, _ in PEOPLE:
        assert name not in text
        assert number not in text


def test_a_notice_in_a_wrong_encoding_is_refused_and_a_readable_one_becomes_a_draft(city: City) -> None:
    notice = (Path(__file__).parents[3] / "deploy" / "sample" / "notice-2020.txt").read_text("utf-8")
    broken = city.send("organiser", "POST", "/notice-readings", files={"file": ("通知.txt", b"\x81\xff\x00" * 50)})
    assert broken.status_code == 400
    problem = broken.json()
    assert problem["code"] == "scheduling.not-a-notice"
    assert problem["message"]["zh"] != problem["message"]["en"]
    read = city.send("organiser", "POST", "/notice-readings", files={"file": ("通知.txt", notice.encode("gb18030"))})
    assert read.status_code == 200, read.text
    assert len(read.json()["draft"]["programmes"]) == 10
