"""Storage: one command is one MongoDB transaction, with outbox, inbox, idempotency marker and audit row."""

from shared.storage.filters import exactly, subtree
from shared.storage.leases import Lease, LeaseLost
from shared.storage.rows import Rows
from shared.storage.schema import Collection, Index, Migration, Retention, StoreSchema
from shared.storage.sealing import Sealed
from shared.storage.store import Store
from shared.storage.transaction import Transaction
from shared.storage.view import View
from shared.storage.writing import WritableRows

__all__ = [
    "Collection",
    "Index",
    "Lease",
    "LeaseLost",
    "Migration",
    "Retention",
    "Rows",
    "Sealed",
    "Store",
    "StoreSchema",
    "Transaction",
    "View",
    "WritableRows",
    "exactly",
    "subtree",
]
