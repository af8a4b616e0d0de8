"""The committee's answer as it stands in what is told before a decision."""

from typing import Any

import pytest

from checklists.calendar import end_of_day
from checklists.facts import fold
from checklists.progress import assess
from guide.readiness_text import lines
from tests.guide.paper_cases import books as books
from tests.guide.paper_cases import decided


@pytest.mark.parametrize(
    ("answer", "told"), [("aendret", "ændret. Står det"), ("udsat", "udsat. Få det"), ("afvist", "afvist. Skriv")]
)
def test_the_latest_answer_is_told_with_what_comes_next(books: Any, answer: str, told: str) -> None:
    made = decided(books, "2013-03", "2024-10-01")
    before = made.file("2024-10-10").need_decision().view.now
    assert not any(line.startswith("Mødet") for line in _said(made, books, before))
    made.step("afgoerelse-1/visitation", "2024-10-08", {"valg": "tiltraadt"})
    made.step("afgoerelse-1/visitation", "2024-10-15", {"valg": answer, "hvorfor": "fiktiv"})
    now = end_of_day(made.rows[-1].day)
    assert any(line.startswith(f"Mødet tirs. 15. okt.: {told}") for line in _said(made, books, now))


def _said(made: Any, books: Any, now: Any) -> tuple[str, ...]:
    return lines(assess(fold("S", made.rows, now), books, now), books)
