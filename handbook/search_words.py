"""Danish words as the search compares them: stems, the parts of compounds, and the nearest word to a slip of the pen.

The stemmer is Snowball's, as the search engine brings it. After it æ, ø and å become ae, oe and aa, so that both
spellings are one; irregular forms come from the page of synonyms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from unicodedata import normalize

import tantivy

_WORD = re.compile(r"[^\W\d_]+|\d+")
_ERING = re.compile(r"(?<=[^\W\d_]{3}er)(?:ing(?:en|er|erne|s)?|et|ede|e|er|es)$")
"""kvittering, kvitterer, kvitteret: one word to somebody who asks, three to the stemmer."""
_NING = re.compile(r"(?:(?<=[^\W\d_]{4})n|(?<=[^\W\d_]{3}l))ing(?:en|er|erne|ens|s)?$")
"""indhentning, behandling: the noun of a verb, which the stemmer leaves whole."""
_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_PLAIN = str.maketrans({"é": "e", "è": "e", "ä": "æ", "ö": "ø", "ü": "u"})
_SHORTEST_PART = 3
_SHORTEST_COMPOUND = 7
_GLUE = ("", "s", "e")
"""What Danish puts between the parts of a compound: sag-s-behandler, barn-e-vogn."""


@cache
def _stemmer() -> tantivy.TextAnalyzer:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return builder.filter(tantivy.Filter.stemmer("danish")).build()


def words(text: str) -> list[str]:
    """The words and numbers of ``text`` in small letters without accents, in order."""
    return _WORD.findall(normalize("NFC", text).casefold().translate(_PLAIN))


def stems(found: Iterable[str]) -> list[str]:
    """Each word's stem, folded; as many as there are words."""
    bare = " ".join(_NING.sub("", _ERING.sub("", word)) for word in found)
    return [stem.translate(_FOLDED) for stem in _stemmer().analyze(bare)]


class Language:
    """The words one index knows. ``forms``: stem -> the stem of its base form, for irregular words."""

    def __init__(self, forms: Mapping[str, str]) -> None:
        self._forms = dict(forms)
        self._stem_of: dict[str, str] = {}
        self._bases: dict[str, str] = {}
        self._parts: dict[str, tuple[str, ...]] = {}
        self.vocabulary: set[str] = set()

    def learn(self, found: Iterable[str]) -> None:
        """Make the words of the pages known: what compounds are cut into and slips are mended to."""
        new = sorted(set(found) - self._stem_of.keys())
        for word, stem in zip(new, stems(new), strict=True):
            self._stem_of[word] = self._forms.get(stem, stem)
        self.vocabulary = set(self._stem_of.values())
        self._parts.clear()

    def stem(self, word: str) -> str:
        """The stem of a word in small letters, its base form where it is irregular."""
        known = self._stem_of.get(word)
        if known is None:
            (stem,) = stems([word])
            known = self._forms.get(stem, stem)
        return known

    def parts(self, stem: str) -> tuple[str, ...]:
        """The known stems that a compound is made of, two or three; empty when it is not made of such."""
        if stem not in self._parts:
            self._parts[stem] = self._cut(stem, 3) if len(stem) >= _SHORTEST_COMPOUND else ()
        return self._parts[stem]

    def _cut(self, stem: str, most: int) -> tuple[str, ...]:
        # The longest first part wins: "undersøgelse-plan" and not "under-søgelse-plan".
        for at in range(len(stem) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            first = self._part(stem[:at])
            if not first:
                continue
            last = self._part(stem[at:], glue=False)
            if last:
                return (first, last)
            rest = self._cut(stem[at:], most - 1) if most > 2 else ()
            if rest:
                return (first, *rest)
        return ()

    def _part(self, text: str, *, glue: bool = True) -> str:
        """The stem that ``text`` is a form of, perhaps with the letter that binds it to the next part."""
        for binding in _GLUE if glue else ("",):
            bare = text.removesuffix(binding) if binding else text
            if (binding and bare == text) or len(bare) < _SHORTEST_PART:
                continue
            for known in (bare, self._base(bare)):
                if known in self.vocabulary and len(known) >= _SHORTEST_PART and not known.isdigit():
                    return known
        return ""

    def _base(self, bare: str) -> str:
        if bare not in self._bases:
            (stem,) = stems([bare])
            self._bases[bare] = self._forms.get(stem, stem)
        return self._bases[bare]

    def head(self, stem: str) -> str:
        """The known last part of a compound whose first part is unknown: what kind of thing it is; else empty."""
        for at in range(_SHORTEST_PART, len(stem) - 4):
            found = self._part(stem[at:], glue=False)
            if found:
                return found
        return ""

    def mended(self, word: str) -> str:
        """The stem of the known word nearest to one that is spelled wrong: one slip, two in a long word; else empty."""
        allowed = 0 if len(word) < 6 else 1 if len(word) < 9 else 2
        folded = word.translate(_FOLDED)
        best, found = allowed + 1, ""
        for known, stem in self._stem_of.items():
            if known[:1] != word[:1] or abs(len(known) - len(word)) > allowed + 1:
                continue
            far = _distance(folded, known.translate(_FOLDED), best)
            if far < best:
                best, found = far, stem
        return found


def _distance(one: str, other: str, limit: int) -> int:
    """How many letters differ, two that changed places counting once; ``limit`` when it is that or more."""
    if abs(len(one) - len(other)) >= limit:
        return limit
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) >= limit:
            return limit
    return min(row[-1], limit)
