"""The 14 published decisions seen the day before each was taken: everything ``traad ready`` says, word for word.

What stands in ``klar/`` was held against the published audit case by case: D5 lacks the talk that came a day late, D10
the talk about the contact person, D12 the second parent and the investigation, and so on. ``LACKS`` says it in short.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from guide.cli import MISSING, OK, main

TAKEN = {
    "D1": "2019-11-13", "D2": "2019-06-28", "D3": "2019-06-03", "D4": "2019-08-19", "D5": "2019-10-09",
    "D6": "2019-12-12", "D7": "2019-11-20", "D8": "2019-06-19", "D9": "2019-11-06", "D10": "2020-01-15",
    "D11": "2019-09-18", "D12": "2019-12-03", "D13": "2019-09-20", "D14": "2019-12-11",
}  # fmt: skip

NO_PLAN = {"handleplan/maal", "handleplan/udarbejdet"}
UNFINISHED = {f"boernefaglig-undersoegelse/{step}" for step in ("netvaerk", "fagfolk", "stillingtagen", "afsluttet")}
STALE = {"afgoerelse/grundlag"}
NO_TALK = {"boernesamtale/holdt"}

LACKS: dict[str, set[str]] = {
    "D1": NO_PLAN | UNFINISHED,  # the investigation decided on half a year earlier was never finished
    "D2": set(),  # provisional: the investigation may run beside it, and the plan stands already
    "D3": set(),  # the earlier investigation was updated, the plan made, the attempts at a talk noted
    "D4": NO_PLAN | STALE | {"boernesamtale/undladelse"},  # age and purpose are no grounds the law names
    "D5": NO_PLAN | NO_TALK,  # the child was told at the pick-up, the day after
    "D6": NO_PLAN | NO_TALK,  # only an external adviser talked with the child
    "D7": NO_PLAN | STALE,  # four years old
    "D8": NO_PLAN | STALE,  # a year and a half old
    "D9": NO_PLAN,
    "D10": NO_PLAN | NO_TALK | {"boernefaglig-undersoegelse/stillingtagen"},  # talked about one of two measures
    "D11": set(),
    "D12": NO_PLAN | NO_TALK | UNFINISHED | {"boernefaglig-undersoegelse/foraeldre"},  # one of two parents
    "D13": NO_PLAN | NO_TALK | STALE,
    "D14": NO_PLAN,
}
"""Case -> the steps that law or practice misses the day before."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("demo") / "demo.db")
    assert main(["demo", "--no-open", "--db", path]) == OK
    return path


def day_before(case: str) -> str:
    return (date.fromisoformat(TAKEN[case]) - timedelta(days=1)).isoformat()


@pytest.mark.parametrize("case", TAKEN)
def test_what_ready_says_the_day_before(demo: str, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["ready", case, "--db", demo, "--today", day_before(case)])
    expected = Path(__file__).parent / "klar" / f"{case}.txt"
    assert capsys.readouterr().out == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", TAKEN)
def test_what_law_and_practice_miss_the_day_before(demo: str, case: str, capsys: Any) -> None:
    import json

    code = main(["ready", case, "--db", demo, "--today", day_before(case), "--json"])
    answer = json.loads(capsys.readouterr().out)
    missing = [f for f in answer["missing"] if f["basis"] in ("lov", "praksis")]
    assert {f"{f['procedure']}/{f['step']}" for f in missing} == LACKS[case]
    assert (answer["run"], answer["decision"]) == ("afgoerelse-1", None)
    assert code == (MISSING if answer["missing"] else OK)


@pytest.mark.parametrize("case", ["E1", "E2", "E3", "O1", "O2", "O3"])
def test_without_a_decision_under_way(demo: str, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ready", case, "--db", demo, "--today", "2020-02-17"]) == MISSING
    assert capsys.readouterr().out.startswith("Ingen afgørelse på vej")
