"""What the handbook reader shows under a step: how sure each clause is, its number that day, and what is lokal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guide.editions import load_handbooks
from guide.screens.case import CasePage
from guide.widgets.section import Place, section
from handbook.model import Law
from tests.guide.desk_app import Bench, press, settled
from tests.guide.desk_app import bench as bench
from tests.guide.snapshot import screen_text

EXAMPLE = Path(__file__).parents[2] / "handbook" / "eksempel_stevns"
BOOKS = load_handbooks(EXAMPLE)


def shown(procedure: str, step: str = "", day: date = date(2019, 10, 1), law: Law = "serviceloven") -> str:
    return section(BOOKS[law], Place(procedure, step), day)


def test_each_reference_tells_against_what_it_was_checked() -> None:
    text = shown("tidlig-indsats", "opfoelgning")
    assert "#### Hvor sikre er henvisningerne?" in text
    assert "SEL § 46, stk. 3: kontrolleret mod LBK 798 af 07/08/2019." in text
    assert "opfølgning før tilbuddet slutter: fagligt råd, ingen regel." in text


def test_practice_and_what_nobody_has_checked_say_so() -> None:
    told = {
        state
        for page in BOOKS["serviceloven"].procedures.values()
        for step in page.steps
        for state in ("officiel praksis", "ikke kontrolleret", "kontrolleret mod")
        if state in shown(page.id, step.id).rpartition("#### Hvor sikre")[2]
    }
    assert told == {"officiel praksis", "ikke kontrolleret", "kontrolleret mod"}


def test_the_lawyers_signature_is_shown(tmp_path: Path) -> None:
    (tmp_path / "kontrol.csv").write_text(
        "clause;law;by;date;text;note\nSEL § 46, stk. 3;SEL;JK;2026-10-01;LBK 170 af 24/01/2022;\n", encoding="utf-8"
    )
    (tmp_path / "kommune.md").write_text((EXAMPLE / "kommune.md").read_text(encoding="utf-8"), encoding="utf-8")
    book = load_handbooks(tmp_path)["serviceloven"]
    text = section(book, Place("tidlig-indsats", "opfoelgning"), date(2019, 10, 1))
    assert "SEL § 46, stk. 3: signeret af kommunens jurist" in text


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(2019, 12, 31), "SEL § 140, stk. 3"), (date(2020, 1, 1), "SEL § 140, stk. 2")],
)
def test_the_clause_has_the_number_of_the_day(day: date, number: str) -> None:
    line = next(line for line in shown("handleplan", "maal", day).splitlines() if line.startswith("- **Hjemmel:**"))
    assert f"[{number}" in line
    assert f"Paragraffernes numre er dem fra {day.day}. " in shown("handleplan", "maal", day)


def test_a_renumbered_clause_still_names_the_one_on_the_page() -> None:
    text = shown("handleplan", "maal", date(2022, 5, 1))
    assert "SEL § 140, stk. 2" in text
    assert "står på siden som SEL § 140, stk. 3" in text
    assert "står på siden som" not in shown("handleplan", "maal", date(2019, 10, 1))


@pytest.mark.parametrize(("law", "day"), [("serviceloven", "31. dec. 2023"), ("barnets_lov", "1. jan. 2024")])
def test_outside_a_laws_time_the_nearest_day_counts(law: Law, day: str) -> None:
    other = date(2025, 1, 1) if law == "serviceloven" else date(2019, 1, 1)
    assert f"numre er dem fra {day}" in shown("opfoelgning", "vurdering", other, law)


def test_what_the_municipality_adds_stands_apart_as_lokalt() -> None:
    text = shown("tidlig-indsats", "opfoelgning")
    national, _, local = text.partition("#### Lokalt · Stevns, eksempel")
    assert "højst 6 måneder" not in national
    assert "- **Mål:** højst 6 måneder efter" in local


def test_a_step_of_the_municipalitys_own_is_shown_whole_and_called_lokal() -> None:
    text = shown("tidlig-indsats", "teamleder")
    assert "kommunens eget trin med alle sine felter, ikke et lovkrav" in text
    assert 'person `teamleder` "Hvem talte du med?"' in text
    assert "1. Fortsæt uændret, med ny slutdato\n" in text
    assert "lokal, kommunens egen regel" in text
    assert "Placering" not in text
    assert "(#teamleder) (lokalt trin)" in shown("tidlig-indsats")
    assert "teamlederen ser med" in shown("tidlig-indsats")


async def test_the_screen_shows_it_at_f3(bench: Bench) -> None:
    bench.known()
    bench.case()
    async with bench.run((120, 40)) as pilot:
        pilot.app.push_screen(CasePage("S-2020-001"))
        await settled(pilot)
        await press(pilot, "f3")
        text = screen_text(pilot.app)
        assert "Hvor sikre er henvisningerne?" in text
        assert "Paragraffernes numre er dem fra 17. feb. 2020" in text
