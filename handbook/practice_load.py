"""The practice cases: those that come with the program, and a municipality's own laid over them by id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from handbook.faults import nearest
from handbook.model import Choice, Fault, Handbook, Law, Procedure, Step
from handbook.practice_faults import Report
from handbook.practice_model import Course, Place, PracticePage, Row, law_on
from handbook.practice_read import read_file

HERE = Path(__file__).resolve().parent / "practice"
FOLDER = "practice"
"""The subfolder of a municipality's own folder."""
PROGRAM = "program.md"
"""The page about the first weeks; free text."""

Books = Mapping[Law, Handbook]


@dataclass(frozen=True)
class Practice:
    """The cases to practise on, in the order of their titles, and what is wrong with those that were left out."""

    pages: tuple[PracticePage, ...]
    faults: tuple[Fault, ...] = ()

    def page(self, page_id: str) -> PracticePage | None:
        """The case with that id, or None."""
        return next((page for page in self.pages if page.id == page_id), None)


def load(books: Books, folder: Path | None = None) -> Practice:
    """The cases that can be played with ``books``; ``folder`` is the municipality's own, where it has one."""
    found: dict[str, PracticePage] = {}
    faults: list[Fault] = []
    for path in _paths(folder):
        read = read_file(path)
        wrong = (*read.faults, *(faults_in(read.page, books) if read.page else ()))
        faults += wrong
        if read.page is not None and not wrong:
            found[read.page.id] = read.page
    return Practice(tuple(sorted(found.values(), key=lambda p: (p.minutes, p.title))), tuple(faults))


def program(folder: Path | None = None) -> str:
    """The page about the first weeks, as Markdown: the municipality's own where it has one."""
    for place in (folder / FOLDER if folder else None, HERE):
        path = place / PROGRAM if place else None
        if path is not None and path.is_file():
            return path.read_text(encoding="utf-8-sig", errors="replace")
    return ""


def _paths(folder: Path | None) -> Iterator[Path]:
    for place in (HERE, folder / FOLDER if folder else None):
        if place is not None and place.is_dir():
            yield from (p for p in sorted(place.glob("*.md")) if p.name != PROGRAM)


def faults_in(page: PracticePage, books: Books) -> tuple[Fault, ...]:
    """What a page says that the handbook does not know: procedures, steps, answers, fields and items."""
    report = Report(str(page.path))
    items = {f"f{n}" for n in range(1, len(page.holders) + 1)} | {f"s{n}" for n in range(1, len(page.siblings) + 1)}
    rows = [row for scene in page.scenes for row in scene.rows]
    for course in (Course(rows=tuple(rows)), page.key, page.detour):
        known = set(items)
        for row in (*(rows if course.rows != tuple(rows) else ()), *course.rows):
            _check_row(row, known, books, report if row in course.rows else Report(""))
    for point in page.points:
        for condition in point.conditions:
            for place in (condition.place, condition.other):
                if place is not None:
                    _check_place(place, condition.line, page, books, report)
    return tuple(dict.fromkeys(report.faults))


def _check_row(row: Row, known: set[str], books: Books, report: Report) -> None:
    law = law_on(row.moment.day)
    page = _procedure(row.procedure, law, row.line, books, report)
    if page is None or not row.step:
        return
    step = page.by_id.get(row.step)
    if step is None:
        hint = nearest(row.step, page.by_id, "Se trinnets id på siden i håndbogen.")
        report.add(row.line, "practice-step", target=f"{page.id}.md#{row.step}", hint=hint)
        return
    for item in row.items:
        if item not in known and not step.creates:
            hint = f"Kendte: {', '.join(sorted(known)) or 'ingen'}. En indsats nævnes første gang ved paataenkt."
            report.add(row.line, "practice-item", item=item, hint=hint)
    if step.creates:
        known.update(row.items)
    names = [f.name for f in step.fields]
    for name, text in row.fields:
        if name and name not in names and name not in ("aftalt", "forsøgt", "venter", "undlades"):
            hint = nearest(name, names, f"Felterne er {', '.join(names)}.")
            report.add(row.line, "practice-field", field=name, step=step.title, hint=hint)
        field = next((f for f in step.fields if f.name == name), step.fields[0] if not name and step.fields else None)
        own = step.choice_field
        if not name and own is not None:
            field = own
        if field is not None and own is not None and field.name == own.name:
            for answer in (part.strip() for part in text.split(",")):
                if step.choice(answer) is None:
                    hint = nearest(answer, [c.id for c in step.choices], _answers(step.choices))
                    report.add(row.line, "practice-choice", choice=answer, step=step.title, hint=hint)


def _answers(choices: tuple[Choice, ...]) -> str:
    return f"Svarene er: {', '.join(c.id for c in choices)}."


def _check_place(place: Place, line: int, page: PracticePage, books: Books, report: Report) -> None:
    laws = dict.fromkeys((page.law, law_on(page.scenes[-1].moment.day)))
    for law in laws:
        procedure = books[law].procedures.get(place.procedure) if law in books else None
        step = procedure.by_id.get(place.step) if procedure else None
        if step is not None:
            if place.choice and step.choice(place.choice) is None:
                hint = nearest(place.choice, [c.id for c in step.choices], _answers(step.choices))
                report.add(line, "practice-choice", choice=place.choice, step=step.title, hint=hint)
            return
    steps = [s.id for law in laws if law in books for s in _steps(books[law].procedures.get(place.procedure))]
    hint = nearest(place.step, steps, "Ret linket, så det peger på et trin i håndbogen.")
    report.add(line, "practice-step", target=f"{place.procedure}.md#{place.step}", hint=hint)


def _steps(page: Procedure | None) -> tuple[Step, ...]:
    return page.steps if page else ()


def _procedure(name: str, law: Law, line: int, books: Books, report: Report) -> Procedure | None:
    book = books.get(law)
    page = book.procedures.get(name) if book else None
    if page is None and book is not None:
        hint = nearest(name, book.procedures, f"Siderne er: {', '.join(book.procedures)}.")
        report.add(line, "practice-page", page=f"{name}.md", law=law, hint=hint)
    return page
