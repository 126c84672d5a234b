"""Events of certificates (结业证书)."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class CertificateIssued(EventData):
    """Somebody's certificate is printed, signed and can be verified."""

    certificate_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    serial = fields.String(required=True)


class CertificateRevoked(EventData):
    """A certificate no longer holds."""

    certificate_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    serial = fields.String(required=True)
    reason_code = fields.String(required=True)


class CertificatesDue(EventData):
    """Somebody's completion was decided: the certificates of that unit's people in the term are looked at."""

    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)


class CertificatesPrinted(EventData):
    """Certificates of one unit's people in a term were printed just now."""

    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    certificate_ids = fields.List(fields.String(), required=True)
    count = fields.Integer(required=True)


CERTIFICATE_ISSUED = Event(
    "notification.certificate.issued.v1", Words("结业证书已签发", "A certificate was issued"), CertificateIssued
)
CERTIFICATE_REVOKED = Event(
    "notification.certificate.revoked.v1", Words("结业证书已撤销", "A certificate was revoked"), CertificateRevoked
)
CERTIFICATES_DUE = Event(
    "notification.certificates.due.v1",
    Words("应核对一单位的结业证书", "Certificates of a unit are due"),
    CertificatesDue,
)
CERTIFICATES_PRINTED = Event(
    "notification.certificates.printed.v1",
    Words("一单位的结业证书已生成", "Certificates of a unit were printed"),
    CertificatesPrinted,
)

EVENTS = (
    CERTIFICATE_ISSUED,
    CERTIFICATE_REVOKED,
    CERTIFICATES_DUE,
    CERTIFICATES_PRINTED,
)
