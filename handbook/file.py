"""One page from its file. The Markdown reader comes along only when a page is read, which most starts need not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.page import Page


def read_file(path: Path) -> Page:
    """The page at ``path``. A file that cannot be opened is a fault, not an error."""
    from handbook import page
    from handbook.faults import Report

    try:
        return page.read(path.read_bytes(), path)
    except OSError as error:
        report = Report(str(path))
        report.add(1, "unreadable", why=error.strerror or type(error).__name__)
        return page.Page(None, tuple(report.faults))
