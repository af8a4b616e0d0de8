"""markdown-it-py's token stream as blocks and inline text: all that the rest of the reader knows of Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdurl import decode

LINK = "\0"
"""Stands for a link in ``Inline.text``. The parser replaces any NUL of the source, so it cannot be mistaken."""

_HEAD = re.compile(r"(\*\*|__)([^*_:\n]+)(?::\s*\1|\1\s*:)\s*(.*)", re.DOTALL)
_MARKS = re.compile(r"[\\`*_\[\]<>&!\0]")
"""Without one of these, inline Markdown is plain text."""


class MarkupError(Exception):
    """The Markdown parser tripped. It is not ours, so whatever it trips on is one page's fault and nobody's crash."""


@dataclass(frozen=True, slots=True)
class Link:
    """``[label](href)``, with the href decoded."""

    label: str
    href: str


@dataclass(frozen=True)
class Inline:
    """A run of inline Markdown as written. ``line`` counts from 1.

    Parsed only when asked for: half of a page's reading time would go to long notes that nobody looks into.
    """

    source: str
    line: int

    @property
    def raw(self) -> str:
        """The Markdown as written, on one line."""
        return " ".join(self.source.split())

    @property
    def text(self) -> str:
        """On one line, every link replaced by ``LINK`` (in the order of ``links``), with backticks around code."""
        return self._flat[0]

    @property
    def plain(self) -> str:
        """On one line, as a reader sees it."""
        return self._flat[1]

    @property
    def links(self) -> tuple[Link, ...]:
        """Every link, in the order written."""
        return self._flat[2]

    @cached_property
    def _flat(self) -> tuple[str, str, tuple[Link, ...]]:
        if not _MARKS.search(self.source):
            return self.raw, self.raw, ()
        tokens: list[Token] = []
        parser = _parser()
        try:
            parser.inline.parse(self.source, parser, {}, tokens)
        except Exception as error:
            raise MarkupError(type(error).__name__) from error
        return _flatten(tokens)


@dataclass(frozen=True, slots=True)
class Block:
    """A block and everything in it. ``first`` and ``last`` are source lines from 0, ``last`` excluded."""

    kind: str
    tokens: Sequence[Token]
    first: int
    last: int

    @property
    def line(self) -> int:
        """The first line, counted from 1."""
        return self.first + 1

    def inner(self) -> tuple[Block, ...]:
        """The blocks directly inside this one."""
        return tuple(blocks(self.tokens[1:-1]))


@cache
def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark").use(front_matter_plugin).use(attrs_block_plugin)
    # Left in the stream, {#id} keeps its line, and we can tell when it stands over no heading.
    md.core.ruler.disable(["attr", "inline", "text_join"])
    # A definition ([x]: y) leaves no token behind; as text it at least stays on the page.
    md.block.ruler.disable("reference")
    return md


def normalise(text: str) -> str:
    r"""The text with ``\n`` line ends and composed letters (some editors store å as a and a ring)."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).removeprefix("\ufeff")


def parse(text: str) -> tuple[Block, ...]:
    """The top-level blocks of a normalised page. Raises only ``MarkupError``, as looking into an ``Inline`` may."""
    try:
        return tuple(blocks(_parser().parse(text)))
    except Exception as error:
        raise MarkupError(type(error).__name__) from error


def blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """The blocks of ``tokens`` at their outermost level."""
    depth = start = 0
    for index, token in enumerate(tokens):
        if depth == 0:
            start = index
        depth += token.nesting
        if depth == 0:
            opening = tokens[start]
            first, last = opening.map or (0, 0)
            yield Block(opening.type.removesuffix("_open"), tokens[start : index + 1], first, last)


def inline(block: Block) -> Inline | None:
    """The first run of inline text in a paragraph, heading or list item; None when it has none."""
    token = next((t for t in block.tokens if t.type == "inline"), None)
    if token is None:
        return None
    return Inline(token.content, (token.map or (block.first, 0))[0] + 1)


def headed(block: Block) -> tuple[str, Inline] | None:
    """A list item ``**Word:** value`` as its word and value, or None when it is not written so."""
    value = inline(block)
    match = _HEAD.match(value.source) if value else None
    if value is None or match is None:
        return None
    return " ".join(match[2].split()), Inline(match[3], value.line)


def _flatten(tokens: Sequence[Token]) -> tuple[str, str, tuple[Link, ...]]:
    text: list[str] = []
    plain: list[str] = []
    links: list[Link] = []
    label: list[str] | None = None
    href = ""
    for token in tokens:
        if token.type == "link_open":
            label, href = [], str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            links.append(Link(_one_line(label or []), decode(href)))
            text.append(LINK)
            plain.append(links[-1].label)
            label = None
        elif label is not None:
            label.append(_shown(token))
        else:
            text.append(f"`{token.content}`" if token.type == "code_inline" else _shown(token))
            plain.append(_shown(token))
    return _one_line(text), _one_line(plain), tuple(links)


def _shown(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return token.content if token.nesting == 0 else ""


def _one_line(parts: list[str]) -> str:
    return " ".join("".join(parts).split())
