"""Starting over in a data directory: what a killed stack left running goes first, then what it left lying."""

from __future__ import annotations

from deploy.local.store_process import StoreProcess
from deploy.local.var_folder import VarFolder


def start_over(var: VarFolder) -> None:
    """Clear a claimed data directory. Raises ``Unavailable`` when a store of an earlier stack does not end."""
    StoreProcess(var.path).end_stray()  # before its note goes: without it nobody knows the process
    var.clear()
