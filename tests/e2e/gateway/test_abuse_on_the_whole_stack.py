"""Abuse sent by HTTP to the whole embedded stack: operators in values, deep JSON, bombs, macros, formulas, guessing."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import httpx
import openpyxl
import pytest

from tests.e2e.gateway.invented_requests import OPERATIONS
from tests.e2e.gateway.small_city import (
    HEADINGS,
    OTHER,
    PEOPLE,
    UNIT,
    City,
    check_digit,
    issue_keys,
    roster,
    running_city,
    wait_for,
)

EVIL = '=HYPERLINK("http://evil.example","请点击")'
PERSON = "42990119830217003"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with running_city(tmp_path_factory.mktemp("stack")) as made:
        yield made


def as_json(city: City, verb: str, path: str, body: Any, who: str = "organiser") -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return city.send(who, verb, path, content=content, headers={"Content-Type": "application/json"})


@pytest.mark.parametrize(
    "operator", [{"$ne": ""}, {"$gt": ""}, {"$where": "sleep(9000)"}, {"$regex": ".*"}, ["$ne", ""]]
)
def test_an_operator_where_a_value_belongs_is_refused(city: City, operator: Any) -> None:
    for verb, path, body in (
        ("POST", "/session", {"username": operator, "password": operator}),
        ("POST", "/nominations/attestations", {"nomination_ids": [operator], "signer": "甲", "signer_post": "乙"}),
        ("PUT", "/rooms/r9", {"campus_id": operator, "title": "教室", "capacity": 3}),
        ("PUT", f"/terms/{city.term_id}/quotas", {"quotas": [{"unit_id": operator, "places": 1}]}),
        ("POST", "/question-sets", {"term_id": operator, "unit_id": UNIT, "questions": operator}),
        ("PUT", f"/contacts/units/{UNIT}", {"email": operator}),
    ):
        answer = as_json(city, verb, path, body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), (path, answer.text)


def test_an_operator_in_a_name_or_a_query_selects_nobody(city: City) -> None:
    named = as_json(city, "PUT", "/rooms/r9", {"$where": "1", "campus_id": "main", "title": "教室", "capacity": 3})
    assert (named.status_code, named.json()["code"]) == (422, "invalid")
    for query in ("unit_id[$ne]=x", "unit_id=%7B%22%24ne%22%3A%22%22%7D", "$where=1", "term_id[$gt]="):
        answer = city.send("unit", "GET", f"/nominations?{query}")
        assert answer.status_code in (403, 422), answer.text
    assert city.send("organiser", "GET", "/terms/%7B%22%24ne%22%3A%22%22%7D").status_code == 404


@pytest.mark.parametrize("depth", [33, 1_000, 100_000])
def test_deep_json_is_refused_and_costs_nothing(city: City, depth: int) -> None:
    for opens, closes in (('{"a":', "}"), ('{"a":[', "]}")):
        answer = as_json(city, "PUT", "/rooms/r9", (opens * depth + "1" + closes * depth).encode())
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed"), answer.text


def altered(**parts: bytes) -> bytes:
    """A roster that is fine but for parts put into it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(roster())) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in book.namelist():
            made.writestr(name, parts.pop(name, None) or book.read(name))
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


BAD_PARTS = {
    "bomb": ("xl/worksheets/sheet1.xml", b" ", 200_000_000),
    "macro": ("xl/vbaProject.bin", b"macro", 1),
    "entity": ("xl/sharedStrings.xml", b'<!DOCTYPE a [<!ENTITY b "x">]><sst>&b;</sst>', 1),
}


@pytest.mark.parametrize("bad", BAD_PARTS)
def test_a_bomb_a_macro_and_an_entity_are_refused_and_nothing_is_filed(city: City, bad: str) -> None:
    before = len(city.send("unit", "GET", "/rosters").json()["items"])
    sent = {"unit_id": UNIT, "plan_id": city.plan_id}
    name, content, times = BAD_PARTS[bad]
    file = ("名单.xlsx", altered(**{name: content * times}))
    answer = city.send("unit", "POST", "/rosters", data=sent, files={"file": file})
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.json()["message"]["zh"] != answer.json()["message"]["en"]
    assert len(city.send("unit", "GET", "/rosters").json()["items"]) == before


