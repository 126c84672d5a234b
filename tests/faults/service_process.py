"""One service as ``diaoxun serve`` runs it, with a short ladder of retries and a handler that can be told to fail.

The file ``DIAOXUN_FAULTS`` names may say ``{"service": …, "event": …, "how": "raise" | "exit"}``: from then on the
service's handler of that event raises, or ends the process, until the file is gone.
"""

import shared.runtime.patched  # noqa: F401, I001  # P21: before anything else

import json
import os
import sys
from pathlib import Path
from typing import Any

from shared.config import read_settings
from shared.observability.logs import configure_logs
from shared.runtime.hosting import build_runner
from shared.runtime.runner import run
from shared.messaging.event_handling import Handles

RETRIES = (0.5, 1.0, 2.0, 3.0)


def _obey(service: str, event_type: str, subject: str) -> None:
    try:
        told = json.loads(Path(os.environ["DIAOXUN_FAULTS"]).read_text("utf-8"))
    except (OSError, KeyError, ValueError):
        return
    if (told["service"], told["event"]) == (service, event_type) and told.get("subject", subject) == subject:
        if told["how"] == "exit":
            os._exit(137)
        raise RuntimeError("a handler that always fails")


def _make_obedient() -> None:
    spawns: Any = Handles._spawn

    def spawn(self: Any, delivery: Any, on_result: Any) -> None:
        try:
            _obey(self._service, delivery.event.type, delivery.subject or "")
        except RuntimeError as error:
            on_result(None, None, (RuntimeError, error, None))
            return
        spawns(self, delivery, on_result)

    Handles._spawn = spawn  # type: ignore[method-assign]


def main() -> int:
    names = [name for name in sys.argv[1:] if not name.startswith("--")]
    settings = read_settings()
    configure_logs("+".join(names), settings.log_level)
    _make_obedient()
    return run(build_runner(names, settings, config={"retry_delays": RETRIES}), settings, "--migrate" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
