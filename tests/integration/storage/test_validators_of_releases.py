"""One database, several releases: each finds its own documents let in, until the database is contracted."""

from __future__ import annotations

from typing import Any

import pytest

from shared.identifiers import new_id
from shared.storage import Collection, Migration, Store, StoreSchema
from shared.storage.audit_sealing import AuditSealing
from shared.storage.backup import back_up, restore
from shared.storage.faults import StorageFault
from shared.storage.migrations import OlderCodeRuns
from tests.fixtures.store import MakeStore
from tests.integration.storage.library import CLERK

UNCHECKED = Collection("shelves")
OLDER = Collection("shelves", validator={"properties": {"state": {"enum": ["free", "full"]}}})
NEWER = Collection(
    "shelves",
    validator={
        "required": ["room"],
        "properties": {"state": {"enum": ["free", "full", "broken"]}, "room": {"bsonType": "string"}},
    },
)
OLD_ROW, NEW_ROW = {"state": "free"}, {"state": "broken", "room": "2"}
WRONG_ROW = {"state": "broken"}


def _schema(shelves: Collection, *migrations: Migration) -> StoreSchema:
    return StoreSchema("depot", (shelves,), migrations)


def put(store: Store, row: dict[str, Any]) -> None:
    shelves = store.schema.collections[0]
    store.transact(CLERK, lambda tx: tx.rows(shelves).insert({"_id": new_id("shelf"), **row}) and {}, operation="put")


def validator(store: Store) -> Any:
    (found,) = store.backing.database.list_collections(filter={"name": "shelves"})
    return found["options"].get("validator", {})


def refused(store: Store, row: dict[str, Any]) -> list[str]:
    with pytest.raises(StorageFault) as fault:
        put(store, row)
    fields: list[str] = fault.value.details["fields"]
    return fields


def test_a_new_database_has_the_validator_of_its_code_alone(make_store: MakeStore) -> None:
    store = make_store(_schema(NEWER))
    assert validator(store) == {"$jsonSchema": NEWER.json_schema}
    assert store.wide() == []
    assert refused(store, OLD_ROW) == ["room"]


def test_after_one_service_was_rolled_back_those_that_stay_still_write_as_they_do(make_store: MakeStore) -> None:
    new, old = make_store(_schema(NEWER)), make_store(_schema(OLDER), ensure=False)
    report = old.ensure()
    assert (report.validators, report.wide) == (["shelves"], ["shelves"])
    put(new, NEW_ROW)
    put(old, OLD_ROW)
    assert refused(new, WRONG_ROW) == ["room", "state"], "a choice of two, and not of everything"


def test_replicas_before_an_upgrade_write_as_they_do_until_the_database_is_contracted(make_store: MakeStore) -> None:
    old, new = make_store(_schema(OLDER)), make_store(_schema(NEWER), ensure=False)
    assert new.ensure().wide == ["shelves"]
    put(old, OLD_ROW)
    put(new, NEW_ROW)

    report = new.ensure(contract=True)
    assert (report.validators, report.wide) == (["shelves"], [])
    assert validator(new) == {"$jsonSchema": NEWER.json_schema}
    assert refused(old, OLD_ROW) == ["room"]
    assert new.ensure(contract=True).validators == []


def test_what_is_among_the_choices_is_not_added_again(make_store: MakeStore) -> None:
    old, new = make_store(_schema(OLDER)), make_store(_schema(NEWER))
    both = validator(new)
    assert both == {"$or": [{"$jsonSchema": OLDER.json_schema}, {"$jsonSchema": NEWER.json_schema}]}
    for store in (new, old, new):
        assert store.ensure().validators == []
    assert validator(new) == both


def test_a_first_validator_refuses_nothing_before_the_contraction_either(make_store: MakeStore) -> None:
    before, after = make_store(_schema(UNCHECKED)), make_store(_schema(NEWER))
    put(before, OLD_ROW)
    make_store(_schema(UNCHECKED))
    assert after.ensure(contract=True).validators == ["shelves"]
    assert refused(before, OLD_ROW) == ["room"]


def test_an_expanding_migration_finds_both_let_in_and_a_contracting_one_comes_before_it_is_narrow(
    make_store: MakeStore,
) -> None:
    def furnish(database: Any) -> None:
        database.shelves.update_many({"room": None}, {"$set": {"room": "1"}})
        database.shelves.insert_one({"_id": "seen by the old", "version": 1, "state": "full"})

    def tidy(database: Any) -> None:
        database.shelves.delete_many({"room": None})
        database.shelves.insert_one({"_id": "seen by the old", "version": 1, "state": "full"})

    put(make_store(_schema(OLDER)), OLD_ROW)
    steps = Migration(1, "shelves stand in a room", furnish), Migration(2, "all do", tidy, phase="contract")
    new = make_store(_schema(NEWER, *steps), ensure=False)
    assert new.ensure().applied == [1]
    report = new.ensure(contract=True)
    assert (report.applied, report.wide) == ([2], [])


@pytest.mark.parametrize(("running", "contracting"), [(OLDER, NEWER), (NEWER, OLDER)])
def test_nothing_is_narrowed_while_code_with_another_validator_runs(
    make_store: MakeStore, running: Collection, contracting: Collection
) -> None:
    """Also where neither release has a migration by which they could be told apart."""
    other, own = make_store(_schema(running)), make_store(_schema(contracting))
    process = AuditSealing({"depot": other})
    process.start()
    try:
        own.presence.say("a process of the same code")
        with pytest.raises(OlderCodeRuns) as stopped:
            own.ensure(contract=True)
        assert (stopped.value.details["collections"], len(stopped.value.details["instances"])) == (["shelves"], 1)
        put(other, OLD_ROW if running is OLDER else NEW_ROW)
    finally:
        process.stop()
    assert own.ensure(contract=True).wide == []


def test_a_process_that_does_not_say_which_validators_it_has_counts_as_another(make_store: MakeStore) -> None:
    make_store(_schema(OLDER))
    new = make_store(_schema(NEWER))
    new.presence.say("of a release before")
    new.backing.collection("_presence").update_one({}, {"$unset": {"validators": ""}})
    with pytest.raises(OlderCodeRuns):
        new.ensure(contract=True)


def test_a_restored_database_has_the_validators_of_its_code_alone(
    make_store: MakeStore, store_prefix: str, tmp_path: Any
) -> None:
    make_store(_schema(OLDER))
    store = make_store(_schema(NEWER))
    put(store, OLD_ROW)
    back_up({"depot": store}, tmp_path)
    elsewhere = make_store(_schema(NEWER), prefix=f"{store_prefix}drill_", ensure=False)
    restore({"depot": elsewhere}, tmp_path)
    assert validator(elsewhere) == {"$jsonSchema": NEWER.json_schema}
