"""Every measure in the order of the tables: the published one first, then what stands beside it."""

from __future__ import annotations

from checklists.measures import faglig_udredning, inddragelse, lovmedholdelighed, opfoelgning, valg_af_indsats
from checklists.measures.model import Measure

ALL: tuple[Measure, ...] = (
    *inddragelse.MEASURES,
    *faglig_udredning.MEASURES,
    *valg_af_indsats.MEASURES,
    *opfoelgning.MEASURES,
    *lovmedholdelighed.MEASURES,
)

BESIDE: tuple[str, ...] = ("Lovmedholdelighed", "Kommunens egne mål")
"""Themes that stand in a table of their own, beside the published one."""
