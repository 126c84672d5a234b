"""The restore drill: backed up under load, restored elsewhere, nothing lost and nothing twice."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import kombu
import pytest

from shared.context import Context
from shared.messaging import dlq, dlq_copies, naming, topology
from shared.security.caller import Caller, Role
from shared.storage import Store
from shared.storage.backup import NotABackup, NotEmpty, back_up, restore, verify
from tests.fixtures import sample_services as sample
from tests.fixtures.broker import BrokerNode, wait_until
from tests.fixtures.command_line import Diaoxun
from tests.fixtures.runner_process import Place

ORGANISER = Context(Caller("test:organiser", frozenset({Role.ORGANISATION_DEPARTMENT}), ("",)))
SCHEMAS = {"alpha": sample.ALPHA_STORE, "beta": sample.BETA_STORE}
Stores = dict[str, Store]


def stores_at(place: Place) -> Stores:
    return {name: place.store(schema) for name, schema in SCHEMAS.items()}


def ids(store: Store, collection: Any) -> set[str]:
    return {row["_id"] for row in store.view(ORGANISER).rows(collection).find({})}


@contextmanager
def writing(place: Place) -> Iterator[list[str]]:
    """Put items as fast as they are taken; yields the ids that were acknowledged."""
    done: list[str] = []
    over = threading.Event()

    def write() -> None:
        client = place.client()
        try:
            while not over.is_set():
                asked = {"unit_id": "city", "name": f"第{len(done)}册"}
                done.append(client.call("alpha", sample.PUT_ITEM, asked, ORGANISER)["item_id"])
        finally:
            client.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield done
    finally:
        over.set()
        writer.join()


@pytest.fixture(scope="module")
def backed_up(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup made while items are put and their events handled; the services go on afterwards and are stopped."""
    folder = tmp_path_factory.mktemp("backups") / "one"
    runner = place.runner("alpha", "beta").start("--migrate").wait_ready()
    with writing(place) as done:
        wait_until(lambda: len(done) >= 25, 60, "some items are there")
        back_up(stores_at(place), folder)
        before = len(done)
        wait_until(lambda: len(done) >= before + 10, 60, "it went on")
    first = stores_at(place)
    back = first["alpha"].view(ORGANISER).rows(sample.SEEN)
    wait_until(lambda: back.count({}) == len(done), 120, "every event went its round")
    assert runner.stop() == 0
    return folder


@pytest.fixture
def elsewhere(place: Place, request: pytest.FixtureRequest) -> Iterator[Place]:
    """Fresh databases beside the first."""
    apart = place.beside(f"x{abs(hash(request.node.name)) % 10_000}_")
    yield apart
    for store in stores_at(apart).values():
        store.drop()
    apart.clear()


def test_a_restored_city_goes_on_from_one_consistent_point(place: Place, elsewhere: Place, backed_up: Path) -> None:
    first, second = stores_at(place), stores_at(elsewhere)
    restore(second, backed_up)
    items = ids(second["alpha"], sample.ITEMS)
    assert 25 <= len(items) < len(ids(first["alpha"], sample.ITEMS))
    # beta took in only what alpha had: both are of one instant. What was under way is announced again.
    assert ids(second["beta"], sample.SEEN) <= items
    assert second["alpha"].outbox.depth() > 0
    elsewhere.runner("alpha", "beta").start().wait_ready()
    seen = second["beta"].view(ORGANISER).rows(sample.SEEN)
    wait_until(lambda: seen.count({}) == len(items), 60, "every item of the backup is taken in")
    answered = {f"alpha-{item}" for item in items}
    back = second["alpha"].view(ORGANISER).rows(sample.SEEN)
    wait_until(lambda: back.count({"_id": {"$in": sorted(answered)}}) == len(items), 60, "and answered")
    assert ids(second["beta"], sample.SEEN) == items
    assert dlq.depth(elsewhere.amqp_uri, "alpha") == dlq.depth(elsewhere.amqp_uri, "beta") == 0


def test_a_backup_is_verified_against_what_is_there(elsewhere: Place, backed_up: Path) -> None:
    stores = stores_at(elsewhere)
    restore(stores, backed_up)
    assert verify(stores, backed_up) == []
    with stores["alpha"].backing.client.start_session() as session:
        row = stores["alpha"].backing.collection("_audit").find_one({}, session=session)
        assert row is not None
        stores["alpha"].backing.collection("_audit").update_one({"_id": row["_id"]}, {"$set": {"subject": "nobody"}})
    stores["beta"].backing.collection("seen").delete_one({})
    told = [each.en for each in verify(stores, backed_up)]
    assert any(each.startswith("alpha: audit chain") for each in told)
    assert any(each.startswith("beta.seen") for each in told)


