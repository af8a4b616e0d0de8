"""Rows of the supervision in an event log: what is refused, and with what words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from store.cases import Store
from tests.store.logs import DEMO, WORDS, line

Log = Callable[..., Path]


def review(**cells: str) -> str:
    """A row of round tilsyn-1 on case D5."""
    empty = {"kind": "review", "run": "tilsyn-1", "procedure": "", "items": "", "step": "drawn"}
    return line(**(empty | {"value": '{"staff":"LH"}'} | cells))


ROUND = review(id="r-0", case="", step="draw", value='{"seed":"a","cases":3,"from":"2019-01-01","to":"2019-12-31"}')


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"run": "tilsyn-2"}, 'tilsynsrunden "tilsyn-2" findes ikke'),
        ({"run": "runde 1"}, "run skal hedde rundens id, fx tilsyn-1"),
        ({"case": "D9"}, 'sagen "D9" findes ikke'),
        ({"case": ""}, "case mangler, når trinnet er drawn"),
        ({"step": "strength", "value": '{"about":"D5","text":"x"}'}, "case skal være tom, når trinnet er strength"),
        ({"step": "hentet"}, "ukendt trin i kind review; kendte: draw, drawn"),
        ({"procedure": "afgoerelse"}, "procedure skal være tom"),
        ({"items": "m1"}, "items skal være tom"),
        ({"value": ""}, "staff mangler i value"),
        ({"value": "[1]"}, "value skal være et JSON-objekt"),
        ({"value": '{"staff":"LH","karakter":"12"}'}, "1 ukendt.* navn.*; drawn har: staff, instead_of"),
        ({"step": "compliance", "value": '{"measure":"plan-late","answer":"måske"}'}, "answer skal være ja, nej"),
        ({"step": "repair", "value": '{"text":"x","by":"snart"}'}, "by skal skrives"),
        ({"step": "rechecked", "value": '{"repair":"r-0","in_order":"ja"}'}, "in_order skal være true eller false"),
        ({"step": "mended", "value": '{"repair":"ukendt"}'}, "peger på en rettelse, sagen ikke har"),
        ({"step": "mended", "value": '{"status":"withdrawn"}'}, "withdrawn skal sammen med replaces"),
        ({"step": "repair", "value": '{"text":"010203-1234"}'}, "ligner et CPR-nummer"),
        (
            {"case": "", "step": "draw", "value": '{"seed":"b","cases":-1,"from":"2019-01-01","to":"2019-12-31"}'},
            "cases skal være et helt tal",
        ),
        (
            {"case": "", "step": "draw", "value": '{"seed":"b","cases":3,"from":"2019-01-01","to":"2019-12-31"}'},
            "tilsynsrunden findes allerede",
        ),
    ],
)
def test_a_bad_row_is_refused(store: Store, log: Log, cells: dict[str, str], says: str) -> None:
    report = store.import_log(log(*DEMO, ROUND, review(**cells)), WORDS)
    assert [refused.row for refused in report.refused] == [9]
    assert re.search(says, report.refused[0].text), report.refused[0].text
    assert report.written == 0


def test_a_round_comes_in_whole_in_any_order_and_only_once(store: Store, log: Log) -> None:
    rows = [
        review(id="r-3", step="mended", value='{"repair":"r-2"}'),
        review(id="r-2", step="repair", value='{"text":"Lav planen","by":"2019-11-01"}'),
        review(id="r-1"),
        ROUND,
    ]
    assert store.import_log(log(*rows, *DEMO), WORDS).refused == ()
    assert store.import_log(log(*rows, *DEMO), WORDS).known == len(rows) + len(DEMO)
    assert [event.id for event in store.reviews()] == ["r-3", "r-2", "r-1", "r-0"]
    assert store.verify() == []
