"""The notification service: entrypoints, each one line into what does the work; one module an aggregate."""

from __future__ import annotations

from services.notification import contract, store
from services.notification.service.certificates import CertificateEntrypoints
from services.notification.service.contacts import ContactEntrypoints
from services.notification.service.deliveries import DeliveryEntrypoints
from services.notification.service.figures import FigureEntrypoints
from services.notification.service.letters import LetterEntrypoints
from services.notification.service.messages import MessageEntrypoints
from services.notification.service.phone_tasks import PhoneTaskEntrypoints
from services.notification.service.terms import TermEntrypoints
from shared.runtime import Kit


class NotificationService(
    LetterEntrypoints,
    DeliveryEntrypoints,
    MessageEntrypoints,
    ContactEntrypoints,
    PhoneTaskEntrypoints,
    TermEntrypoints,
    FigureEntrypoints,
    CertificateEntrypoints,
):
    """Registers, prints and delivers letters; tells people what concerns them and sees that somebody is reached."""

    name = "notification"
    kit = Kit(contract.CONTRACT, store.SCHEMA)
