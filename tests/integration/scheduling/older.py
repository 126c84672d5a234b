"""Documents as an older release left them: without the fields that came later."""

from __future__ import annotations

from typing import Any

from shared.storage import Collection, Transaction
from tests.integration.scheduling.conftest import School


def forget(school: School, collection: Collection, *names: str, inside: str | None = None) -> None:
    """Take fields out of every document of a collection, or of those in a list of it."""
    kit = school.harness.kit

    def body(tx: Transaction) -> dict[str, Any]:
        for doc in tx.rows(collection).find():
            for each in doc[inside] if inside else [doc]:
                for name in names:
                    each.pop(name, None)
            tx.rows(collection).save(doc)
        return {}

    kit.store.transact(kit.own_context(), body, operation="test")
