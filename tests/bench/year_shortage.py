"""``python -m tests.bench.year_shortage [--terms 100] [--beds 45] [--seeds 1,2] [--seconds 60]``.

Explains made-up years that have so many percent of their beds: for each, the conflicts of more than one term with their
demands, whether these were thinned out, and how many ways out were found, with seconds of clock and processor.
"""

from __future__ import annotations

import argparse
import dataclasses
import time

from deploy.sample.years import made_up_year
from services.scheduling.domain.placement import Campus, Problem
from services.scheduling.plugins.year_explain import explain_year


def short_of_beds(year: Problem, percent: int) -> Problem:
    """Return a year with so many percent of its beds, of each kind and in all."""

    def fewer(campus: Campus) -> Campus:
        kinds = tuple(dataclasses.replace(each, beds=each.beds * percent // 100) for each in campus.dormitories)
        return dataclasses.replace(campus, beds=campus.beds * percent // 100, dormitories=kinds)

    return dataclasses.replace(year, campuses=tuple(fewer(campus) for campus in year.campuses))


def main() -> None:
    """Explain the years one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--terms", type=int, default=100)
    parser.add_argument("--beds", type=int, default=45, help="percent")
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--seconds", type=float, default=60.0)
    given = parser.parse_args()
    for seed in map(int, given.seeds.split(",")):
        year = short_of_beds(made_up_year(given.terms, seed, given.seconds), given.beds)
        wall, cpu = time.monotonic(), time.process_time()
        explanation = explain_year(year)
        wall, cpu = time.monotonic() - wall, time.process_time() - cpu
        alone = sum(len(each.term_ids) == 1 for each in explanation.conflicts)
        print(f"seed {seed}: {wall:.1f} s, processor {cpu:.1f} s, {explanation.complete=}, {alone} of single terms")
        for each in explanation.conflicts:
            if len(each.term_ids) > 1:
                told = sum(bool(demand.loosenings) for demand in each.demands)
                print(f"  {len(each.term_ids)} terms, {len(each.demands)} demands, {each.minimal=}, ways out: {told}")
                print(f"  {each.zh}\n  {each.en}")
                for way in each.ways_out:
                    print(f"    {way.zh} / {way.en}{'' if way.proven else ' (not proven)'}")


if __name__ == "__main__":
    main()
