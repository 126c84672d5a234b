"""``run``, ``rehearse``, ``serve``, ``gateway``: commands that become another process and begin clean (P21)."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Annotated, NoReturn

import typer


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(run)
    app.command()(rehearse)
    app.command()(serve)
    app.command()(gateway)


def run(
    once: Annotated[bool, typer.Option("--once", help="走完主线即退出 / exit when the main line is done")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="函件与 summary.json 的目录 / where letters go")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="清空数据重新开始 / start over")] = False,
    port: Annotated[int | None, typer.Option("--port", help="网关端口 / the gateway's port")] = None,
) -> None:
    """启动内嵌全套系统并走一遍示例计划 / start the embedded stack and run the sample plan."""
    arguments = ["--once"] if once else []
    arguments += ["--out", str(out)] if out else []
    arguments += ["--fresh"] if fresh else []
    arguments += ["--port", str(port)] if port is not None else []
    _become("deploy.local", *arguments)


def rehearse(
    url: Annotated[str, typer.Argument(help="网关地址 / the gateway's address")],
    sample: Annotated[Path | None, typer.Option("--sample", help="同 deploy/sample 的目录 / a folder like it")] = None,
) -> None:
    """在已部署、时钟可调的环境中走一遍示例年度 / walk the sample year through a deployment with a settable clock."""
    _become("deploy.local.rehearsal", url, *(["--sample", str(sample)] if sample else []))


def serve(
    services: Annotated[list[str] | None, typer.Argument(help="服务名，可多个 / names of services")] = None,
    everything: Annotated[bool, typer.Option("--all", help="全部服务 / every service")] = False,
    migrate: Annotated[bool, typer.Option("--migrate", help="先准备数据库 / prepare the databases first")] = False,
) -> None:
    """运行一个或多个服务，直至收到停止信号 / run services until told to stop."""
    from deploy.cli.installed import service_names

    names = service_names(services or [], everything)
    _become("shared.runtime.runner", *names, *(["--migrate"] if migrate else []))


def gateway(
    host: Annotated[str | None, typer.Option("--host", help="监听地址 / address")] = None,
    port: Annotated[int | None, typer.Option("--port", help="端口 / port")] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, help="进程数 / processes")] = 2,
    threads: Annotated[int, typer.Option("--threads", min=1, help="每进程线程数 / threads in each")] = 32,
) -> None:
    """运行网关（gunicorn gthread） / run the gateway."""
    from gateway.http.measures import FOLDER
    from shared.config import read_settings
    from shared.runtime.provision import keyring_from, tokens_from

    settings = read_settings()
    tokens_from(settings)  # said here and once, not by every worker that fails to boot
    keyring_from(settings)
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="diaoxun-gateway-")  # each worker then answers /metrics for all
    address = f"{host or settings.http_host}:{settings.http_port if port is None else port}"
    _become(
        "gunicorn",
        *("--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads)),
        *("--bind", address, "--graceful-timeout", str(int(settings.stop_seconds))),
        *("--config", "python:gateway.workers"),
        "--no-control-socket",  # it would be made in the home directory, which an image does not let us write
        "gateway.wsgi:application",
    )


def _become(module: str, *arguments: str) -> NoReturn:
    sys.stdout.flush()
    sys.stderr.flush()
    quiet = ("-W", "ignore::DeprecationWarning")  # a library of ours tells that it is old, once a process
    os.execv(sys.executable, [sys.executable, *quiet, "-m", module, *arguments])  # noqa: S606 - our own interpreter
