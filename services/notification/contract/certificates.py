"""Certificates (结业证书): issued by what compliance decided, revoked, replaced, and verified by anybody."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.notification.contract.parts import (
    STAFF,
    CertificateClosed,
    CertificateNotPrinted,
    NotCompleted,
    TermNotKnown,
    Text,
    identifier,
    unit_path,
)
from services.notification.domain.certificate import PERSON_REASONS, REASONS, STATES
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import NotFound, StaleVersion
from shared.security.caller import Role
from shared.wording import Words

VERDICTS = ("valid", "revoked", "not_genuine", "unknown")
_READERS = STAFF | {Role.UNIT, Role.TRAINEE, Role.AUDITOR, Role.SERVICE}


class Certificate(Reply):
    """A certificate in the register. It names no person: its PDF does, and each look at that is audited."""

    certificate_id = fields.String(required=True)
    serial = fields.String(required=True, metadata={"description": "证书编号"})
    issued_on = fields.Date(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    hours = fields.Integer(required=True, metadata={"description": "完成学时 / class hours attended"})
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    problem = fields.Nested(Text, required=True, allow_none=True)
    replaces = fields.String(required=True, allow_none=True)
    replaced_by = fields.String(required=True, allow_none=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)
    revoked_by = fields.String(required=True, allow_none=True)
    reason_code = fields.String(required=True, allow_none=True, validate=validate.OneOf((*REASONS, None)))
    reason = fields.String(required=True, allow_none=True)
    sha256 = fields.String(required=True, allow_none=True)
    size = fields.Integer(required=True, allow_none=True, metadata={"description": "bytes"})
    version = fields.Integer(required=True)


class ListCertificates(Page):
    """Which certificates to list."""

    term_id = identifier()
    unit_id = unit_path()
    nomination_id = identifier()
    state = fields.String(validate=validate.OneOf(STATES))


class CertificateId(Request):
    """Which certificate."""

    certificate_id = identifier(required=True)


class CertificateFile(Reply):
    """The PDF of a certificate."""

    filename = fields.String(required=True)
    media_type = fields.String(required=True)
    content = fields.String(required=True, metadata={"description": "base64"})


class IssueCertificates(Request):
    """For which term, or one unit of it, certificates are brought up to what compliance now says."""

    term_id = identifier(required=True)
    unit_id = unit_path()


class CertificateIssuing(Reply):
    """What was done; all zero when the certificates at hand are right already."""

    term_id = fields.String(required=True)
    issued = fields.Integer(required=True)
    replaced = fields.Integer(required=True, metadata={"description": "of those issued, how many replace another"})
    revoked = fields.Integer(required=True)
    unprintable = fields.Integer(required=True)


class RevokeCertificate(CertificateId):
    """Why a certificate is taken back; the person gets another only by ``reissue_certificate``."""

    reason_code = fields.String(required=True, validate=validate.OneOf(PERSON_REASONS))
    reason = fields.String(required=True, validate=validate.Length(2, 200))


class ReissueCertificate(CertificateId):
    """Why a new certificate with a new serial takes the place of this one, which is revoked."""

    reason = fields.String(required=True, validate=validate.Length(2, 200))


class VerifyCertificate(Request):
    """What somebody holds: the text of the QR code, or the serial and the code printed below it."""

    signed = fields.String(
        validate=validate.Length(1, 4000), metadata={"description": "二维码内容 / the text of the QR code"}
    )
    serial = fields.String(validate=validate.Length(1, 60), metadata={"description": "证书编号"})
    code = fields.String(validate=validate.Length(1, 20), metadata={"description": "校验码 / code below the QR code"})

    @validates_schema
    def _one_way(self, data: dict[str, Any], **_: object) -> None:
        if ("signed" in data) == ("serial" in data and "code" in data):
            raise ValidationError(
                "请提供二维码内容，或者证书编号和校验码 / give the text of the QR code, or serial and code", "signed"
            )


class CertificateShown(Reply):
    """What a certificate says to somebody who holds it; the name is masked."""

    serial = fields.String(required=True)
    name_masked = fields.String(required=True)
    programme_title = fields.String(required=True)
    ordinal = fields.Integer(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    days = fields.Integer(required=True)
    hours = fields.Integer(required=True)
    issuer = fields.String(required=True)
    issued_on = fields.Date(required=True)


class CertificateVerdict(Reply):
    """Whether it holds. ``not_genuine``: we did not sign it so; ``unknown``: no such serial and code.

    Only of a genuine certificate anything more is said.
    """

    verdict = fields.String(required=True, validate=validate.OneOf(VERDICTS))
    said = fields.Nested(Text, required=True)
    certificate = fields.Nested(CertificateShown, required=True, allow_none=True)
    revoked_on = fields.Date(required=True, allow_none=True)
    replaced = fields.Boolean(required=True, metadata={"description": "已换发新证 / a newer one took its place"})


class CertificateKey(Reply):
    """A key that verifies: Ed25519, 32 bytes in base64url."""

    key_id = fields.String(required=True)
    algorithm = fields.String(required=True)
    key = fields.String(required=True)


class CertificateKeys(Reply):
    """Every key that certificates in circulation are signed with, the present one first."""

    items = fields.List(fields.Nested(CertificateKey), required=True)


class SummariseCertificates(Request):
    """For which term to count; all when empty."""

    term_id = identifier()


class CertificatesSummary(Reply):
    """Certificates by state; ``issued`` are those that hold."""

    registered = fields.Integer(load_default=0, dump_default=0)
    issued = fields.Integer(load_default=0, dump_default=0)
    unprintable = fields.Integer(load_default=0, dump_default=0)
    revoked = fields.Integer(load_default=0, dump_default=0)
    replaced = fields.Integer(load_default=0, dump_default=0, metadata={"description": "revoked, and replaced"})


LIST_CERTIFICATES = Operation(
    name="list_certificates",
    summary=Words("查询结业证书登记", "List registered certificates"),
    kind="query",
    verb="GET",
    path="/certificates",
    request=ListCertificates,
    reply=page_of(Certificate),
    roles=_READERS,
    scope="unit_id",
)
GET_CERTIFICATE = Operation(
    name="get_certificate",
    summary=Words("查看一份结业证书", "Show one certificate"),
    kind="query",
    verb="GET",
    path="/certificates/{certificate_id}",
    request=CertificateId,
    reply=Certificate,
    roles=_READERS,
    errors=(NotFound,),
    versioned=True,
)
GET_CERTIFICATE_FILE = Operation(
    name="get_certificate_file",
    summary=Words("下载结业证书（留痕）", "Download a certificate; the view is audited"),
    kind="query",
    verb="GET",
    path="/certificates/{certificate_id}/file",
    request=CertificateId,
    reply=CertificateFile,
    roles=_READERS,
    errors=(NotFound, CertificateNotPrinted, CertificateClosed),
    download=True,
)
ISSUE_CERTIFICATES = Operation(
    name="issue_certificates",
    summary=Words("按结业评定补发结业证书", "Bring the certificates of a term up to what was decided"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/certificates",
    request=IssueCertificates,
    reply=CertificateIssuing,
    roles=STAFF,
    scope="unit_id",
    errors=(NotFound, TermNotKnown),
    timeout=60.0,
)
REVOKE_CERTIFICATE = Operation(
    name="revoke_certificate",
    summary=Words("撤销结业证书（编号保留）", "Revoke a certificate; its serial stays taken"),
    kind="command",
    verb="POST",
    path="/certificates/{certificate_id}/revocation",
    request=RevokeCertificate,
    reply=Certificate,
    roles=STAFF,
    errors=(NotFound, CertificateClosed, StaleVersion),
    versioned=True,
)
REISSUE_CERTIFICATE = Operation(
    name="reissue_certificate",
    summary=Words("换发结业证书（新编号）", "Replace a certificate by a new one with a new serial"),
    kind="command",
    verb="POST",
    path="/certificates/{certificate_id}/reissue",
    request=ReissueCertificate,
    reply=Certificate,
    roles=STAFF,
    errors=(NotFound, CertificateClosed, NotCompleted, TermNotKnown),
    versioned=True,
    timeout=30.0,
)
CERTIFICATES_SUMMARY = Operation(
    name="certificates_summary",
    summary=Words("结业证书统计", "Certificates in figures"),
    kind="query",
    verb="GET",
    path="/certificates-summary",
    request=SummariseCertificates,
    reply=CertificatesSummary,
    roles=(_READERS - {Role.TRAINEE}) | {Role.OPERATOR},
)
VERIFY_CERTIFICATE = Operation(
    name="verify_certificate",
    summary=Words("核验结业证书真伪", "Verify a certificate"),
    kind="query",
    verb="GET",
    path="/certificate-verification",
    request=VerifyCertificate,
    reply=CertificateVerdict,
    roles=frozenset(Role),
    public=True,
)
GET_CERTIFICATE_KEYS = Operation(
    name="get_certificate_keys",
    summary=Words("获取核验结业证书的公钥", "Get the public keys that verify certificates"),
    kind="query",
    verb="GET",
    path="/certificate-keys",
    request=Request,
    reply=CertificateKeys,
    roles=frozenset(Role),
    public=True,
)

OPERATIONS = (
    LIST_CERTIFICATES,
    GET_CERTIFICATE,
    GET_CERTIFICATE_FILE,
    ISSUE_CERTIFICATES,
    REVOKE_CERTIFICATE,
    REISSUE_CERTIFICATE,
    CERTIFICATES_SUMMARY,
    VERIFY_CERTIFICATE,
    GET_CERTIFICATE_KEYS,
)
