"""The connection to MongoDB, with the guarantees the kit relies on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date
from decimal import Decimal
from typing import Any

from bson.codec_options import CodecOptions, TypeEncoder, TypeRegistry
from pymongo import MongoClient
from pymongo.collection import Collection as MongoCollection
from pymongo.database import Database
from pymongo.read_concern import ReadConcern
from pymongo.read_preferences import ReadPreference
from pymongo.write_concern import WriteConcern

from shared.clock import Clock
from shared.security.fields import Keyring
from shared.storage.leftovers import Leftovers
from shared.storage.schema import StoreSchema
from shared.storage.sessions import Sessions

Document = dict[str, Any]
DURABLE = WriteConcern(w="majority", j=True)
SNAPSHOT = ReadConcern("snapshot")


class _DayEncoder(TypeEncoder):
    python_type = date

    def transform_python(self, value: Any) -> Any:
        return value.isoformat()


class _DecimalEncoder(TypeEncoder):
    python_type = Decimal

    def transform_python(self, value: Any) -> Any:
        return str(value)


CODEC: CodecOptions[Document] = CodecOptions(
    tz_aware=True, tzinfo=UTC, type_registry=TypeRegistry([_DayEncoder(), _DecimalEncoder()])
)


_TIMEOUTS_MS = {"serverSelectionTimeoutMS": 5_000, "connectTimeoutMS": 5_000, "socketTimeoutMS": 60_000}


def connect(uri: str) -> MongoClient[Document]:
    """Return a client that writes with w=majority and j=true, whatever the URI says. It connects when first used.

    The timeouts of the URI hold where it has some.
    """
    timeouts: dict[str, Any] = {name: ms for name, ms in _TIMEOUTS_MS.items() if name.lower() not in uri.lower()}
    # SecantusDB keeps a single write through kill -9 only with journal=true, a transaction only with --sync-on-commit.
    return MongoClient(
        uri,
        w="majority",
        journal=True,
        tz_aware=True,
        tzinfo=UTC,
        retryWrites=True,
        retryReads=True,
        appname="diaoxun",
        **timeouts,
    )


@dataclass(frozen=True)
class Backing:
    """What the parts of one store share: its database, declarations, keys and clock."""

    client: MongoClient[Document]
    database: Database[Document]
    schema: StoreSchema
    keyring: Keyring
    clock: Clock
    sessions: Sessions
    leftovers: Leftovers

    @classmethod
    def of(
        cls, client: MongoClient[Document], name: str, schema: StoreSchema, keyring: Keyring, clock: Clock
    ) -> Backing:
        """Return the backing on database ``name``, read from the primary with read concern majority."""
        database = client.get_database(
            name,
            codec_options=CODEC,
            read_concern=ReadConcern("majority"),
            read_preference=ReadPreference.PRIMARY,
            write_concern=DURABLE,
        )
        sessions = Sessions(database)
        return cls(client, database, schema, keyring, clock, sessions, Leftovers(database, sessions))

    def collection(self, name: str) -> MongoCollection[Document]:
        """Return the driver's handle on a collection."""
        return self.database[name]
