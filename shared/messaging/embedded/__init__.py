"""The embedded broker: RabbitMQ's behaviour, as far as Diaoxun leans on it, inside one process and without a server.

``kombu.Connection("diaoxun+memory://NAME?journal=PATH")`` opens it once ``register()`` has run. Connections with the
same NAME in a process share one broker; without ``journal`` it forgets everything with the process.
"""

from __future__ import annotations

from shared.messaging.embedded.address import SCHEME, register

__all__ = ["SCHEME", "register"]
