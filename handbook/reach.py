"""Which steps can become relevant at all: a search for one set of answers that makes a step stand.

A step stands unless its own conditions fail or an answer marks it as not relevant. Predicates depend on the case and
are taken to be possible; so is everything on a page that is out of order.
"""

from __future__ import annotations

from functools import cached_property

from handbook.model import Choice, Handbook, Step
from handbook.references import Key, key

_Option = tuple[Key, str]
"""A step and the id of one of its choices."""

_Need = tuple[_Option, ...]
"""One of these answers must be given."""

_LIMIT = 100
"""States looked at before a step is believed to be possible: pages have a handful, a hostile page has millions."""


class Reach:
    """The question, asked of one edition."""

    def __init__(self, handbook: Handbook) -> None:
        self._steps = {key(s): s for p in handbook.procedures.values() for s in p.steps}
        self._complete = not handbook.faults
        self._obstacles: dict[Key, str] = {}
        self._pointers: dict[Key, list[_Option]] = {}
        for step in self._steps.values():
            for choice in step.choices:
                if choice.target and (choice.target.procedure, choice.target.step) != key(step):
                    at = (choice.target.procedure, choice.target.step)
                    self._pointers.setdefault(at, []).append((key(step), choice.id))
        self._needs = {at: self._needs_of(step) for at, step in self._steps.items()}

    def obstacle(self, step: Step) -> str:
        """Why nothing can make the step relevant, in Danish; empty when something can."""
        if key(step) not in self._obstacles:
            self._obstacles[key(step)] = self._find_obstacle(step)
        return self._obstacles[key(step)]

    def _find_obstacle(self, step: Step) -> str:
        if any(c.pointed_at for c in step.conditions) and () in self._needs[key(step)]:
            return "intet valg peger hertil"
        if key(step) not in self._supported:
            return "betingelserne hviler på svar i trin, der heller ikke kan blive relevante"
        if not self._possible(key(step)):
            return "de svar, det kræver, kan ikke gives samtidig"
        marking = self._always_struck.get(key(step))
        return f'alle svar i trinnet "{marking}" gør det ikke relevant' if marking else ""

    def together(self, one: Step, other: Step) -> bool:
        """Whether one set of answers can make both steps relevant."""
        return self._possible(key(one), key(other))

    def _needs_of(self, step: Step) -> list[_Need]:
        needs: list[_Need] = []
        for condition in step.conditions:
            options = tuple(((r.procedure, r.step), r.part) for r in condition.choices)
            if condition.pointed_at and self._complete:
                needs.append(tuple(self._pointers.get(key(step), ())))
            elif options and all(self._choice(option) for option in options):
                needs.append(options)
        return needs

    def _choice(self, option: _Option) -> Choice | None:
        step = self._steps.get(option[0])
        return step.choice(option[1]) if step else None

    @cached_property
    def _supported(self) -> frozenset[Key]:
        """Steps whose every need can be met by a step that is itself supported; a ring is not."""
        supported: set[Key] = set()
        while True:
            more = {
                at
                for at, needs in self._needs.items()
                if at not in supported and all(any(step in supported for step, _ in need) for need in needs)
            }
            if not more:
                return frozenset(supported)
            supported |= more

    @cached_property
    def _always_struck(self) -> dict[Key, str]:
        """Step -> the name of a step without conditions whose every answer makes it not relevant."""
        out: dict[Key, str] = {}
        for step in self._steps.values():
            if step.choices and not step.conditions:
                struck = [self._strikes[key(step), choice.id] for choice in step.choices]
                out.update(dict.fromkeys(frozenset.intersection(*struck), step.name or step.id))
        return out

    def _possible(self, *roots: Key) -> bool:
        """Depth first over the answers that the needs leave open; ``path`` keeps a step from resting on itself."""
        agenda = [(need, frozenset({root})) for root in roots for need in self._needs[root]]
        stack = [(agenda, dict[Key, str](), frozenset(roots), frozenset[Key]())]
        for _ in range(_LIMIT):
            if not stack:
                return False
            agenda, given, standing, struck = stack.pop()
            if not agenda:
                return True
            (need, path), rest = agenda[0], agenda[1:]
            for at, answer in need:
                if at in path or (at in self._single and given.get(at, answer) != answer):
                    continue
                still_standing, now_struck = standing | {at}, struck | self._strikes[at, answer]
                if now_struck & still_standing:
                    continue
                more = [(further, path | {at}) for further in self._needs[at]]
                stack.append((more + rest, {**given, at: answer}, still_standing, now_struck))
        return True

    @cached_property
    def _single(self) -> frozenset[Key]:
        """Steps that take one answer only: asked once, not once for each item, and with no more than one to give."""
        return frozenset(
            at
            for at, step in self._steps.items()
            if step.choice_field and step.choice_field.type == "valg" and step.for_each is None
        )

    @cached_property
    def _strikes(self) -> dict[_Option, frozenset[Key]]:
        """The steps that each answer makes not relevant."""
        return {
            (at, choice.id): frozenset(
                (r.procedure, r.step) for r in choice.not_relevant if self._may_strike(step, (r.procedure, r.step))
            )
            for at, step in self._steps.items()
            for choice in step.choices
        }

    def _may_strike(self, step: Step, other: Key) -> bool:
        """A municipality's answer that touches a national step is a fault of its own page, and never runs."""
        return not step.local or other not in self._steps or self._steps[other].local
