"""News of a term that its questions have to follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.outcomes.commands.arranging import Arrangement, arrange
from services.outcomes.store.clusters import BOARDS
from shared.runtime import Work
from shared.storage import Transaction


def followed(work: Work, record: Callable[[Transaction, dict[str, Any]], None]) -> None:
    """Keep the news, then let the term's questions go to whoever teaches their sessions now.

    The news is kept in a step of its own: should the second part come again, it finds it.
    """
    work.step("record", lambda tx: record(tx, work.request))
    term_id = work.request["term_id"]
    if work.view().rows(BOARDS).one({"_id": term_id}) is None:
        work.transact(lambda tx: None)
        return
    arrange(work, term_id, Arrangement(reason="reassigned"))
