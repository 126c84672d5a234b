"""Reading the register of certificates, and verifying one."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from typing import Any

from services.notification import contract
from services.notification.domain.certificate import CertificateFacts, same_code
from services.notification.domain.contact import masked_name
from services.notification.queries.letters import in_subtree
from services.notification.store import CERTIFICATES, FILES
from shared.clock import CITY_ZONE
from shared.errors import NotFound
from shared.security.caller import Role
from shared.security.signed_claims import NotGenuine, read_claims
from shared.security.signing import PublicKeys
from shared.storage import View

Row = dict[str, Any]
_SAID = {
    "valid": ("证书真实有效", "the certificate is genuine and holds"),
    "replaced": ("证书真实，但已换发新证，此证作废", "the certificate is genuine, but a newer one took its place"),
    "revoked": ("证书真实，但已被撤销", "the certificate is genuine, but was revoked"),
    "not_genuine": (
        "签名不符：不是本市签发的证书，或内容被改动",
        "the signature does not fit: this was not issued here, or it was altered",
    ),
    "unknown": (
        "没有编号和校验码都相符的证书，请核对后再试",
        "no certificate has this serial with this code; compare both and try again",
    ),
}


def list_certificates(view: View, request: Row) -> Row:
    """List certificates of the units the caller reaches; to the holder of a personal link, that person's own."""
    names = ("term_id", "nomination_id", "state")
    wanted = {name: request[name] for name in names if name in request}
    narrowed = {"$and": [wanted, _own(view), in_subtree(request)]}
    items, cursor = view.rows(CERTIFICATES).page(narrowed, request.get("cursor"), request["limit"])
    return {"items": [shown(row) for row in items], "next_cursor": cursor}


def get_certificate(view: View, request: Row) -> Row:
    """Show one certificate."""
    return shown(_readable(view, request["certificate_id"]))


def get_certificate_file(view: View, request: Row) -> Row:
    """Return the PDF of a certificate that holds; who looked at it goes into the audit log."""
    row = _readable(view, request["certificate_id"])
    if row["state"] == "revoked":
        raise contract.CertificateClosed(
            f"证书{row['serial']}已撤销，不再提供下载",
            f"certificate {row['serial']} was revoked and is not handed out any more",
            certificate_id=row["_id"],
            replaced_by=row["replaced_by"],
        )
    file = view.rows(FILES).one({"_id": row["_id"]})
    if file is None:
        raise contract.CertificateNotPrinted(
            f"证书{row['serial']}尚未生成 PDF，请稍后再试或查看其问题说明",
            f"certificate {row['serial']} has no PDF yet; try again later or see its problem",
            certificate_id=row["_id"],
            state=row["state"],
        )
    pdf: bytes = view.rows(FILES).unseal(file, "pdf", purpose="download a certificate")
    content = base64.b64encode(pdf).decode()
    return {"filename": f"结业证书-{row['serial']}.pdf", "media_type": "application/pdf", "content": content}


def certificates_summary(view: View, request: Row) -> Row:
    """Count certificates by state."""
    wanted = {name: request[name] for name in ("term_id",) if name in request}
    grouped = view.rows(CERTIFICATES).aggregate(
        [
            {"$match": {"$and": [wanted, view.rows(CERTIFICATES).reach()]}},
            {"$group": {"_id": {"state": "$state", "code": "$reason_code"}, "count": {"$sum": 1}}},
        ]
    )
    counts = dict.fromkeys(("registered", "issued", "unprintable", "revoked", "replaced"), 0)
    for group in grouped:
        counts[group["_id"]["state"]] += group["count"]
        counts["replaced"] += group["count"] if group["_id"].get("code") == "replaced" else 0
    return counts


def verify_certificate(view: View, request: Row, keys: PublicKeys) -> Row:
    """Say whether what somebody holds is genuine and still holds; the name is masked.

    By the text of the QR code the signature decides; by serial and code, what the register has. Neither tells a
    stranger more than a wrong guess would.
    """
    if "signed" in request:
        try:
            claims = read_claims(keys, signed_part(request["signed"]))
        except NotGenuine:
            return _verdict("not_genuine")
        row = view.rows(CERTIFICATES).one({"serial": claims["serial"]})
        # Signed with our key and not in the register: a register restored from an old backup, or a stolen key.
        if row is None or row["code"] is None:
            return _verdict("not_genuine")
    else:
        row = view.rows(CERTIFICATES).one({"serial": request["serial"].strip()})
        if row is None or row["code"] is None or not same_code(request["code"], row["code"]):
            return _verdict("unknown")
        said = view.rows(CERTIFICATES).unseal(row, "said", purpose="verify a certificate")
        claims = CertificateFacts.from_json(said).claims(row["serial"], date.fromisoformat(row["issued_on"]))
    if row["state"] != "revoked":
        return _verdict("valid", claims)
    replaced = row["replaced_by"] is not None
    revoked_on = row["revoked_at"].astimezone(CITY_ZONE).date()
    return {**_verdict("replaced" if replaced else "revoked", claims), "revoked_on": revoked_on, "replaced": replaced}


def certificate_keys(keys: PublicKeys) -> Row:
    """Return the keys that verify certificates."""
    items = [{"key_id": key_id, "algorithm": "Ed25519", "key": key} for key_id, key in keys.encoded().items()]
    return {"items": items}


def signed_part(text: str) -> str:
    """Return the signed text in what a QR code holds, an address that ends with it."""
    return text.strip().rpartition("/")[2]


def shown(row: Mapping[str, Any]) -> Row:
    """Return a stored certificate as the contract shows it."""
    names = (
        "serial term_id unit_id nomination_id hours state problem replaces replaced_by revoked_at revoked_by "
        "reason_code reason sha256 size version"
    )
    day = date.fromisoformat(row["issued_on"])
    return {"certificate_id": row["_id"], "issued_on": day, **{name: row[name] for name in names.split()}}


def _verdict(said: str, claims: Mapping[str, Any] | None = None) -> Row:
    zh, en = _SAID[said]
    certificate = None
    if claims is not None:
        names = ("serial", "programme_title", "ordinal", "days", "hours", "issuer")
        days = {name: date.fromisoformat(claims[name]) for name in ("starts_on", "ends_on", "issued_on")}
        certificate = {**{name: claims[name] for name in names}, **days, "name_masked": masked_name(claims["name"])}
    return {
        "verdict": "revoked" if said == "replaced" else said,
        "said": {"zh": zh, "en": en},
        "certificate": certificate,
        "revoked_on": None,
        "replaced": False,
    }


def _own(view: View) -> Row:
    if view.caller.roles == {Role.TRAINEE}:
        return {"nomination_id": view.caller.own_id(Role.TRAINEE)}
    return view.rows(CERTIFICATES).reach()


def _readable(view: View, certificate_id: str) -> Row:
    if view.caller.roles != {Role.TRAINEE}:
        return view.rows(CERTIFICATES).get_within_reach(certificate_id)
    own = {"_id": certificate_id, "nomination_id": view.caller.own_id(Role.TRAINEE)}
    row = view.rows(CERTIFICATES).one(own)
    if row is None:
        raise NotFound(
            f"没有编号为“{certificate_id}”的证书", f"there is no certificate {certificate_id!r}", id=certificate_id
        )
    return row
