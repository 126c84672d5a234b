"""``ops``: state of every container, rolling one service, logs of all by trace; on the Docker engine of this host."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deploy.cli.speech import AsJson, print_json, print_table

if TYPE_CHECKING:
    from deploy.ops.engine import Container, Engine

app = typer.Typer(help="本机容器运维 / the containers of this host", no_args_is_help=True)
_FINE = frozenset({"running (healthy)", "running", "exited (0)"})  # one without a probe is only running
Project = Annotated[str, typer.Option("--project", envvar="PROJECT", help="compose 项目名 / compose project")]


@app.command()
def status(project: Project = "diaoxun", as_json: AsJson = False) -> None:
    """各服务的版本、健康、积压与重启次数，有异常则以 1 退出 / state of every service; exit 1 on trouble."""
    from deploy.ops.engine import Engine

    engine = Engine.here(project)
    rows = [_row(engine, each) for each in engine.containers()]
    if as_json:
        print_json(rows)
    else:
        columns = [
            "服务 service",
            "容器 container",
            "版本 version",
            "状态 state",
            "重启 restarts",
            "积压 lag",
            "隔离 quarantine",
            "问题 trouble",
        ]
        print_table(f"{project}", columns, [list(row.values()) for row in rows])
    if any(row["trouble"] or row["state"] not in _FINE for row in rows):
        raise typer.Exit(1)


@app.command()
def roll(service: Annotated[str, typer.Argument(help="服务名 / service")], project: Project = "diaoxun") -> None:
    """逐个替换某服务的容器，新的就绪后旧的才停 / replace containers; an old one goes when its new one is ready."""
    from deploy.ops.engine import Engine
    from deploy.ops.rolling import NotRolled, Roller

    try:
        for step in Roller(Engine.here(project)).roll(service):
            typer.echo(f"{step.zh} / {step.en}")
    except NotRolled as fault:
        for line in fault.details.get("log", ()):
            typer.echo(f"    {line}", err=True)
        raise


@app.command()
def logs(
    trace: Annotated[str | None, typer.Option("--trace", help="trace id 或请求号 / trace id or correlation id")] = None,
    tail: Annotated[int, typer.Option("--tail", min=0, help="每个容器的最后几行 / last lines of each")] = 200,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="持续输出 / go on")] = False,
    project: Project = "diaoxun",
) -> None:
    """合并各容器日志，可按 trace id 筛选 / the logs of all containers in order, of one trace when given."""
    from deploy.ops.engine import Engine
    from deploy.ops.following import followed, merged

    engine = Engine.here(project)
    if trace is None or not follow:
        for line in merged(engine, mark=trace, tail="all" if trace else tail):
            typer.echo(f"{line.service:<13}{line.text}")
    if follow:
        for line in followed(engine, mark=trace):
            typer.echo(f"{line.service:<13}{line.text}")


def _row(engine: Engine, container: Container) -> dict[str, Any]:
    told = engine.readiness(container)
    checks: Mapping[str, Any] = told.get("checks") or {}
    state = container.state
    if state == "exited":
        state = f"exited ({container.told['State'].get('ExitCode')})"
    return {
        "service": container.service,
        "container": container.name,
        "version": engine.version(container),
        "state": state,
        "restarts": container.told.get("RestartCount", 0),
        "lag": _measure(checks, "outbox", "depth"),
        "quarantine": _measure(checks, "quarantine", "depth"),
        "trouble": "；".join(_troubles(checks)),
    }


def _measure(checks: Mapping[str, Any], name: str, what: str) -> int | None:
    found = [
        check["measures"][what]
        for key, check in checks.items()
        if isinstance(check, dict) and key.startswith(f"{name}:") and what in check.get("measures", {})
    ]
    return int(sum(found)) if found else None


def _troubles(checks: Mapping[str, Any]) -> list[str]:
    found = []
    for key, check in checks.items():
        if isinstance(check, dict) and check.get("trouble"):
            found.append(str(check["trouble"]["zh"]))
        elif check == "failed":  # the gateway names what failed and no more
            found.append(f"{key} 不可用")
    return found
