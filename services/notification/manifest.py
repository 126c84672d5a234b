"""The notification service as a plugin."""

from shared.plugins import Manifest
from shared.wording import Words

MANIFEST = Manifest(
    slug="notification",
    kind="services",
    version="1.0.0",
    api_version="1",
    summary=Words("选调函、入学通知书及其送达", "Transfer letters, admission notices and their delivery"),
    body="services.notification.service:NotificationService",
    contract="services.notification.contract:CONTRACT",
    store="services.notification.store:SCHEMA",
    needs=(),  # the documents name theirs; whoever only asks this service needs its contract, not typst
)
