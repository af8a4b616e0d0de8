"""The look of the audit's HTML page: light and dark, narrow and wide, and on paper with every list open."""

from __future__ import annotations

STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1c; --soft: #555; --paper: #fff; --band: #f0eeea; --line: #cfcac2;
  --red: #8f1d2c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --soft: #b4b4b4; --paper: #17181a; --band: #26282b; --line: #44474c; --red: #ff9aa8; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
header { border-bottom: 3px solid var(--red); margin-bottom: 1rem; }
header p { margin: .2rem 0 .6rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; }
table { border-collapse: collapse; width: 100%; margin-bottom: 1rem; }
table.pairs { max-width: 40rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--ink); font-size: .9rem; }
tbody th { background: var(--band); padding-top: .6rem; }
td.basis { width: 26%; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; width: 8rem; }
td.number { font-weight: 600; }
summary { cursor: pointer; padding: .1rem 0; }
summary:hover { text-decoration: underline; }
summary:focus-visible { outline: 3px solid var(--red); outline-offset: 2px; border-radius: 2px; }
details ul { margin: .2rem 0 .6rem; padding-left: 1.2rem; }
details p { margin: .5rem 0 .2rem; }
li { margin: .15rem 0; overflow-wrap: anywhere; }
li strong { display: inline-block; min-width: 2.6rem; margin-right: .3rem; }
.word { font-weight: 600; } .word.bad { color: var(--red); } .soft, .word.out { color: var(--soft); }
.soft { font-size: .9rem; }
.caveat { margin-top: 2rem; padding: .8rem 1rem; border-left: 4px solid var(--red); background: var(--band); }
@media (max-width: 40rem) { h1 { font-size: 1.3rem; } }
@media (max-width: 40rem), print {
  table.measures thead { position: absolute; left: -999em; }
  table.measures tr { display: grid; grid-template-columns: 1fr auto; border-bottom: 1px solid var(--line); }
  table.measures th { grid-column: 1 / -1; } table.measures td { border: 0; }
  table.measures td:first-child { grid-column: 1; grid-row: 1; }
  table.measures td.number { grid-column: 2; grid-row: 1; width: auto; }
  table.measures td.basis { grid-column: 1 / -1; grid-row: 2; width: auto; padding-top: 0; }
}
@media print {
  :root { --ink: #000; --soft: #333; --paper: #fff; --band: #eee; --line: #999; --red: #000; }
  @page { margin: 16mm; }
  body { font-size: 10pt; } main { max-width: none; padding: 0; } .hint { display: none; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  details:not([open]) > *:not(summary) { display: block; }
  summary { list-style: none; font-weight: 600; }
  li, .caveat, table.pairs tr { break-inside: avoid; } h2, tbody th, summary, .word { break-after: avoid; }
  li { margin: 0; line-height: 1.35; } td, th { padding: .25rem .4rem; }
}
"""
"""Plain CSS without any address: the page may be opened, mailed and printed where there is no network."""
