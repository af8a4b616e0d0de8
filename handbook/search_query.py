"""A question read as what is searched for: its telling words, each with the words of the handbook it may mean."""

from __future__ import annotations

from dataclasses import dataclass

from handbook import search_text
from handbook.search_words import Language, stems, words
from handbook.synonyms import Synonyms

_SMALL_WORDS = """
    ad af alle alt altid anden andet andre at bare be bliver blive blevet da de dem den denne der deres det dette dig
    din dine dit du efter eller en end endnu er et for fordi fra gerne gøre gør ham han har have havde hej hen hende
    her hos hun hurtigt hurtig længe lang tid tit ofte senest hvad hvem hver hvilke hvilken hvilket hvis hvor hvordan
    hvorfor hvornår i igen ikke ind ja jeg jer jeres kan kunne lige lidt man med meget men mig min mine mit må måske
    når ned nej nogen noget nogle nok nu ny og også om op os over på så sig sin sine sit skal skulle som ting til ud
    under var ved vi vil ville vores være været siger sige bør burde findes står stå gælder sådan tak mere mest mellem
    mens finde betyder betyde
"""
SMALL = frozenset(_SMALL_WORDS.split())
"""Words that tell nothing about what is asked."""

_PART, _NEW_PART, _HEAD, _MENDED, _MEANT, _HINT, _TIMELY = 0.62, 0.4, 0.35, 0.8, 0.95, 0.3, 0.6
"""How much a match counts by a part of the word (of one that no page has), by its head alone, by a mended slip, by what
it means; then what is added for a meaning, and for a step with a deadline."""
_TIME_WORDS = "hvornår hurtigt hurtig længe lang tid tit ofte senest deadline frist"
_TIME = frozenset(_TIME_WORDS.split())
"""Asks when, or how long: a step with a deadline is then likelier, and the deadline is the answer."""
_NOTE = frozenset({"notat", "notatet", "notater", "journal", "journalen", "journalnotat", "journalnotatet", "referat"})
"""Asks what to write in the journal: the step's note is the answer."""
_LAW_WORDS = frozenset({"lov", "loven", "paragraf", "stk"})


@dataclass(frozen=True, slots=True)
class Concept:
    """One telling word of a question. ``terms``: what it may stand as in the index, with what a match is worth.

    ``only``: the one field of the index to look in, when it is not to be all.
    """

    word: str
    terms: tuple[tuple[str, float], ...]
    only: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """``concepts`` are what must be answered; ``hints`` only help to choose between the steps that do.

    ``about_time``: it asks when, or how long; ``about_note``: what to write in the journal.
    """

    concepts: tuple[Concept, ...]
    hints: tuple[Concept, ...] = ()
    about_time: bool = False
    about_note: bool = False


@dataclass(frozen=True, slots=True)
class _Meaning:
    said: frozenset[str]
    terms: tuple[tuple[str, float], ...]


class Reader:
    """Reads questions with the words of one index (``language``) and the page of synonyms."""

    def __init__(self, known: Synonyms) -> None:
        self.language = Language(_forms(known))
        self._known = known
        self._meanings: list[_Meaning] | None = None
        self._small = frozenset(stems(SMALL))

    def read(self, question: str) -> Query:
        """The question's telling words, then what they mean by the page of synonyms."""
        clauses = tuple(dict.fromkeys(search_text.clauses(question)))
        said = words(search_text.without_law(question))
        stemmed = {word: self.language.stem(word) for word in said}
        have = frozenset(stemmed.values())
        fired = [meaning for meaning in self._all_meanings() if meaning.said <= have]
        concepts = [Concept(clause, ((clause, 1.0),)) for clause in clauses]
        told: set[str] = set()
        for word, stem in stemmed.items():
            if word in SMALL or word in _NOTE or (clauses and word in _LAW_WORDS) or stem in told:
                continue
            told.add(stem)
            meant = [term for meaning in fired if stem in meaning.said for term in meaning.terms]
            concepts.append(Concept(word, _best([*self._forms_of(word, stem), *meant])))
        hints = [self._hint(meaning, told) for meaning in fired]
        deadline = self.language.stem("frist")
        about_time = any(w in _TIME or deadline in (s, *self.language.parts(s)) for w, s in stemmed.items())
        if about_time:
            hints.append(Concept("", ((deadline, _TIMELY),), only="rules"))
        return Query(tuple(concepts), tuple(hints), about_time, any(word in _NOTE for word in said))

    @staticmethod
    def _hint(meaning: _Meaning, told: set[str]) -> Concept:
        """The meaning in its own right: little beside words that stand as concepts, all of it for small words alone."""
        share = _HINT if meaning.said & told else 1.0
        return Concept(" ".join(sorted(meaning.said)), tuple((term, credit * share) for term, credit in meaning.terms))

    def _forms_of(self, word: str, stem: str) -> list[tuple[str, float]]:
        """The word itself, or what is nearest to it: its parts, a mended slip, or what kind of thing it is."""
        language = self.language
        known = stem in language.vocabulary
        parts = [(part, _PART if known else _NEW_PART) for part in language.parts(stem)]
        if known or parts:
            return [(stem, 1.0), *parts]
        mended = language.mended(word)
        if mended:
            return [(mended, _MENDED), *((part, _MENDED * _PART) for part in language.parts(mended))]
        head = language.head(stem)
        return [(stem, 1.0), *([(head, _HEAD)] if head else [])]

    def _all_meanings(self) -> list[_Meaning]:
        if self._meanings is None:
            self._meanings = [
                _Meaning(frozenset(self.language.stem(word) for word in words(said)), terms)
                for entry in self._known.everyday
                for terms in [self._meant(entry.meant) + tuple((f"{s.procedure}#{s.step}", 1.0) for s in entry.steps)]
                for said in entry.said
            ]
        return self._meanings

    def _meant(self, meant: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
        found = [self.language.stem(word) for term in meant for word in words(term) if word not in SMALL]
        return tuple((stem, _MEANT) for stem in dict.fromkeys(found))


def _best(terms: list[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    found: dict[str, float] = {}
    for term, credit in terms:
        found[term] = max(credit, found.get(term, 0.0))
    return tuple(found.items())


def _forms(known: Synonyms) -> dict[str, str]:
    """Stem of an irregular form -> stem of its base form."""
    found: dict[str, str] = {}
    for entry in known.forms:
        one, *rest = (words(form) for form in (*entry.said, *entry.meant))
        if len(one) != 1:
            continue
        base = stems(one)[0]
        for form in rest:
            if len(form) == 1:
                found.setdefault(stems(form)[0], base)
    return {form: base for form, base in found.items() if form != base}
