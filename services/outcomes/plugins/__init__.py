"""Cards of the built-in plugins of outcomes; their bodies are imported only when they are used."""

from shared.plugins import Manifest
from shared.wording import Words

BALANCED_REVIEWERS = Manifest(
    slug="balanced_reviewers",
    kind="reviewers",
    version="1.0.0",
    api_version="1",
    summary=Words("按研究领域和负担均衡分派评审人", "Assigns reviewers by expertise and load"),
    body="services.outcomes.plugins.balanced_reviewers:REVIEWERS",
)
