"""The operator's commands against a real broker and a real store."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import kombu
import pytest

from deploy.cli.installed import stores
from services.compliance.store import SCHEMA
from shared.messaging import naming, topology
from shared.storage import Store
from shared.storage.sessions import SESSIONS
from tests.fixtures.command_line import Diaoxun, Done
from tests.fixtures.runner_process import Place
from tests.integration.storage.library import CLERK

SERVICE = "compliance"
Run = Callable[..., Done]


@pytest.fixture
def diaoxun(diaoxun_with: Diaoxun, place: Place) -> Run:
    """The command line on this module's broker and store."""
    return lambda *arguments: diaoxun_with(place.environment, *arguments)


@pytest.fixture
def prepared(diaoxun: Run) -> Run:
    assert diaoxun("migrate", SERVICE).code == 0
    assert diaoxun("topology", "apply").code == 0
    return diaoxun


@pytest.fixture
def store(place: Place) -> Store:
    return place.store(SCHEMA)


def quarantine(place: Place, body: dict[str, Any]) -> None:
    confirmed = {"confirm_publish": True}
    with (
        kombu.Connection(place.amqp_uri, transport_options=confirmed) as connection,
        kombu.Producer(connection) as producer,
    ):
        producer.publish(
            json.dumps(body),
            routing_key=naming.quarantine_queue(SERVICE),
            content_type="application/json",
            content_encoding="utf-8",
        )


def test_what_a_command_has_open_is_ended_by_others_when_it_is_killed(
    prepared: Run, place: Place, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in place.environment.items():
        monkeypatch.setenv(name, value)
    noted = store.backing.collection(SESSIONS)
    with stores([SERVICE], False) as [(_, opened)]:
        opened.transact(CLERK, lambda tx: {}, operation="look")
        assert noted.count_documents({}) == 1, "others end what is noted and not told of for a while"
    assert noted.count_documents({}) == 0


def findings(diaoxun: Run) -> dict[str, dict[str, str]]:
    return {each["what"]: each for each in diaoxun("doctor", "--json").data["findings"]}


def test_an_unprepared_database_is_seen_and_prepared(diaoxun_with: Diaoxun, place: Place) -> None:
    apart = place.beside("fresh_")
    lacking = diaoxun_with(apart.environment, "migrate", "--check", "--json", SERVICE)
    assert lacking.code == 1
    assert "collection briefings" in lacking.data[0]["lacks"]
    assert diaoxun_with(apart.environment, "migrate", SERVICE).code == 0
    assert diaoxun_with(apart.environment, "migrate", "--check", SERVICE).code == 0
    apart.store(SCHEMA)
    apart.clear()


def test_a_prepared_installation_is_well(prepared: Run) -> None:
    found = findings(prepared)
    assert found["broker"]["state"] == "well"
    assert "RabbitMQ" in found["broker"]["en"]
    assert found["topology"]["state"] == "well"
    assert found[f"database {SERVICE}"]["state"] == "well"


def test_a_database_that_still_lets_in_what_other_releases_write_is_named_until_it_is_contracted(
    prepared: Run, store: Store
) -> None:
    of_another_release = {"$jsonSchema": {"required": ["colour"]}}
    store.backing.database.command("collMod", "briefings", validator=of_another_release)
    assert prepared("migrate", SERVICE, "--json").data[0]["wide"] == ["briefings"]
    assert findings(prepared)[f"validators {SERVICE}"]["state"] == "notice"
    assert prepared("migrate", "--contract", SERVICE).code == 0
    assert f"validators {SERVICE}" not in findings(prepared)


def test_topology_is_applied_again_without_harm(prepared: Run) -> None:
    said = prepared("topology", "apply", "--json").data
    assert SERVICE in said["services"]
    assert naming.quarantine_queue(SERVICE) in said["queues"]


def test_dead_letters_are_seen_and_discarded_with_an_audit_row(prepared: Run, place: Place, store: Store) -> None:
    quarantine(place, {"id": "evt_1", "note": "13912345678"})
    quarantine(place, {"id": "evt_2"})
    assert findings(prepared)["quarantine"]["state"] == "notice"
    assert [row["id"] for row in prepared("dlq", "list", SERVICE, "--json").data] == ["evt_1", "evt_2"]
    assert "13912345678" not in prepared("dlq", "show", SERVICE, "evt_1").out

    everything = prepared("dlq", "discard", SERVICE)
    assert everything.code == 1
    assert "--all" in everything.err
    assert [row["id"] for row in prepared("dlq", "discard", SERVICE, "--all", "--dry-run", "--json").data] == [
        "evt_1",
        "evt_2",
    ]
    before = store.audit.verify()
    assert prepared("dlq", "discard", SERVICE, "--id", "evt_1").code == 0

    assert [row["id"] for row in prepared("dlq", "list", SERVICE, "--json").data] == ["evt_2"]
    after = store.audit.verify()
    assert after.unsealed == before.unsealed + 1, "one audit row for the one message, none for the rehearsal"
    assert prepared("dlq", "discard", SERVICE, "--all").code == 0


def test_the_gateways_dead_letters_are_seen_and_discarded_too(prepared: Run, place: Place) -> None:
    assert prepared("migrate", "gateway").code == 0
    confirmed = {"confirm_publish": True}
    with (
        kombu.Connection(place.amqp_uri, transport_options=confirmed) as connection,
        kombu.Producer(connection) as producer,
    ):
        name = naming.subscriber_quarantine("gateway")
        topology.declare(topology.quarantine(name).bind(connection.default_channel))
        producer.publish(
            b'{"id": "evt_8"}', routing_key=name, content_type="application/json", content_encoding="utf-8"
        )
    assert "gateway" in findings(prepared)["quarantine"]["en"]
    assert [row["id"] for row in prepared("dlq", "list", "gateway", "--json").data] == ["evt_8"]
    assert prepared("dlq", "discard", "gateway", "--all").code == 0
    assert prepared("dlq", "list", "gateway", "--json").data == []


def test_an_altered_audit_row_and_a_chain_written_anew_are_found(prepared: Run, place: Place, store: Store) -> None:
    quarantine(place, {"id": "evt_3"})
    assert prepared("dlq", "discard", SERVICE, "--id", "evt_3").code == 0
    store.audit.seal()
    head = store.audit.head()
    kept = f"{SERVICE}:{head.seq}:{head.hash}"
    intact = prepared("audit", "verify", SERVICE, "--head", kept, "--json")
    assert intact.code == 0
    assert intact.data[0]["rows"] >= 1
    anew = prepared("audit", "verify", SERVICE, "--head", f"{SERVICE}:{head.seq}:{'0' * 64}", "--json")
    assert (anew.code, anew.data[0]["broken_at"]) == (1, head.seq)
    for wrong in (SERVICE, kept.replace(SERVICE, "elsewhere")):
        refused = prepared("audit", "verify", SERVICE, "--head", wrong)
        assert refused.code == 1
        assert wrong.partition(":")[0] in refused.err

    store._backing.database["_audit"].update_one({"seq": 1}, {"$set": {"operation": "something_else"}})
    broken = prepared("audit", "verify", SERVICE, "--json")
    assert broken.code == 1
    assert broken.data[0]["broken_at"] == 1
    assert broken.data[0]["reason"]["zh"]


def test_an_unknown_dead_letter_is_named(prepared: Run) -> None:
    done = prepared("dlq", "show", SERVICE, "evt_9")
    assert done.code == 1
    assert "evt_9" in done.err