def test_databases_that_hold_something_are_only_replaced_when_asked(elsewhere: Place, backed_up: Path) -> None:
    stores = stores_at(elsewhere)
    for store in stores.values():
        store.ensure()
    restore(stores, backed_up)
    with pytest.raises(NotEmpty):
        restore(stores, backed_up)
    restore(stores, backed_up, replace=True)
    assert verify(stores, backed_up) == []
    with pytest.raises(NotEmpty):
        back_up(stores, backed_up)


def test_a_broken_backup_is_refused_before_anything_is_touched(
    elsewhere: Place, backed_up: Path, tmp_path: Path
) -> None:
    stores = stores_at(elsewhere)
    copy = tmp_path / "copy"
    back_up(stores_at(elsewhere.beside("none_")), copy)

    def refused(change: Callable[[], object]) -> None:
        change()
        with pytest.raises(NotABackup):
            restore(stores, copy, replace=True)

    manifest = (backed_up / "manifest.json").read_text()
    (copy / "manifest.json").write_text(manifest)
    for path in backed_up.glob("*/*.gz"):
        (copy / path.parent.name / path.name).write_bytes(path.read_bytes())
    items = copy / "alpha" / "items.bson.gz"
    whole = items.read_bytes()
    refused(lambda: items.write_bytes(whole[: len(whole) // 2]))
    refused(lambda: items.write_bytes(gzip.compress(gzip.decompress(whole)[:-7])))
    refused(items.unlink)
    items.write_bytes(whole)
    refused(lambda: (copy / "manifest.json").write_text(json.dumps({**json.loads(manifest), "databases": {}})))
    assert not any(store.backing.database.list_collection_names() for store in stores.values())
    (copy / "manifest.json").write_text(manifest)
    restore(stores, copy)


def test_what_lies_in_a_quarantine_is_copied_and_put_back_once(place: Place) -> None:
    topology.apply([sample.ALPHA, sample.BETA], place.amqp_uri)
    queue = naming.quarantine_queue("beta")
    confirmed = {"confirm_publish": True}
    with (
        kombu.Connection(place.amqp_uri, transport_options=confirmed) as connection,
        kombu.Producer(connection) as producer,
    ):
        for number in range(3):
            producer.publish(json.dumps({"id": f"evt_{number}"}), routing_key=queue, content_type="application/json")
    copies = dlq_copies.copies(place.amqp_uri, "beta")
    assert json.loads(json.dumps(copies)) == copies
    assert dlq_copies.put_back(place.amqp_uri, copies) == 0
    before = dlq.discard(place.amqp_uri, "beta")
    assert dlq_copies.put_back(place.amqp_uri, copies) == 3
    after = dlq.discard(place.amqp_uri, "beta")
    assert [(each.id, each.body) for each in after] == [(each.id, each.body) for each in before]


def test_what_lies_in_the_quarantine_of_a_subscriber_is_put_back_there(session_node: BrokerNode) -> None:
    """The gateway is no service: nothing declares what a service's quarantine is called."""
    with session_node.vhost() as uri:
        topology.apply_subscriber("gateway", sample.ALPHA.events, uri)
        came_from = {"diaoxun-queue": naming.former_subscriber_queue("gateway")}
        _say(uri, naming.subscriber_quarantine("gateway"), "evt_1", **came_from)
        copies = dlq_copies.copies(uri, "gateway")
        assert dlq_copies.put_back(uri, copies, subscribers=["gateway"]) == 0
        before = dlq.discard(uri, "gateway")
        assert dlq_copies.put_back(uri, copies, subscribers=["gateway"]) == 1
        after = dlq.discard(uri, "gateway")
        assert [(each.id, each.queue, each.body) for each in after] == [
            (each.id, each.queue, each.body) for each in before
        ]


def test_a_restore_onto_a_new_broker_brings_quarantines_back_and_the_gateway_hears_what_is_announced_again(
    diaoxun_with: Diaoxun, elsewhere: Place, session_node: BrokerNode, tmp_path: Path
) -> None:
    environment, folder = elsewhere.environment, str(tmp_path / "b")
    assert diaoxun_with(environment, "prepare").code == 0
    for service, queue in (
        ("compliance", naming.quarantine_queue("compliance")),
        ("gateway", naming.subscriber_quarantine("gateway")),
    ):
        _say(elsewhere.amqp_uri, queue, f"evt_{service}")
    assert diaoxun_with(environment, "backup", folder).code == 0
    for service in ("compliance", "gateway"):
        dlq.discard(elsewhere.amqp_uri, service)
    with session_node.vhost() as uri:
        restored = diaoxun_with({**environment, "AMQP_URI": uri}, "restore", folder, "--replace", "--json")
        assert restored.code == 0, restored.err
        assert restored.data["quarantined"] == 2
        found = [each.id for service in ("compliance", "gateway") for each in dlq.listed(uri, service)]
        assert found == ["evt_compliance", "evt_gateway"]
        _say(uri, "enrollment.roster.admitted.v1", "evt_again", exchange=naming.event_exchange("enrollment"))
        with kombu.Connection(uri) as connection:
            events = naming.subscriber_queue("gateway")
            assert connection.channel().queue_declare(events, passive=True).message_count == 1


def test_the_commands_back_up_and_restore_every_installed_database(
    diaoxun_with: Diaoxun, elsewhere: Place, tmp_path: Path
) -> None:
    assert diaoxun_with(elsewhere.environment, "prepare").code == 0
    made = diaoxun_with(elsewhere.environment, "backup", str(tmp_path / "b"), "--json")
    assert made.code == 0, made.err
    services = {"scheduling", "enrollment", "compliance", "notification", "outcomes"}
    assert services | {"gateway"} == set(made.data["databases"])
    assert (tmp_path / "b" / "manifest.json").stat().st_mode & 0o077 == 0
    same = diaoxun_with(elsewhere.environment, "restore", str(tmp_path / "b"), "--verify")
    assert same.code == 0, same.out
    refused = diaoxun_with(elsewhere.environment, "restore", str(tmp_path / "nothing"))
    assert refused.code == 1
    assert "manifest.json" in refused.err
    again = diaoxun_with(elsewhere.environment, "restore", str(tmp_path / "b"), "--replace", "--json")
    assert again.code == 0, again.err
    assert set(again.data["databases"]) == set(made.data["databases"])


def test_after_a_restore_nothing_is_under_way_that_the_databases_do_not_know_and_a_drill_leaves_messages_alone(
    diaoxun_with: Diaoxun, elsewhere: Place, tmp_path: Path
) -> None:
    handler = naming.handler_queue("compliance", "enrollment.roster.admitted.v1", topology.DEFAULT_HANDLER)
    quarantine = naming.quarantine_queue("compliance")
    of_gateway = (naming.subscriber_queue("gateway"), naming.former_subscriber_queue("gateway"))
    outside = naming.subscriber_queue("agency")
    environment = elsewhere.environment
    assert diaoxun_with(environment, "prepare").code == 0
    _say(elsewhere.amqp_uri, quarantine, "evt_before")
    folder = str(tmp_path / "b")
    assert diaoxun_with(environment, "backup", folder).code == 0
    dlq.discard(elsewhere.amqp_uri, "compliance")
    _say(elsewhere.amqp_uri, handler, "evt_after")
    _say(elsewhere.amqp_uri, quarantine, "evt_after")
    for queue in (of_gateway[1], outside):
        with kombu.Connection(elsewhere.amqp_uri) as connection:
            connection.channel().queue_declare(queue, durable=True, auto_delete=False)
    for queue in (*of_gateway, naming.subscriber_quarantine("gateway"), outside):
        _say(elsewhere.amqp_uri, queue, "evt_after")

    drill = elsewhere.beside("drill_")
    drilled = diaoxun_with(drill.environment, "restore", folder, "--json")
    assert drilled.code == 0, drilled.err
    assert (drilled.data["quarantined"], drilled.data["emptied"]) == (0, 0)
    assert [each.id for each in dlq.listed(elsewhere.amqp_uri, "compliance")] == ["evt_after"]
    drill.clear()

    restored = diaoxun_with(environment, "restore", folder, "--replace", "--json")
    assert restored.code == 0, restored.err
    assert (restored.data["quarantined"], restored.data["emptied"]) == (1, 5)
    assert [each.id for each in dlq.listed(elsewhere.amqp_uri, "compliance")] == ["evt_before"]
    with kombu.Connection(elsewhere.amqp_uri) as connection:
        held = {
            queue: connection.channel().queue_declare(queue, passive=True).message_count
            for queue in (handler, *of_gateway, naming.subscriber_quarantine("gateway"), outside)
        }
        assert held == dict.fromkeys(held, 0) | {outside: 1}, "only a subscriber outside keeps what came after"
        for queue in set(held) - {handler}:
            connection.channel().queue_delete(queue)
    dlq.discard(elsewhere.amqp_uri, "compliance")


def _say(amqp_uri: str, routing_key: str, event_id: str, exchange: str = "", **headers: str) -> None:
    with kombu.Connection(amqp_uri, transport_options={"confirm_publish": True}) as connection:
        kombu.Producer(connection).publish(
            json.dumps({"id": event_id}),
            exchange=exchange,
            routing_key=routing_key,
            content_type="application/json",
            headers=headers,
        )
