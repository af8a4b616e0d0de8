"""A question in Danish -> the steps that answer it, best first, each with the sentence that does.

Everything comes from the handbook's pages; when they do not hold it, ``Found.outside`` says so and the answers are only
the nearest steps. Which steps share the question's words, and how much each word tells, is the engine's work
(tantivy, BM25); which words those are is ``search_query``'s. Why, and what was measured: docs/decisions/search.md.

Nothing here is imported before the first question, and an index is built when its law is first asked about.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import tantivy

from handbook import search_text, synonyms
from handbook.model import Handbook, Law, Procedure, Step
from handbook.search_query import Concept, Query, Reader
from handbook.search_words import Language, words

BOOSTS = {"title": 2.6, "page": 1.6, "rules": 2.4, "text": 1.2, "notes": 0.6, "clauses": 4.0, "place": 5.0}
"""How much a word counts by where on the page it stands."""
_WORDS = ("title", "page", "rules", "text", "notes")
_CANDIDATES = 25
_LEAST_COVERED, _LEAST_SCORE = 0.45, 1.7
"""An answer must hold this share of what the question's words tell together, and hold them where they count: tuned on
one half of the questions. Below either, the handbook does not hold it."""
_FAR = 0.2
"""An answer worth less than this share of the best one only disturbs."""
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """A step that answers: ``text`` is what answers, ``guidance`` the sentence nearest to the question.

    The two differ where a deadline answers. ``score`` only compares the answers to one question.
    """

    law: Law
    page: Procedure
    step: Step
    text: str
    guidance: str
    deadlines: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """At most as many answers as asked for. ``outside``: the handbook does not hold it, these are only the nearest."""

    answers: tuple[Answer, ...]
    outside: bool


@dataclass(frozen=True, slots=True)
class _Entry:
    page: Procedure
    step: Step
    terms: frozenset[str]


class Index:
    """One edition, ready to be asked. Building it takes some hundredths of a second; it never changes."""

    def __init__(self, book: Handbook, known: synonyms.Synonyms) -> None:
        self._law = book.law
        steps = [(page, step) for page in book.procedures.values() for step in page.steps]
        texts = [search_text.texts(page, step) for page, step in steps]
        self._reader = Reader(known)
        language = self._reader.language
        fields = [{name: words(getattr(t, name)) for name in _WORDS} for t in texts]
        language.learn(word for found in fields for said in found.values() for word in said)
        stemmed = [{name: _terms(language, said) for name, said in found.items()} for found in fields]
        self._entries = []
        for (page, step), text, terms in zip(steps, texts, stemmed, strict=True):
            place = f"{page.id}#{step.id}"
            held = frozenset(term for said in terms.values() for term in said).union(text.clauses, [place])
            self._entries.append(_Entry(page, step, held))
            terms["clauses"], terms["place"] = list(text.clauses), [place]
        counts = Counter(term for entry in self._entries for term in entry.terms)
        size = len(self._entries)
        self._weights = {term: math.log(1 + size / count) for term, count in counts.items()}
        self._unknown = math.log(1 + size / 0.5)
        self._rarest = math.log(1 + max(size - 0.5, 1) / 1.5)
        """What BM25 gives a word that one step has: the unit of the scores, so that they do not grow with the pages."""
        self._fill(stemmed)

    def _fill(self, stemmed: list[dict[str, list[str]]]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("number", stored=True, indexed=False)
        for name in BOOSTS:
            builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        index = tantivy.Index(self._schema)
        writer = index.writer(15_000_000, 1)
        for number, terms in enumerate(stemmed):
            writer.add_document(tantivy.Document(number=number, **{n: " ".join(t) for n, t in terms.items() if t}))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def ask(self, question: str, most: int = SHOWN) -> Found:
        """The best answers to ``question``, at most ``most``; none when it is empty or of small words only."""
        query = self._reader.read(question)
        weighed = [(concept, self._weight(concept)) for concept in query.concepts]
        if not weighed:
            return Found((), outside=True)
        ranked = []
        for score, number in self._search(query):
            entry = self._entries[number]
            covered = _covered(weighed, entry)
            ranked.append((score / self._rarest * (0.25 + 0.75 * covered), covered, entry))
        ranked.sort(key=lambda found: -found[0])
        held = any(score >= _LEAST_SCORE and covered >= _LEAST_COVERED for score, covered, _ in ranked[:SHOWN])
        near = [(score, entry) for score, _, entry in ranked[:most] if score >= _FAR * ranked[0][0]]
        return Found(tuple(self._answer(query, entry, score) for score, entry in near), not held)

    def _weight(self, concept: Concept) -> float:
        """How much a word of the question tells: the rarer, the more; one that the pages never use tells most."""
        known = [self._weights[term] for term, credit in concept.terms if term in self._weights and credit >= 1]
        return min(known) if known else self._unknown

    def _search(self, query: Query) -> list[tuple[float, int]]:
        asked = [(tantivy.Occur.Should, self._any_of(concept)) for concept in (*query.concepts, *query.hints)]
        found = self._searcher.search(tantivy.Query.boolean_query(asked), _CANDIDATES)
        return [(score, int(self._searcher.doc(at)["number"][0])) for score, at in found.hits]

    def _any_of(self, concept: Concept) -> tantivy.Query:
        """The best place of the best of the terms; the rest add a little."""
        each = [
            tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, name, term, "freq"), boost * credit)
            for term, credit in concept.terms
            for name, boost in BOOSTS.items()
            if concept.only in ("", name)
            and ("§" in term) == (name == "clauses")
            and ("#" in term) == (name == "place")
        ]
        return tantivy.Query.disjunction_max_query(each, 0.3)

    def _answer(self, query: Query, entry: _Entry, score: float) -> Answer:
        step, due = entry.step, search_text.deadlines(entry.step)
        guidance = self._sentence(query, step)
        text = f"Frist: {'; '.join(due)}." if query.about_time and due else guidance
        if query.about_note and step.journal_note:
            text = f"I notatet: {search_text.plain(step.journal_note)}"
        return Answer(self._law, entry.page, step, text, guidance, due, score)

    def _sentence(self, query: Query, step: Step) -> str:
        """The sentence that shares most with the question; of equals the first. A step without guidance: its title."""
        best, chosen = -1.0, search_text.plain(step.title)
        for sentence in search_text.sentences(step):
            held = frozenset(_terms(self._reader.language, words(sentence)))
            told = sum(
                self._weight(c) * max((credit for term, credit in c.terms if term in held), default=0.0)
                for c in (*query.concepts, *query.hints)
            )
            worth = (
                told / (8 + len(held)) ** 0.5 * (1.4 if query.about_time and search_text.tells_time(sentence) else 1)
            )
            if worth > best:
                best, chosen = worth, sentence
        return chosen


def _terms(language: Language, said: list[str]) -> list[str]:
    """The stems of the words, and after each compound its parts."""
    found = []
    for word in said:
        stem = language.stem(word)
        found += [stem, *language.parts(stem)]
    return found


def _stands_in(term: str, field: str) -> bool:
    """Whether a field holds terms of that kind: clauses and places have a field of their own."""
    return field == ("clauses" if "§" in term else "place") if "§" in term or "#" in term else field in _WORDS


def _covered(weighed: list[tuple[Concept, float]], entry: _Entry) -> float:
    """The share of what the question tells that the step has words for, from 0 to 1."""
    total = sum(weight for _, weight in weighed)
    held = sum(
        weight * max((min(credit, 1.0) for term, credit in concept.terms if term in entry.terms), default=0.0)
        for concept, weight in weighed
    )
    return held / total


@lru_cache(maxsize=4)
def _built(key: _Key) -> Index:
    return Index(key.book, synonyms.load(key.book.folder))


@dataclass(frozen=True, slots=True)
class _Key:
    """A handbook as the key of its index: the same pages lie in the same object as long as the program runs."""

    book: Handbook

    def __hash__(self) -> int:
        return id(self.book)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.book is other.book


def ask(book: Handbook, question: str, most: int = SHOWN) -> Found:
    """Answers from ``book``, its index built on the first question and kept."""
    return _built(_Key(book)).ask(question, most)
