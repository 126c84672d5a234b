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

from tests.contract.stage import Stage  # noqa: E402

_SECONDS = 60


def play(scenario: str, uri: str) -> dict[str, Any]:
    """Play ``module:function`` and return its result, or the traceback of what went wrong."""
    module, _, name = scenario.partition(":")
    try:
        function = getattr(import_module(f"tests.contract.messaging.{module}"), name)
        with eventlet.Timeout(_SECONDS), Stage(uri) as stage:
            return {"result": function(stage)}
    except (Exception, eventlet.Timeout):
        return {"trouble": traceback.format_exc()}


def main() -> None:
    """Play what is asked for until there is nothing more to read."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    for line in sys.stdin:
        print(json.dumps(play(line.strip(), sys.argv[1])), flush=True)


if __name__ == "__main__":
    main()
