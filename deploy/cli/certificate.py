"""``diaoxun certificate``: verify certificates (结业证书) without asking anybody, and hand out the keys that do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deploy.cli.speech import AsJson, print_json

if TYPE_CHECKING:
    from shared.security.signing import PublicKeys

app = typer.Typer(help="结业证书核验 / certificates", no_args_is_help=True)

FORGED = 1
UNREADABLE = 2
_SIGNED = re.compile(rb"[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{86}(?![A-Za-z0-9_-])")
_LABELS = {
    "serial": "证书编号 / serial",
    "name": "姓名 / name",
    "sex": "性别 / sex",
    "programme_title": "班次 / programme",
    "ordinal": "期次 / term",
    "starts_on": "开班 / from",
    "ends_on": "结业 / to",
    "days": "学制（天） / days",
    "hours": "学时 / class hours",
    "issuer": "发证单位 / issuer",
    "issued_on": "发证日期 / issued on",
}


@app.callback()
def group() -> None:
    """结业证书核验 / certificates."""


@app.command()
def verify(
    certificate: Annotated[
        str,
        typer.Argument(help="PDF、文本文件或二维码内容 / a PDF, a text file, or the QR's text"),
    ],
    keys: Annotated[
        Path | None,
        typer.Option("--keys", help="公钥文件，缺省用 DIAOXUN_SIGNING_KEYS / public keys, one id:base64 a line"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """离线核验证书签名并显示所签内容，请与纸面核对 / exit 1 when the signature does not fit; compare what is shown."""
    from shared.security.signed_claims import NotGenuine, read_claims

    signed = _signed_text(certificate)
    try:
        claims = read_claims(_keys(keys), signed)
    except NotGenuine as forged:
        _say_forged(forged.unknown_key, as_json)
        raise typer.Exit(FORGED) from None
    if as_json:
        print_json({"genuine": True, "claims": claims})
        return
    typer.echo("签名有效，证书所载如下，请与纸面逐项核对 / the signature holds; compare this with the print:")
    for name, value in claims.items():
        typer.echo(f"  {_LABELS.get(name, name)}：{value}")
    typer.echo("是否已被撤销须联网核验 / whether it was revoked since, only the platform knows")


@app.command()
def keys(as_json: AsJson = False) -> None:
    """打印可公开的核验公钥 / print the public keys, for whoever verifies offline."""
    public = _keys(None).encoded()
    if as_json:
        print_json(public)
        return
    for key_id, encoded in public.items():
        typer.echo(f"{key_id}:{encoded}")


def _signed_text(given: str) -> str:
    path = Path(given)
    try:
        raw = path.read_bytes() if len(given) < 255 and path.is_file() else given.encode()
    except OSError as error:
        typer.echo(f"{given}：{error}", err=True)
        raise typer.Exit(UNREADABLE) from None
    # A PDF of ours keeps the text among its keywords, as it stands.
    found = _SIGNED.search(raw)
    if found is None:
        typer.echo("其中没有证书签名；请给出证书 PDF 或二维码内容 / there is no signed text in it", err=True)
        raise typer.Exit(UNREADABLE)
    return found.group().decode()


def _keys(file: Path | None) -> PublicKeys:
    from shared.security.signing import PublicKeys

    if file is None:
        from shared.config import read_settings
        from shared.runtime.provision import signing_keys_from

        return signing_keys_from(read_settings()).public
    try:
        return PublicKeys.parse(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        typer.echo(f"{file}：{error}", err=True)
        raise typer.Exit(UNREADABLE) from None


def _say_forged(unknown_key: str | None, as_json: bool) -> None:
    if as_json:
        said: dict[str, Any] = {"genuine": False, "unknown_key": unknown_key}
        print_json(said)
    elif unknown_key is not None:
        typer.echo(f"没有编号为“{unknown_key}”的公钥，无法核验 / the key {unknown_key!r} is not at hand", err=True)
    else:
        typer.echo("签名不符：不是所持公钥签发，或内容被改动 / not genuine, or altered", err=True)
