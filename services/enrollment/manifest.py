"""The enrollment service as a plugin."""

from shared.plugins import Manifest
from shared.wording import Words

MANIFEST = Manifest(
    slug="enrollment",
    kind="services",
    version="1.0.0",
    api_version="1",
    summary=Words("名额、推荐、审核与录取", "Quotas, nominations, review and admission"),
    body="services.enrollment.service:EnrollmentService",
    contract="services.enrollment.contract:CONTRACT",
    store="services.enrollment.store:SCHEMA",
    needs=(),
)
