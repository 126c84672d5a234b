"""Writing the documents of one collection, inside a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pymongo import ReplaceOne, ReturnDocument

from shared.errors import Fault, NotFound, StaleVersion
from shared.storage import filters
from shared.storage.connection import Document
from shared.storage.faults import faults
from shared.storage.rows import Rows
from shared.storage.schema import Collection
from shared.storage.sealing import stored

if TYPE_CHECKING:
    from shared.storage.transaction import Transaction

REMOVED = "removed"


class WritableRows(Rows):
    """The documents of a collection inside a transaction. What is written is sealed, versioned and audited."""

    def __init__(self, tx: Transaction, collection: Collection) -> None:
        super().__init__(tx, collection)
        self._tx = tx

    def insert(self, doc: Document) -> Document:
        """Store a new document and return it: ``version`` 1, sealed fields opaque. Raises ``AlreadyPresent``."""
        self._ready(doc, 1)
        with self._asking():
            self._documents.insert_one(stored(doc), session=self._session)
        self._tx.touch(self.collection.name, doc["_id"], 1)
        return doc

    def insert_many(self, docs: Iterable[Document]) -> list[Document]:
        """Store new documents in one round trip. Raises ``AlreadyPresent``; then none is stored."""
        ready = list(docs)
        for doc in ready:
            self._ready(doc, 1)
        if ready:
            with self._asking():
                self._documents.insert_many([stored(doc) for doc in ready], session=self._session)
        for doc in ready:
            self._tx.touch(self.collection.name, doc["_id"], 1)
        return ready

    def save(self, doc: Document) -> Document:
        """Replace a document that was read: its ``version`` must still be the stored one, and goes up by one.

        The first save (or removal) of a transaction is also held against the caller's ``If-Match``.
        Raises ``StaleVersion`` or ``NotFound``.
        """
        self._tx.expect(doc)
        before = self._advance(doc)
        with self._asking():
            result = self._documents.replace_one(self._same(doc["_id"], before), stored(doc), session=self._session)
        if result.matched_count == 0:
            doc["version"] = before
            raise self._refusal(doc["_id"], before)
        self._tx.touch(self.collection.name, doc["_id"], before + 1)
        return doc

    def save_many(self, docs: Iterable[Document]) -> list[Document]:
        """Save many documents in one round trip. Raises ``StaleVersion`` when one is not current; none is saved."""
        ready = list(docs)
        if not ready:
            return ready
        versions = [self._advance(doc) for doc in ready]
        changes = [
            ReplaceOne(self._same(doc["_id"], version), stored(doc))
            for doc, version in zip(ready, versions, strict=True)
        ]
        with self._asking():
            result = self._documents.bulk_write(changes, ordered=True, session=self._session)
        if result.matched_count != len(ready):
            fault = self._stale(f"{len(ready) - result.matched_count}/{len(ready)}")
            self._tx.break_off(fault)
            raise fault
        for doc in ready:
            self._tx.touch(self.collection.name, doc["_id"], doc["version"])
        return ready

    def remove(self, doc: Mapping[str, Any]) -> None:
        """Delete a document that was read. Raises ``StaleVersion`` or ``NotFound``."""
        self._tx.expect(doc)
        with self._asking():
            result = self._documents.delete_one(self._same(doc["_id"], doc["version"]), session=self._session)
        if result.deleted_count == 0:
            raise self._refusal(doc["_id"], doc["version"])
        self._tx.touch(self.collection.name, doc["_id"], REMOVED)

    def hold(self, id: str) -> Document:
        """Return a document and keep other transactions from holding or saving it until this one ends.

        A snapshot does not guard what was only read: two transactions may each count the seats of a term, find one
        left, and each insert a nomination. Both must hold (or save) the term. Raises ``NotFound``.
        """
        with self._asking():
            found = self._documents.find_one_and_update(
                {"_id": filters.exactly(id)},
                {"$set": {"_held": uuid4().hex}},
                return_document=ReturnDocument.AFTER,
                session=self._session,
            )
        if found is None:
            raise self._missing(id)
        self._tx.mark_changed()
        return self._out(found)

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            with faults(self.collection.name, self._session):
                yield
        except Fault as fault:
            # The server has aborted the transaction; what follows in it would fail in a misleading way.
            self._tx.break_off(fault)
            raise

    def _ready(self, doc: Document, version: int) -> None:
        id = doc.get("_id")
        if not isinstance(id, str) or not id:
            raise ValueError(f'a document of {self.collection.name} needs "_id": new_id("…")')
        doc["version"] = version
        self._view.sealer.seal(self.collection, doc)

    def _advance(self, doc: Document) -> int:
        before = doc["version"]
        if not isinstance(before, int):
            raise ValueError(f"{self.collection.name}: save a document that was read; its version is {before!r}")
        self._ready(doc, before + 1)
        return before

    def _refusal(self, id: str, version: int) -> NotFound | StaleVersion:
        current = self.one({"_id": filters.exactly(id)})
        if current is None:
            return self._missing(id)
        return self._stale(id, version, current["version"])

    def _stale(self, id: str, version: int | None = None, current: int | None = None) -> StaleVersion:
        return StaleVersion(
            f"“{self.collection.name}”的记录 {id} 已被他人修改（版本 {version}，当前 {current}），请重新读取后再提交",
            f"{self.collection.name!r} {id} was changed meanwhile (version {version}, now {current}); read it again",
            collection=self.collection.name,
            id=id,
            version=version,
            current=current,
        )

    def _same(self, id: str, version: int) -> dict[str, Any]:
        if self._tx.saw(self.collection.name, id, version):
            # What this transaction itself read cannot change before it is written here: that is a conflict. And a
            # filter by _id alone spares SecantusDB a search among the indexes, a third of the whole write.
            return {"_id": filters.exactly(id)}
        return {"_id": filters.exactly(id), "version": filters.exactly(version)}

    def _out(self, doc: Document) -> Document:
        self._tx.see(self.collection.name, doc)
        return super()._out(doc)


__all__: Sequence[str] = ("REMOVED", "WritableRows")
