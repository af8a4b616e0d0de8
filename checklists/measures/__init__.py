"""The audit measures: one small pure function each, grouped by pejlemærke, and the list of them in ``catalogue``.

A measure takes the ``Dossier`` of one case in one round and answers three questions: relevant? deficient? why?
"""

from __future__ import annotations

from checklists.measures.findings import MEASURES as MEASURES
from checklists.measures.findings import measures_of as measures_of
