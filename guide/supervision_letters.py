"""The letters of the supervision as files: of one case, of a caseworker's cases in a round, and of the round itself.

Each comes as Word and as Markdown. Nothing is written here: ``guide.documents.saving`` puts the bytes on the disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checklists.calendar import local_day
from guide.documents import review_letters as letters
from guide.documents.word import markdown
from guide.supervision import Supervision


def of_case(
    loop: Supervision, case: str, round_id: str | None, to: Path, layer: Path | None = None
) -> dict[Path, bytes]:
    """The files of "Til sagen" and "Til dig" in the folder ``to``; ``layer`` is the municipality's own folder.

    Raises StoreError for an unknown case or round, DocumentError for a template or text that cannot be used.
    """
    to_case, to_person = contexts(loop, case, round_id)
    name = file_name(case)
    return {
        **letters.files(to_case, letters.TO_CASE, to / f"{letters.TO_CASE}-{name}", layer),
        **letters.files(to_person, letters.TO_PERSON, to / f"{letters.TO_PERSON}-{name}", layer),
    }


def of_round(loop: Supervision, staff: str, round_id: str, to: Path, layer: Path | None = None) -> dict[Path, bytes]:
    """The files of "Til dig" about all of the caseworker's cases in the round. Raises as ``of_case``."""
    beside = to / f"{letters.TO_PERSON}-{file_name(staff)}-{round_id}"
    return letters.files(gathered(loop, staff, round_id), letters.TO_PERSON_ROUND, beside, layer)


def of_meeting(loop: Supervision, round_id: str, to: Path, layer: Path | None = None) -> dict[Path, bytes]:
    """The files of "Hvad runden viste". Raises as ``of_case``."""
    found = letters.of_round(loop.shown(round_id), local_day(loop.work.now()))
    return letters.files(found, letters.ROUND, to / f"hvad-runden-viste-{round_id}", layer)


def contexts(loop: Supervision, case: str, round_id: str | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values of "Til sagen" and of "Til dig" about the case."""
    sheet, today = loop.sheet(case, round_id), local_day(loop.work.now())
    return letters.to_case(sheet, today, loop.work.me), letters.to_person(sheet, today, loop.work.me)


def gathered(loop: Supervision, staff: str, round_id: str) -> dict[str, Any]:
    """The values of "Til dig" about all of the caseworker's cases in the round."""
    found = loop.round(round_id)
    sheets = [loop.sheet(reviewed.case, found.id) for reviewed in loop.of_staff(found, staff)]
    return letters.to_person_round(sheets, local_day(loop.work.now()), loop.work.me)


def previews(loop: Supervision, case: str, round_id: str | None) -> Mapping[str, str]:
    """The two letters of a case as Markdown, by their templates' names, to be read before they are written."""
    to_case, to_person = contexts(loop, case, round_id)
    return {
        letters.TO_CASE: markdown(letters.TO_CASE, to_case),
        letters.TO_PERSON: markdown(letters.TO_PERSON, to_person),
    }


def file_name(text: str) -> str:
    """A case's number or initials as part of a file's name."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in text)


def meeting_text(loop: Supervision, round_id: str) -> str:
    """The staff meeting's page, "Hvad runden viste", as Markdown."""
    return markdown(letters.ROUND, letters.of_round(loop.shown(round_id), local_day(loop.work.now())))
