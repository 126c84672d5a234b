"""`deploy/rabbitmq/definitions.json` on a real node: a service works with its own rights, and has no others."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import kombu
import pytest
from amqp.exceptions import AccessRefused

from shared.context import Context
from shared.messaging import dlq, naming, topology
from shared.security.caller import Caller, Role
from tests.fixtures import sample_services as sample
from tests.fixtures.broker import BrokerNode, program, wait_until
from tests.fixtures.runner_process import Place

ROOT = Path(__file__).parents[3]
ORGANISER = Caller("test:organiser", frozenset({Role.ORGANISATION_DEPARTMENT}), ("",))


def users(folder: Path) -> dict[str, str]:
    """Make a deployment's secrets and return each user's address."""
    subprocess.run(["bash", "deploy/docker/secrets", str(folder)], cwd=ROOT, check=True, capture_output=True)
    return {path.name.removeprefix("amqp_uri_"): path.read_text() for path in folder.glob("amqp_uri*")}


@pytest.fixture(scope="module")
def addresses(own_node: BrokerNode, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The users of a deployment on this node; two of the services are the sample ones by another name."""
    folder = tmp_path_factory.mktemp("secrets")
    made = users(folder)
    text = (folder / "definitions.json").read_text()
    assert "@" not in text
    definitions = folder / "sample.json"
    definitions.write_text(text.replace("scheduling", "alpha").replace("enrollment", "beta"))
    subprocess.run(
        [program("rabbitmqctl"), "-n", own_node.name, "import_definitions", str(definitions)],
        env=own_node._environment, check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    renamed = {"amqp_uri": "diaoxun", "scheduling": "alpha", "enrollment": "beta"}
    named = {renamed.get(name, name): uri for name, uri in made.items()}
    return {
        name: uri.replace("@rabbitmq:5672", f"@127.0.0.1:{own_node.port}")
        .replace("//scheduling:", "//alpha:")
        .replace("//enrollment:", "//beta:")
        for name, uri in named.items()
    }


@pytest.fixture(scope="module")
def there(store_uri: str, addresses: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    place = Place(addresses["diaoxun"], store_uri, tmp_path_factory.mktemp("place"))
    topology.apply([sample.ALPHA, sample.BETA], addresses["diaoxun"])
    for name in ("alpha", "beta"):
        place.runner(name, AMQP_URI=addresses[name]).start("--migrate").wait_ready()
    yield place
    place.clear()


def test_with_only_their_rights_a_service_answers_and_another_hears_retries_and_quarantines(
    there: Place, addresses: dict[str, str]
) -> None:
    """beta cannot ask alpha here: it knows no contract of it. So the event goes up the ladder and into quarantine."""
    there.amqp_uri = addresses["gateway"]
    client = there.client()
    try:
        client.call("alpha", sample.PUT_ITEM, {"unit_id": "city", "name": "一"}, Context(ORGANISER, command_id="c1"))
    finally:
        client.close()
    wait_until(lambda: dlq.depth(addresses["diaoxun"], "beta") == 1, 30, "the event went all its way")


def test_the_gateway_takes_over_with_its_own_rights_what_was_declared_for_it(addresses: dict[str, str]) -> None:
    for user in ("diaoxun", "gateway"):
        queues = topology.apply_subscriber("gateway", sample.ALPHA.events, addresses[user])
    with kombu.Connection(addresses["gateway"]) as connection:
        assert connection.channel().queue_declare(queues[0], passive=True).message_count == 0


@pytest.mark.parametrize(
    "queue", [naming.rpc_queue("beta"), "beta.alpha.item.put.v1.react.q1", naming.quarantine_queue("beta")]
)
def test_a_service_cannot_read_or_delete_the_queues_of_another(
    there: Place, addresses: dict[str, str], queue: str
) -> None:
    for name, refused in (("alpha", True), ("gateway", True), ("beta", False)):
        for attempt in (lambda channel: channel.basic_get(queue), lambda channel: channel.queue_purge(queue)):
            with kombu.Connection(addresses[name]) as connection:
                if refused:
                    with pytest.raises(AccessRefused):
                        attempt(connection.channel())
                else:
                    attempt(connection.channel())
    with kombu.Connection(addresses["alpha"]) as connection, pytest.raises(AccessRefused):
        connection.channel().queue_delete(queue)


def test_a_service_cannot_speak_in_the_name_of_another(there: Place, addresses: dict[str, str]) -> None:
    with kombu.Connection(addresses["alpha"], transport_options={"confirm_publish": True}) as connection:
        producer = connection.Producer()
        producer.publish({}, exchange=naming.event_exchange("alpha"), routing_key="alpha.nothing.happened.v1")
        with pytest.raises(AccessRefused):
            producer.publish({}, exchange=naming.event_exchange("beta"), routing_key="beta.item.seen.v1")


def test_a_service_cannot_have_the_requests_to_another_copied_to_it(there: Place, addresses: dict[str, str]) -> None:
    for name, key, refused in (
        ("alpha", "beta.*", True), ("alpha", "#", True), ("gateway", "alpha.*", True), ("alpha", "alpha.*", False),
    ):  # fmt: skip
        spy = f"{name}.spy"
        with kombu.Connection(addresses[name]) as connection:
            channel = connection.channel()
            channel.queue_declare(spy, auto_delete=True)
            if refused:
                with pytest.raises(AccessRefused):
                    channel.queue_bind(spy, naming.RPC_EXCHANGE, key)
            else:
                channel.queue_bind(spy, naming.RPC_EXCHANGE, key)
                channel.queue_delete(spy)


def test_the_secrets_of_a_deployment_stay_as_they_are(tmp_path: Path) -> None:
    first = users(tmp_path)
    definitions = (tmp_path / "definitions.json").read_text()
    assert users(tmp_path) == first
    assert (tmp_path / "definitions.json").read_text() == definitions
    told = json.loads(definitions)
    assert {user["name"] for user in told["users"]} == {entry["user"] for entry in told["permissions"]}
    assert len(set(first.values())) == len(first)
