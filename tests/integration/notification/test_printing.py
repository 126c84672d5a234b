"""From registered letters to PDFs in the store."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader

from services.notification import contract
from services.notification.commands import printing, sending
from services.notification.commands.press import Press, Sheet
from services.notification.store import FILES
from shared.context import Context
from shared.runtime.testing import Emitted
from shared.security.caller import service_caller
from tests.fixtures.store import MakeStore
from tests.integration.notification.notification_city import TERM, UNIT, City

NOT_IN_THE_FONTS = "\U0002b8a1"


@pytest.fixture
def city(make_store: MakeStore, tmp_path: Path) -> City:
    made = City(make_store, tmp_path)
    made.place_term()
    return made


def download(city: City, letter_id: str) -> bytes:
    reply = city.harness.call(contract.GET_LETTER_FILE, {"letter_id": letter_id})
    assert reply["media_type"] == "application/pdf"
    return base64.b64decode(reply["content"])


def listed(city: City, **wanted: object) -> list[dict[str, object]]:
    items: list[dict[str, object]] = city.harness.call(contract.LIST_LETTERS, dict(wanted))["items"]
    return items


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "")


def test_the_file_is_the_letter_that_was_registered(city: City) -> None:
    city.admit("张伟", "李娜")
    city.roster_admitted()
    city.settle()
    letter = listed(city, kind="transfer")[0]
    pdf = download(city, str(letter["letter_id"]))
    assert hashlib.sha256(pdf).hexdigest() == letter["sha256"]
    assert len(pdf) == letter["size"]
    words = text_of(pdf)
    for part in (
        "江组函〔2020〕1号",
        "东湖区委：",
        "2020年6月8日至6月12日",
        "6月3日前",
        "2020年5月11日",
        "东湖区卫生健康局疾控科",
    ):
        assert part in words


def test_a_download_is_written_into_the_audit_log(city: City) -> None:
    city.admit("张伟")
    city.roster_admitted()
    city.settle()
    while (sealed := city.store.audit.seal()) is None or sealed[0]:
        pass
    download(city, str(listed(city, kind="admission")[0]["letter_id"]))
    written = city.store.audit.seal()
    assert written is not None
    assert written[0] == 1


def test_the_stored_file_is_encrypted(city: City) -> None:
    city.admit("张伟")
    city.roster_admitted()
    city.settle()
    row = city.store.view(Context(caller=service_caller("test"))).rows(FILES).find()[0]
    assert "sealed" in repr(row["pdf"])


def test_a_letter_not_printed_yet_has_no_file(city: City) -> None:
    city.admit("张伟")
    city.roster_admitted()
    letter = listed(city)[0]
    with pytest.raises(contract.LetterNotPrinted, match="1号"):
        download(city, str(letter["letter_id"]))


def test_a_missing_glyph_is_reported_and_holds_up_no_other_letter(city: City) -> None:
    city.admit("张伟", f"王{NOT_IN_THE_FONTS}")
    city.roster_admitted()
    events = city.settle()
    states = {letter["trainees"]: letter for letter in listed(city, state="unprintable")}
    notice = states[1]
    assert "U+2B8A1" in notice["problem"]["zh"]  # type: ignore[index]
    assert "U+2B8A1" in notice["problem"]["en"]  # type: ignore[index]
    assert [letter["number"] for letter in listed(city, state="issued")] == ["江校学〔2020〕1号"]
    # The transfer letter names everybody, so it cannot be printed either.
    assert events.count("notification.letter.failed.v1") == 2


def test_unprintable_letters_are_printed_again_under_their_number(city: City) -> None:
    city.admit(f"王{NOT_IN_THE_FONTS}")
    city.roster_admitted()
    city.settle()
    reply = city.harness.call(contract.ISSUE_LETTERS, {"term_id": TERM, "unit_id": UNIT})
    assert (reply["registered"], reply["printed_again"]) == (0, 2)
    assert {letter["state"] for letter in listed(city)} == {"registered"}
    city.settle()
    assert {letter["state"] for letter in listed(city)} == {"unprintable"}


def test_a_letter_made_void_before_printing_is_not_printed(city: City) -> None:
    city.admit("张伟")
    city.roster_admitted()
    letter = listed(city, kind="admission")[0]
    city.harness.call(contract.VOID_LETTER, {"letter_id": letter["letter_id"], "reason": "人选有误"})
    city.settle()
    assert city.outbox == [f"{UNIT}/选调函/江组函〔2020〕1号.pdf"]


def test_the_issuer_and_its_contact_are_data(city: City) -> None:
    issuer = {
        "kind": "transfer",
        "name": "中共东湖区委组织部",
        "signature": "中共东湖区委组织部",
        "series": "东组函",
        "contact": {"person": "王海", "phone": "027-00000000", "fax": ""},
    }
    city.harness.call(contract.PUT_ISSUER, issuer)
    city.admit("张伟")
    city.roster_admitted()
    city.settle()
    letter = listed(city, kind="transfer")[0]
    assert letter["number"] == "东组函〔2020〕1号"
    words = text_of(download(city, str(letter["letter_id"])))
    assert "中共东湖区委组织部" in words
    assert "联系人：王海" in words


@pytest.mark.parametrize("series", ["JZH", "江", "江组 函", "江组函〔2020〕1号"])
def test_a_series_that_is_no_series_is_refused(city: City, series: str) -> None:
    issuer = {"kind": "transfer", "name": "中共江城市委组织部", "signature": "市委组织部", "series": series}
    with pytest.raises((contract.BadSeries, Exception), match=r"series|机关代字"):
        city.harness.call(contract.PUT_ISSUER, issuer)


def cut_off(city: City, monkeypatch: pytest.MonkeyPatch, batch: Emitted) -> None:
    """Deliver a batch to a process that ends when its letters are issued and not sent yet."""

    def power_cut(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sending, "hand_over", power_cut)
        with pytest.raises(KeyboardInterrupt):
            city.harness.deliver(contract.BATCH_REGISTERED, batch.data, event_id=batch.id)


def test_a_batch_cut_off_between_issue_and_sending_is_finished_when_it_comes_again(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    city.admit("张伟")
    city.roster_admitted()
    (batch,) = city.harness.take()

    cut_off(city, monkeypatch, batch)
    assert {letter["state"] for letter in listed(city)} == {"issued"}
    assert city.outbox == []
    for _ in range(2):
        city.harness.deliver(contract.BATCH_REGISTERED, batch.data, event_id=batch.id)
    assert len(city.outbox) == 2
    rows = city.harness.call(contract.LIST_DELIVERIES)["items"]
    assert [row["state"] for row in rows] == ["delivered", "delivered"]
    assert [each.type for each in city.harness.emitted()] == [
        "notification.letters.issued.v1",
        "notification.letters.delivered.v1",
    ]


def test_one_of_two_at_work_on_a_batch_sends_what_the_other_issued(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    city.admit("张伟")
    city.roster_admitted()
    (batch,) = city.harness.take()
    render = printing._render_all

    def overtaken(press: Press, sheets: Sequence[Sheet]) -> list[printing.Printed]:
        printed = render(press, sheets)
        with monkeypatch.context() as other:
            other.setattr(printing, "_render_all", render)
            cut_off(city, monkeypatch, batch)
        return printed

    monkeypatch.setattr(printing, "_render_all", overtaken)
    city.harness.deliver(contract.BATCH_REGISTERED, batch.data, event_id=batch.id)
    assert len(city.outbox) == 2
    rows = city.harness.call(contract.LIST_DELIVERIES)["items"]
    assert [row["state"] for row in rows] == ["delivered", "delivered"]


def test_a_batch_that_comes_again_once_its_transfer_letter_was_signed_off_leaves_that_one_alone(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    department = {
        "kind": "transfer",
        "name": "市委组织部",
        "signature": "市委组织部",
        "series": "江组函",
        "sign_off": True,
    }
    city.harness.call(contract.PUT_ISSUER, department)
    city.admit("张伟")
    city.roster_admitted()
    (batch,) = city.harness.take()

    cut_off(city, monkeypatch, batch)
    city.harness.call(contract.SIGN_OFF_LETTERS, {"term_id": TERM})
    city.settle()
    (transfer,) = city.harness.call(contract.LIST_DELIVERIES)["items"]

    city.harness.deliver(contract.BATCH_REGISTERED, batch.data, event_id=batch.id)
    rows = city.harness.call(contract.LIST_DELIVERIES)["items"]
    assert sorted((row["kind"], row["state"], row["attempts"]) for row in rows) == [
        ("admission", "delivered", 1),
        ("transfer", "delivered", 1),
    ]
    assert transfer in rows
