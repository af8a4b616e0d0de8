"""Who gets a letter of its own in a decision: every custody holder, and the child where it is a party."""

from __future__ import annotations

from dataclasses import dataclass

from checklists.facts import Item
from guide.dialogue import words
from guide.documents.case_file import CaseFile
from guide.documents.case_talk import PARTY_AGE
from guide.documents.papers_model import PaperError

CHILD = "barnet"
"""The name ``--to`` gives the child."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a letter is to: a custody holder, or the child (``item`` None)."""

    id: str
    name: str
    item: Item | None


def recipients(file: CaseFile) -> tuple[Recipient, ...]:
    """Everybody who gets a letter of their own, the custody holders first."""
    found = [Recipient(item.id, words.item_name(item), item) for item in file.holders]
    age = file.age_on(file.day)
    if age is not None and age >= PARTY_AGE[file.law]:
        found.append(Recipient(CHILD, "den unge" if age >= 15 else "barnet", None))
    return tuple(found)


def recipient(file: CaseFile, to: str | None) -> Recipient:
    """The one named (by id, label or ``barnet``), else the only one. Raises PaperError naming those there are."""
    file.need_decision()
    found = recipients(file)
    if not found:
        raise PaperError(
            "Sagen har ingen forældremyndighedsindehaver, brevet kan skrives til. Skriv forælderen ind først."
        )
    if to is None and len(found) == 1:
        return found[0]
    wanted = (to or "").casefold()
    if wanted in ("barn", "ung", "den unge"):
        wanted = CHILD
    chosen = next((r for r in found if wanted in (r.id.casefold(), r.name.casefold())), None)
    if chosen is None:
        known = ", ".join(f"{r.id} ({r.name})" for r in found)
        begin = f"Brevet kan ikke skrives til »{to}«." if to else "Hver part får sit eget brev."
        raise PaperError(f"{begin} Vælg med --to: {known}.")
    return chosen
