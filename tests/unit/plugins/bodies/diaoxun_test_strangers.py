"""Bodies of made-up plugins for the tests of the registry."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

imported = True


@dataclass
class Greeter:
    """A plugin that works."""

    greeting: str = "您好"

    def greet(self, name: str) -> str:
        return f"{self.greeting}，{name}"


class Configured:
    """A plugin that keeps its configuration as it comes."""

    def __init__(self, **config: object) -> None:
        self.config = config


def plain_function() -> str:
    return "called as it is"


class Quitter:
    """A plugin that ends the process while it is built."""

    def __init__(self) -> None:
        sys.exit(3)


def hang() -> None:
    time.sleep(30)


def leave() -> None:
    raise SystemExit(7)