def file_evil_roster(city: City) -> None:
    """Nominate somebody whose post and workplace are formulas."""
    row = ("程若谷", "男", EVIL, EVIL, PERSON + check_digit(PERSON), "13800000009", 1, 1)
    content = workbook(HEADINGS, row)
    with city.client("organiser") as organiser, city.client("unit") as unit:
        filed = unit.enrollment.file_roster(unit_id=UNIT, file=content, filename="又.xlsx", plan_id=city.plan_id)
        wait_for(lambda: unit.enrollment.get_roster(import_id=filed["import_id"])["state"] == "done")
        rows = unit.enrollment.list_nominations(unit_id=UNIT)["items"]
        ids = [row["nomination_id"] for row in rows if row["name"] == "程若谷"]
        unit.enrollment.attest_nominations(nomination_ids=ids, signer="某", signer_post="书记")
        organiser.enrollment.review_nominations(nomination_ids=ids, decision="accept")
        assert organiser.enrollment.admit_term(term_id=city.term_id)["admitted"] == ids


def teach_evil(city: City) -> str:
    """Import a lecturer and issue a timetable full of formulas; return the import's identifier."""
    who = {"party_school": (["party_school"], "", None)}
    city.keys |= issue_keys(city.url, city.admin_password, who)
    with city.client("party_school") as school, city.client("organiser") as organiser:
        table = workbook(("编号", "姓名", "职称等级", "单位", "专长"), ("wen", "闻道", "正高级", EVIL, EVIL))
        imported = school.scheduling.import_table(kind="lecturers", file=table, filename="师资.xlsx")
        programme = organiser.scheduling.list_terms(plan_id=city.plan_id)["items"][0]["programme_id"]
        course = {"title": EVIL, "hours": 4, "form": "self_study"}
        scheme = school.scheduling.write_scheme(
            programme_id=programme,
            aims=EVIL,
            modules=[{"title": EVIL, "courses": [course]}],  # type: ignore[typeddict-item,list-item]
            budget=[{"item": "lecturers", "amount": "100.00"}],  # type: ignore[typeddict-item,list-item]
        )
        school.scheduling.submit_scheme(scheme_id=scheme["scheme_id"])
        organiser.scheduling.approve_scheme(scheme_id=scheme["scheme_id"])
        school.scheduling.open_timetable_draft(term_id=city.term_id)
        school.scheduling.issue_timetables(term_ids=[city.term_id], reason=EVIL)
    return imported["import_id"]


