"""What remains to be asked about a step once the answer itself is given, and how far a record has come with it.

A record is saved at the first answer and then grows. What has been asked for but not answered yet stands in its value
as ``null`` (an empty text for the reserved names that must be text; ``agreed`` for the record's own time), so that the
conversation finds its way back to the same question from the records alone. What is passed over is taken out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from checklists.facts import Record
from guide.dialogue import notifications, words
from guide.dialogue.scene import Scene, Spot, entered
from guide.turns import Option, PromptKind
from handbook.model import Field, Step

CAUSE = "cause"
WHY = "why"
TIME_OPEN = "agreed"
"""Null in a record whose time has not been confirmed yet; in a planned record it is the day of the agreement."""
REASONS = ("grund", "begrundelse")
"""Fields that hold the reason for an answer."""
SKIP = Option("act:skip", "Spring over")
ME = Option("act:me", "Mig selv")

_KINDS: dict[str, PromptKind] = {
    "tidspunkt": "moment",
    "dato": "moment",
    "valg": "text",
    "flere valg": "text",
    "tekst": "text",
    "skala 1-5": "scale",
    "person": "person",
    "sted": "place",
    "forløb": "run",
}
MOMENT_HINT = "Fx i går kl. 14, 3/10 eller 3. okt 2019 kl. 14."
_AHEAD = ("planlagt", "forventet", "slut", "frist", "naeste", "aftalt")


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to ask. ``name`` is its key in the record's value; ``is_time`` means the record's own time.

    ``default`` is what Enter alone gives when nothing is recorded yet; ``ahead`` reads a date without a year as the
    next one to come.
    """

    name: str
    kind: PromptKind
    question: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    default: str = ""
    is_time: bool = False
    ahead: bool = False
    field: Field | None = None

    @property
    def key(self) -> str:
        """Where the record's value tells that this is still unanswered."""
        return TIME_OPEN if self.is_time else self.name

    @property
    def blank(self) -> str | None:
        """What stands there meanwhile."""
        return "" if self.name in (WHY, CAUSE) else None

    def unanswered(self, value: Mapping[str, Any]) -> bool:
        """Whether the record was asked about this and has not answered."""
        return self.key in value and value[self.key] == self.blank


def choice_name(step: Step) -> str:
    """The key that the step's choices are recorded under."""
    return step.choice_field.name if step.choice_field else "valg"


def named_value(step: Step, record: Record) -> dict[str, Any]:
    """A record's value with a bare value moved to the name of the field it answers."""
    value = dict(record.value)
    if "" in value:
        bare = value.pop("")
        first = next((f.name for f in step.fields if not f.is_time), choice_name(step))
        value.setdefault(first, bare)
    return value


def time_name(step: Step) -> str:
    """What the record's own time is called: the declared name, else ``tidspunkt``."""
    declared = next((f.name for f in step.fields if f.is_time), "")
    return declared or "tidspunkt"


def asks(scene: Scene, spot: Spot, act: str, record: Record | None) -> tuple[Ask, ...]:
    """Everything asked about an act after its first answer, in order. The record decides about reason and cause."""
    value: Mapping[str, Any] = named_value(spot.step, record) if record else {}
    return {"planned": _planned, "attempted": _attempted, "awaiting": _awaiting, "left out": _left_out}.get(act, _done)(
        scene, spot, value, record
    )


def _done(scene: Scene, spot: Spot, value: Mapping[str, Any], record: Record | None) -> tuple[Ask, ...]:
    step = spot.step
    found = [
        _field(field)
        for field in step.fields
        if not field.is_time
        and not (step.choices and field is step.choice_field)
        and (field.type != "forløb" or scene.view.runs_of(field.procedure))
        and _is_wanted(scene, spot, field, value)
    ]
    if WHY in value:
        found.append(Ask(WHY, "text", "Hvad er grunden?", "Et par ord er nok.", (SKIP,), SKIP.id))
    found.insert(0 if _time_comes_first(step) else len(found), _time(step))
    if CAUSE in value or (record is not None and was_late(scene, spot, record)):
        causes = tuple(Option(k, v) for k, v in words.CAUSES.items())
        found.append(
            Ask(
                CAUSE,
                "choice",
                "Det kom senere end fristen. Hvad var årsagen?",
                "Så kan din leder hjælpe. Enter = spring over.",
                (*causes, SKIP),
                SKIP.id,
            )
        )
    return tuple(found)


def _is_wanted(scene: Scene, spot: Spot, field: Field, value: Mapping[str, Any]) -> bool:
    """Whether a field has anything to ask: the reason for a notification only when an earlier one was passed over."""
    named = next((f for f in spot.step.fields if f.type == "forløb"), None)
    if named is None or field.name not in REASONS or value.get(field.name):
        return True
    return notifications.is_later(scene, spot, named, str(value.get(named.name))) is not None


def _time_comes_first(step: Step) -> bool:
    """Where the time is what the step is about: it is the first thing the page records, and nothing is chosen."""
    first = step.fields[0].is_time if step.fields else False
    return first and not step.choices and all(f.type != "forløb" for f in step.fields)


