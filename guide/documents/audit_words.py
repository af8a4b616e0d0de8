"""The audit in words and rows, as every form of it shows them: text, CSV, XLSX, HTML and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checklists.audit import Audit
from checklists.comparison import Summary, Tally
from checklists.measures.catalogue import BESIDE
from checklists.measures.causes import NONE, OTHER
from checklists.measures.model import NOT_COUNTED, Counted, Dossier, Verdict
from checklists.wording import spell
from handbook.model import SHORT

EMPTY = "ikke relevant"
"""What an empty m prints, never 0 of 0."""
BASIS = {"lov": "lov", "praksis": "praksis", "lokal": "lokalt", "faglig": "fagligt"}
OWN_CASES = (
    "Kun {0}s egne sager, til samtalen om dem. {0} kan selv se det samme. "
    "Det, der opstod, mens {0} ikke havde sagen, er holdt ude."
)
"""What is said over one caseworker's own view, in every form of it; ``{0}`` is the caseworker."""
CAUSES_TITLE = "Tabel 3. Det, der kom for sent, efter den årsag, der er noteret"
OUTCOMES = ("mangler", "i orden", "holdt ude")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case behind one number."""

    counted: Counted
    dossier: Dossier
    verdict: Verdict

    @property
    def outcome(self) -> str:
        """One of ``OUTCOMES``."""
        if not self.verdict.relevant:
            return OUTCOMES[2]
        return OUTCOMES[0] if self.verdict.deficient else OUTCOMES[1]

    @property
    def of_type(self) -> bool:
        """Whether the measure counts cases of this type at all."""
        return self.verdict.reason not in NOT_COUNTED.values()


def case_rows(counted: Counted) -> Iterator[CaseRow]:
    """Every case behind a number: deficient first, then in order, then left out."""
    rows = [CaseRow(counted, dossier, verdict) for dossier, verdict in counted.verdicts]
    yield from sorted(rows, key=lambda row: (OUTCOMES.index(row.outcome), not row.of_type))


def n_of_m(deficient: int, relevant: int) -> str:
    """``6 af 11``, or that the measure was relevant in no case."""
    return f"{deficient} af {relevant}" if relevant else EMPTY


def clauses(counted: Counted) -> str:
    """What the measure rests on, under the laws that govern some case of the round."""
    laws = dict.fromkeys(dossier.law for dossier, _ in counted.verdicts)
    known = [counted.measure.clauses[law] for law in laws if law in counted.measure.clauses]
    return "; ".join(dict.fromkeys(known or counted.measure.clauses.values()))


def parts(audit: Audit) -> tuple[tuple[str, tuple[Counted, ...]], ...]:
    """The published table, and what stands beside it under its own heading."""
    published = tuple(c for c in audit.measures if c.measure.theme not in BESIDE)
    beside = tuple(c for c in audit.measures if c.measure.theme in BESIDE)
    found = (("Tabel 1. Sager med mangel ud af relevante sager", published), ("Ved siden af tabellen", beside))
    return tuple(part for part in found if part[1])


def heading(audit: Audit) -> str:
    """``Sagsgennemgang 17. feb. 2019 – 17. feb. 2020``."""
    return f"Sagsgennemgang {spell(audit.asked.start)} – {spell(audit.asked.end)}"


def outside(audit: Audit) -> list[tuple[str, str]]:
    """Why cases are not in the table, and which they are."""
    reasons = dict.fromkeys(reason for _, reason in audit.outside)
    return [(reason, ", ".join(case for case, why in audit.outside if why == reason)) for reason in reasons]


def type_rows(audit: Audit) -> list[tuple[str, int]]:
    """The second table's case types."""
    return [(f"{t.label} ({t.clause})" if t.clause else t.label, t.cases) for t in audit.types]


def age_rows(audit: Audit) -> list[tuple[str, int]]:
    """The second table's ages."""
    return [(f"{name} år" if name[0].isdigit() else "alder ukendt", cases) for name, cases in audit.ages]


def cause_rows(audit: Audit) -> list[tuple[str, int]]:
    """The third table: what is noted as the cause, and how many late steps it was noted with."""
    return [(cause_words(cause.cause), len(cause.late)) for cause in audit.causes]


def cause_words(cause: str) -> str:
    """A cause in words about the work, not about a person."""
    return _CAUSES.get(cause, cause)


_CAUSES = {
    "awaiting others": "Ventede på andre",
    "family cancelled": "Familien meldte afbud",
    "illness": "Sygdom",
    "late intake": "Sagen kom sent videre",
    "own planning": "Egen planlægning",
    OTHER: "Andet, skrevet i sagen",
    NONE: "Ingen årsag noteret",
}


def late_words(audit: Audit) -> Iterator[tuple[str, str]]:
    """Each cause that was noted, and the late steps behind it: ``D5 (undersøgelse ...)``."""
    names = {counted.measure.code: counted.name for counted in audit.measures}
    for cause in audit.causes:
        if cause.late:
            told = [f"{case} ({'; '.join(names[code] for code in codes)})" for case, codes in cause.late]
            yield cause_words(cause.cause), ", ".join(told)


def law_words(audit: Audit) -> str:
    """Which laws the cases are judged under."""
    return " og ".join(SHORT[law] for law in audit.laws)


def summary(audit: Audit, about: str) -> Summary:
    """The round as it can be set beside another. ``about`` says whose cases: ``alle sager``."""
    tallies = {c.measure.code: Tally(c.name, c.deficient, c.relevant) for c in audit.measures}
    return Summary(audit.asked.start, audit.asked.end, audit.rules, about, tallies)
