"""A container's one confirmed way out for copies of messages: retries and quarantine."""

from __future__ import annotations

import logging

from nameko.extensions import SharedExtension

from shared.errors import Unavailable
from shared.messaging.outgoing import Outgoing
from shared.messaging.publishing import ConfirmedPublisher

_log = logging.getLogger(__name__)

_CONFIRM_SECONDS = 10.0


class Outlet(SharedExtension):  # type: ignore[misc]  # nameko has no types
    """Publishes copies with confirms; the original is acknowledged only after (P1)."""

    def setup(self) -> None:
        """Prepare the connection; it is made on first use."""
        service = self.container.service_name
        self._publisher = ConfirmedPublisher(self.container.config["AMQP_URI"], f"outlet:{service}")

    def publish_or_wait(self, message: Outgoing) -> bool:
        """Publish and return whether the broker has it."""
        try:
            self._publisher.publish([message], _CONFIRM_SECONDS)
        except Unavailable as trouble:
            _log.warning("a copy could not be published, the original stays: %s", trouble)
            return False
        return True

    def stop(self) -> None:
        """Close the connection."""
        self._publisher.close()

    def kill(self) -> None:
        """Close the connection at once."""
        self._publisher.close(0.1)
