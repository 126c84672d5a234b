"""What some faults need beside the city: a directory with little room, a unit that takes its letters by webhook."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from services.notification.contract.deliveries import PUT_CHANNEL_PREFERENCE
from tests.faults.lines import FaultyLine
from tests.faults.trial import Trials

UNIT = "city.donghu"
PLUGINS = MappingProxyType(
    {"channels/webhook": {"allowed_networks": ["127.0.0.0/8"], "allow_http": True, "timeout": 5}}
)
"""How a city has to be configured whose receivers are on this machine."""


@contextmanager
def little_room(place: Path, megabytes: int) -> Iterator[Path]:
    """Give a directory that can be filled to the end; mounting takes root, as bringing the broker from Debian does."""
    place.mkdir(exist_ok=True)
    size = f"size={megabytes}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "diaoxun-faults", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def take_by_webhook(city: Trials[Any], line: FaultyLine) -> None:
    """Let the unit take its letters by webhook too, at the end of a line."""
    hook = {"channel": "webhook", "address": f"http://127.0.0.1:{line.port}/letters", "secret": "s3cret"}
    wanted = {"recipient": f"unit:{UNIT}", "channels": [{"channel": "outbox_folder"}, hook]}
    caller = city.caller()
    caller.command(PUT_CHANNEL_PREFERENCE, wanted, "preference")
    caller.close()
