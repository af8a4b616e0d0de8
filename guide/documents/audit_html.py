"""The audit as one HTML file: no script, nothing fetched, everything escaped; each number opens to its cases."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from checklists.audit import Audit
from checklists.measures.model import Counted
from guide.documents.audit_style import STYLE
from guide.documents.audit_words import (
    BASIS,
    CAUSES_TITLE,
    OUTCOMES,
    CaseRow,
    age_rows,
    case_rows,
    cause_rows,
    clauses,
    heading,
    late_words,
    law_words,
    n_of_m,
    outside,
    parts,
    type_rows,
)

_CLASSES = dict(zip(OUTCOMES, ("bad", "good", "out"), strict=True))


def page(audit: Audit, about: str) -> str:
    """The whole document, ready to be saved as UTF-8."""
    title = escape(heading(audit))
    body = [
        f"<header>\n<h1>{title}</h1>",
        f"<p>{escape(_about(audit, about))}</p>",
        f'<p class="soft">Regler {escape(audit.rules)}</p>\n</header>',
        '<p class="soft hint">Åbn en linje for at se sagerne bag tallet: dem med en mangel, dem i orden og dem, der er '
        "holdt ude, hver med grunden.</p>",
    ]
    for name, measures in parts(audit):
        body += [_section(name, _measures(measures))]
    body += [
        _section(
            "Tabel 2. Sagerne, efter type og alder", _pairs("Type", type_rows(audit)), _pairs("Alder", age_rows(audit))
        ),
        _section(CAUSES_TITLE, _pairs("Årsag", cause_rows(audit)), _late(audit)),
    ]
    if audit.outside:
        body.append(_section("Sager, der ikke er med", *(_outside(why, cases) for why, cases in outside(audit))))
    body.append(f'<p class="caveat">{escape(audit.caveat)}</p>')
    return (
        '<!DOCTYPE html>\n<html lang="da">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )


def _about(audit: Audit, about: str) -> str:
    entered = "1 sag" if len(audit.entered) == 1 else f"{len(audit.entered)} sager"
    return f"{about} · efter {law_words(audit)} · {entered}"


def _section(name: str, *parts: str) -> str:
    return f"<section>\n<h2>{escape(name)}</h2>\n" + "\n".join(part for part in parts if part) + "\n</section>"


def _measures(measures: Iterable[Counted]) -> str:
    rows, theme = [], ""
    for counted in measures:
        if counted.measure.theme != theme:
            theme = counted.measure.theme
            rows.append(f'<tr><th colspan="3" scope="rowgroup">{escape(theme)}</th></tr>')
        rows.append(_row(counted))
    head = '<tr><th scope="col">Mål</th><th scope="col">Hviler på</th><th scope="col" class="number">Mangler</th></tr>'
    return f'<table class="measures">\n<thead>{head}</thead>\n<tbody>\n' + "\n".join(rows) + "\n</tbody>\n</table>"


def _row(counted: Counted) -> str:
    number = escape(n_of_m(counted.deficient, counted.relevant))
    basis = f"{escape(BASIS[counted.measure.basis])}: {_unbroken(escape(clauses(counted)))}"
    behind = f"<details><summary>{escape(counted.name)}</summary>{_behind(counted)}</details>"
    return f'<tr><td>{behind}</td><td class="soft basis">{basis}</td><td class="number">{number}</td></tr>'


def _unbroken(clause: str) -> str:
    """A clause whose numbers are not parted from their signs at a line's end."""
    for sign in ("§", "§§", "stk.", "nr."):
        clause = clause.replace(f"{sign} ", f"{sign}\N{NO-BREAK SPACE}")
    return clause


def _behind(counted: Counted) -> str:
    rows = list(case_rows(counted))
    if not rows:
        return "<p>Ingen sager.</p>"
    found = [_outcome(name, [r for r in rows if r.outcome == name and r.of_type]) for name in OUTCOMES]
    other = [row.dossier.case for row in rows if not row.of_type]
    if other:
        told = f"Sager af en anden type, som målet ikke tæller: {', '.join(other)}"
        found.append(f'<p class="soft">{escape(told)}</p>')
    return "".join(found)


def _outcome(name: str, rows: list[CaseRow]) -> str:
    if not rows:
        return ""
    items = "".join(f"<li><strong>{escape(r.dossier.case)}</strong> {escape(r.verdict.reason)}</li>" for r in rows)
    return f'<p class="word {_CLASSES[name]}">{escape(name)} ({len(rows)})</p><ul>{items}</ul>'


def _late(audit: Audit) -> str:
    items = "".join(f"<li><strong>{escape(cause)}</strong> {escape(told)}</li>" for cause, told in late_words(audit))
    return f"<details><summary>Sagerne bag</summary><ul>{items}</ul></details>" if items else ""


def _outside(why: str, cases: str) -> str:
    return f"<p><strong>{escape(why[:1].upper() + why[1:])}</strong><br>{escape(cases)}</p>"


def _pairs(name: str, rows: list[tuple[str, int]]) -> str:
    head = f'<tr><th scope="col">{escape(name)}</th><th scope="col" class="number">Antal</th></tr>'
    cells = "".join(f'<tr><td>{escape(label)}</td><td class="number">{number}</td></tr>' for label, number in rows)
    return f'<table class="pairs"><thead>{head}</thead><tbody>{cells}</tbody></table>'
