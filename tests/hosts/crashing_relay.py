"""A relay over an outbox on disk that kills its process at a chosen point: ``…crashing_relay OUTBOX JSON``."""

from __future__ import annotations

import warnings

warnings.simplefilter("ignore")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import json  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402

from shared.messaging import Relay  # noqa: E402
from tests.hosts.disk_outbox import DiskOutbox  # noqa: E402


def main() -> None:
    """Relay until the outbox is empty."""
    options = json.loads(sys.argv[2])
    outbox = DiskOutbox(sys.argv[1], options.get("die_at", ""))
    relay = Relay({"sample": outbox}, options["AMQP_URI"], poll=0.05)
    relay.start()
    print(json.dumps({"ready": True}), flush=True)
    while outbox.pending(1):
        time.sleep(0.02)
    relay.stop()
    print(json.dumps({"published": relay.published}), flush=True)


if __name__ == "__main__":
    main()
