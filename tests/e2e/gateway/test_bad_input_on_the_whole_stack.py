"""Bad input sent by HTTP to the whole embedded stack: told clearly, and nothing half-saved."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest

from deploy.local.stack_child import StackChild
from gateway.client import Diaoxun, Problem

UNIT, OTHER = "jiangcheng.donghu", "jiangcheng.xichuan"
PROGRAMME = {
    "ordinal": 1, "title": "防范化解经济金融风险专题培训班", "kind": "training", "terms": 1, "trainees": 10,
    "starts_on": "2020-05-18", "ends_on": "2020-05-22", "days": 5,
}  # fmt: skip
HEADINGS = ("姓名", "性别", "单位", "职务", "身份证号码", "联系电话", "班次序号", "期次")
SIGNER = {"signer": "区委主要负责人", "signer_post": "区委书记"}
PEOPLE = (("42990119800307001", "曾知行", 1), ("42990119790611002", "安若水", 2))


@dataclass
class City:
    """A running stack with a plan whose one term has people admitted, and clients of different callers."""

    url: str
    keys: dict[str, str]
    plan_id: str = ""
    term_id: str = ""

    def client(self, who: str) -> Diaoxun:
        return Diaoxun(self.url, self.keys[who])

    def send(self, who: str, verb: str, path: str, **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.keys[who]}", **more.pop("headers", {})}
        return httpx.request(verb, f"{self.url}/api/v1{path}", headers=headers, timeout=60, **more)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    stack = StackChild(tmp_path_factory.mktemp("stack"), port=0)
    running = stack.start()
    try:
        made = City(running.url, {"organiser": running.secrets.api_key})
        made.keys |= _keys(running.url, running.secrets.passwords["admin"])
        _admit_two(made)
        yield made
    finally:
        stack.stop()


def _keys(url: str, password: str) -> dict[str, str]:
    with httpx.Client(base_url=f"{url}/api/v1", timeout=60) as web:
        session = web.post("/session", json={"username": "admin", "password": password}).json()
        wanted = {
            "unit": (["unit"], UNIT, None),
            "other": (["unit"], OTHER, None),
            "reader": (["unit"], UNIT, ["enrollment:read"]),
        }
        return {
            name: web.post(
                "/keys",
                json={
                    "label": name, "roles": roles, "units": [unit], "scopes": scopes,
                    "expires_at": f"{time.gmtime().tm_year + 1}-01-02T00:00:00Z",
                },
                headers={"X-CSRF-Token": session["csrf_token"]},
            ).json()["key"]
            for name, (roles, unit, scopes) in wanted.items()
        }  # fmt: skip


def _admit_two(city: City) -> None:
    with city.client("organiser") as organiser, city.client("unit") as unit:
        for unit_id, title in ((UNIT, "东湖区委"), (OTHER, "西川区委")):
            organiser.enrollment.put_unit(unit_id=unit_id, title=title, kind="district")
        organiser.scheduling.put_campus(campus_id="main", title="主校区", district=UNIT, beds=50)
        organiser.scheduling.put_room(room_id="r1", campus_id="main", title="201教室", capacity=40)
        plan = organiser.scheduling.create_plan(
            year=2020, title="江城市2020年公务员培训计划", programmes=[PROGRAMME],  # type: ignore[list-item]
            replacement_notice_days=5,
        )  # fmt: skip
        city.plan_id = plan["plan_id"]
        organiser.scheduling.approve_plan(plan_id=city.plan_id)
        organiser.scheduling.place_terms(plan_id=city.plan_id, seconds=1.0)
        placed = wait_for(lambda: organiser.scheduling.list_terms(plan_id=city.plan_id, state="placed")["items"])
        city.term_id = placed[0]["term_id"]
        wait_for(lambda: organiser.enrollment.term_fill(plan_id=city.plan_id)["items"])
        organiser.enrollment.allot_quotas(term_id=city.term_id, quotas=[{"unit_id": UNIT, "places": 5}])
        filed = unit.enrollment.file_roster(unit_id=UNIT, file=roster(), filename="名单.xlsx", plan_id=city.plan_id)
        wait_for(lambda: unit.enrollment.get_roster(import_id=filed["import_id"])["state"] == "done")
        people = [row["nomination_id"] for row in unit.enrollment.list_nominations(unit_id=UNIT)["items"]]
        assert len(people) == len(PEOPLE)
        attest(unit, people)
        organiser.enrollment.review_nominations(nomination_ids=people, decision="accept")
        assert len(organiser.enrollment.admit_term(term_id=city.term_id)["admitted"]) == len(PEOPLE)


def attest(unit: Diaoxun, people: list[str]) -> None:
    unit.enrollment.attest_nominations(nomination_ids=people, **SIGNER)


def wait_for(look: Callable[[], Any], seconds: float = 60.0) -> Any:
    ends = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.1)
    return found


def roster() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for number, name, place in PEOPLE:
        sheet.append((name, "男", "东湖区委", "科长", number + _check_digit(number), f"1380000000{place}", 1, 1))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _check_digit(number: str) -> str:
    return "10X98765432"[sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number)) % 11]


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
