"""Every way a row of an event log can be wrong, and what is said about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from store.cases import Store
from tests.store.logs import DEMO, WORDS, line

Log = Callable[..., Path]


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"kind": "sag"}, 'kind er "sag"'),
        ({"case": ""}, "case mangler"),
        ({"case": "D9"}, 'sagen "D9" findes ikke'),
        ({"run": "boernesamtale-2"}, 'intet forløb "boernesamtale-2"'),
        ({"run": ""}, "run mangler"),
        ({"run": "afgoerelse-1"}, 'intet forløb "afgoerelse-1" af proceduren "boernesamtale"'),
        ({"procedure": "samtale"}, 'ukendt procedure "samtale"; kendte: afgoerelse, boernesamtale'),
        ({"step": "talt"}, 'ukendt trin "talt" i boernesamtale; kendte: holdt'),
        ({"value": '{"hvor":"hjemme"}'}, 'ukendt felt "hvor"; trinnet har: holdt_af, barnets_ord'),
        ({"value": '{"holdt_af":"mor"}'}, 'ukendt valg "mor" i holdt_af; kendte: myndighedssagsbehandler, ekstern'),
        ({"value": '"""mor"""'}, 'ukendt valg "mor" i holdt_af'),
        ({"value": "ja"}, "ikke gyldig JSON"),
        ({"value": "{"}, "ikke gyldig JSON"),
        ({"value": "NaN"}, "NaN"),
        ({"value": "-Infinity"}, "NaN"),
        ({"value": "1e999"}, "NaN"),
        ({"value": "[" * 30 + "]" * 30}, "for dybt"),
        ({"value": "[" * 50_000}, "for dybt|gyldig JSON"),
        ({"value": '{"holdt_af":"ekstern","holdt_af":"ekstern"}'}, "to gange"),
        ({"value": '{"holdt_af":{"x":1}}'}, "ét svar"),
        ({"value": '{"status":"glemt"}'}, "status skal være"),
        ({"value": '{"status":"left out"}'}, "begrundelse"),
        ({"value": '{"status":"left out","ground":" "}'}, "ground"),
        ({"value": '{"status":"withdrawn"}'}, "replaces"),
        ({"value": '{"expected":"snart"}'}, "expected skal skrives"),
        ({"value": '{"barnets_ord":"a\\u0007b"}'}, "styretegn"),
        ({"value": '{"barnets_ord":"\\ud800"}'}, "styretegn"),
        ({"value": '"{""barnets_ord"":""' + "a" * 100_000 + '""}"'}, "længere end"),
        ({"note": "a" * 140_000}, "alt for lang"),
        ({"note": "a" * 100_001}, "note"),
        ({"note": "a\x01b"}, "note"),
        ({"note": "010203-1234"}, "note ligner et CPR-nummer"),
        ({"value": '{"barnets_ord":"010203 1234"}'}, "value ligner et CPR-nummer"),
        ({"value": "1010101234"}, "value ligner et CPR-nummer"),
        ({"by": ""}, "by mangler"),
        ({"by": " LH"}, "by har tegn"),
        ({"id": "a" * 201}, "id har tegn"),
        ({"items": "m1,m9"}, "items har .*m9.*, som sagen ikke har"),
        ({"items": "m1 m1"}, "forskellige"),
        ({"time": "10/10-2019"}, "time skal skrives"),
        ({"time": "010203-1234"}, "time skal skrives"),
        ({"recorded": ""}, "recorded mangler"),
        ({"recorded": "2019-10-10"}, "recorded skal have et klokkeslæt"),
        ({"recorded": "2019-03-31T02:30"}, "springer over"),
        ({"replaces": "ukendt"}, "replaces peger på en række, der ikke findes"),
        ({"replaces": "d5-00"}, "replaces peger på en række, der ikke findes"),
        ({"replaces": "x"}, "rækken selv"),
        ({"id": "d5-09"}, "id findes allerede med et andet indhold"),
        ({"id": "d5-07", "kind": "run", "step": "", "items": "", "value": '{"serves":"afgoerelse-2"}'}, "id findes"),
        (
            {"kind": "run", "run": "boernesamtale-2", "step": "", "items": "", "value": '{"serves":"afgoerelse-2"}'},
            'value peger på forløbet "afgoerelse-2"',
        ),
        ({"kind": "run", "run": "samtale", "step": "", "items": ""}, "run skal hedde"),
        ({"kind": "run", "step": "", "items": ""}, "forløbet findes allerede"),
        ({"kind": "case", "run": "", "procedure": "", "step": "", "items": ""}, "sagen findes allerede"),
        ({"kind": "item", "procedure": "", "step": "", "run": ""}, "items findes allerede"),
        (
            {"kind": "item", "procedure": "", "step": "", "run": "", "items": "m2", "value": '{"type":"hund"}'},
            "type skal være foranstaltning",
        ),
        (
            {"kind": "case", "run": "", "procedure": "", "step": "", "items": "", "value": '{"navn":"x"}'},
            r"1 ukendt\(e\) navn\(e\); case har: born, known_from, team",
        ),
        (
            {"kind": "case", "run": "", "procedure": "", "step": "", "items": "", "value": '{"born":"2009-13"}'},
            "born er ikke en dato",
        ),
        ({"kind": "staff"}, "case skal være tom"),
        ({"version": "a;b"}, "rækken har 15 celler; overskriften har 14"),
        ({"note": '"åben'}, "anførselstegn er ikke lukket"),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_a_bad_row_is_refused_with_its_number_and_nothing_is_written(
    store: Store, log: Log, cells: dict[str, str], says: str, at_once: bool
) -> None:
    if not at_once:
        store.import_log(log(*DEMO))
    report = store.import_log(log(*DEMO, line(**cells)), WORDS)
    assert [refused.row for refused in report.refused] == [8]
    assert report.written == 0
    assert len(store.events("D5")) == (0 if at_once else 6)
    assert re.search(says, report.refused[0].text), report.refused[0].text
    assert "1234" not in report.refused[0].text
