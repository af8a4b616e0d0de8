"""Text that looks like a CPR number. A case is known by its own number. Imports no database."""

from __future__ import annotations

import re

REASON = "ligner et CPR-nummer. Brug sagens eget nummer, og skriv barnets fødselsmåned i stedet"
"""Why such a text is refused. The text itself is never repeated."""

_IN_DATE = r"[ .\-/\u00a0]?"
_BEFORE_SERIAL = r"[\s.\-/\u00a0\u00ad\u2009\u2010-\u2015\u202f\u2212]{0,3}"
_REST_OF_DAY = r"(?:(?<=0)[1-9]|(?<=[1278])\d|(?<=[39])[01]|(?<=6)[1-9])"
_MONTH = r"(?:0[1-9]|1[0-2])"
# Starts with a plain set of digits, which the matcher skips to fast: an import asks this of every row. Day + 60 is how
# some systems number people who have no CPR number.
_LIKE = re.compile(
    rf"[0-36-9](?<!\d\d){_REST_OF_DAY}"
    rf"(?:{_IN_DATE}{_MONTH}{_IN_DATE}\d\d|{_MONTH}(?:18|19|20)\d\d){_BEFORE_SERIAL}\d{{4}}(?!\d)",
    re.ASCII,
)


def cpr_like(text: str) -> bool:
    """True when ``text`` holds a day, month and year followed by four digits, as a CPR number is written.

    Knows the usual ways to write it (``010203-1234``, ``0102031234``, ``01.02.03 1234``, ``01022003-1234``). The
    check digit is not asked: numbers given since 2007 need not satisfy it. Dates and clock times are not caught.
    """
    return _LIKE.search(text) is not None
