"""Short ways to read a page and a step, for the tests of what they become."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from handbook import page
from handbook.model import Procedure, Step

FRONT = (
    "---\nid: p\ntitel: Titel: med kolon\nlov: serviceloven\nhjemmel: SEL § 1\nmodpart: q\n---\n\n"
    "# T\n\nIndledning.\n\n"
)


@pytest.fixture
def front() -> str:
    """What stands before the first phase of the page ``p``: eleven lines, then an empty one."""
    return FRONT


@pytest.fixture
def read() -> Callable[..., Procedure]:
    """Text -> the procedure, which must have no faults. The file is called p.md unless something else is said."""

    def read_text(text: str, name: str = "p.md") -> Procedure:
        found = page.read(text.encode(), Path(name))
        assert found.faults == ()
        assert found.procedure is not None
        return found.procedure

    return read_text


@pytest.fixture
def step(read: Callable[..., Procedure]) -> Callable[[str], Step]:
    """The body of a step -> the step, on line 16 of the page ``p``; its body begins on line 18."""

    def read_step(body: str) -> Step:
        return read(FRONT + "## Fase\n\n{#s}\n### Spørgsmål?\n\n" + dedent(body).strip() + "\n").steps[0]

    return read_step