def workbook(*rows: tuple[object, ...]) -> bytes:
    """A workbook in which every text is text, also one that begins as a formula does."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def choices_of(label: str, name: str) -> list[str]:
    """Return what the OpenAPI document lets a parameter of an operation be."""
    parameters = json.loads(json.dumps(OPERATIONS[label].definition.raw["parameters"]))
    choices: list[str] = next(each for each in parameters if each.get("name") == name)["schema"]["enum"]
    return choices


def downloads() -> set[str]:
    """Return every operation of the OpenAPI document that answers with a file."""
    return {
        label
        for label, operation in OPERATIONS.items()
        if "application/json" not in operation.definition.raw["responses"].get("200", {}).get("content", {"": 1})
        and operation.definition.raw["responses"].get("200", {}).get("content")
    }


# Documents, mails and calendars: no spreadsheet program opens them.
NO_TABLES = {
    "GET /api/v1/replacements/{replacement_id}/proof",
    "GET /api/v1/letters/{letter_id}/file",
    "GET /api/v1/dispatches/{dispatch_id}/page",
    "GET /api/v1/certificates/{certificate_id}/file",
    "GET /api/v1/terms/{term_id}/timetable/print",
    "GET /api/v1/reports/{report_id}/file",
    "GET /api/v1/reviews/{review_id}/file",
    "GET /api/v1/report-collections/{collection_id}/file",
    "GET /api/v1/feeds/{token}/calendar",
}
# A term has to be over for it; tests of compliance and of what each service exports look into its tables.
ARCHIVE = {"GET /api/v1/terms/{term_id}/archive"}


def test_no_table_that_is_given_out_holds_a_formula(city: City) -> None:
    as_json(city, "PUT", f"/units/{UNIT}", {"title": EVIL, "kind": "district"})
    file_evil_roster(city)
    imported = teach_evil(city)
    roster_id = city.send("unit", "GET", "/rosters").json()["items"][0]["import_id"]
    tables = {
        "GET /api/v1/rosters/{import_id}/file": [{"import_id": roster_id}],
        "GET /api/v1/table-imports/{import_id}/file": [{"import_id": imported}],
        "GET /api/v1/terms/{term_id}/fee-list": [{}],
        "GET /api/v1/terms/{term_id}/timetable/file": [{}],
        "GET /api/v1/hours-file": [{}],
    }
    for label, name in (
        ("GET /api/v1/terms/{term_id}/lists/{view}", "view"),
        ("GET /api/v1/table-forms/{kind}", "kind"),
    ):
        tables[label] = [{name: choice} for choice in choices_of(label, name)]
    assert set(tables) | NO_TABLES | ARCHIVE == downloads(), "a download is new: ask for it here"
    seen = {}
    for label, asked in tables.items():
        for parts in asked:
            path = label.removeprefix("GET /api/v1").format(**{"term_id": city.term_id} | parts)
            who = "party_school" if "/table-" in path else "organiser"
            answer = city.send(who, "GET", path)
            assert answer.status_code == 200, (path, answer.text)
            seen[path] = runnable(answer.content, path)
    empty = [path for path, found in seen.items() if not found]
    assert all("/table-forms/" in path or "standby" in path for path in empty), f"no formula came as far as {empty}"


def test_the_report_of_the_year_holds_no_formula(city: City) -> None:
    address = city.url + "/console/report.xlsx"
    answer = httpx.get(address, headers={"Authorization": f"Bearer {city.keys['organiser']}"}, timeout=60)
    assert answer.status_code == 200
    assert runnable(answer.content, address), "the unit's title is in it, as text"


def runnable(content: bytes, path: str) -> int:
    """Assert that no cell would run, and count those that hold the formula as text."""
    if content[:2] == b"PK":
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"], path
        texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    else:
        texts = [text for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for text in row]
    assert not [text for text in texts if text.startswith("=")], path
    return sum("evil.example" in text for text in texts)


def test_guessed_keys_are_answered_alike_whether_their_holder_exists_or_not(city: City) -> None:
    real = city.keys["unit"]
    head, tail = real[:-20], real[-20:]
    swapped = head + tail.swapcase()
    answers = [
        city.send("unit", "GET", "/nominations", headers={"Authorization": f"Bearer {key}"})
        for key in (swapped, "dx_x")
    ]
    told = [{**answer.json(), "correlation_id": ""} for answer in answers]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert told[0]["message"] == told[1]["message"]
    assert city.send("unit", "GET", f"/nominations?unit_id={UNIT}").status_code == 200, "the holder goes on"


def test_guessing_a_password_locks_the_account_and_says_when_to_come_back(city: City) -> None:
    wrong = {"username": "donghu", "password": "wrong wrong wrong"}
    answers = [as_json(city, "POST", "/session", wrong) for _ in range(8)]
    assert [answer.status_code for answer in answers[:5]] == [401] * 5
    assert {answer.status_code for answer in answers[5:]} == {429}
    assert int(answers[-1].headers["Retry-After"]) > 60


def test_scopes_intersect_with_roles(city: City) -> None:
    """A key that may read enrollment reads nothing of another service, whatever its role opens."""
    assert city.send("reader", "GET", f"/nominations?unit_id={UNIT}").status_code == 200
    for path in ("/letters", "/briefings", "/question-sets", "/terms"):
        assert city.send("unit", "GET", path).status_code == 200, path
        answer = city.send("reader", "GET", path)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), path
    assert city.send("reader", "GET", f"/nominations?unit_id={OTHER}").status_code == 403
    assert len(PEOPLE) <= len(city.send("reader", "GET", "/nominations").json()["items"])
