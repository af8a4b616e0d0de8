"""Lines of an event log that the import's tests share."""

from __future__ import annotations

from store.event_log import Vocabulary

DEMO = """\
d5-00;case;D5;;;;;2019-03-11;{"born":"2009-11","team":"raadgivning"};LH;fiktiv;2019-03-11T09:00+01:00;;
d5-02;item;D5;;;;m1;2019-09-27;{"type":"foranstaltning","kind":"anbringelse"};LH;tilsigtet;2019-09-27T10:00+02:00;;
d5-06;run;D5;afgoerelse-1;afgoerelse;;;2019-09-27;;LH;;2019-09-27T10:00+02:00;;serviceloven@1
d5-07;run;D5;boernesamtale-1;boernesamtale;;;2019-09-27;{"serves":"afgoerelse-1"};LH;;2019-09-27T10:00+02:00;;serviceloven@1
d5-08;record;D5;afgoerelse-1;afgoerelse;truffet;m1;2019-10-09;;LH;;2019-10-09T14:00+02:00;;serviceloven@1
d5-09;record;D5;boernesamtale-1;boernesamtale;holdt;m1;2019-10-10;{"holdt_af":"ekstern"};LH;;2019-10-10T11:00+02:00;;serviceloven@1
""".splitlines()

WORDS: Vocabulary = {
    "afgoerelse": {"truffet": {}},
    "boernesamtale": {"holdt": {"holdt_af": ("myndighedssagsbehandler", "ekstern"), "barnets_ord": None}},
}


def line(**cells: str) -> str:
    """A good record of case D5, as a line with these cells changed."""
    good = {
        "id": "x",
        "kind": "record",
        "case": "D5",
        "run": "boernesamtale-1",
        "procedure": "boernesamtale",
        "step": "holdt",
        "items": "m1",
        "time": "2019-10-10",
        "value": "",
        "by": "LH",
        "note": "",
        "recorded": "2019-10-10T11:00+02:00",
        "replaces": "",
        "version": "",
    }
    return ";".join((good | cells).values())
