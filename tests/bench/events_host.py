"""The process that takes the events of the bench."""

import shared.runtime.patched  # noqa: F401, I001

import os
import sys
import time

from shared.config import read_settings
from shared.messaging import Delivery, handles
from shared.observability.logs import configure_logs
from shared.runtime import Kit
from shared.runtime.hosting import build_runner
from shared.runtime.runner import run
from tests.bench.events_contract import MADE, TAKEN, TAKER, TAKER_STORE


class TakerService:
    """Keeps a row for every thing."""

    name = "taker"
    kit = Kit(TAKER, TAKER_STORE)

    @handles(MADE)
    def on_thing_made(self, delivery: Delivery) -> None:
        """Insert the row in a transaction with the inbox row, then note when it was committed."""
        self.kit.react(delivery, lambda tx, data: tx.rows(TAKEN).insert({"_id": data["thing_id"]}) and None)
        with open(os.environ["BENCH_HANDLED"], "a", encoding="utf-8") as log:
            log.write(f"{delivery.data['thing_id']} {time.time()}\n")


if __name__ == "__main__":
    settings = read_settings()
    configure_logs("taker", settings.log_level)
    sys.exit(run(build_runner([TakerService], settings), settings, True))
