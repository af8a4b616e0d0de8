"""A procedure's flow as Mermaid text: phases as boxes, answers as arrows, order as dotted ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from handbook.model import Choice, Procedure, Step, StepRef

_SAFE = frozenset(" .,:!?/+–§½'()-")
_LONGEST = 70


def flow(procedure: Procedure) -> str:
    """The flow of one procedure. Every text from the page is escaped; the result ends in a line break.

    Solid arrows show what an answer proposes next (or, without answers, the next step on the page), dotted arrows show
    an order that must hold, thick arrows a procedure that is opened.
    """
    lines = ["flowchart TD", f"    start([{_quoted(procedure.title)}])"]
    for number, (phase, steps) in enumerate(procedure.phases, start=1):
        lines.append(f"    subgraph phase{number} [{_quoted(phase)}]")
        lines += [f"        {_node(step)}" for step in steps]
        lines.append("    end")
    if procedure.steps:
        lines.append(f"    start --> {_id(procedure.steps[0].id)}")
    for step, after in zip_longest(procedure.steps, procedure.steps[1:]):
        lines += [f"    {edge}" for edge in dict.fromkeys(_edges(procedure, step, after))]
    lines += [f"    {node}" for node in dict.fromkeys(_others(procedure))]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """The text on one line, every character that Mermaid could read as syntax written as an entity, ``#34;``."""
    flat = " ".join(text.split())
    return "".join(c if c.isalnum() or c in _SAFE else f"#{ord(c)};" for c in flat)


def _quoted(text: str) -> str:
    return f'"{escape(text) or "-"}"'


def _node(step: Step) -> str:
    rows = ["Lokalt trin"] if step.local else []
    rows += [step.title, *(f"Frist: {d.text}" for d in step.deadlines)]
    if step.recurrence:
        rows.append(f"Gentages: {step.recurrence.text}")
    if step.for_each:
        rows.append(f"For hver {step.for_each}")
    rows += [f"Lokalt mål: {target.text}" for target in step.targets]
    label = "<br>".join(escape(row) for row in rows)
    return f'{_id(step.id)}{{"{label}"}}' if step.choices else f'{_id(step.id)}["{label}"]'


def _edges(procedure: Procedure, step: Step, after: Step | None) -> Iterator[str]:
    here = _id(step.id)
    for choice in step.choices:
        yield from _choice_edges(procedure, here, choice, after)
    if not step.choices and after:
        yield f"{here} --> {_id(after.id)}"
    for order in step.orders:
        pair = (here, _to(procedure, order.anchor)) if order.before else (_to(procedure, order.anchor), here)
        label = f"før, når {order.when}" if order.when else "før"
        yield f"{pair[0]} -. {_quoted(label)} .-> {pair[1]}"
    for page in step.opens:
        yield f'{here} == "åbner" ==> {_page(page)}'


def _choice_edges(procedure: Procedure, here: str, choice: Choice, after: Step | None) -> Iterator[str]:
    label = choice.label if len(choice.label) <= _LONGEST else choice.label[: _LONGEST - 1] + "…"
    if choice.target:
        yield f"{here} -- {_quoted(label)} --> {_to(procedure, choice.target)}"
    elif after and not choice.opens:
        yield f"{here} -- {_quoted(label)} --> {_id(after.id)}"
    for page in choice.opens:
        yield f"{here} == {_quoted(label)} ==> {_page(page)}"


def _others(procedure: Procedure) -> Iterator[str]:
    """Nodes for what lies on other pages, drawn as a procedure."""
    for step in procedure.steps:
        refs = [order.anchor for order in step.orders] + [c.target for c in step.choices if c.target]
        for ref in refs:
            if ref.procedure != procedure.id:
                name = f"{ref.procedure}: {ref.step}" if ref.step else ref.procedure
                yield f"{_to(procedure, ref)}[[{_quoted(name)}]]"
        for page in (*step.opens, *(p for choice in step.choices for p in choice.opens)):
            yield f"{_page(page)}[[{_quoted(page)}]]"


def _to(procedure: Procedure, ref: StepRef) -> str:
    if ref.procedure == procedure.id:
        return _id(ref.step)
    return f"{_page(ref.procedure)}__{ref.step.replace('-', '_')}" if ref.step else _page(ref.procedure)


def _id(step_id: str) -> str:
    # a prefix, because Mermaid trips on a node called "end"; ids hold no underscore, so none are made equal
    return "s_" + step_id.replace("-", "_")


def _page(procedure_id: str) -> str:
    return "p_" + procedure_id.replace("-", "_")
