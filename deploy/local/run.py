"""``diaoxun run``: start the embedded stack, run the main line, show the result, keep serving."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from typing import Any

from rich.console import Console

from deploy.local import main_line
from deploy.local.access import SAMPLE_ACCOUNTS
from deploy.local.stack_child import Running, StackChild
from shared.errors import Fault

_LOOK_SECONDS = 0.5
_PLAIN_WIDTH = 140
FAILED = 1
INTERRUPTED = 130


def run(
    var: Path, sample: Path, *, once: bool = False, out: Path | None = None, fresh: bool = False,
    port: int | None = None,
) -> int:  # fmt: skip
    """Run the main line on a sample and return the exit code; without ``once`` serve until SIGINT or SIGTERM."""
    console = Console(width=None if sys.stdout.isatty() else _PLAIN_WIDTH)
    stack = StackChild(var, port, fresh=fresh)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    code = INTERRUPTED
    try:
        with console.status("启动内置环境 / starting the embedded stack"):
            running = stack.start()
        if not running.wanted_port:
            console.print(f"[yellow]端口已被占用，改用 {running.url} / the port is taken, using {running.url}")
        summary = main_line.run(running, sample, var / "outbox", console, out)
        code = FAILED if summary["events"]["quarantined"] and once else 0
        _tell(console, running, var, out, summary)
        while not once:
            if not stack.running:
                console.print(f"[red]内置环境已停止，详见 {stack.log} / the stack ended, see {stack.log}")
                return FAILED
            time.sleep(_LOOK_SECONDS)
    except KeyboardInterrupt:
        console.print("正在停止 / stopping")
    except Fault as fault:
        console.print(f"[red]{fault.message.zh}\n{fault.message.en}", highlight=False)
        code = FAILED
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # one Ctrl-C is enough: the stop has begun
        stack.stop()
    return code


def _tell(console: Console, running: Running, var: Path, out: Path | None, summary: dict[str, Any]) -> None:
    letters = summary["letters"]
    places = [str(var / "outbox"), *([str(out / "letters")] if out else [])]
    console.print(
        f"选调函 {letters['transfer']} 份、入学通知书 {letters['admission']} 份 / letters: {' · '.join(places)}",
        highlight=False,
    )
    console.print(f"用时 {summary['seconds']} 秒 / seconds · 事件 / events {summary['events']}", highlight=False)
    console.print(
        f"工作台 / console: [bold]{running.url}/[/bold]   接口说明 / API: {running.url}/docs", highlight=False
    )
    for username, title, _, _ in SAMPLE_ACCOUNTS:
        password = running.secrets.passwords.get(username, "")
        console.print(f"  {username:<10} {password}   {title}", highlight=False)
