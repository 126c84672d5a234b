"""A small city on the embedded stack: one plan, one placed term, two people of one unit admitted to it."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import openpyxl

from deploy.local.stack_child import StackChild
from gateway.client import Diaoxun

UNIT, OTHER = "jiangcheng.donghu", "jiangcheng.xichuan"
PROGRAMME = {
    "ordinal": 1, "title": "防范化解经济金融风险专题培训班", "kind": "training", "terms": 1, "trainees": 10,
    "starts_on": "2020-05-18", "ends_on": "2020-05-22", "days": 5,
}  # fmt: skip
SUMMER = {
    "ordinal": 1, "title": "基层治理专题培训班", "kind": "training", "terms": 2, "trainees": 60,
    "starts_on": "2020-06-01", "ends_on": "2020-07-31", "days": 5,
}  # fmt: skip
HEADINGS = ("姓名", "性别", "单位", "职务", "身份证号码", "联系电话", "班次序号", "期次")
SIGNER = {"signer": "区委主要负责人", "signer_post": "区委书记"}
PEOPLE = (("42990119800307001", "曾知行", 1), ("42990119790611002", "安若水", 2))


@dataclass
class City:
    """A running stack with a plan whose one term has people admitted, and clients of different callers."""

    url: str
    keys: dict[str, str]
    admin_password: str = ""
    plan_id: str = ""
    term_id: str = ""

    def client(self, who: str) -> Diaoxun:
        return Diaoxun(self.url, self.keys[who])

    def send(self, who: str, verb: str, path: str, **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.keys[who]}", **more.pop("headers", {})}
        return httpx.request(verb, f"{self.url}/api/v1{path}", headers=headers, timeout=60, **more)


@contextmanager
def empty_city(folder: Path) -> Iterator[City]:
    """Run a stack of its own with nothing in it but keys of callers, and stop it afterwards."""
    stack = StackChild(folder, port=0)
    running = stack.start()
    try:
        made = City(running.url, {"organiser": running.secrets.api_key}, running.secrets.passwords["admin"])
        made.keys |= issue_keys(
            running.url,
            made.admin_password,
            {
                "unit": (["unit"], UNIT, None),
                "other": (["unit"], OTHER, None),
                "reader": (["unit"], UNIT, ["enrollment:read"]),
            },
        )
        yield made
    finally:
        stack.stop()


@contextmanager
def planned_city(folder: Path) -> Iterator[City]:
    """Run a stack of its own with a plan whose two terms are placed in June and July, and stop it afterwards."""
    with empty_city(folder) as made:
        with made.client("organiser") as organiser:
            organiser.scheduling.put_campus(campus_id="main", title="主校区", district=UNIT, beds=80)
            for room_id in ("r1", "r2"):
                organiser.scheduling.put_room(room_id=room_id, campus_id="main", title=f"教室{room_id}", capacity=40)
            place(made, organiser, SUMMER, terms=2)
        yield made


@contextmanager
def running_city(folder: Path) -> Iterator[City]:
    """Run a stack of its own with the small city in it, and stop it afterwards."""
    with empty_city(folder) as made:
        admit_two(made)
        yield made


def issue_keys(url: str, password: str, wanted: dict[str, tuple[list[str], str, list[str] | None]]) -> dict[str, str]:
    """Log the security administrator in and issue keys: name → roles, unit, scopes."""
    with httpx.Client(base_url=f"{url}/api/v1", timeout=60) as web:
        session = web.post("/session", json={"username": "admin", "password": password}).json()
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


def place(city: City, organiser: Diaoxun, programme: object, terms: int) -> None:
    """Approve a plan of one programme and wait until its terms are placed; the city knows the plan and the first."""
    plan = organiser.scheduling.create_plan(
        year=2020, title="江城市2020年公务员培训计划", programmes=[programme],  # type: ignore[list-item]
        replacement_notice_days=5,
    )  # fmt: skip
    city.plan_id = plan["plan_id"]
    organiser.scheduling.approve_plan(plan_id=city.plan_id)
    organiser.scheduling.place_terms(plan_id=city.plan_id, seconds=5.0)
    placed = partial(organiser.scheduling.list_terms, plan_id=city.plan_id, state="placed")
    wait_for(lambda: len(placed()["items"]) == terms, 240.0)
    city.term_id = placed()["items"][0]["term_id"]


def admit_two(city: City) -> None:
    """Plan, place, nominate and admit."""
    with city.client("organiser") as organiser, city.client("unit") as unit:
        for unit_id, title in ((UNIT, "东湖区委"), (OTHER, "西川区委")):
            organiser.enrollment.put_unit(unit_id=unit_id, title=title, kind="district")
        organiser.scheduling.put_campus(campus_id="main", title="主校区", district=UNIT, beds=50)
        organiser.scheduling.put_room(room_id="r1", campus_id="main", title="201教室", capacity=40)
        place(city, organiser, PROGRAMME, terms=1)
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
        sheet.append((name, "男", "东湖区委", "科长", number + check_digit(number), f"1380000000{place}", 1, 1))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def check_digit(number: str) -> str:
    """Return the last character that the seventeen digits of an identity number ask for."""
    return "10X98765432"[sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number)) % 11]
