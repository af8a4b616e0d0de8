"""A measure's answer for one case: relevant? deficient? why? And the five ways to give it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from checklists.checks import Fault
from checklists.facts import Record
from checklists.wording import within


@dataclass(frozen=True, slots=True)
class Verdict:
    """A measure's three answers for one case. ``code`` and ``since`` are set when it is deficient.

    ``records`` are the ids it rests on; ``since`` is the local day the fault arose: whoever held the case then.
    ``late`` is the record that came too late, where the fault is that it did, and ``cause`` what is noted as the cause.
    ``before`` is what the dates say, where a reviewer set it aside with a reason.
    """

    relevant: bool
    deficient: bool
    reason: str
    code: str = ""
    records: tuple[str, ...] = ()
    since: date | None = None
    late: str = ""
    cause: str = ""
    before: Verdict | None = None


def out(reason: str, *records: Record | None) -> Verdict:
    """Not relevant in this case, and why."""
    return Verdict(False, False, reason, records=_ids(records))


def fine(reason: str, *records: Record | None) -> Verdict:
    """Relevant and in order, and what shows it."""
    return Verdict(True, False, reason, records=_ids(records))


def deficient(code: str, reason: str, since: date | None, *records: Record | None) -> Verdict:
    """Relevant and deficient: which way, why, and from which day."""
    return Verdict(True, True, reason, code, _ids(records), since)


def too_late(code: str, reason: str, since: date | None, record: Record, *others: Record | None) -> Verdict:
    """Relevant and deficient because ``record`` came too late; the cause noted with it is told apart from the fault."""
    cause = str(record.value.get("cause") or "")
    return Verdict(True, True, reason, code, _ids((record, *others)), since, record.id, cause)


def told(fault: Fault) -> str:
    """What a check found, as it stands inside a reason."""
    return within(fault.text).rstrip(".")


def _ids(records: tuple[Record | None, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(r.id for r in records if r is not None))
