"""``python -m bench [part ...] [cases ...]``: run the measurements and print them. Exit code 1 when one is over budget.

Numbers are the sizes that the part ``scale`` measures.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from bench import answers, machine, processes, scale, search
from bench.report import Line

PARTS: dict[str, Callable[[], list[Line]]] = {
    "commit": machine.bare_commit,
    "commands": processes.command_line,
    "frame": processes.first_frame,
    "case": answers.one_case,
    "answers": answers.answer_to_question,
    "search": search.answers,
    "scale": scale.many_cases,
}


def main(wanted: list[str]) -> int:
    """Run the parts named (all when none is) and print each as it is done."""
    sizes = tuple(sorted({int(word) for word in wanted if word.isdigit()}))
    wanted = [word for word in wanted if not word.isdigit()]
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        print(f"unknown part: {', '.join(unknown)}. Parts: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a start that compiles its own source is nobody's everyday start
    print("Measured here:", *machine.facts(), sep="\n  ")
    over = []
    for name in wanted or PARTS:
        print(f"\n{name}", flush=True)
        for line in scale.many_cases(sizes) if name == "scale" and sizes else PARTS[name]():
            print(line, flush=True)
            if not line.holds:
                over.append(line.name)
    print(f"\nOver budget: {'; '.join(over)}" if over else "\nEvery budget holds.")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
