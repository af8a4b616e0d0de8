"""What changed between two versions of a page, or between a page and its counterpart in the other law, in Danish.

Steps are matched by id. Every change is a value with a sentence of its own; nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from handbook import law_notes, step_words
from handbook.model import Procedure, Step
from handbook.word_diff import word_diff

Kind = Literal[
    "added", "removed", "renamed", "moved", "deadline", "rhythm", "order", "condition", "clause", "choices", "fields",
    "rule", "target", "text", "phase", "page",
]  # fmt: skip
"""What a change is about. "rule" is everything else that decides what the program does: Kontrol, Åbner, For hver ..."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``step`` is its id, empty for the page as a whole; ``name`` is what a reader calls the step.

    ``before`` and ``after`` are the two readings, one of them empty when something is new or gone. ``text`` is the
    whole change as one Danish sentence.
    """

    step: str
    name: str
    kind: Kind
    before: str
    after: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A step under two laws, or two versions; one is None where the step has no counterpart. ``text`` may be empty."""

    step: str
    old: Step | None
    new: Step | None
    text: str


def differences(old: Procedure, new: Procedure) -> tuple[Change, ...]:
    """What changed from ``old`` to ``new``, the page itself first, then step by step in the order of the new page.

    Steps that are gone come last. Between two laws every clause and most texts differ; a caller may pick kinds.
    """
    phases = _renamed_phases(old, new)
    found = list(_page_changes(old, new, phases))
    for step in new.steps:
        before = old.by_id.get(step.id)
        if before is None:
            text = f'Nyt trin under "{step.phase}": {step.title}'
            found.append(Change(step.id, step.name, "added", "", step.title, _sentence(text)))
        else:
            found += _step_changes(before, step, phases)
    for step in old.steps:
        if step.id not in new.by_id:
            text = f'Trinnet "{step.title}" er fjernet.'
            found.append(Change(step.id, step.name, "removed", step.title, "", text))
    return tuple(found)


def pairs(old: Procedure, new: Procedure) -> tuple[Pair, ...]:
    """Every step of two counterparts side by side, in the order of the new page, then those with no place in it."""
    found = [Pair(s.id, old.by_id.get(s.id), s, _pair_text(old, old.by_id.get(s.id), new, s)) for s in new.steps]
    gone = [s for s in old.steps if s.id not in new.by_id]
    return (*found, *(Pair(s.id, s, None, _pair_text(old, s, new, None)) for s in gone))


def law_change(old: Procedure, new: Procedure, step: str) -> str:
    """What changed for one step between two counterparts, in one sentence; empty when neither page has the step.

    "Handleplan: før afgørelsen (SEL § 140) er blevet til Barnets plan: 3 måneder efter afgørelsen (BL § 91)."
    """
    return _pair_text(old, old.by_id.get(step), new, new.by_id.get(step))


def _pair_text(old: Procedure, before: Step | None, new: Procedure, after: Step | None) -> str:
    if before is None and after is None:
        return ""
    if before is None or after is None:
        step, missing = (after, old) if after else (before, new)
        assert step is not None
        law = step_words.LAW[missing.law]
        return _sentence(f'{law} har intet tilsvarende trin på siden "{missing.title}"')
    if step_words.rules(before) == step_words.rules(after):
        noted = law_notes.note(new.id, after.id) if old.law != new.law else ""
        if noted:
            return _sentence(noted)
        timed = bool(step_words.rules(after))
        same = "Frist og rækkefølge er de samme" if timed else "Der er ingen frist eller fast rækkefølge, før eller nu"
        was, now = _statute(before), _statute(after)
        where = "" if was == now else f"; paragraffen var {was or 'ingen'} og er nu {now or 'ingen'}"
        return _sentence(same + where)
    return _sentence(f"{_told(before)} er blevet til {_told(after)}")


def _told(step: Step) -> str:
    rules = "; ".join(step_words.shown_rules(step)) or "uden frist"
    clause = _statute(step)
    return f"{step.name}: {rules}" + (f" ({clause})" if clause else "")


def _statute(step: Step) -> str:
    """The first clause of a law that the step names: the others are read on the page."""
    return next((r.clause for r in step.references if r.basis == "lov"), "")


def _renamed_phases(old: Procedure, new: Procedure) -> dict[str, str]:
    """Old phase -> new phase, for those that kept all their common steps under a new name."""
    new_names, old_names = {s.phase for s in new.steps}, {s.phase for s in old.steps}
    found: dict[str, str] = {}
    for phase, steps in old.phases:
        now = {new.by_id[s.id].phase for s in steps if s.id in new.by_id}
        if phase not in new_names and len(now) == 1 and not now & old_names:
            found[phase] = now.pop()
    return found


def _page_changes(old: Procedure, new: Procedure, phases: dict[str, str]) -> Iterator[Change]:
    yield from _worded("", "", "page", "Siden hedder nu", old.title, new.title)
    yield from _worded("", "", "page", "Sidens hjemmel er nu", old.clause, new.clause)
    if old.law == new.law:
        yield from _worded("", "", "page", "Modparten i den anden lov er nu", old.counterpart, new.counterpart)
    for before, after in phases.items():
        yield from _worded("", "", "phase", "Fasen hedder nu", before, after)
    yield from _texts("", "", "Indledningen", old.intro, new.intro)


def _step_changes(old: Step, new: Step, phases: dict[str, str]) -> Iterator[Change]:
    step, name = new.id, new.name
    yield from _worded(step, name, "renamed", "Trinnet hedder nu", old.title, new.title)
    yield from _worded(step, name, "renamed", "I listerne hedder det nu", old.name, new.name)
    yield from _worded(step, name, "moved", "Det står nu under", phases.get(old.phase, old.phase), new.phase)
    for aspect in step_words.ASPECTS:
        before, after = aspect.value(old), aspect.value(new)
        if before != after:
            shown = "; ".join(aspect.shown(old)), "; ".join(aspect.shown(new))
            # the words can be alike though the links under them differ
            shown = shown if shown[0] != shown[1] else (f"{shown[0]} (før)", f"{shown[1]} (peger et nyt sted hen)")
            yield _change(step, name, aspect.kind, aspect.what, *shown)
    for what, before_text, after_text in step_words.texts(old, new):
        yield from _texts(step, name, what, before_text, after_text)


def _worded(step: str, name: str, kind: Kind, what: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        text = f'{what} "{after or "ingenting"}"' + (f' (før "{before}")' if before else "")
        yield Change(step, name, kind, before, after, _sentence(text))


def _change(step: str, name: str, kind: Kind, what: str, before: str, after: str) -> Change:
    if before and after:
        text = f"{what}: »{before}« er blevet til »{after}«"
    else:
        text = f"{what}: »{after}« er kommet til" if after else f"{what}: »{before}« er væk"
    return Change(step, name, kind, before, after, _sentence(text))


def _texts(step: str, name: str, what: str, before: str, after: str) -> Iterator[Change]:
    changed = word_diff(before, after)
    if changed:
        yield Change(step, name, "text", before, after, _sentence(f"{what}: {changed}"))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…", "]")) else f"{text}."
