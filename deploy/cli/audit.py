"""``audit verify``: hold the chained audit logs against themselves."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from deploy.cli.speech import AsJson, both, print_json, print_table

app = typer.Typer(help="审计日志 / the audit log", no_args_is_help=True)


@app.callback()
def group() -> None:
    """审计日志 / the audit log."""


@app.command()
def verify(
    services: Annotated[list[str] | None, typer.Argument(help="服务名，缺省为全部 / services, all by default")] = None,
    as_json: AsJson = False,
) -> None:
    """逐行校验审计链，发现改动则以 1 退出 / walk each chain; exit 1 when a row was altered, removed or added."""
    from deploy.cli.installed import stores

    rows: list[dict[str, Any]] = []
    with stores(services or [], not services) as opened:
        for name, store in opened:
            report = store.audit.verify()
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
