"""A fresh deployment: prepared in one command, entered with the first key and account."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import kombu
import pytest

from gateway.auth.keys import KeyCheck
from gateway.auth.passwords import is_password
from gateway.auth.pepper import Pepper
from gateway.store import ACCOUNTS, ITSELF, SCHEMA
from shared.clock import SystemClock
from shared.errors import Invalid, Unavailable
from shared.messaging import naming
from shared.security.caller import Role
from shared.storage import Store
from shared.storage.replica_set import initiate_replica_set
from tests.fixtures.command_line import Diaoxun, Done
from tests.fixtures.runner_process import SECRET, Place

Run = Callable[..., Done]


@pytest.fixture
def diaoxun(diaoxun_with: Diaoxun, place: Place) -> Run:
    """The command line on this module's broker and store."""
    return lambda *arguments: diaoxun_with(place.environment, *arguments)


@pytest.fixture
def gateway_store(diaoxun: Run, place: Place) -> Store:
    assert diaoxun("migrate", "gateway").code == 0
    return place.store(SCHEMA)


def test_one_command_prepares_databases_and_queues_and_may_be_repeated(diaoxun: Run) -> None:
    first = diaoxun("prepare", "--seconds", "60")
    assert first.code == 0, first.err
    for name in ("scheduling", "enrollment", "compliance", "notification", "outcomes", "gateway"):
        assert f"{name}: database prepared" in first.out
    assert diaoxun("migrate", "--check").code == 0
    again = diaoxun("prepare", "--seconds", "60")
    assert "gateway: database prepared, 0 changes" in again.out


def test_what_is_published_before_the_first_gateway_starts_waits_for_it(diaoxun: Run, place: Place) -> None:
    assert diaoxun("prepare", "--seconds", "60").code == 0
    with kombu.Connection(place.amqp_uri, transport_options={"confirm_publish": True}) as connection:
        kombu.Producer(connection).publish(
            {"id": "evt_1"}, exchange=naming.event_exchange("enrollment"), routing_key="enrollment.roster.admitted.v1"
        )
        found = connection.channel().queue_declare(naming.subscriber_queue("gateway"), passive=True)
    assert found.message_count == 1
    assert naming.subscriber_queue("gateway") in diaoxun("topology", "show").out.split()


def test_a_broker_that_does_not_come_ends_the_preparation_with_words(diaoxun_with: Diaoxun, place: Place) -> None:
    nowhere = {**place.environment, "AMQP_URI": "amqp://guest:guest@127.0.0.1:1//"}
    done = diaoxun_with(nowhere, "prepare", "--seconds", "1")
    assert done.code == 1
    assert "was not there after 1 s" in done.err


def test_a_set_that_runs_already_is_left_alone(store_uri: str) -> None:
    assert initiate_replica_set(f"mongodb://{urlsplit(store_uri).netloc}/?replicaSet=rs0") is False


@pytest.mark.parametrize("uri", ["mongodb://a:27017/", "mongodb://a:27017,b:27017/?replicaSet=rs0"])
def test_a_set_without_a_name_or_with_several_hosts_is_for_its_administrator(uri: str) -> None:
    with pytest.raises(Invalid):
        initiate_replica_set(uri)


def test_a_database_that_does_not_answer_yet_may_be_asked_again() -> None:
    with pytest.raises(Unavailable):
        initiate_replica_set("mongodb://127.0.0.1:1/?replicaSet=rs0")


def test_a_key_from_the_command_line_opens_the_gateway_for_its_role(diaoxun: Run, gateway_store: Store) -> None:
    done = diaoxun("keys", "issue", "first", "--role", "organisation_department", "--unit", "jiangcheng")
    assert done.code == 0, done.err
    caller = KeyCheck(gateway_store, SystemClock(), Pepper((SECRET,))).check(done.out.strip())
    assert caller.roles == {Role.ORGANISATION_DEPARTMENT}
    assert caller.units == ("jiangcheng",)
    shown = diaoxun("keys", "issue", "second", "--role", "auditor", "--json").data
    assert "digest" not in shown
    assert shown["key"].startswith("dx_")


def test_nobody_gets_the_role_of_a_service(diaoxun: Run, gateway_store: Store) -> None:
    done = diaoxun("keys", "issue", "no", "--role", "service")
    assert done.code == 1
    assert "security_admin" in done.err, "what may be given is named"


def test_a_made_up_password_is_shown_once_and_is_the_account_s(diaoxun: Run, gateway_store: Store) -> None:
    done = diaoxun("accounts", "add", "first.admin", "--role", "security_admin")
    assert done.code == 0, done.err
    row = gateway_store.view(ITSELF).rows(ACCOUNTS).one({"username": "first.admin"})
    assert row is not None
    assert is_password(done.out.strip(), row["password_hash"])
    again = diaoxun("accounts", "add", "first.admin", "--role", "security_admin")
    assert again.code == 1
    assert "first.admin" in again.err
