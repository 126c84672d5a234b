from __future__ import annotations

import json
import os

from deploy.local.var_folder import VarFolder
from tests.e2e.local.conftest import run

MAIN_LINE = ("programmes", "terms", "units", "nominations", "refused", "admitted", "letters")
YEAR = (
    "replacements", "attendance", "leave", "withdrawn", "postponed", "returned_to_post", "questions", "reports",
    "proposals", "fees", "certificates", "archives",
)  # fmt: skip
FIGURES = (*MAIN_LINE, *YEAR)


def test_the_summary_adds_up(first):
    summary, _ = first
    assert list(summary) == [*FIGURES, "events", "seconds"]
    assert (summary["programmes"], summary["terms"], summary["units"]) == (10, 24, 3)
    assert 0 < summary["admitted"] <= summary["nominations"] - summary["refused"]
    assert summary["letters"]["admission"] >= summary["admitted"]  # who was replaced had one, a term moved gave another
    assert summary["events"]["published"] > summary["nominations"]
    assert summary["events"]["handled"] > 0
    assert summary["events"]["quarantined"] == 0


def test_every_letter_is_a_file_of_its_own(first):
    summary, out = first
    letters = list((out / "letters").rglob("*.pdf"))
    # A postponed term had its letters before: what was delivered stays where it is.
    assert len(letters) > summary["letters"]["transfer"] + summary["letters"]["admission"]
    assert all(letter.read_bytes().startswith(b"%PDF-") for letter in letters)


def test_a_second_run_goes_on_from_the_stored_data(first, var, small_sample, tmp_path):
    before, _ = first
    done = run(var, small_sample, "--out", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    again = json.loads((tmp_path / "summary.json").read_text())
    assert [again[name] for name in FIGURES] == [before[name] for name in FIGURES]
    assert again["events"]["handled"] == before["events"]["handled"]


def test_a_data_directory_in_use_is_refused_in_plain_words(first, var, small_sample):
    folder = VarFolder(var)
    folder.claim()
    try:
        done = run(var, small_sample)
    finally:
        folder.release()
    assert done.returncode == 1
    assert str(os.getpid()) in done.stdout
    assert "in use by another Diaoxun" in done.stdout
