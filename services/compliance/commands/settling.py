"""What has to be settled before a term closes."""

from __future__ import annotations

from typing import Any

from services.compliance.contract.closing import NotReadyToClose
from services.compliance.queries.blockers import blockers_of
from shared.storage import View


def require_settled(view: View, term: dict[str, Any]) -> None:
    """Raise ``NotReadyToClose`` naming everything that is not settled."""
    blockers = blockers_of(view, term)
    if not blockers:
        return
    zh = "；".join(f"{each['words']['zh']}（{each['count']}）" for each in blockers)
    en = "; ".join(f"{each['words']['en']} ({each['count']})" for each in blockers)
    raise NotReadyToClose(
        f"该期尚有未办结事项：{zh}。请办结后再结班",
        f"not settled yet: {en}; settle these before closing",
        blockers=[{"code": each["code"], "count": each["count"]} for each in blockers],
    )
