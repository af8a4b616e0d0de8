"""The causes noted with what came too late: every one shown, none by person, a record counted once."""

from __future__ import annotations

import pytest

from tests.checklists.build import Log
from tests.checklists.measured import counted, decision


def late_plan(value: object = None) -> Log:
    log = decision()
    log.run("handleplan-1", "2019-06-01", serves="afgoerelse-1")
    log.step("handleplan-1/udarbejdet", "2019-06-04", value)
    return log


def noted(log: Log, held_by: str = "") -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    return {c.cause: c.late for c in counted(log, held_by=held_by).causes}


def test_every_known_cause_is_shown_also_where_it_was_noted_nowhere() -> None:
    shown = list(noted(decision()))
    assert shown == ["awaiting others", "family cancelled", "illness", "late intake", "own planning", "none noted"]


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        (None, "none noted"),
        ({"cause": "illness"}, "illness"),
        ({"cause": "own planning"}, "own planning"),
        ({"cause": "strømsvigt"}, "other"),
    ],
)
def test_a_late_step_counts_under_what_is_noted_with_it(value: object, cause: str) -> None:
    assert noted(late_plan(value))[cause] == (("S-1", ("plan-late",)),)


def test_what_is_missing_is_not_late() -> None:
    assert not any(noted(decision()).values())


def test_one_record_too_late_for_two_measures_counts_once() -> None:
    log = decision()
    log.run("underretning-1", "2019-01-05")
    log.step("underretning-1/modtaget", "2019-01-05 10:00")
    log.run("boernefaglig-undersoegelse-1", "2019-01-08", opened_by="underretning-1")
    log.step("boernefaglig-undersoegelse-1/udloesende", "2019-01-05")
    log.step("boernefaglig-undersoegelse-1/stillingtagen", "2019-06-10", {"valg": "stoette", "stoetteart": "x"})
    log.step("boernefaglig-undersoegelse-1/afsluttet", "2019-06-12", {"valg": "stoette", "cause": "awaiting others"})
    codes = ("investigation-late", "investigation-unfinished-at-decision")
    assert noted(log)["awaiting others"] == (("S-1", codes),)


def test_what_arose_while_somebody_else_held_the_case_is_not_among_ones_own() -> None:
    log = late_plan({"cause": "illness"})
    log.holder("LH", "2019-01-01")
    log.holder("MK", "2019-08-01")
    assert noted(log, held_by="LH")["illness"]
    assert not noted(log, held_by="MK")["illness"]