def asks_when(step: Step) -> bool:
    """Whether the step's own question is answered by typing the day, before anything else is asked."""
    return step.title.startswith("Hvornår") and step.creates is None and _time_comes_first(step)


def _time(step: Step) -> Ask:
    declared = next((f for f in step.fields if f.is_time), None)
    if declared is None:
        return Ask(time_name(step), "moment", "Hvornår?", f"Enter = nu. {MOMENT_HINT}", default="nu", is_time=True)
    named = declared.label.strip() not in ("", declared.name, declared.name.replace("-", " ").replace("_", " "))
    asked = words.question(declared.label) if named else "Hvornår?"
    hint = f"Dag og klokkeslæt. {MOMENT_HINT}" if declared.type == "tidspunkt" else MOMENT_HINT
    if named or _time_comes_first(step) or any(f.type == "forløb" for f in step.fields):
        return Ask(declared.name, "moment", asked, hint, is_time=True, field=declared)
    return Ask(declared.name, "moment", asked, f"Enter = nu. {hint}", default="nu", is_time=True, field=declared)


def _field(field: Field) -> Ask:
    kind = _KINDS.get(field.type, "text")
    asked = words.question(field.label or field.name)
    if kind == "scale":
        scale = tuple(Option(str(n), str(n)) for n in range(1, 6))
        return Ask(field.name, kind, asked, "1 er mindst, 5 er mest.", (*scale, SKIP), field=field)
    if kind == "person":
        hint = "Initialer eller rolle, ikke navn. Enter = dig selv."
        return Ask(field.name, kind, asked, hint, (ME, SKIP), ME.id, field=field)
    if kind == "moment":
        ahead = any(word in field.name for word in _AHEAD)
        return Ask(field.name, kind, asked, MOMENT_HINT, (SKIP,), ahead=ahead, field=field)
    if kind == "run":
        return Ask(field.name, kind, asked, field=field)
    return Ask(field.name, kind, asked, "Enter alene = spring over.", (SKIP,), SKIP.id, field=field)


def _planned(scene: Scene, spot: Spot, value: Mapping[str, Any], record: Record | None) -> tuple[Ask, ...]:
    when = Ask(
        time_name(spot.step), "moment", "Hvilken dag er aftalt?", "Fx på mandag kl. 10 eller 3/10.", is_time=True
    )
    return (_ahead(when),)


def _attempted(scene: Scene, spot: Spot, value: Mapping[str, Any], record: Record | None) -> tuple[Ask, ...]:
    outcomes = tuple(Option(k, v) for k, v in words.OUTCOMES.items())
    declined = value.get("outcome") == "child declined"
    asked = "Hvad sagde eller viste barnet?" if declined else "Hvad prøvede I, og hvorfor lykkedes det ikke?"
    return (
        Ask("outcome", "choice", "Hvad skete der?", options=outcomes),
        Ask(WHY, "text", asked, "Forsøget er dokumentation. Enter alene = spring over.", (SKIP,), SKIP.id),
        Ask(time_name(spot.step), "moment", "Hvornår?", f"Enter = nu. {MOMENT_HINT}", default="nu", is_time=True),
    )


def _awaiting(scene: Scene, spot: Spot, value: Mapping[str, Any], record: Record | None) -> tuple[Ask, ...]:
    expected = Ask(
        "expected", "moment", "Hvornår venter du svaret?", "Enter alene = det ved jeg ikke.", (SKIP,), SKIP.id
    )
    asked = "Hvornår bad du om det?"
    return (
        Ask("whom", "text", "Hvem venter du på?", "Rolle eller sted, ikke navn: skolen, PPR, forælder A."),
        _ahead(expected),
        Ask(time_name(spot.step), "moment", asked, f"Enter = nu. {MOMENT_HINT}", default="nu", is_time=True),
    )


def _left_out(scene: Scene, spot: Spot, value: Mapping[str, Any], record: Record | None) -> tuple[Ask, ...]:
    hint = "Skriv den konkrete grund. Uden en grund bliver trinnet stående som åbent."
    return (Ask("ground", "text", "Hvad er grunden til, at det undlades?", hint),)


def _ahead(ask: Ask) -> Ask:
    return replace(ask, ahead=True)


def was_late(scene: Scene, spot: Spot, record: Record) -> bool:
    """Whether the record itself was found to have come after its deadline."""
    if spot.state.state == "done late" and spot.state.record is not None and spot.state.record.id == record.id:
        return True
    return any(
        f.kind == "late" and f.run == record.run and f.step == record.step and f.code == f"late-{record.day}"
        for f in scene.progress.findings
    )


def pending(scene: Scene, spot: Spot, record: Record) -> Ask | None:
    """The first thing the record was asked about and has not answered; None when it is whole."""
    value = named_value(spot.step, record)
    return next((a for a in asks(scene, spot, record.status, record) if a.unanswered(value)), None)


def is_unfinished(record: Record) -> bool:
    """Whether something the record was asked about stands unanswered."""
    return None in record.value.values() or "" in (record.value.get(WHY), record.value.get(CAUSE))


def unfinished(records: list[Record]) -> Record | None:
    """The record entered last, when something it asked for is still unanswered."""
    last = max(records, key=entered, default=None)
    return last if last is not None and is_unfinished(last) else None
