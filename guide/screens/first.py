"""Which page the app opens on."""

from __future__ import annotations

from guide.screens.page import Page
from guide.settings import Settings


def first_page(settings: Settings, *, demo: bool, practice: bool = False) -> Page:
    """Welcome on the first start, else the page that the role opens on. A page is imported when it is needed."""
    if not settings.known:
        from guide.screens.welcome import Welcome

        return Welcome()
    if practice:
        from guide.screens.practice import PracticePage

        return PracticePage()
    if settings.role == "ny" and not demo:
        from guide.screens.handbook import HandbookPage

        return HandbookPage()
    if settings.role == "leder":
        from guide.screens.deadlines import DeadlinesPage

        return DeadlinesPage()
    from guide.screens.cases import CasesPage

    return CasesPage()
