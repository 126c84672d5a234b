"""Client of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.notification_commands import NotificationCommands
from gateway.client.notification_queries import NotificationQueries


class Notification(NotificationQueries, NotificationCommands):
    """函件与送达 / Notification."""
