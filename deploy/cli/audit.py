"""``audit verify``: hold the chained audit logs against themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from deploy.cli.speech import AsJson, both, print_json, print_table
from shared.errors import Invalid

if TYPE_CHECKING:
    from shared.storage.chain import Head

app = typer.Typer(help="审计日志 / the audit log", no_args_is_help=True)


@app.callback()
def group() -> None:
    """审计日志 / the audit log."""


@app.command()
def verify(
    services: Annotated[list[str] | None, typer.Argument(help="服务名，缺省为全部 / services, all by default")] = None,
    heads: Annotated[
        list[str] | None,
        typer.Option(
            "--head", help="另行保存的链头，取自运行日志 / a head kept elsewhere, from the log: SERVICE:ROW:HASH"
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """逐行校验审计链，发现改动则以 1 退出 / walk each chain; exit 1 when a row was altered, removed or added."""
    from deploy.cli.installed import stores

    kept = _heads(heads or [])
    rows: list[dict[str, Any]] = []
    with stores(services or [], not services) as opened:
        for name, store in opened:
            report = store.audit.verify(kept.pop(name, None))
            rows.append(
                {
                    "service": name,
                    "intact": report.intact,
                    "rows": report.rows,
                    "unsealed": report.unsealed,
                    "head": {"seq": report.head.seq, "hash": report.head.hash},
                    "broken_at": report.broken.seq if report.broken else None,
                    "reason": report.broken.reason.to_wire() if report.broken else None,
                }
            )
    if kept:
        raise Invalid(
            f"未校验服务“{'、'.join(sorted(kept))}”，其链头无从比对；请同时写出该服务名",
            f"{', '.join(sorted(kept))} was not verified, so its head was held against nothing; name the service too",
        )
    if as_json:
        print_json(rows)
    else:
        print_table(
            "审计链 / audit chains",
            ["服务 service", "完好 intact", "行数 rows", "待链 unsealed", "末行 head", "问题 trouble"],
            [
                [
                    row["service"],
                    "✓" if row["intact"] else "✗",
                    row["rows"],
                    row["unsealed"],
                    f"{row['head']['seq']} {row['head']['hash'][:12]}",
                    f"{row['broken_at']}: {both(row['reason'])}" if row["reason"] else "",
                ]
                for row in rows
            ],
        )
    if not all(row["intact"] for row in rows):
        raise typer.Exit(1)


def _heads(texts: list[str]) -> dict[str, Head]:
    from shared.storage.chain import Head

    heads = {}
    for text in texts:
        service, _, rest = text.partition(":")
        row, _, digest = rest.partition(":")
        if not (service and row.isascii() and row.isdigit() and len(digest) == 64):
            raise Invalid(
                f"链头“{text[:100]}”应写作 服务名:行号:哈希（64 位），可从运行日志中复制",
                f"a head is SERVICE:ROW:HASH with 64 characters of hash, as in the log; got {text[:100]!r}",
            )
        heads[service] = Head(int(row), digest)
    return heads
