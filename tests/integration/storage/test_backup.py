"""A backup of a store alone: what is held against it later, and what a run leaves that broke off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pymongo.errors import OperationFailure

from shared.storage import Collection, Index, Store, StoreSchema
from shared.storage import backup as backup_module
from shared.storage.backup import CutOff, OwnDatabases, back_up, end_drill, restore, verify
from shared.storage.backup_folder import BackupUnderWay, NotEmpty, being_made
from tests.fixtures.store import MakeStore

NOTES = Collection("notes", indexes=(Index((("kept_until", 1),), expire_after=timedelta(0)),))
PLAIN = Collection("plain")
SCHEMA = StoreSchema("depot", (NOTES, PLAIN))


@pytest.fixture
def elsewhere(make_store: MakeStore, store_prefix: str) -> Store:
    """Where the backup is restored: databases beside the first."""
    return make_store(SCHEMA, prefix=f"{store_prefix}drill_", ensure=False)


def rows(store: Store, collection: str) -> Any:
    return store.backing.database[collection]


def told(store: Store, folder: Path) -> list[str]:
    return [each.en for each in verify({"depot": store}, folder)]


def test_rows_whose_time_is_over_are_not_missed_and_all_others_are(
    make_store: MakeStore, elsewhere: Store, tmp_path: Path
) -> None:
    """A marker is kept for 48 hours. The server deletes it when it gets round to it, here and there."""
    now = datetime.now(UTC)
    old = {"_id": "old", "digest": "d", "at": now - timedelta(hours=49)}
    nearly = {"_id": "nearly", "digest": "d", "at": now - timedelta(hours=47, minutes=55)}
    fresh = {"_id": "fresh", "digest": "d", "at": now - timedelta(hours=47)}
    first = make_store(SCHEMA)
    rows(first, "_markers").insert_many([old, nearly, fresh])
    rows(first, "notes").insert_many(
        [{"_id": "gone", "version": 1, "kept_until": now}, {"_id": "kept", "version": 1, "kept_until": None}]
    )
    rows(first, "plain").insert_one({"_id": "old", "version": 1, "at": now - timedelta(days=900)})
    back_up({"depot": first}, tmp_path)
    restore({"depot": elsewhere}, tmp_path)
    rows(elsewhere, "_markers").delete_many({"_id": {"$in": ["old", "nearly"]}})
    rows(elsewhere, "notes").delete_one({"_id": "gone"})
    assert told(elsewhere, tmp_path) == []

    rows(elsewhere, "_markers").insert_one(old)  # nor is one in the way that is not deleted yet
    assert told(elsewhere, tmp_path) == []
    rows(elsewhere, "_markers").delete_one({"_id": "fresh"})
    rows(elsewhere, "notes").delete_one({"_id": "kept"})
    rows(elsewhere, "plain").delete_one({"_id": "old"})
    assert told(elsewhere, tmp_path) == [
        "depot._markers: the 1 documents differ from the 0 now",
        "depot.notes: the 1 documents differ from the 0 now",
        "depot.plain: the 1 documents differ from the 0 now",
    ]


def test_a_row_that_another_has_taken_the_place_of_is_found(
    make_store: MakeStore, elsewhere: Store, tmp_path: Path
) -> None:
    first = make_store(SCHEMA)
    rows(first, "_inbox").insert_one({"_id": "react:evt_1", "at": datetime.now(UTC)})
    back_up({"depot": first}, tmp_path)
    restore({"depot": elsewhere}, tmp_path)
    rows(elsewhere, "_inbox").update_one({}, {"$set": {"at": datetime.now(UTC) + timedelta(seconds=1)}})
    assert told(elsewhere, tmp_path) == ["depot._inbox: the 1 documents differ from the 1 now"]


def test_a_drill_is_over_when_its_databases_are_gone_and_no_others_are_dropped(
    make_store: MakeStore, elsewhere: Store, tmp_path: Path
) -> None:
    first = make_store(SCHEMA)
    rows(first, "plain").insert_one({"_id": "one", "version": 1})
    back_up({"depot": first}, tmp_path)
    for _ in range(2):
        restore({"depot": elsewhere}, tmp_path)
        end_drill({"depot": elsewhere}, tmp_path)
        assert elsewhere.backing.database.list_collection_names() == []
    with pytest.raises(OwnDatabases):
        end_drill({"depot": first}, tmp_path)
    assert rows(first, "plain").count_documents({}) == 1


def test_a_backup_has_its_name_when_it_is_whole_and_a_killed_run_is_in_nobodys_way(
    make_store: MakeStore, tmp_path: Path
) -> None:
    stores = {"depot": make_store(SCHEMA)}
    nightly, part = tmp_path / "nightly", tmp_path / "nightly.part"
    (part / "depot").mkdir(parents=True)
    (part / "depot" / "plain.bson.gz").write_bytes(b"half")
    (tmp_path / "nightly.lock").touch()
    with being_made(nightly) as given:
        back_up(stores, given)
        assert not nightly.exists()
        with pytest.raises(BackupUnderWay), being_made(nightly):
            pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["nightly"]
    assert verify(stores, nightly) == []
    with pytest.raises(NotEmpty), being_made(nightly):
        pass


def test_a_run_that_fails_leaves_nothing_and_what_is_of_no_backup_is_left_alone(tmp_path: Path) -> None:
    def break_off(part: Path) -> None:
        (part / "depot").mkdir()
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"), being_made(tmp_path / "nightly") as part:
        break_off(part)
    assert list(tmp_path.iterdir()) == []
    letter = tmp_path / "nightly.part" / "letter.txt"
    letter.parent.mkdir()
    letter.touch()
    with pytest.raises(NotEmpty, match=r"letter\.txt"), being_made(tmp_path / "nightly"):
        pass
    assert letter.exists()


@pytest.mark.parametrize("code", [251, 290])
def test_a_transaction_that_the_database_ends_for_its_age_is_told_with_what_to_do(
    make_store: MakeStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def ended(documents: object) -> None:
        raise OperationFailure("Transaction 1 has been aborted.", code, {"errorLabels": ["TransientTransactionError"]})

    stores = {"depot": make_store(SCHEMA)}
    monkeypatch.setattr(backup_module, "_digested", ended)
    with pytest.raises(CutOff, match="transactionLifetimeLimitSeconds") as told:
        back_up(stores, tmp_path / "one")
    assert "3600" in told.value.message.zh
