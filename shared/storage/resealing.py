"""Key rotation: sealing again, with the key that seals now, what older keys sealed."""

from __future__ import annotations

from shared.storage.connection import Backing
from shared.storage.faults import faults
from shared.storage.schema import Collection, blind_field
from shared.storage.sealing import Sealed, Sealer


def reseal(backing: Backing, sealer: Sealer, *, blind_too: bool) -> dict[str, int]:
    """Return how many documents of each collection were sealed again. May run beside the service, and be repeated.

    ``blind_too`` writes the blind indexes anew as well: only while nothing else writes, since old and new do not clash.
    """
    return {
        collection.name: _collection(backing, sealer, collection, blind_too)
        for collection in backing.schema.collections
        if collection.sealed
    }


def _collection(backing: Backing, sealer: Sealer, collection: Collection, blind_too: bool) -> int:
    documents, changed = backing.collection(collection.name), 0
    with faults(collection.name):
        for raw in documents.find({}, list(collection.sealed)):
            doc = sealer.wrap(collection, raw)
            old = {name: doc[name] for name in collection.sealed if isinstance(doc.get(name), Sealed)}
            if not blind_too:
                old = {name: value for name, value in old.items() if not sealer.is_current(value)}
            if not old:
                continue
            fresh = {"_id": doc["_id"], **{name: sealer.open(value) for name, value in old.items()}}
            sealer.seal(collection, fresh)
            # Only over the very values that were read: a save that came between has sealed anew by itself.
            same = {name: value.token for name, value in old.items()}
            change = {name: fresh[name].token for name in old}
            blinds = {blind_field(name): fresh[blind_field(name)] for name in old if name in collection.blind}
            changed += documents.update_one({"_id": doc["_id"], **same}, {"$set": change | blinds}).modified_count
    return changed
