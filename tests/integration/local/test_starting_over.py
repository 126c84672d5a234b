from __future__ import annotations

from deploy.local.starting_over import start_over
from deploy.local.store_process import StoreProcess
from deploy.local.var_folder import VarFolder


def test_starting_over_ends_the_store_of_a_killed_stack_before_its_data_goes(tmp_path):
    left = StoreProcess(tmp_path)
    left.start()
    stray = left._process
    try:
        folder = VarFolder(tmp_path)
        folder.claim()
        start_over(folder)
        assert stray.wait(20) is not None
        assert not left.data.exists()
        assert not (tmp_path / "store.json").exists()
        folder.release()
    finally:
        left.stop()


def test_starting_over_where_nothing_ran_only_clears(tmp_path):
    (tmp_path / "db").mkdir()
    folder = VarFolder(tmp_path)
    folder.claim()
    start_over(folder)
    assert not (tmp_path / "db").exists()
    folder.release()
