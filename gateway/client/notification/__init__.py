"""Client of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.notification.acknowledgements import AcknowledgementsCalls
from gateway.client.notification.certificates import CertificatesCalls
from gateway.client.notification.contacts import ContactsCalls
from gateway.client.notification.deliveries import DeliveriesCalls
from gateway.client.notification.exports import ExportsCalls
from gateway.client.notification.figures import FiguresCalls
from gateway.client.notification.letters import LettersCalls
from gateway.client.notification.messages import MessagesCalls
from gateway.client.notification.phone_tasks import PhoneTasksCalls
from gateway.client.notification.sign_off import SignOffCalls
from gateway.client.notification.templates import TemplatesCalls
from gateway.client.notification.timetable_files import TimetableFilesCalls


class Notification(
    AcknowledgementsCalls,
    CertificatesCalls,
    ContactsCalls,
    DeliveriesCalls,
    ExportsCalls,
    FiguresCalls,
    LettersCalls,
    MessagesCalls,
    PhoneTasksCalls,
    SignOffCalls,
    TemplatesCalls,
    TimetableFilesCalls,
):
    """函件与送达 / Notification."""
