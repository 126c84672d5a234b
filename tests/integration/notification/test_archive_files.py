"""What the archive of a term gets from notification."""

from __future__ import annotations

import base64
import csv
import io
from pathlib import Path
from typing import Any

import pytest

from services.notification import contract
from shared.errors import Forbidden
from shared.security.caller import Caller, Role, service_caller
from shared.security.signed_claims import read_claims
from shared.security.signing import SigningKeys
from tests.fixtures.store import MakeStore
from tests.integration.notification.notification_city import TERM, City

COMPLIANCE = service_caller("compliance")


@pytest.fixture
def city(make_store: MakeStore, tmp_path: Path) -> City:
    made = City(make_store, tmp_path)
    made.place_term()
    return made


def files(city: City, term_id: str = TERM) -> dict[str, dict[str, Any]]:
    request = {"term_id": term_id}
    given = city.harness.call(contract.EXPORT_NOTIFICATION_FILES, request, caller=COMPLIANCE)["files"]
    return {each["name"]: each for each in given}


def lines(file: dict[str, Any]) -> list[dict[str, str]]:
    text = base64.b64decode(file["content"]).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_it_holds_both_registers_and_the_transfer_letters_that_hold(city: City) -> None:
    city.admit("张伟")
    city.roster_admitted()
    city.settle()
    city.admit("李娜")
    city.roster_admitted()
    city.settle()
    for nomination_id in ("nomination_1", "nomination_2"):
        city.decide(nomination_id)
    city.decide("nomination_2", hours=36)
    city.settle()
    given = files(city)
    assert {name: each["item"] for name, each in given.items()} == {
        "发文登记表.csv": "letters",
        "选调函/选调函-江组函〔2020〕2号.pdf": "letters",
        "结业证书登记表.csv": "certificates",
    }
    register = lines(given["发文登记表.csv"])
    assert [(row["文号"], row["状态"], row["被替代文号"]) for row in register] == [
        ("江校学〔2020〕1号", "已发出", ""),
        ("江校学〔2020〕2号", "已发出", ""),
        ("江组函〔2020〕1号", "已发出", "江组函〔2020〕2号"),
        ("江组函〔2020〕2号", "已发出", ""),
    ]
    certificates = lines(given["结业证书登记表.csv"])
    assert [row["状态"] for row in certificates if row["学时"] == "36"] == ["有效"]
    public = SigningKeys.parse(city.signing_key).public
    assert all(read_claims(public, row["签名文本"])["name"] == row["姓名"] for row in certificates)


def test_a_term_with_nothing_has_empty_registers_and_an_unknown_one_has_none(city: City) -> None:
    given = files(city)
    assert [lines(each) for each in given.values()] == [[], []]
    assert files(city, "term_9") == {}


def test_what_a_spreadsheet_would_run_stays_text(city: City) -> None:
    city.admit("=HYPERLINK(1)")
    city.decide("nomination_1")
    city.settle()
    assert [row["姓名"] for row in lines(files(city)["结业证书登记表.csv"])] == ["'=HYPERLINK(1)"]


def test_only_services_ask_for_it(city: City) -> None:
    with pytest.raises(Forbidden):
        city.harness.call(
            contract.EXPORT_NOTIFICATION_FILES,
            {"term_id": TERM},
            caller=Caller("acct", frozenset({Role.ORGANISATION_DEPARTMENT}), ("",)),
        )
