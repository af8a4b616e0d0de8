"""The auditors' published table of the 20 cases, number by number with the reasons, from the event log alone.

Tabel 1 and 2 of the report on Stevns (2020), period 17 February 2019 to 17 February 2020.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

import guide
from checklists.audit import Audit, audit
from checklists.calendar import end_of_day
from checklists.measures.model import Verdict
from handbook.load import bundled
from store.event_log import Parsed, read_rows

DEMO = Path(guide.__file__).parent / "demo" / "stevns-2020.csv"
PERIOD = (date(2019, 2, 17), date(2020, 2, 17))

TABLE_1 = [
    ("child-involvement", "Inddragelse", "utilstrækkelig inddragelse af barnet", 7, 11),
    ("custody-holder-involvement", "Inddragelse", "utilstrækkelig inddragelse af forældremyndighedsindehaver", 6, 14),
    ("child-talk", "Inddragelse", "§ 48-børnesamtale ikke opfyldt", 6, 11),
    ("investigation-missing", "Faglig udredning", "børnefaglig undersøgelse mangler", 2, 14),
    ("investigation-outdated", "Faglig udredning", "opdatering af tidligere undersøgelse mangler", 4, 14),
    ("investigation-late", "Faglig udredning", "undersøgelse ikke udarbejdet inden 4 måneder", 5, 7),
    ("reasoned-position-missing", "Faglig udredning", "undersøgelse mangler begrundet stillingtagen", 1, 8),
    ("investigation-unfinished-at-decision", "Faglig udredning", "undersøgelse ikke afsluttet før afgørelsen", 0, 7),
    ("plan-missing", "Valg af indsats", "handleplan mangler", 6, 14),
    ("plan-late", "Valg af indsats", "handleplan ikke udarbejdet inden afgørelsen", 5, 8),
    ("support-basis", "Valg af indsats", "ikke oplysningsgrundlag til at vurdere, om støtten er relevant", 1, 20),
    ("followup-3-months", "Opfølgning", "3-måneders opfølgning ikke overholdt", 0, 0),
    ("followup-6-months", "Opfølgning", "6-måneders opfølgning ikke overholdt", 0, 3),
    ("visits", "Opfølgning", "personrettet tilsyn ikke overholdt", 1, 3),
]

TABLE_2 = [
    ("anbringelse", "SEL § 52, stk. 3, nr. 7", 5),
    ("familiebehandling", "SEL § 52, stk. 3, nr. 3", 6),
    ("kontaktperson", "SEL § 52, stk. 3, nr. 6", 3),
    ("konsulentbistand", "SEL § 11, stk. 3", 3),
    ("opfølgning på anbringelse besluttet før perioden", "SEL § 70", 3),
]
AGES = [("0-3", 2), ("4-7", 4), ("8-14", 6), ("15-17", 8)]

DEFICIENT = {
    "child-involvement": "D4 D5 D6 D7 D10 D12 D13",
    "custody-holder-involvement": "D4 D6 D7 D10 D12 D13",
    "child-talk": "D4 D5 D6 D10 D12 D13",
    "investigation-missing": "D1 D12",
    "investigation-outdated": "D4 D7 D8 D13",
    "investigation-late": "D2 D5 D9 D10 D14",
    "reasoned-position-missing": "D10",
    "investigation-unfinished-at-decision": "",
    "plan-missing": "D1 D4 D6 D10 D12 D13",
    "plan-late": "D5 D7 D8 D9 D14",
    "support-basis": "D11",
    "followup-3-months": "",
    "followup-6-months": "",
    "visits": "O1",
}

LATE_BY = {
    "D2": "færdig 26. aug. 2019, fristen var 1. juli 2019, regnet fra 1. marts 2019",
    "D5": "færdig 25. sept. 2019, fristen var 11. juli 2019, regnet fra 11. marts 2019",
    "D9": "færdig 3. juli 2019, fristen var 5. marts 2019, regnet fra 5. nov. 2018",
    "D10": "færdig 4. dec. 2019, fristen var 19. juni 2019, regnet fra 19. feb. 2019",
    "D14": "færdig 29. nov. 2019, fristen var 26. aug. 2018, regnet fra 26. april 2018",
}

TALK = {
    "D4": ("ground-not-named", "undladt med en grund, loven ikke nævner: barnets alder og indsatsens formål"),
    "D5": ("talk-after-decision", "holdt 10. okt. 2019, efter afgørelsen 9. okt. 2019"),
    "D6": ("talk-delegated", "holdt af en anden end barnets egen myndighedssagsbehandler"),
    "D10": ("talk-about-other-measure", "ikke om kontaktperson"),
    "D12": ("talk-after-decision", "holdt 20. dec. 2019, efter afgørelsen 3. dec. 2019"),
    "D13": ("talk-after-decision", "holdt 2. okt. 2019, efter afgørelsen 20. sept. 2019"),
}
"""§ 48: 2 not held (D4, D6), 3 held after the decision, 1 about another measure."""

NO_TALK = {"D1": "barnets modenhed (2 år)", "D2": "barnets modenhed (4 år)", "D3": "forsøgt 2 gange"}


@cache
def published() -> Audit:
    with DEMO.open(encoding="utf-8", newline="") as lines:
        events = [row.event for row in read_rows(lines) if isinstance(row, Parsed)]
    cases = dict.fromkeys(e.case for e in events if e.case)
    books = {"serviceloven": bundled("serviceloven"), "barnets_lov": bundled("barnets_lov")}
    return audit(((c, [e for e in events if e.case == c]) for c in cases), books, PERIOD, end_of_day(PERIOD[1]))


def verdicts(code: str) -> dict[str, Verdict]:
    counted = next(c for c in published().measures if c.measure.code == code)
    return {dossier.case: verdict for dossier, verdict in counted.verdicts}


def test_the_table_begins_with_the_14_published_measures_in_their_order() -> None:
    shown = [(c.measure.code, c.measure.theme, c.name) for c in published().measures[:14]]
    assert shown == [row[:3] for row in TABLE_1]


@pytest.mark.parametrize(("code", "theme", "name", "deficient", "relevant"), TABLE_1, ids=[r[0] for r in TABLE_1])
def test_each_number_is_the_published_one(code: str, theme: str, name: str, deficient: int, relevant: int) -> None:
    counted = next(c for c in published().measures if c.measure.code == code)
    assert (counted.deficient, counted.relevant) == (deficient, relevant)


@pytest.mark.parametrize("code", DEFICIENT)
def test_each_number_is_made_of_the_cases_the_report_describes(code: str) -> None:
    assert [case for case, verdict in verdicts(code).items() if verdict.deficient] == DEFICIENT[code].split()


def test_table_2_types() -> None:
    assert [(t.label, t.clause, t.cases) for t in published().types] == TABLE_2


def test_table_2_ages() -> None:
    assert list(published().ages) == AGES


@pytest.mark.parametrize("case", TALK)
def test_the_reason_behind_each_of_the_six_of_eleven(case: str) -> None:
    found = verdicts("child-talk")[case]
    code, said = TALK[case]
    assert (found.relevant, found.deficient, found.code) == (True, True, code)
    assert said in found.reason
    assert found.records


def test_exactly_three_decisions_are_left_out_of_the_eleven() -> None:
    found = verdicts("child-talk")
    assert [case for case, v in found.items() if case.startswith("D") and not v.relevant] == list(NO_TALK)
    for case, said in NO_TALK.items():
        assert said in found[case].reason


@pytest.mark.parametrize("case", LATE_BY)
def test_how_late_each_investigation_was(case: str) -> None:
    assert verdicts("investigation-late")[case].reason == LATE_BY[case]


def test_what_a_late_investigation_does_not_count() -> None:
    found = verdicts("investigation-late")
    assert "opdatering" in found["D3"].reason
    assert "ikke færdig" in found["D1"].reason
    assert "tidligere" in found["D7"].reason
    assert "foreløbig" in verdicts("investigation-unfinished-at-decision")["D2"].reason


def test_a_first_follow_up_before_the_period_is_not_relevant() -> None:
    assert {v.reason for c, v in verdicts("followup-3-months").items() if c.startswith("O")} == {
        "den første opfølgning skulle være holdt 12. sept. 2017, før perioden"
    }


def test_conversations_at_the_boarding_school_are_named_and_do_not_count() -> None:
    found = verdicts("visits")["O1"]
    assert found.code == "visit-elsewhere"
    assert "2 samtaler andre steder tæller ikke med" in found.reason


def test_every_number_rests_on_records_of_its_own_case() -> None:
    for counted in published().measures:
        for dossier, verdict in counted.verdicts:
            assert all(r.startswith(f"{dossier.case.lower()}-") for r in verdict.records)
            assert verdict.reason
            assert bool(verdict.code) == verdict.deficient
            if verdict.deficient:
                assert verdict.records, f"{dossier.case} {counted.measure.code}"


def test_steps_the_table_does_not_mention_count_as_done_in_time() -> None:
    beside = {c.measure.code: (c.deficient, c.relevant) for c in published().measures[14:]}
    assert beside == {
        "assessment-24-hours": (0, 13),
        "receipt": (0, 13),
        "party-hearing": (0, 14),
        "reasoned-decision": (0, 14),
        "complaint-guidance": (0, 14),
    }


def test_everything_entered_under_serviceloven_and_nothing_was_left_outside() -> None:
    assert published().laws == ("serviceloven",)
    assert published().outside == ()
    assert len(published().entered) == 20
