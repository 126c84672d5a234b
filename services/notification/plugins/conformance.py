"""What every channel and every document has to hold, built in or from elsewhere; the conformance kit runs it."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from services.notification.domain.facts import KINDS
from services.notification.plugins.sample_facts import DATED, NUMBER, sample_facts
from services.notification.ports import NotDelivered, Note, Parcel, Receipt, Underway
from shared.plugins import Manifest

_CAPABILITIES = {"unit", "trainee", "message"}
_ADDRESSES = {"email", "mobile", "fax", "app"}
_ODD_ADDRESSES = (
    "",
    " ",
    "x" * 2000,
    "a\r\nBcc: b@example.cn",
    "javascript:alert(1)",
    "http://127.0.0.1/",
    "https://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
    "../../etc/passwd",
    "０１０－８８８８",
)
_DOCUMENTS = (*KINDS, "certificate")
_SIGNED = "eyJhbGciOiJFZERTQSJ9." + "e30" * 120 + "." + "A" * 86
_PDF = b"%PDF-1.7 conformance"


def check_channel(channel: Any, manifest: Manifest) -> None:
    """Send with it, well and badly: whatever the address, it answers in its own words and nothing else comes out."""
    able = set(manifest.capabilities)
    assert able, f"{manifest.key} names no capability: {sorted(_CAPABILITIES)}"
    assert able <= _CAPABILITIES, f"{manifest.key} names capabilities nobody asks for: {sorted(able - _CAPABILITIES)}"
    if able & {"unit", "trainee"}:
        assert callable(getattr(channel, "send", None)), f"{manifest.key} serves letters but has no send"
    if "message" in able:
        assert callable(getattr(channel, "tell", None)), f"{manifest.key} serves messages but has no tell"
        kind = manifest.extra.get("addresses")
        assert kind in _ADDRESSES, f"{manifest.key} has to say which addresses it takes: {sorted(_ADDRESSES)}"
    with tempfile.TemporaryDirectory(prefix="diaoxun-conformance-") as folder:
        for address in _ODD_ADDRESSES:
            _check_refusal(channel, manifest, address, Path(folder))
        if manifest.extra.get("local"):
            _check_sending(channel, manifest, Path(folder))


def check_document(document: Any, manifest: Manifest) -> None:
    """Compose and set letters, odd ones too: plain JSON, the same each time, and a page that can be printed."""
    # Heavy, and only wanted here: a registry that reads the checks of other kinds need not have it.
    from services.notification.typesetting.qr_code import qr_svg
    from services.notification.typesetting.typesetter import Typesetter

    assert document.kind in _DOCUMENTS, f"{manifest.key} words {document.kind!r}, there are {_DOCUMENTS}"
    assert manifest.capabilities == (document.kind,), f"{manifest.key}: its capability has to be ({document.kind!r},)"
    source = document.template()
    assert isinstance(source, str), f"{manifest.key}: the template is {type(source).__name__}, not text"
    setter = Typesetter()
    setter.add(manifest.slug, source)
    for facts in sample_facts(document.kind):
        said = document.compose(facts, NUMBER, DATED)
        assert said == document.compose(facts, NUMBER, DATED), f"{manifest.key} words the same facts differently"
        if document.kind == "certificate":
            proof = {"serial": NUMBER, "code": "ABCD-EFGH", "qr": qr_svg(_SIGNED), "signed": _SIGNED}
            said = {**said, "proof": proof}
        pdf = setter.render(manifest.slug, said, DATED)
        if document.kind == "certificate":
            other = {**said, "proof": {**proof, "qr": qr_svg(_SIGNED[::-1])}}
            assert pdf != setter.render(manifest.slug, other, DATED), f"{manifest.key} shows no QR code"
        assert pdf.startswith(b"%PDF"), f"{manifest.key}: what came out is no PDF"
        assert pdf == setter.render(manifest.slug, said, DATED), f"{manifest.key} prints one letter in two ways"


def _check_refusal(channel: Any, manifest: Manifest, address: str, folder: Path) -> None:
    check = getattr(channel, "check_address", None)
    refused = check is not None and _refusal(manifest, check, address)
    if not refused:
        return
    assert refused.final, f"{manifest.key}: {address[:40]!r} is refused, but not for good"
    for send, thing in _ways(channel, manifest, address, folder):
        missed = _refusal(manifest, send, thing)
        assert missed, f"{manifest.key} refuses the address {address[:40]!r} when it is set and uses it all the same"


def _check_sending(channel: Any, manifest: Manifest, folder: Path) -> None:
    address = {"email": "conformance@example.cn", "mobile": "13800000000", "fax": "027-88880000"}.get(
        str(manifest.extra.get("addresses")), ""
    )
    for send, thing in _ways(channel, manifest, address, folder):
        for _ in range(2):
            taken = send(thing)
            assert isinstance(taken, (Receipt, Underway)), f"{manifest.key} answered {type(taken).__name__}, no receipt"
        if isinstance(taken, Underway):
            told = channel.outcome(taken.ticket)
            assert told is None or isinstance(told, Receipt), f"{manifest.key}: {told!r} is no outcome"


def _refusal(manifest: Manifest, call: Callable[[Any], Any], thing: Any) -> NotDelivered | None:
    refused: NotDelivered | None = None
    try:
        call(thing)
    except NotDelivered as raised:
        refused = raised
    if refused is not None:
        assert refused.zh.strip(), f"{manifest.key} gives no reason in Chinese"
        assert refused.en.strip(), f"{manifest.key} gives no reason in English"
    return refused


def _ways(channel: Any, manifest: Manifest, address: str, folder: Path) -> list[tuple[Callable[[Any], Any], Any]]:
    ways: list[tuple[Callable[[Any], Any], Any]] = []
    if {"unit", "trainee"} & set(manifest.capabilities):
        ways.append((channel.send, _parcel(address, folder)))
    if "message" in manifest.capabilities:
        ways.append((channel.tell, _note(address, folder)))
    return ways


def _parcel(address: str, folder: Path) -> Parcel:
    return Parcel(
        delivery_id="delivery_conformance",
        letter_id="letter_conformance",
        kind="transfer",
        number=NUMBER,
        title="关于选调学员参加培训的函",
        unit_id="jiangcheng.donghu",
        recipient="jiangcheng.donghu",
        filename=f"选调函-{NUMBER}.pdf",
        content=_PDF,
        sha256=hashlib.sha256(_PDF).hexdigest(),
        attempt=1,
        sent_at=datetime(2020, 5, 11, 1, 0, tzinfo=UTC),
        data_folder=folder,
        address=address,
    )


def _note(address: str, folder: Path) -> Note:
    return Note(
        dispatch_id="dispatch_conformance",
        attempt=1,
        recipient="unit:jiangcheng.donghu",
        person="王海",
        address=address,
        subject="请确认返岗",
        text="东湖区委：\n\n请于5月20日前确认学员返岗情况。",
        short="请于5月20日前确认学员返岗情况。",
        urgent=False,
        sent_at=datetime(2020, 5, 11, 1, 0, tzinfo=UTC),
        data_folder=folder,
        page=_PDF,
    )
