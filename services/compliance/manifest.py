"""The compliance service as a plugin."""

from shared.plugins import Manifest
from shared.wording import Words

MANIFEST = Manifest(
    slug="compliance",
    kind="services",
    version="1.0.0",
    api_version="1",
    summary=Words("纪律提醒与学员管理", "Briefings and the management of trainees"),
    body="services.compliance.service:ComplianceService",
    contract="services.compliance.contract:CONTRACT",
    store="services.compliance.store:SCHEMA",
    needs=(),
)
