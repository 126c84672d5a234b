"""The outcomes service as a plugin."""

from shared.plugins import Manifest
from shared.wording import Words

MANIFEST = Manifest(
    slug="outcomes",
    kind="services",
    version="1.0.0",
    api_version="1",
    summary=Words("问题收集与成果运用", "Questions, reports and proposals"),
    body="services.outcomes.service:OutcomesService",
    contract="services.outcomes.contract:CONTRACT",
    store="services.outcomes.store:SCHEMA",
    needs=(),
)
