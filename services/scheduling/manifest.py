"""The scheduling service as a plugin."""

from shared.plugins import Manifest
from shared.wording import Words

MANIFEST = Manifest(
    slug="scheduling",
    kind="services",
    version="1.0.0",
    api_version="1",
    summary=Words("年度计划、班次排期、教室床位与工作日历", "Plans, placement of terms, rooms and beds, working days"),
    body="services.scheduling.service:SchedulingService",
    contract="services.scheduling.contract:CONTRACT",
    store="services.scheduling.store:SCHEMA",
    needs=(),
)
