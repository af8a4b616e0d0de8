"""What a spreadsheet says of the case itself: when the child was born, the team, and who holds it from when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from guide.spreadsheet.drafts import About, Said
from guide.spreadsheet.places import PREFIX, is_withdrawn, place_of
from store.events import Event

if TYPE_CHECKING:
    from guide.spreadsheet.plan import CasePlan

_WORDS = {"born": "fødselsdag eller -måned", "team": "team", "known_from": "kendt fra", "staff": "sagsbehandler"}


class CaseRows:
    """The ``case`` and ``assignment`` rows of a plan. ``first`` is the stored case's first row, or None."""

    def __init__(self, plan: CasePlan, first: Event | None) -> None:
        self.plan = plan
        self.first = first
        self.said: dict[tuple[str, date | None], About] = {}
        for one in (about for row in plan.rows for about in row.about):
            before = self.said.setdefault((one.name, one.day), one)
            if before.value != one.value:
                mend = " Skriv siden i opskriften: hvilken dag sagen skiftede" if one.name == "staff" else ""
                text = f"siger noget andet end række {before.row} om sagens {_WORDS[one.name]}.{mend or ' Ret den ene'}"
                plan.faults.append(Said(one.row, one.column, text))

    def rows(self) -> Iterator[tuple[Event, int, str]]:
        """The rows, each with its spreadsheet row and column."""
        row = self.plan.rows[0].row
        known_from = self._known_from()
        if known_from is None and self.first is None:
            mend = "Skriv kendt_fra under [sag], eller brug --known-from DATO"
            self.plan.faults.append(Said(row, "", f"sagen mangler den dag, registreringerne gælder fra. {mend}"))
            return
        case = self._case(known_from, row)
        if case is not None:
            yield case
        yield from self._assignments(known_from)

    def _known_from(self) -> date | None:
        said = self.said.get(("known_from", None))
        return self.plan.context.known_from or (date.fromisoformat(said.value) if said else None)

    def _case(self, known_from: date | None, row: int) -> tuple[Event, int, str] | None:
        names = ("born", "team")
        value = {name: one.value for name in names if (one := self.said.get((name, None)))}
        if known_from:
            value["known_from"] = known_from.isoformat()
        place = place_of(self.plan.case, "case")
        last = self.plan.places.imported(place)
        if self.first is not None and last is None:
            self._differs(value, row)
            return None
        before = last.value if last is not None and isinstance(last.value, dict) else {}
        day = known_from or (last.day if last else None)
        event, left = self.plan.places.settle(place, self.plan.event("case", day=day, value={**before, **value}))
        if left:
            self._differs(value, row)
        return event, row, ""

    def _differs(self, value: dict[str, str], row: int) -> None:
        """The case was entered, or corrected, by a person: what stands there is kept."""
        assert self.first is not None
        stands = self.plan.places.now(self.first).value
        stands = stands if isinstance(stands, dict) else {}
        words = [_WORDS[name] for name, one in value.items() if stands.get(name) != one]
        if words:
            said = self.said.get(("born", None)) or self.said.get(("team", None))
            text = (
                f"sagen findes i programmet med andet om {', '.join(words)}. Det, der står i programmet, er ikke ændret"
            )
            self.plan.warnings.append(Said(said.row if said else row, "", text))

    def _assignments(self, known_from: date | None) -> Iterator[tuple[Event, int, str]]:
        held = self._held()
        for (name, day), one in self.said.items():
            if name != "staff":
                continue
            same = next((e for e in held if _staff(e) == one.value and day in (None, e.day)), None)
            latest = same is not None and (day is not None or same is held[-1])
            if same is not None and latest:
                if same.id.startswith(f"{PREFIX}-"):
                    yield same, one.row, one.column
                continue
            began = day or (self.plan.context.today if held else known_from)
            if held and day is None:
                text = f"sagen har fået en anden sagsbehandler siden sidst. Skiftet står til i dag, {began:%d-%m-%Y}"
                self.plan.warnings.append(Said(one.row, one.column, text))
            place = place_of(self.plan.case, "assignment", began.isoformat() if began else "")
            wanted = self.plan.event("assignment", day=began, value={"staff": one.value})
            event, _ = self.plan.places.settle(place, wanted)
            yield event, one.row, one.column

    def _held(self) -> list[Event]:
        """The stored assignments that stand, oldest first."""
        stored = self.plan.stored
        replaced = {e.replaces for e in stored if e.replaces}
        live = [e for e in stored if e.kind == "assignment" and e.id not in replaced and not is_withdrawn(e)]
        return sorted(live, key=lambda e: (e.day or date.min, e.recorded))


def _staff(event: Event) -> str:
    value = event.value if isinstance(event.value, dict) else {}
    return str(value.get("staff") or event.by)
