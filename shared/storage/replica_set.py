"""A replica set of one: transactions need a replica set, and a fresh MongoDB with ``--replSet`` is none until told."""

from __future__ import annotations

from pymongo import MongoClient
from pymongo.errors import OperationFailure
from pymongo.uri_parser import parse_uri

from shared.errors import Invalid
from shared.storage.faults import faults, unavailable

_ANSWER_MS = 5_000
_ALREADY_INITIALIZED = 23


def initiate_replica_set(uri: str) -> bool:
    """Initiate the replica set the URI names, with its one host as the only member; return whether that was needed.

    The host goes into the set as the URI spells it: every client has to be able to resolve it. Raises ``Invalid`` when
    the URI names no set or several hosts, ``Unavailable`` until the server answers and is the primary: ask again.
    """
    host, name = _one_host(uri)
    # Direct, and without the set's name: the driver does not talk to a server that is not yet what the URI says.
    client: MongoClient[dict[str, object]] = MongoClient(
        host=[host],
        directConnection=True,
        serverSelectionTimeoutMS=_ANSWER_MS,
        connectTimeoutMS=_ANSWER_MS,
        appname="diaoxun",
    )
    with client, faults():
        before = client.admin.command("hello")
        fresh = not before.get("setName")
        if fresh:
            try:
                client.admin.command("replSetInitiate", {"_id": name, "members": [{"_id": 0, "host": host}]})
            except OperationFailure as error:
                if error.code != _ALREADY_INITIALIZED:  # somebody else was faster
                    raise
        if not client.admin.command("hello").get("isWritablePrimary"):
            raise unavailable("the replica set has no primary yet")
    return fresh


def _one_host(uri: str) -> tuple[str, str]:
    parts = parse_uri(uri, validate=False, warn=False)
    name = parts["options"].get("replicaSet")
    hosts = [f"{host}:{port}" for host, port in parts["nodelist"]]
    if not name or len(hosts) != 1:
        raise Invalid(
            "MONGODB_URI 须写明一个主机和 replicaSet=名称，才能初始化单节点副本集；多节点副本集请由数据库管理员初始化",
            "MONGODB_URI has to name one host and replicaSet=NAME before a replica set of one can be initiated; "
            "a set of several is initiated by its administrator",
            hosts=len(hosts),
        )
    return hosts[0], str(name)
