"""``clock``: show the platform's time; set and move it for a rehearsal."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.cli.speech import AsJson, print_json

if TYPE_CHECKING:
    from shared.clock import Clock

app = typer.Typer(help="平台时钟（演练时可调） / the platform's clock", no_args_is_help=True)
_DURATION = re.compile(r"([+-]?)(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


@app.command()
def show(as_json: AsJson = False) -> None:
    """显示当前时间 / show the time."""
    from shared.clock import SystemClock
    from shared.config import read_settings
    from shared.runtime.clocks import ClockFixed, settable

    try:
        _tell(settable(read_settings()), "settable", as_json)
    except ClockFixed:
        _tell(SystemClock(), "system", as_json)


@app.command("set")
def set_(
    instant: Annotated[str, typer.Argument(help="如 2020-05-11 或 2020-05-11T09:00+08:00")], as_json: AsJson = False
) -> None:
    """设定时间 / go to an instant; without zone it is the city's."""
    from shared.config import read_settings
    from shared.runtime import clocks

    clock = clocks.settable(read_settings())
    clock.set(clocks.instant(instant))
    _tell(clock, "settable", as_json)


@app.command(context_settings={"ignore_unknown_options": True})
def move(
    by: Annotated[str, typer.Argument(help="如 1d、2h30m、-1w / such as 1d, 2h30m, -1w")], as_json: AsJson = False
) -> None:
    """前移或后移 / move forward or back."""
    from shared.config import read_settings
    from shared.runtime import clocks

    clock = clocks.settable(read_settings())
    clock.move(duration(by))
    _tell(clock, "settable", as_json)


@app.command()
def reset(as_json: AsJson = False) -> None:
    """恢复为系统时间 / go by the machine's clock again."""
    from shared.config import read_settings
    from shared.runtime import clocks

    clock = clocks.settable(read_settings())
    clock.reset()
    _tell(clock, "settable", as_json)


def duration(text: str) -> timedelta:
    """Return a duration from ``1w2d3h4m5s``, a sign in front allowed. Raises ``Invalid``."""
    from shared.errors import Invalid

    match = _DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()[1:]):
        raise Invalid(f"时长“{text}”无法识别，请写作 1d、2h30m、-1w", f"{text!r} is no duration; write 1d, 2h30m, -1w")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if match[1] == "-" else length


def _tell(clock: Clock, kind: str, as_json: bool) -> None:
    from shared.clock import CITY_ZONE

    now = clock.now()
    if as_json:
        print_json({"now": now.isoformat(), "today": clock.today().isoformat(), "clock": kind})
    else:
        typer.echo(f"{now.astimezone(CITY_ZONE).isoformat(timespec='seconds')} ({kind})")
