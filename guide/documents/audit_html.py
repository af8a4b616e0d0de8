"""The audit as one HTML file: no script, nothing fetched, everything escaped; each number opens to its cases."""

from __future__ import annotations

from html import escape

from checklists.audit import Audit, Counted
from guide.documents.audit_words import (
    BASIS,
    age_rows,
    case_rows,
    clauses,
    heading,
    law_words,
    n_of_m,
    outside,
    parts,
    type_rows,
)

STYLE = """
:root { color-scheme: light dark; --line: #8886; --soft: #8882; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
tbody th { background: var(--soft); }
td.number { white-space: nowrap; text-align: right; font-variant-numeric: tabular-nums; }
details > summary { cursor: pointer; } details ul { margin: .4rem 0; padding-left: 1.2rem; }
.soft { opacity: .75; font-size: .9rem; } .word { font-weight: 600; }
@media print { details:not([open]) > *:not(summary) { display: block; } body { font-size: 11px; } }
"""


def page(audit: Audit, about: str) -> str:
    """The whole document, ready to be saved as UTF-8."""
    title = escape(heading(audit))
    body = [f"<h1>{title}</h1>", f'<p class="soft">{escape(_about(audit, about))}</p>']
    for name, measures in parts(audit):
        body += [f"<h2>{escape(name)}</h2>", _table(measures)]
    body += ["<h2>Tabel 2. Sagerne, efter type og alder</h2>", _pairs(type_rows(audit)), _pairs(age_rows(audit))]
    body += [f"<p>Ikke med ({escape(reason)}): {escape(listed)}</p>" for reason, listed in outside(audit)]
    body.append(f"<p>{escape(audit.caveat)}</p>")
    return (
        '<!DOCTYPE html>\n<html lang="da">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )


def _about(audit: Audit, about: str) -> str:
    return f"{about} · efter {law_words(audit)} · regler {audit.rules}"


def _table(measures: tuple[Counted, ...]) -> str:
    rows, theme = [], ""
    for counted in measures:
        if counted.measure.theme != theme:
            theme = counted.measure.theme
            rows.append(f'<tr><th colspan="3" scope="rowgroup">{escape(theme)}</th></tr>')
        rows.append(_row(counted))
    head = '<tr><th scope="col">Mål</th><th scope="col">Hviler på</th><th scope="col">Mangler</th></tr>'
    return f"<table>\n<thead>{head}</thead>\n<tbody>\n" + "\n".join(rows) + "\n</tbody>\n</table>"


def _row(counted: Counted) -> str:
    number = escape(n_of_m(counted.deficient, counted.relevant))
    basis = f"{escape(BASIS[counted.measure.basis])}: {escape(clauses(counted))}"
    behind = f"<details><summary>{escape(counted.name)}</summary>{_behind(counted)}</details>"
    return f'<tr><td>{behind}</td><td class="soft">{basis}</td><td class="number">{number}</td></tr>'


def _behind(counted: Counted) -> str:
    items, other = [], []
    for row in case_rows(counted):
        if row.of_type:
            said = f'<span class="word">{escape(row.outcome)}</span> {escape(row.dossier.case)}'
            items.append(f"<li>{said}: {escape(row.verdict.reason)}</li>")
        else:
            other.append(row.dossier.case)
    if other:
        told = f"holdt ude, sager af en anden type, som målet ikke tæller: {', '.join(other)}"
        items.append(f'<li class="soft">{escape(told)}</li>')
    return f"<ul>{''.join(items)}</ul>"


def _pairs(rows: list[tuple[str, int]]) -> str:
    cells = "".join(f'<tr><td>{escape(label)}</td><td class="number">{number}</td></tr>' for label, number in rows)
    return f"<table><tbody>{cells}</tbody></table>"
