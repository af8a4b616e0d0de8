"""The key of the overview that begins a review of every case looked at, or ends the one under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from guide.desk import Desk
from guide.screens.page import Page, at_desk

if TYPE_CHECKING:
    from checklists.caseload import Filters
    from guide.caseload_review import TotalReview


class ReviewBegins(Page):
    """A page whose cases can be gone through, every one; it says which in ``_filters``."""

    def __init__(self) -> None:
        super().__init__()
        self._filters: Filters | None = None
        """What is looked at, for a review of the same cases."""

    def load(self) -> object:
        """Show the page anew."""
        raise NotImplementedError

    def action_review(self) -> None:
        """Begin a review of the cases looked at, or end the one under way."""
        if self.app.desk is not None and self._filters is not None:
            self._find_review(self._filters)

    @work(thread=True, exclusive=True, group="review")
    @at_desk
    def _find_review(self, desk: Desk, filters: Filters) -> None:
        from guide.caseload_review import under_way

        scope = (filters.team, filters.holder)
        found = next((r for r in under_way(desk.casework) if (r.team, r.caseworker) == scope), None)
        self.later(self._ask_review, filters, found)

    def _ask_review(self, filters: Filters, found: TotalReview | None) -> None:
        from guide.screens.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self._review(filters, found)

        team = f"team {filters.team}s sager" if filters.team else "alle sager"
        whose = f"{filters.holder}s sager" if filters.holder else team
        question = f"Slut gennemgangen af {found.whose}?" if found else f"Begynd en gennemgang af {whose}?"
        self.app.push_screen(Confirm(question), answered)

    @work(thread=True, group="review")
    @at_desk
    def _review(self, desk: Desk, filters: Filters, found: TotalReview | None) -> None:
        from guide import caseload_review

        if found is None:
            caseload_review.start(desk.casework, filters.team, filters.holder)
        else:
            caseload_review.end(desk.casework, found)
        self.later(self.load)
