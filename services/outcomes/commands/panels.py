"""The reviewers of a term's reports."""

from __future__ import annotations

from typing import Any

from services.outcomes.queries.reviews import shown_panel
from services.outcomes.store.reviews import PANELS
from services.outcomes.store.terms import TERMS
from shared.errors import Invalid
from shared.storage import Transaction


def put_review_panel(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set the reviewers of a term, all of them; reviews assigned already stay with whoever has them."""
    term = tx.rows(TERMS).get(request["term_id"])
    members = request["members"]
    named = [member["lecturer_id"] for member in members]
    twice = sorted({each for each in named if named.count(each) > 1})
    if twice:
        raise Invalid(
            f"评审人重复：{'、'.join(twice)}", f"reviewers named twice: {', '.join(twice)}", fields={"members": twice}
        )
    rows = tx.rows(PANELS)
    row = rows.one({"_id": term["_id"]})
    if row is None:
        rows.insert({"_id": term["_id"], "members": members})
    else:
        rows.save({**row, "members": members})
    return shown_panel(tx, term["_id"])
