"""Services that say on standard output what they do, and some that end their process."""

from __future__ import annotations

import json
import os
import signal
from typing import Any

import eventlet
from nameko.events import event_handler
from nameko.rpc import rpc

from shared.messaging import Call, Delivery, handles, serves
from tests.hosts.sample import COMMAND, ECHO, HAPPENED, SLEEP


def say(**words: Any) -> None:
    """Print one line of JSON."""
    print(json.dumps(words), flush=True)


class TellingListener:
    """Handles the sample event and tells; ``how`` may ask it to die, or to fail."""

    name = "listener"

    @handles(HAPPENED)
    def on_happened(self, delivery: Delivery) -> None:
        say(begun=delivery.data["number"])
        if delivery.data["how"] == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        eventlet.sleep(delivery.data["seconds"])
        if delivery.data["how"] == "bug":
            raise RuntimeError("a bug")
        say(handled=delivery.data["number"], id=delivery.event_id)


class TellingSample:
    """Tells when it has begun; what comes late is for the caller to find out."""

    name = "sample"

    @serves(SLEEP)
    def sleep(self, call: Call) -> dict[str, Any]:
        return self._answer(call, call.request["mark"])

    @serves(COMMAND)
    def write(self, call: Call) -> dict[str, Any]:
        return self._answer(call, call.context.command_id)

    @serves(ECHO)
    def echo(self, call: Call) -> dict[str, Any]:
        return {"text": call.request["text"]}

    def _answer(self, call: Call, text: Any) -> dict[str, Any]:
        say(begun=call.request["mark"])
        eventlet.sleep(call.request["seconds"])
        return {"text": text}


class DyingSample:
    """Ends its process on every request to sleep."""

    name = "sample"

    @serves(SLEEP)
    def sleep(self, call: Call) -> dict[str, Any]:
        say(begun=call.request["mark"])
        os.kill(os.getpid(), signal.SIGKILL)
        return {}

    @serves(ECHO)
    def echo(self, call: Call) -> dict[str, Any]:
        return {"text": call.request["text"]}


class StockNeighbour:
    """Another agency's service: nameko as it is, nothing of ours inside."""

    name = "neighbour"

    @rpc  # type: ignore[untyped-decorator]
    def echo(self, text: str) -> dict[str, str]:
        return {"text": text.upper()}

    @event_handler("sample", HAPPENED.type)  # type: ignore[untyped-decorator]
    def on_happened(self, payload: dict[str, Any]) -> None:
        say(heard=payload)
