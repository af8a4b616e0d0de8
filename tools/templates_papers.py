"""The lines of the two templates a case's papers stand in, in the short form of ``tools.build_templates``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_PARTS: list[str | Sequence[Any]] = [
    "{%p for a in afsnit %}",
    "{%p if a.titel %}",
    "## {{ a.titel }}",
    "{%p else %}",
    "",
    "{%p endif %}",
    "{%p for t in a.tekster %}",
    "{{ t }}",
    "{%p endfor %}",
    "{%p if a.raekker %}",
    ([], "r in a.raekker", ["{{ r.navn }}", "{{ r.tekst }}"], [4.6, 12]),
    "{%p endif %}",
    "{%p if a.raekker and a.punkter %}",
    "",
    "{%p endif %}",
    "{%p for p in a.punkter %}",
    "- {{ p }}",
    "{%p endfor %}",
    "{%p endfor %}",
]

SAGSARK: list[str | Sequence[Any]] = [
    "# {{ titel }}",
    "> {{ undertitel }}",
    ([], "f in fakta", ["{{ f.navn }}", "{{ f.tekst }}"], [4.6, 12]),
    *_PARTS,
    "~ {{ fod }}",
    "^ {{ titel }} · sag {{ sag }} · side",
]

SAGSBREV: list[str | Sequence[Any]] = [
    "{%p for f in fakta %}",
    "{{ f.navn }}: {{ f.tekst }}",
    "{%p endfor %}",
    "",
    "# {{ titel }}",
    *_PARTS,
    "",
    "{%p for h in hilsen %}",
    "{{ h }}",
    "{%p endfor %}",
    "~ {{ fod }}",
    "^ Side",
]

PAPERS: Mapping[str, list[str | Sequence[Any]]] = {"sagsark": SAGSARK, "sagsbrev": SAGSBREV}
