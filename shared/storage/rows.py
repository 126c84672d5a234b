"""Reading the documents of one collection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shared.errors import NotFound
from shared.storage import filters
from shared.storage.connection import Document
from shared.storage.cursors import Cursors, sort_keys
from shared.storage.faults import faults
from shared.storage.schema import Collection, blind_field
from shared.storage.sealing import Sealed

if TYPE_CHECKING:
    from shared.storage.view import View

Condition = Mapping[str, Any]


class Rows:
    """The documents of a collection as one view sees them.

    Sealed fields come as opaque ``Sealed`` values. Every filter is checked (see ``filters``).
    """

    def __init__(self, view: View, collection: Collection) -> None:
        self._view = view
        self._session = view.session
        self._documents = view.backing.collection(collection.name)
        self.collection = collection

    def get(self, id: str) -> Document:
        """Return the document of that id. Raises ``NotFound``."""
        found = self.one({"_id": filters.exactly(id)})
        if found is None:
            raise self._missing(id)
        return found

    def get_within_reach(self, id: str, field: str = "unit_id") -> Document:
        """Return the document if its unit is within the caller's reach; ``NotFound`` otherwise, telling nothing."""
        found = self.get(id)
        unit_id = found.get(field)
        reached = isinstance(unit_id, str) and self._view.caller.reaches(unit_id)
        if not reached and not self._view.caller.reaches_whole_city():
            raise self._missing(id)
        return found

    def one(self, condition: Condition, sort: Sequence[tuple[str, int]] = ()) -> Document | None:
        """Return the first document that meets the filter, or ``None``."""
        with faults(self.collection.name, self._session):
            found = self._documents.find_one(self._checked(condition), session=self._session, sort=list(sort) or None)
        return None if found is None else self._out(found)

    def find(
        self,
        condition: Condition | None = None,
        sort: Sequence[tuple[str, int]] = (),
        limit: int = 0,
        fields: Sequence[str] = (),
    ) -> list[Document]:
        """Return the documents that meet the filter; ``limit`` 0 means all; ``fields`` names those to read."""
        with faults(self.collection.name, self._session):
            cursor = self._documents.find(
                self._checked(condition or {}), list(fields) or None, session=self._session, limit=limit
            )
            return [self._out(doc) for doc in (cursor.sort(list(sort)) if sort else cursor)]

    def count(self, condition: Condition | None = None) -> int:
        """Return how many documents meet the filter."""
        with faults(self.collection.name, self._session):
            return self._documents.count_documents(self._checked(condition or {}), session=self._session)

    def page(
        self,
        condition: Condition | None,
        cursor: str | None,
        limit: int,
        sort: str | Sequence[tuple[str, int]] = "_id",
    ) -> tuple[list[Document], str | None]:
        """Return one page and the cursor of the next (``None`` at the end).

        ``sort`` is a field, ``"-field"`` for downwards, or pairs; ``_id`` breaks ties. Sorted fields hold one type or
        null. Raises ``Invalid`` for a cursor that this list did not give.
        """
        keys = sort_keys(sort)
        sealed = sorted({name for name, _ in keys} & set(self.collection.sealed))
        if sealed:
            raise ValueError(f"{self.collection.name} cannot be sorted by sealed fields {sealed}")
        cursors = Cursors(self._view.backing.keyring, self._view.backing.schema.service, self.collection.name, keys)
        wanted: Condition = condition or {}
        if cursor:
            wanted = {"$and": [wanted, cursors.condition(cursor)]}
        found = self.find(wanted, keys, limit + 1)
        if len(found) <= limit:
            return found, None
        return found[:limit], cursors.after(found[limit - 1])

    def aggregate(self, pipeline: Sequence[Mapping[str, Any]]) -> list[Document]:
        """Return what a read-only pipeline yields. Raises ``Invalid`` for stages that write or run code."""
        filters.check_pipeline(pipeline)
        with faults(self.collection.name, self._session):
            found = self._documents.aggregate([dict(stage) for stage in pipeline], session=self._session)
            return [self._view.sealer.wrap(self.collection, doc) for doc in found]

    def by_blind(self, field: str, value: str, condition: Condition | None = None) -> list[Document]:
        """Return the documents whose sealed ``field`` holds exactly ``value`` (as it was written)."""
        if field not in self.collection.blind:
            raise ValueError(f"{self.collection.name}.{field} has no blind index")
        index = self._view.sealer.blind(self.collection, field, value)
        return self.find({"$and": [{blind_field(field): index}, condition or {}]})

    def reach(self, field: str = "unit_id") -> dict[str, Any]:
        """Return the filter that narrows to the caller's units, to be joined to another: ``{**reach(), …}``."""
        return filters.reach(self._view.caller, field)

    def unseal(self, doc: Mapping[str, Any], field: str, purpose: str) -> Any:
        """Return the plain value of a sealed field (``None`` stays ``None``). The view is audited with its purpose."""
        return self.unseal_many([doc], field, purpose)[0]

    def unseal_many(self, docs: Sequence[Mapping[str, Any]], field: str, purpose: str) -> list[Any]:
        """Return the plain values of one sealed field of many documents, under one audit row."""
        if field not in self.collection.sealed:
            raise ValueError(f"{self.collection.name}.{field} is not a sealed field")
        if not purpose.strip():
            raise ValueError(f"unsealing {self.collection.name}.{field} needs a purpose: it goes into the audit log")
        values = [doc.get(field) for doc in docs]
        seen = [
            f"{self.collection.name}/{doc['_id']}@{doc.get('version', '?')}"
            for doc, value in zip(docs, values, strict=True)
            if isinstance(value, Sealed)
        ]
        if seen:
            # Before opening: what is not written down is not shown.
            self._view.audit_unsealing(field, purpose, seen)
        return [self._view.sealer.open(value) if isinstance(value, Sealed) else value for value in values]

    def _checked(self, condition: Condition) -> Condition:
        return filters.checked(self.collection, condition)

    def _out(self, doc: Document) -> Document:
        return self._view.sealer.wrap(self.collection, doc)

    def _missing(self, id: str) -> NotFound:
        return NotFound(
            f"“{self.collection.name}”中没有编号为“{id}”的记录，请核对编号",
            f"{self.collection.name!r} has nothing with the identifier {id!r}; check the identifier",
            collection=self.collection.name,
            id=id,
        )
