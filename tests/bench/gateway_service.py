"""Hosts the bench's service on our messaging: ``python -m tests.bench.gateway_service AMQP_URI SECRET``."""

from __future__ import annotations

import eventlet

eventlet.monkey_patch()

import sys  # noqa: E402
from typing import Any  # noqa: E402

from nameko.containers import ServiceContainer  # noqa: E402

from shared.messaging import Call, serves  # noqa: E402
from tests.bench.gateway_contract import READ, ROWS, WRITE  # noqa: E402


class ShelvesService:
    """Answers from memory: the bench is about the way there and back."""

    name = "shelves"

    @serves(READ)
    def read_shelf(self, call: Call) -> dict[str, Any]:
        """Return twenty rows."""
        return {"items": ROWS}

    @serves(WRITE)
    def put_row(self, call: Call) -> dict[str, Any]:
        """Return the row as if it were kept."""
        return {"row_id": "row_new", "title": call.request["title"], "count": call.request["count"]}


def main() -> None:
    """Serve until killed."""
    config = {"AMQP_URI": sys.argv[1], "DIAOXUN_SECRET": sys.argv[2], "max_workers": 50, "prefetch_count": 50}
    container = ServiceContainer(ShelvesService, config)
    container.start()
    print("ready", flush=True)
    container.wait()


if __name__ == "__main__":
    main()
