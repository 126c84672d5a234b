"""The cards of the built-in documents; their bodies are imported only when they are used. Channels: ``channels``."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from shared.plugins import Manifest
from shared.wording import Words

_HERE = "services.notification.plugins"


def _words(default: str, zh: str, en: str) -> fields.String:
    return fields.String(
        load_default=default, validate=validate.Length(max=400), metadata={"description": f"{zh} / {en}"}
    )


class TransferLetterWording(Schema):
    """The parts of a transfer letter that a city words for itself; an empty text leaves the paragraph out."""

    fees = _words(
        "按照有关培训费标准执行，由选派单位在报名时一并交纳，不得向学员个人分摊。",
        "培训费用",
        "what is paid and by whom",
    )
    epidemic = _words(
        "学员到校时如实提交健康申报并配合体温检测；有发热、咳嗽等症状的，不安排报到，由单位及时更换。",
        "疫情防控要求",
        "epidemic terms",
    )
    copies = _words("市委党校（行政学院）", "抄送机关", "who gets a copy")


class AdmissionNoticeWording(Schema):
    """The parts of an admission notice that a city words for itself; an empty text leaves the paragraph out."""

    bring = _words("本通知书、身份证、健康申报表。", "随带物品", "what to bring")
    health = _words(
        "如实申报健康状况；有发热、咳嗽等症状的，不得到校，并立即报告所在单位。", "健康申报", "health declaration"
    )


class CertificateWording(Schema):
    """The part of a certificate that a city words for itself; an empty text leaves it out."""

    note = _words("本证书证明干部教育培训经历，不作为学历、学位证明。", "证书说明", "the note in small print")


TRANSFER_LETTER = Manifest(
    slug="transfer_letter",
    kind="documents",
    version="1.0.0",
    api_version="1",
    summary=Words("选调函（信函格式，附学员名单）", "Transfer letter with the list of trainees"),
    body=f"{_HERE}.transfer_letter:TransferLetter",
    config=TransferLetterWording,
    capabilities=("transfer",),
    needs=("module:typst",),
)
ADMISSION_NOTICE = Manifest(
    slug="admission_notice",
    kind="documents",
    version="1.0.0",
    api_version="1",
    summary=Words("入学通知书", "Admission notice"),
    body=f"{_HERE}.admission_notice:AdmissionNotice",
    config=AdmissionNoticeWording,
    capabilities=("admission",),
    needs=("module:typst",),
)
COMPLETION_CERTIFICATE = Manifest(
    slug="completion_certificate",
    kind="documents",
    version="1.0.0",
    api_version="1",
    summary=Words("结业证书（附核验二维码）", "Completion certificate with a QR code that verifies it"),
    body=f"{_HERE}.completion_certificate:CompletionCertificate",
    config=CertificateWording,
    capabilities=("certificate",),
    needs=("module:typst", "module:segno"),
)
