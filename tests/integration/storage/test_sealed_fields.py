"""Personal data in documents: encrypted, looked up blindly, opened under audit."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from shared.identifiers import new_id
from shared.security.fields import Keyring, SealBroken
from shared.storage import Collection, Sealed, Store, StoreSchema, Transaction
from shared.storage.faults import AlreadyPresent
from shared.storage.migrations import SchemaMismatch
from tests.fixtures.store import MakeStore
from tests.integration.storage.library import CLERK, READERS, SCHEMA, unit_caller

ID_NUMBER = "420102199001011234"
PHONE = "13800000000"
K1, K2 = (base64.b64encode(bytes([number]) * 32).decode() for number in (7, 8))


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    return make_store(SCHEMA)


def _enrol(store: Store, **fields: Any) -> str:
    def body(tx: Transaction) -> dict[str, Any]:
        reader = {"_id": new_id("reader"), "id_number": ID_NUMBER, "phone": PHONE, **fields}
        return {"id": tx.rows(READERS).insert(reader)["_id"]}

    return str(store.transact(CLERK, body, operation="enrol")["id"])


def _raw(store: Store, name: str = "readers") -> list[dict[str, Any]]:
    return list(store._backing.collection(name).find().sort("_id", 1))


def test_nothing_readable_reaches_database_repr_or_json(store: Store) -> None:
    id = _enrol(store)
    for name in ("readers", "_audit", "_outbox", "_markers"):
        assert ID_NUMBER not in repr(_raw(store, name))
        assert PHONE not in repr(_raw(store, name))
    reader = store.view(CLERK).rows(READERS).get(id)
    assert repr(reader["phone"]) == str(reader["phone"]) == "<sealed phone>"
    with pytest.raises(TypeError):
        json.dumps(reader)


def test_opening_a_field_is_audited_with_its_purpose(store: Store) -> None:
    id = _enrol(store)
    rows = store.view(unit_caller("jiangcheng")).rows(READERS)
    assert rows.unseal(rows.get(id), "id_number", purpose="印制入学通知书") == ID_NUMBER
    row = _raw(store, "_audit")[-1]
    assert (row["kind"], row["subject"], row["touched"]) == ("unseal", "user:unit", [f"readers/{id}@1"])
    assert row["notes"] == [{"action": "unseal", "field": "id_number", "purpose": "印制入学通知书"}]


def test_opening_many_leaves_one_row_and_opening_nothing_none(store: Store) -> None:
    for number in range(3):
        _enrol(store, id_number=f"{number}", phone=None if number == 1 else PHONE)
    rows = store.view(CLERK).rows(READERS)
    before = len(_raw(store, "_audit"))
    docs = rows.find({}, [("_id", 1)])
    assert rows.unseal_many(docs, "phone", purpose="短信通知") == [PHONE, None, PHONE]
    assert rows.unseal(docs[1], "phone", purpose="短信通知") is None
    audit = _raw(store, "_audit")
    assert len(audit) == before + 1
    assert len(audit[-1]["touched"]) == 2
    with pytest.raises(ValueError, match="purpose"):
        rows.unseal(docs[0], "phone", purpose=" ")


def test_opening_inside_a_transaction_is_audited_with_it(store: Store) -> None:
    id = _enrol(store)

    def show(tx: Transaction) -> dict[str, Any]:
        rows = tx.rows(READERS)
        return {"phone": rows.unseal(rows.get(id), "phone", purpose="核对")}

    assert store.transact(CLERK, show, operation="show") == {"phone": PHONE}
    assert [row["operation"] for row in _raw(store, "_audit")] == ["enrol", "unseal"]


def test_a_reader_is_found_by_number_without_opening_anything(store: Store) -> None:
    id = _enrol(store)
    rows = store.view(CLERK).rows(READERS)
    assert [row["_id"] for row in rows.by_blind("id_number", ID_NUMBER)] == [id]
    assert rows.by_blind("id_number", ID_NUMBER[:-1]) == []
    with pytest.raises(AlreadyPresent) as refusal:
        _enrol(store)
    assert refusal.value.details["fields"] == ["id_number_blind"]
    assert ID_NUMBER not in str(refusal.value)


def test_saving_keeps_untouched_seals_and_seals_what_is_new(store: Store) -> None:
    id = _enrol(store)
    token = _raw(store)[0]["id_number"]

    def change(tx: Transaction) -> dict[str, Any]:
        rows = tx.rows(READERS)
        reader = rows.get(id)
        reader["phone"] = "13911111111"
        saved = rows.save(reader)
        assert isinstance(saved["phone"], Sealed)
        return {}

    store.transact(CLERK, change, operation="change")
    assert _raw(store)[0]["id_number"] == token
    rows = store.view(CLERK).rows(READERS)
    [found] = rows.by_blind("phone", "13911111111")
    assert rows.unseal(found, "phone", purpose="核对") == "13911111111"
    assert rows.by_blind("phone", PHONE) == []


def test_emptying_a_sealed_field_empties_its_blind_index(store: Store) -> None:
    id = _enrol(store)

    def empty(tx: Transaction) -> dict[str, Any]:
        rows = tx.rows(READERS)
        rows.save({**rows.get(id), "phone": None})
        return {}

    store.transact(CLERK, empty, operation="empty")
    assert store.view(CLERK).rows(READERS).by_blind("phone", PHONE) == []


def test_a_sealed_value_cannot_be_carried_to_another_document(store: Store) -> None:
    id = _enrol(store)
    stolen = store.view(CLERK).rows(READERS).get(id)["phone"]
    with pytest.raises(SealBroken):
        _enrol(store, id_number="2", phone=stolen)

    # … nor behind the kit's back, in the database.
    other = _enrol(store, id_number="2", phone="1")
    store._backing.collection("readers").update_one({"_id": other}, {"$set": {"phone": stolen.token}})
    rows = store.view(CLERK).rows(READERS)
    doc = rows.get(other)
    with pytest.raises(SealBroken) as refusal:
        rows.unseal(doc, "phone", purpose="核对")
    assert PHONE not in str(refusal.value)


def test_objects_and_bytes_are_sealed_as_well(make_store: MakeStore) -> None:
    files = Collection("files", sealed=("content", "health"))
    store = make_store(StoreSchema("archive", (files,)))

    def keep(tx: Transaction) -> dict[str, Any]:
        tx.rows(files).insert({"_id": "file_1", "content": b"\x00xlsx", "health": {"allergies": ["青霉素"]}})
        return {}

    store.transact(CLERK, keep, operation="keep")
    assert "青霉素" not in repr(_raw(store, "files"))
    rows = store.view(CLERK).rows(files)
    doc = rows.get("file_1")
    assert rows.unseal(doc, "content", purpose="下载") == b"\x00xlsx"
    assert rows.unseal(doc, "health", purpose="报到") == {"allergies": ["青霉素"]}


def test_rotation_seals_anew_and_lets_the_old_key_go(make_store: MakeStore) -> None:
    before = make_store(SCHEMA, keyring=Keyring.parse(f"k1:{K1},blind:{K1}"))
    ids = [_enrol(before, id_number=str(number)) for number in range(3)]
    rotated = make_store(SCHEMA, keyring=Keyring.parse(f"k2:{K2},k1:{K1},blind:{K1}"))
    assert rotated.reseal(CLERK) == {"readers": 3}
    assert rotated.reseal(CLERK) == {"readers": 0}

    after = make_store(SCHEMA, keyring=Keyring.parse(f"k2:{K2},blind:{K1}"))
    rows = after.view(CLERK).rows(READERS)
    assert [row["_id"] for row in rows.by_blind("id_number", "1")] == [ids[1]]
    assert rows.unseal(rows.get(ids[2]), "phone", purpose="核对") == PHONE
    assert rows.get(ids[0])["version"] == 1
    assert _raw(after, "_audit")[-2]["notes"][0]["documents"] == 0


def test_a_changed_blind_key_is_refused_until_everything_is_written_anew(make_store: MakeStore) -> None:
    before = make_store(SCHEMA, keyring=Keyring.parse(f"k1:{K1}"))
    _enrol(before)
    after = make_store(SCHEMA, keyring=Keyring.parse(f"k1:{K1},blind:{K2}"), ensure=False)
    with pytest.raises(SchemaMismatch):
        after.ensure()
    assert after.reseal(CLERK, blind_too=True) == {"readers": 1}
    after.ensure()
    assert len(after.view(CLERK).rows(READERS).by_blind("id_number", ID_NUMBER)) == 1
