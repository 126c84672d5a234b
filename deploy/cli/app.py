"""``diaoxun``: every command group is a module of its own and imports what it needs when it runs."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from typing import Annotated

import typer

from deploy.cli import (
    access,
    audit,
    backup,
    certificate,
    clock,
    database,
    dlq,
    doctor,
    ops,
    plan,
    plugins,
    prepare,
    processes,
    remote,
    reseal,
    timetable,
    timetable_edit,
    topology,
    year,
    year_versions,
)
from deploy.cli.speech import DEBUG, complain, debugging

app = typer.Typer(
    name="diaoxun",
    help="调训：年度培训计划全流程 / runs a city's yearly training plan end to end",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示调用栈 / show tracebacks")] = False,
) -> None:
    """调训：年度培训计划全流程 / runs a city's yearly training plan end to end."""
    if debug:
        os.environ[DEBUG] = "1"
    # What a command has to say it prints; log lines of the kit would only come between.
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    logging.basicConfig(level=logging.WARNING if debugging() else logging.CRITICAL)


for module in (processes, prepare, database, backup, reseal, doctor):
    module.register(app)
timetable_edit.register(timetable.app)
year_versions.register(year.app)
app.add_typer(topology.app, name="topology")
app.add_typer(plugins.app, name="plugins")
app.add_typer(dlq.app, name="dlq")
app.add_typer(ops.app, name="ops")
app.add_typer(audit.app, name="audit")
app.add_typer(clock.app, name="clock")
app.add_typer(access.keys, name="keys")
app.add_typer(access.accounts, name="accounts")
app.add_typer(plan.app, name="plan")
app.add_typer(timetable.app, name="timetable")
app.add_typer(certificate.app, name="certificate")
app.add_typer(year.app, name="year")
app.add_typer(remote.term, name="term")
app.add_typer(remote.table, name="table")


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 refused or broken, 2 wrong usage."""
    try:
        app(args=arguments)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if debugging():
            raise
        complain(error)
        sys.exit(1)


if __name__ == "__main__":
    main()
