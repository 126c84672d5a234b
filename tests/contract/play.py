"""Plays scenarios in a patched process: ``python -m tests.contract.play URI``, names in, results out, a line each."""

from __future__ import annotations

import warnings

warnings.simplefilter("ignore")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import json  # noqa: E402
import logging  # noqa: E402
import sys  # noqa: E402
import traceback  # noqa: E402
from importlib import import_module  # noqa: E402
from typing import Any  # noqa: E402

from eventlet import tpool  # noqa: E402

from shared.messaging.hub import HubWatch  # noqa: E402
from tests.contract.stage import Stage  # noqa: E402

_SECONDS = 120
_HELD_SECONDS = 10.0
WATCH = HubWatch(limit=1.0)


def play(scenario: str, uri: str) -> dict[str, Any]:
    """Play ``module:function`` and return its result, or the traceback of what went wrong."""
    module, _, name = scenario.partition(":")
    try:
        function = getattr(import_module(f"tests.contract.messaging.{module}"), name)
        with eventlet.Timeout(_SECONDS), Stage(uri) as stage:
            result = function(stage)
        held = [one for one in WATCH.blockages if one.seconds > _HELD_SECONDS]
        WATCH.blockages.clear()
        return {"result": result} if not held else {"trouble": f"P22: the loop was held\n{held[0].stack}"}
    except (Exception, eventlet.Timeout):
        return {"trouble": traceback.format_exc()}


def main() -> None:
    """Play what is asked for until there is nothing more to read."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    WATCH.start()
    while line := tpool.execute(sys.stdin.readline):
        print(json.dumps(play(line.strip(), sys.argv[1])), flush=True)


if __name__ == "__main__":
    main()
