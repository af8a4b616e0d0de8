"""The commands one can type, how a line is read as one, and the help that lists them. Everything else is content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it is shown: ``name`` with its slash, ``help`` in a few words, whether it takes text after it."""

    name: str
    help: str
    takes_text: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("/hvorfor", "hvorfor spørges der, og hvor står det?"),
    Command("/lov", "trinnet efter serviceloven og barnets lov"),
    Command("/tilbage", "gå til det forrige svar og ret det"),
    Command("/fortryd", "træk det seneste svar tilbage"),
    Command("/frister", "alle frister i sagen"),
    Command("/klar", "hvad mangler før afgørelsen?"),
    Command("/note", "gem en note: /note det, du vil huske", True),
    Command("/status", "hvor står sagen?"),
    Command("/gå", "gå til et trin: /gå samtale", True),
    Command("/ny", "ny sag, nyt forløb eller ny underretning"),
    Command("/hurtig", "skriv mange datoer på én gang"),
    Command("/journal", "det nye som tekst til journalen (/journal dag, /journal alt)"),
    Command("/sparring", "sagen på én side til ugemødet: /sparring dit spørgsmål", True),
    Command("/dokument", "skriv indstilling, brev eller notat ud fra sagen"),
    Command("/håndbog", "slå op i håndbogen", True),
    Command("/spørg", "spørg håndbogen med dine egne ord", True),
    Command("/spol", "øvesag: lad tiden gå (/spol, /spol 3 dage, /spol til 3/10)", True),
    Command("/facit", "øvesag: se, hvordan den kunne være gået"),
    Command("/version", "hvilken udgave af siden følger forløbet?"),
    Command("/luk", "luk forløbet, eller tag det tilbage, hvis det var en fejl"),
    Command("/hjælp", "vis kommandoerne"),
)
"""Every command, in the order help lists them."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_OTHER_SPELLINGS = {
    "/hjaelp": "/hjælp",
    "/gaa": "/gå",
    "/ga": "/gå",
    "/haandbog": "/håndbog",
    "/spoerg": "/spørg",
    "/sporg": "/spørg",
    "/?": "/hjælp",
    "/h": "/hjælp",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """A line read as a command. ``name`` is empty when there is none such; ``nearest`` is then the likeliest one."""

    name: str
    argument: str
    written: str
    nearest: str = ""


def parse(line: str) -> Typed | None:
    """``line`` as a command, or None when it is content. Two slashes, or more than one line, is content."""
    text = line.strip()
    if not text.startswith("/") or text.startswith("//") or "\n" in text:
        return None
    word, _, rest = text.partition(" ")
    name = word.casefold()
    name = _OTHER_SPELLINGS.get(name, name)
    known = [c.name for c in COMMANDS]
    if name in known:
        return Typed(name, rest.strip(), word)
    starts = [k for k in known if len(name) > 1 and k.startswith(name)]
    near = starts or get_close_matches(name, known, 1, 0.5)
    return Typed("", rest.strip(), word, near[0] if near else "")


def content(text: str) -> str:
    """What was typed, as content: without spaces around it, and with the doubled slash of ``//`` made single.

    Control characters, which a paste may bring along and no record can hold, are left out; line breaks stay.
    """
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text[1:] if text.startswith("//") else text


def unknown(typed: Typed) -> str:
    """A kind word about a command that does not exist."""
    hint = f" Mente du {typed.nearest}?" if typed.nearest else " Skriv /hjælp for at se kommandoerne."
    return f"Kommandoen {typed.written} kender jeg ikke.{hint} Skal linjen stå som tekst, så begynd den med //."


def help_lines() -> tuple[str, ...]:
    """How to answer, and every command on a line of its own."""
    width = max(len(c.name) for c in COMMANDS)
    return (
        "Svar med et tal, med pilene og Enter, eller med musen. Datoer: i går, 3/10, 3. okt kl. 14.",
        "Skriver du en sætning ved et valg, tilbyder jeg at gemme den som en note. Den bliver aldrig læst som et svar.",
        *(f"{c.name.ljust(width)}  {c.help}" for c in COMMANDS),
    )
