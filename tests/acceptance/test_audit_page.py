"""The audit's HTML page opened in a real browser without a window: the tables show, and nothing is fetched."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from guide.cli import OK, main

BROWSER = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)

pytestmark = pytest.mark.skipif(BROWSER is None, reason="der er ingen Chromium på maskinen")

LOOK = """
<script>
addEventListener('load', () => {
  const lists = [...document.querySelectorAll('td details')];
  const talk = lists.find(d => d.textContent.includes('48-børnesamtale'));
  const before = talk.querySelector('ul').checkVisibility();
  talk.querySelector('summary').focus();
  const focused = document.activeElement === talk.querySelector('summary');
  document.activeElement.click();
  const after = talk.querySelector('ul').checkVisibility();
  const out = document.createElement('pre');
  out.id = 'seen';
  out.textContent = JSON.stringify({
    tables: [...document.querySelectorAll('table')].map(t => Math.round(t.getBoundingClientRect().height)),
    numbers: [...document.querySelectorAll('td.number')].map(n => n.textContent),
    lists: lists.length, before, after, focused, open: talk.open,
    fetched: performance.getEntriesByType('resource').map(r => r.name),
    wide: document.documentElement.scrollWidth, window: innerWidth,
    ink: getComputedStyle(document.body).color, paper: getComputedStyle(document.body).backgroundColor,
  });
  document.body.append(out);
});
</script>
"""


def browse(*call: str, folder: Path) -> str:
    assert BROWSER is not None
    quiet = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
    own = (f"--user-data-dir={folder / 'profile'}", "--host-resolver-rules=MAP * ~NOTFOUND")
    done = subprocess.run([BROWSER, *quiet, *own, *call], capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("side")
    db, target = str(folder / "demo.db"), folder / "tabel.html"
    assert main(["demo", "--no-open", "--db", db]) == OK
    call = ["--from", "2019-02-17", "--to", "2020-02-17", "--today", "2020-02-17"]
    assert main(["audit", *call, "--db", db, "--html", str(target)]) == OK
    return target


@cache
def seen(page: Path, width: int) -> Any:
    """What the browser makes of a copy of the page that may also look at itself."""
    text = page.read_text(encoding="utf-8")
    copy = page.with_name("set.html")
    open_to_itself = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    copy.write_text(open_to_itself.replace("</body>", f"{LOOK}</body>"), encoding="utf-8")
    dumped = browse("--dump-dom", f"--window-size={width},900", copy.as_uri(), folder=page.parent)
    found = re.search(r'<pre id="seen">(.*?)</pre>', dumped, re.DOTALL)
    assert found, "the page never finished loading"
    return json.loads(html.unescape(found.group(1)))


def test_every_table_shows_with_the_published_numbers(page: Path) -> None:
    look = seen(page, 1200)
    assert len(look["tables"]) == 5
    assert all(height > 50 for height in look["tables"])
    assert {"6 af 11", "1 af 20", "0 af 3", "ikke relevant"} <= set(look["numbers"])
    assert look["ink"] != look["paper"]


def test_the_list_behind_a_number_opens_from_the_keyboard(page: Path) -> None:
    look = seen(page, 1200)
    assert look["lists"] == 19
    assert (look["before"], look["focused"], look["open"], look["after"]) == (False, True, True, True)


def test_nothing_is_fetched_and_nothing_may_be(page: Path) -> None:
    assert seen(page, 1200)["fetched"] == []
    text = page.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert "http:" not in text
    assert "https:" not in text


def test_it_fits_a_narrow_window(page: Path) -> None:
    look = seen(page, 520)
    assert look["wide"] <= look["window"]


def test_on_paper_every_list_is_open(page: Path) -> None:
    """Closed, the whole page is three sheets of paper; open, the lists of twenty cases take many more."""
    target = page.with_suffix(".pdf")
    browse("--no-pdf-header-footer", f"--print-to-pdf={target}", page.as_uri(), folder=page.parent)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", target.read_bytes())) > 5
