"""A practice page -> PracticePage. Nothing a page holds makes the reader raise: what is wrong comes back as faults."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from handbook import practice_words as words
from handbook.faults import nearest
from handbook.practice_faults import Report
from handbook.practice_model import Condition, Course, Moment, Point, PracticePage, PracticeRead, Row, Scene, Way

START, POINTS, KEY, DETOUR = "Fra start", "Valgpunkter", "Facit", "Den typiske omvej"
"""The sections every page has; any other is a scene."""

KEYS: dict[str, str] = {
    "id": "filens navn uden .md",
    "titel": "det, sagen hedder",
    "dag": "den dag og time, sagen begynder: 7/2-2020 kl. 15.40",
    "født": "barnets fødselsmåned: 2010-11",
    "træner": "det, man øver, skilt med semikolon",
    "minutter": "hvor længe det tager: 15",
}
_OPTIONAL = ("forældre", "søskende")
_LINE = re.compile(r"- \*\*(?P<word>[^*:]+):\*\*\s*(?P<text>.*)")
_BORN = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?")
_WAYS: dict[str, Way] = {"facit": "facit", "omvej": "omvej"}


@dataclass
class _Part:
    """A heading with what stands under it, before anything is understood."""

    title: str
    line: int
    named: list[tuple[str, str, int]] = field(default_factory=list)
    """The ``- **Ord:** tekst`` lines: word, text, line."""
    table: list[tuple[str, int]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    inner: list[_Part] = field(default_factory=list)
    """The ### parts."""

    def words(self) -> str:
        """The text, its paragraphs kept apart and each on one line."""
        blocks = re.split(r"\n\s*\n", "\n".join(self.text).strip())
        return "\n".join(" ".join(b.split()) if not b.lstrip().startswith("- ") else b.strip() for b in blocks if b)


def read_file(path: Path) -> PracticeRead:
    """The page at ``path``; one that cannot be read is a fault."""
    report = Report(str(path))
    try:
        return read(path.read_bytes(), path)
    except OSError as error:
        report.add(1, "practice-unreadable", why=error.strerror or type(error).__name__)
        return PracticeRead(None, tuple(report.faults))


def read(data: bytes, path: Path) -> PracticeRead:
    """The page in ``data``. With faults there is no page: a case half understood teaches the wrong thing."""
    report = Report(str(path))
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        report.add(1, "practice-encoding")
        return PracticeRead(None, tuple(report.faults))
    front, body_at = _front(lines, report)
    if front is None:
        return PracticeRead(None, tuple(report.faults))
    intro, parts = _parts(lines, body_at)
    by_title = _sections(parts, report)
    start = _moment(*front.get("dag", ("", 1)), report)
    scenes = _scenes(start, parts, report)
    page = PracticePage(
        id=_id(*front.get("id", ("", 1)), path, report),
        title=front.get("titel", ("", 1))[0],
        born=_born(*front.get("født", ("", 1)), report),
        holders=_listed(front.get("forældre", ("forælder A", 1))[0]),
        siblings=_listed(front.get("søskende", ("", 1))[0]),
        trains=_listed(front.get("træner", ("", 1))[0]),
        minutes=_minutes(*front.get("minutter", ("", 1)), report),
        intro=intro.words(),
        scenes=scenes,
        points=_points(by_title.get(POINTS), report),
        key=_course(by_title.get(KEY), report),
        detour=_course(by_title.get(DETOUR), report),
        path=path,
    )
    return PracticeRead(None if report.faults else page, tuple(report.faults))


# -- front matter -------------------------------------------------------------------------------------------------


def _front(lines: list[str], report: Report) -> tuple[dict[str, tuple[str, int]] | None, int]:
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if not lines or lines[0].strip() != "---" or end is None:
        report.add(1, "practice-front")
        return None, 0
    found: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(lines[1:end], 2):
        key, colon, text = (part.strip() for part in line.partition(":"))
        if not line.strip():
            continue
        if not colon:
            report.add(number, "practice-front-line", line=line)
        elif key in found:
            report.add(number, "practice-key-twice", key=key)
        elif key not in KEYS and key not in _OPTIONAL:
            known = (*KEYS, *_OPTIONAL)
            report.add(number, "practice-key", key=key, hint=nearest(key, known, f"Nøglerne er {', '.join(known)}."))
        else:
            found[key] = text, number
    for key, example in KEYS.items():
        if not found.get(key, ("", 1))[0]:
            report.add(1, "practice-missing-key", key=key, example=example)
    return found, end + 1


def _id(text: str, line: int, path: Path, report: Report) -> str:
    if text and (text != path.stem or not re.fullmatch(r"[a-z][a-z0-9-]*", text)):
        report.add(line, "practice-id", id=text, file=path.name)
    return text


def _born(text: str, line: int, report: Report) -> str:
    if text and not _BORN.fullmatch(text):
        report.add(line, "practice-born", text=text)
    return text


def _minutes(text: str, line: int, report: Report) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= 240:
        return int(text)
    if text:
        report.add(line, "practice-minutes", text=text)
    return 0


