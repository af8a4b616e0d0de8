"""What is wrong across steps and pages, each fault a value. ``traad check`` prints them; the app only counts them.

Faults inside a page come from ``handbook.page`` and are passed on. Predicates and checks live in another room, so the
caller brings their names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from handbook import law_notes, synonyms
from handbook.circles import circular_orders, deadline_cycles
from handbook.faults import Report, nearest
from handbook.front import NO_COUNTERPART, line_of_key
from handbook.model import Fault, Handbook, Procedure, Step, StepRef
from handbook.references import Use, anchors, key, line_of, targets, uses
from handbook.web import Web

_CLAUSE = "Tilføj - **Hjemmel:** med paragraffen, eller skriv faglig, hvis det er god praksis uden lovkrav."
_LOCAL_CLAUSE = "Tilføj - **Hjemmel:** lokal: og jeres egen regel, fx lokal: kommunens retningslinjer, afsnit 3."


def check(
    handbooks: Handbook | Iterable[Handbook],
    predicates: Collection[str] | None = None,
    checks: Collection[str] | None = None,
) -> tuple[Fault, ...]:
    """Every fault of one or more editions, by file and line. With no names given, names are not looked up.

    Give it ``load.drafts(...)`` to have everything told at once, ``load.load(...)`` to judge what the app runs.
    """
    books = [handbooks] if isinstance(handbooks, Handbook) else list(handbooks)
    found = [fault for book in books for fault in book.faults]
    for book in books:
        web = Web(book)
        for procedure in book.procedures.values():
            found += _page_faults(procedure, web, predicates, checks)
            found += _counterpart_faults(procedure, books)
        found += circular_orders(web)
        found += deadline_cycles(web)
    found += synonyms.faults_in(books)
    found += [fault for book in books if book.law == "barnets_lov" for fault in law_notes.faults(book)]
    return tuple(sorted(dict.fromkeys(found), key=lambda f: (f.file, f.line, f.code)))


def _page_faults(
    procedure: Procedure, web: Web, predicates: Collection[str] | None, checks: Collection[str] | None
) -> list[Fault]:
    """Faults of one page. What a municipality's layer wrote is told with the layer's file and line."""
    own = Report(str(procedure.path))
    layer = web.book.layers.get(procedure.id)
    reports = {procedure.path: own, **({layer.path: Report(str(layer.path))} if layer else {})}
    if not procedure.steps:
        hint = "Skriv mindst ét trin: en fase med ##, og under den {#id} og en overskrift med ###."
        own.add(1, "dead-end", what="Siden har ingen trin, så et forløb kan aldrig blive færdigt.", hint=hint)
    for owner, step in web.steps_of(procedure):
        report = reports[owner.path]
        _check_step(owner, step, web, report)
        _check_names(owner, step, predicates, checks, report)
    for owner, step in web.additions(procedure):
        report = reports[owner.path]
        _check_links(owner, step, web, report)
        _check_names(owner, step, predicates, checks, report)
    for stuck in _stuck(procedure):
        names = ", ".join(f'"{s.title}"' for s in stuck[:3])
        hint = "Lad mindst ét svar pege videre, eller skriv et svar uden link."
        what = f"Svarene fører i ring og aldrig videre fra {names}."
        reports[web.owner(stuck[0]).path].add(stuck[0].line, "dead-end", what=what, hint=hint)
    return [fault for report in reports.values() for fault in report.faults]


def _check_step(owner: Procedure, step: Step, web: Web, report: Report) -> None:
    _check_links(owner, step, web, report)
    _check_clause(owner, step, report)
    why = web.reach.obstacle(step)
    if why:
        line = step.conditions[0].line if step.conditions else step.line
        report.add(line, "unreachable", step=step.title, why=why)


def _check_links(owner: Procedure, step: Step, web: Web, report: Report) -> None:
    for use in uses(owner, step):
        _check_use(use, step, web, report)
    _check_anchors(step, web, report)


def _check_use(use: Use, step: Step, web: Web, report: Report) -> None:
    """The page, then the step, then the field or answer that the link names."""
    ref = use.ref
    page = web.book.procedures.get(ref.procedure)
    if page is None:
        if ref.procedure not in web.broken:
            hint = nearest(ref.procedure, web.book.procedures, "Ret linket, eller skriv siden.")
            report.add(use.line, "unknown-page", what=use.what, page=f"{ref.procedure}.md", hint=hint)
        return
    if use.kind == "page" or (use.kind == "target" and not ref.step):
        return
    shown = f"#{ref.step}" if ref.procedure == step.procedure else f"{ref.procedure}.md#{ref.step}"
    target = page.by_id.get(ref.step)
    if target is None:
        hint = nearest(ref.step, page.by_id, "Ret linket, eller skriv trinnet med det id.")
        report.add(use.line, "unknown-anchor", what=use.what, target=shown, hint=hint)
    elif ref.part and ref.procedure not in web.broken:
        _check_part(use, target, shown, report)


def _check_part(use: Use, target: Step, shown: str, report: Report) -> None:
    ref = use.ref
    if use.kind == "choice":
        if target.choice(ref.part) is None:
            ids = [choice.id for choice in target.choices]
            hint = nearest(ref.part, ids, f"Svarene er: {', '.join(ids)}." if ids else "Trinnet har ingen svar.")
            report.add(use.line, "unknown-anchor", what=use.what, target=f"{shown}/{ref.part}", hint=hint)
        return
    field = next((f for f in target.fields if f.name == ref.part), None)
    if field is None or field.type not in ("dato", "tidspunkt"):
        dates = [f.name for f in target.fields if f.type in ("dato", "tidspunkt") and not f.is_time]
        hint = nearest(ref.part, dates, f"Brug et felt med dato, eller skriv {shown} for den dag, trinnet skete.")
        report.add(use.line, "unknown-anchor", what=use.what, target=f"{shown}.{ref.part}", hint=hint)
    elif field.is_time:
        hint = f"Feltet er trinnets eget tidspunkt: skriv blot {shown}."
        report.add(use.line, "unknown-anchor", what=use.what, target=f"{shown}.{ref.part}", hint=hint)


def _check_clause(procedure: Procedure, step: Step, report: Report) -> None:
    if not step.references:
        report.add(step.line, "missing-clause", step=step.title, hint=_LOCAL_CLAUSE if step.local else _CLAUSE)
    for reference in step.references:
        if reference.basis == "lov" and "§" not in reference.clause:
            report.add(line_of(procedure, step, "Hjemmel"), "unclear-clause", text=reference.clause)


def _check_anchors(step: Step, web: Web, report: Report) -> None:
    """A deadline must count from something that can have happened when the step stands."""
    for anchor, line in anchors(step):
        target = web.at(anchor) if isinstance(anchor, StepRef) else None
        if target is None or key(target) == key(step):
            continue
        if web.reach.obstacle(target):
            report.add(line, "dead-anchor", target=target.title, why="det trin kan aldrig blive relevant")
        elif target.procedure == step.procedure and not web.reach.together(step, target):
            why = "de to trin udelukker hinanden"
            report.add(line, "dead-anchor", target=target.title, why=why)
    for anchor, line in targets(step):
        if isinstance(anchor, StepRef) and (anchor.procedure, anchor.step) == key(step):
            report.add(line, "deadline-cycle", ring=f"{step.title} → {step.title}")


def _stuck(procedure: Procedure) -> Iterator[list[Step]]:
    """Steps from which every answer leads round and round, so that the dialogue never comes on: one list or none."""
    leaving: set[str] = set()
    while True:
        more = {s.id for s in procedure.steps if s.id not in leaving and _leaves(s, procedure, leaving)}
        if not more:
            break
        leaving |= more
    stuck = [s for s in procedure.steps if s.id not in leaving]
    if stuck:
        yield stuck


def _leaves(step: Step, procedure: Procedure, leaving: set[str]) -> bool:
    targets = [choice.target for choice in step.choices]
    return not targets or any(
        t is None or t.procedure != procedure.id or t.step not in procedure.by_id or t.step in leaving for t in targets
    )


def _check_names(
    owner: Procedure,
    step: Step,
    predicates: Collection[str] | None,
    checks: Collection[str] | None,
    report: Report,
) -> None:
    for name, line in _predicates(step):
        if predicates is not None and name not in predicates:
            hint = nearest(name, predicates, "traad check --names viser dem, der findes.")
            report.add(line, "unknown-predicate", name=name, hint=hint)
    for name in step.checks:
        if checks is not None and name not in checks:
            hint = nearest(name, checks, "traad check --names viser dem, der findes.")
            report.add(line_of(owner, step, "Kontrol"), "unknown-check", name=name, hint=hint)


def _predicates(step: Step) -> Iterator[tuple[str, int]]:
    for condition in step.conditions:
        if condition.predicate:
            yield condition.predicate, condition.line
    rules = [(d.when, d.line) for d in (*step.deadlines, *step.targets)] + [(o.when, o.line) for o in step.orders]
    yield from ((when, line) for when, line in rules if when)


def _counterpart_faults(procedure: Procedure, books: list[Handbook]) -> list[Fault]:
    others = [book for book in books if book.law != procedure.law]
    name = procedure.counterpart
    known = {page for book in others for page in (*book.procedures, *(Path(f.file).stem for f in book.faults))}
    report = Report(str(procedure.path))
    if others and name not in known | {NO_COUNTERPART, ""}:
        report.add(line_of_key(procedure.source, "modpart"), "unknown-counterpart", id=name)
    return report.faults
