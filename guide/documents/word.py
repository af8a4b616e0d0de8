"""Word documents from templates that a municipality can replace, and a Markdown twin from the same context.

For whoever adds a document: build a ``context`` of plain values (texts, numbers, True/False, lists and mappings of
them; a day is a text, written as Danes write it), put ``NAME.docx`` and ``NAME.md`` into
``guide/documents/skabeloner/`` (``tools/build_templates.py`` makes the Word files), call ``render`` and ``markdown``
with the name, and keep the result with ``guide.documents.saving``. In Word a field is written ``{{ sag }}``;
paragraphs that stand once for each element lie between ``{%p for punkt in punkter %}`` and ``{%p endfor %}``, each in
a paragraph of its own, and table rows between ``{%tr for ... %}`` and ``{%tr endfor %}``. docs/skabeloner.md lists
every document's fields for those who do not program.

What a person wrote is always shown as text: ``<``, ``&`` and ``{{ }}`` in it run nothing, control characters are taken
out, and text like a CPR number is refused. A template runs in a sandbox and sees nothing but the context.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import privacy

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

FOLDER = "skabeloner"
"""The folder with a municipality's own templates, inside its folder of pages."""

SHIPPED = Path(__file__).parent / FOLDER

_REMOVED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_LINE_END = re.compile(r"\r\n?|[\u2028\u2029]")
_MARKED = re.compile(r"[\\`*\[\]<|]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|(?<=~)~")
_AT_START = re.compile(r"^(\s*(?:[-*]\s+|#+\s+)?)\0(\d*)(?=[#+\-=>.)~])", re.MULTILINE)
"""A value that begins a line (marked by a NUL before it) with what Markdown would take for a list, heading or quote."""
_XML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "{": "&#123;", "}": "&#125;"}
_UNKNOWN = re.compile(r"'([^']{1,60})' is undefined|has no (?:attribute|element) '([^']{1,60})'")


class DocumentError(Exception):
    """A document that cannot be made; the text is Danish, names the place and says what helps."""


def render(name: str, context: Mapping[str, Any], folder: Path | None = None) -> bytes:
    """The Word document ``name`` (without ending) filled in with ``context``, as the bytes of a .docx file.

    ``folder`` is the municipality's folder of pages (``--handbook``): its ``skabeloner/NAME.docx`` is used when it is
    there, else the one that comes with the program. Raises DocumentError for a template that cannot be used and for
    text that looks like a CPR number.
    """
    path = template_path(name, folder)
    values = prepared(context)
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError

    out = io.BytesIO()
    try:
        document = DocxTemplate(io.BytesIO(path.read_bytes()))
        document.render(values, _environment(_as_xml))
        document.save(out)
        _read_back(out)
    except TemplateError as error:
        raise DocumentError(_template_fault(path, error, values)) from None
    except OSError as error:
        raise DocumentError(
            f"Skabelonen {path} kan ikke læses: {error.strerror or 'filen er ikke til at åbne'}."
        ) from None
    except MemoryError:
        raise
    except Exception:  # python-docx and lxml tell of a damaged file in a dozen ways
        raise DocumentError(
            f"Skabelonen {path} er ikke et Word-dokument, der kan bruges. Gem den i Word som .docx, "
            "eller fjern den, så bruger programmet sin egen."
        ) from None
    return out.getvalue()


def markdown(name: str, context: Mapping[str, Any]) -> str:
    """The same document as Markdown, from the template that comes with the program.

    Raises DocumentError for text that looks like a CPR number.
    """
    template = _environment(_as_markdown).from_string((SHIPPED / f"{name}.md").read_text(encoding="utf-8"))
    text = _AT_START.sub(r"\1\2\\", template.render(prepared(context))).replace("\0", "")
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def template_path(name: str, folder: Path | None = None) -> Path:
    """The template that ``render`` uses: the municipality's own when it has one."""
    own = folder / FOLDER / f"{name}.docx" if folder else None
    return own if own is not None and own.exists() else SHIPPED / f"{name}.docx"


def prepared(context: Mapping[str, Any]) -> dict[str, Any]:
    """``context`` with every text cleaned: LF line ends, no control characters.

    Raises DocumentError for a text that looks like a CPR number (it is not repeated), naming the field it stands in.
    """
    return {str(key): _prepared(value, str(key)) for key, value in context.items()}


def _prepared(value: Any, place: str) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _prepared(inner, f"{place}.{key}") for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_prepared(inner, place) for inner in value]
    if not isinstance(value, str):
        return value
    text = _REMOVED.sub("", _LINE_END.sub("\n", value)).strip()
    if privacy.cpr_like(text):
        raise DocumentError(f"Dokumentet er ikke lavet: teksten i '{place}' {privacy.REASON}.")
    return text


def _environment(shown: Callable[[Any], str]) -> SandboxedEnvironment:
    """A sandbox in which an unknown field is an error and every value goes out through ``shown``.

    Not jinja2's own escaping: a template could turn that off, and text a person wrote would then be read as Word's XML.
    """
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, finalize=shown, trim_blocks=True, lstrip_blocks=True
    )


def _as_xml(value: Any) -> str:
    """Braces too: docxtpl reads ``{_{`` as its own sign."""
    return "".join(_XML.get(letter, letter) for letter in _plain(value))


def _as_markdown(value: Any) -> str:
    lines = [line.strip() for line in _plain(value).split("\n") if line.strip()]
    return "\\\n  ".join("\0" + _MARKED.sub(r"\\\g<0>", line) for line in lines)


def _plain(value: Any) -> str:
    from jinja2 import Undefined

    if isinstance(value, Undefined):
        return str(value)  # raises, and names the field
    return "" if value is None else str(value)


def _read_back(out: io.BytesIO) -> None:
    """Open what was made: a template may break the file in ways that only reading shows."""
    from docx import Document

    Document(io.BytesIO(out.getvalue()))


def _template_fault(path: Path, error: Exception, values: Mapping[str, Any]) -> str:
    """What is wrong in the template, in Danish; of the error itself only a field's name is repeated."""
    unknown = _UNKNOWN.search(str(error))
    if unknown:
        what = f"feltet '{unknown[1] or unknown[2]}' findes ikke her. Felterne er: {', '.join(sorted(values))}"
    elif type(error).__name__ == "SecurityError":
        what = "et felt gør noget, en skabelon ikke må"
    else:
        line = next((text.strip() for text in getattr(error, "docx_context", ()) if "{%" in text or "{{" in text), "")
        near = f", måske ved '{line[:60]}'" if line else ""
        what = f"et felt ({{{{ … }}}} eller {{% … %}}) er skrevet forkert eller mangler sin slutning{near}"
    return f"Skabelonen {path}: {what}. Ret den i Word, eller fjern filen, så bruger programmet sin egen."