def _moment(text: str, line: int, report: Report) -> Moment | None:
    found = words.moment(text)
    if found is None and text:
        report.add(line, "practice-day", text=text)
    return found


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


# -- the body -----------------------------------------------------------------------------------------------------


def _parts(lines: list[str], begin: int) -> tuple[_Part, list[_Part]]:
    """What stands before the first ##, and each ## with its lines, table, text and ###."""
    intro = _Part("", begin + 1)
    parts: list[_Part] = []
    here = intro
    for number, line in enumerate(lines[begin:], begin + 1):
        named = _LINE.match(line)
        if line.startswith("## "):
            here = _Part(line[3:].strip(), number)
            parts.append(here)
        elif line.startswith("### ") and parts:
            here = _Part(line[4:].strip(), number)
            parts[-1].inner.append(here)
        elif line.startswith("# "):
            continue
        elif named:
            here.named.append((named["word"].strip(), named["text"].strip(), number))
        elif line.lstrip().startswith("|"):
            here.table.append((line, number))
        else:
            here.text.append(line)
    return intro, parts


def _sections(parts: list[_Part], report: Report) -> dict[str, _Part]:
    found: dict[str, _Part] = {}
    for part in parts:
        if part.title in found:
            report.add(part.line, "practice-section-twice", name=part.title)
        found.setdefault(part.title, part)
    for name in (START, POINTS, KEY, DETOUR):
        if name not in found:
            report.add(1, "practice-section", name=name)
    return found


def _scenes(start: Moment | None, parts: list[_Part], report: Report) -> tuple[Scene, ...]:
    found: list[Scene] = []
    for part in parts:
        if part.title in (POINTS, KEY, DETOUR):
            continue
        when = start if part.title == START else _scene_day(part, report)
        if when is None:
            continue
        before = found[-1].moment if found else None
        if before is not None and _key(when) <= _key(before):
            report.add(part.line, "practice-day-order", scene=part.title)
        rows = _rows(part, report)
        for row in rows:
            if _key(row.moment) > _key(when, end=True):
                report.add(row.line, "practice-row-day", why="den ligger efter scenens dag")
        found.append(Scene(part.title, when, part.words(), rows, part.line))
    return tuple(found)


def _scene_day(part: _Part, report: Report) -> Moment | None:
    when = None
    for word, text, line in part.named:
        if word == "Dag":
            when = _moment(text, line, report)
        else:
            report.add(line, "practice-line", word=word, hint="En scene har kun linjen Dag.")
    if not any(word == "Dag" for word, _, _ in part.named):
        report.add(part.line, "practice-no-day", scene=part.title)
    return when


def _key(when: Moment, end: bool = False) -> tuple[int, int]:
    clock = when.clock
    return (when.day.toordinal(), clock.hour * 60 + clock.minute if clock else (1440 if end else 0))


def _rows(part: _Part, report: Report) -> tuple[Row, ...]:
    found = []
    for line, number in part.table:
        texts = words.cells(line)
        if words.is_rule(line) or texts[:2] == ["tid", "forløb"]:
            continue
        if len(texts) != words.CELLS:
            report.add(number, "practice-cells", count=len(texts))
            continue
        when, run = words.moment(texts[0]), words.run_words(texts[1])
        if when is None:
            report.add(number, "practice-day", text=texts[0])
        if run is None:
            report.add(number, "practice-run", text=texts[1])
        if when is not None and run is not None:
            found.append(words.row(texts, when, run, number))
    return tuple(found)


def _course(part: _Part | None, report: Report) -> Course:
    if part is None:
        return Course()
    for word, _, line in part.named:
        report.add(line, "practice-line", word=word, hint="Her står kun tekst og en tabel.")
    return Course(part.words(), _rows(part, report), part.line)


def _points(part: _Part | None, report: Report) -> tuple[Point, ...]:
    if part is None:
        return ()
    if "".join(part.text).strip() or part.named:
        report.add(part.line, "practice-stray")
    return tuple(_point(inner, report) for inner in part.inner)


def _point(part: _Part, report: Report) -> Point:
    conditions: list[Condition] = []
    way: Way | None = None
    told = ""
    for word, text, line in part.named:
        if word == "Når":
            when = words.condition(text, line)
            if when is None:
                report.add(line, "practice-when", text=text)
            else:
                conditions.append(when)
        elif word == "Vej":
            way = _WAYS.get(text)
            if way is None:
                report.add(line, "practice-way", text=text)
        elif word == "Tilsyn":
            told = text
        else:
            known = ("Når", "Vej", "Tilsyn")
            report.add(line, "practice-line", word=word, hint=nearest(word, known, "Et punkt har Når, Vej og Tilsyn."))
    written = {word for word, _, _ in part.named}
    for name, example in (("Når", "mindst én linje: - **Når:** …"), ("Vej", "- **Vej:** facit eller omvej")):
        if name not in written:
            report.add(part.line, "practice-point", title=part.title, what=f"linjen {name}", example=example)
    if not part.words():
        report.add(part.line, "practice-point", title=part.title, what="tekst", example="det, der bliver sagt")
    return Point(part.title, way or "facit", tuple(conditions), part.words(), told, part.line)
