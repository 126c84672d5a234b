"""The sample city is what its generator says, flaws included."""

import json
from pathlib import Path

from openpyxl import load_workbook

from deploy.sample import generate

SAMPLE = Path(generate.__file__).parent


def cells(path: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(path).worksheets[0].iter_rows(values_only=True))


def test_the_committed_sample_is_what_the_seed_gives(tmp_path: Path) -> None:
    generate.main(tmp_path)
    assert (tmp_path / "city.json").read_text("utf-8") == (SAMPLE / "city.json").read_text("utf-8")
    made = sorted(path.name for path in (tmp_path / "rosters").iterdir())
    assert made == sorted(path.name for path in (SAMPLE / "rosters").iterdir())
    for name in made:
        fresh, kept = tmp_path / "rosters" / name, SAMPLE / "rosters" / name
        same = fresh.read_bytes() == kept.read_bytes() if name.endswith(".csv") else cells(fresh) == cells(kept)
        assert same, name


def test_every_term_is_filled_by_its_quotas() -> None:
    facts = json.loads((SAMPLE / "city.json").read_text("utf-8"))
    places: dict[tuple[int, int], int] = {}
    for quota in facts["quotas"]:
        key = (quota["programme_ordinal"], quota["term_ordinal"])
        places[key] = places.get(key, 0) + quota["places"]
    assert len(places) == 24
    assert set(places.values()) == {48}


def test_the_sample_holds_1200_people_and_the_mistakes_units_make() -> None:
    import random

    rows = generate.lines_by_unit(random.Random(generate.SEED))
    numbers = [line.person.id_number for lines in rows.values() for line in lines]
    assert len(numbers) >= 1200
    assert any(number.endswith("x") for number in numbers)
    assert len(numbers) > len(set(numbers)), "somebody is named twice"
    assert sum(len(number) != 18 for number in numbers) == 1
