"""Stock nameko on the other end of the line: it can ask us, be asked, and hear our events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from nameko.exceptions import MethodNotFound, RemoteError
from nameko.standalone.rpc import ClusterRpcProxy

from shared.contracts import Operation
from shared.errors import RemoteFault, Unavailable
from shared.messaging import RpcClient
from shared.messaging.faults import UnknownOperation
from tests.fixtures.hosting import Host
from tests.hosts.sample import ABSENT, ECHO
from tests.integration.messaging.conftest import CONTEXT, ORGANISER, TOKENS, Desk

SAMPLE = "tests.hosts.sample:SampleService"
NEIGHBOUR = "tests.hosts.telling:StockNeighbour"


@pytest.fixture
def proxy(desk: Desk) -> Iterator[Any]:
    """A stock proxy that carries a caller token in its context."""
    context = {"caller": TOKENS.sign(ORGANISER)}
    with ClusterRpcProxy({"AMQP_URI": desk.uri}, context_data=context, timeout=10) as proxy:
        yield proxy


def test_a_stock_proxy_gets_answers_and_readable_errors(desk: Desk, host: Host, proxy: Any) -> None:
    host(SAMPLE, desk.config).said("ready")
    assert proxy.sample.echo(text="江城", day="2020-05-11")["day"] == "2020-05-11"
    assert proxy.sample.echo({"text": "one object"})["text"] == "one object"
    assert proxy.sample.echo.call_async(text="later").result()["caller"] == "organiser"
    with pytest.raises(RemoteError, match="the quota is used up") as refused:
        proxy.sample.fail(how="fault")
    assert refused.value.exc_type == "Conflict"
    with pytest.raises(RemoteError) as broken:
        proxy.sample.fail(how="bug")
    assert "hunter2" not in str(broken.value)
    with pytest.raises(MethodNotFound):
        proxy.sample.not_there()
    with pytest.raises(RemoteError, match="colour"):
        proxy.sample.echo(colour="red")


def test_a_stock_proxy_without_a_caller_token_is_refused(desk: Desk, host: Host) -> None:
    host(SAMPLE, desk.config).said("ready")
    with (
        ClusterRpcProxy({"AMQP_URI": desk.uri}, timeout=10) as proxy,
        pytest.raises(RemoteError, match="caller token"),
    ):
        proxy.sample.echo(text="who?")


def test_a_stock_handler_hears_our_events(desk: Desk, host: Host) -> None:
    # Our exchange has an alternate exchange; stock nameko must not declare it again its own way.
    neighbour = host(NEIGHBOUR, {"AMQP_URI": desk.uri, "DECLARE_EVENT_EXCHANGES": False})
    neighbour.said("ready")
    event_id = desk.emit(5)
    heard = neighbour.said("heard")
    assert (heard["id"], heard["data"]) == (event_id, {"number": 5})


def test_our_client_asks_a_stock_service_through_a_reply_queue(desk: Desk, host: Host) -> None:
    host(NEIGHBOUR, {"AMQP_URI": desk.uri, "DECLARE_EVENT_EXCHANGES": False}).said("ready")
    client = RpcClient(desk.uri, TOKENS, reply="queue")
    answer = _plain(client, ECHO)
    assert answer == {"text": "HELLO"}
    with pytest.raises(UnknownOperation):
        _plain(client, ABSENT)
    with pytest.raises(RemoteFault):
        client.call("neighbour", ECHO, {"text": 5}, CONTEXT)
    with pytest.raises(Unavailable, match="not running"):
        client.call("nobody", ECHO, {}, CONTEXT)
    client.close()


def _plain(client: RpcClient, operation: Operation) -> dict[str, Any]:
    return client.call("neighbour", operation, {"text": "hello"}, CONTEXT)
