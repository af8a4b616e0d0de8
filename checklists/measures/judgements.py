"""What only people can judge: a reviewer's answer in ``sagsgennemgang``, counted as it was given."""

from __future__ import annotations

from checklists.measures.model import Dossier, Judge, Round
from checklists.measures.verdict import Verdict, deficient, fine, out
from checklists.wording import spell


def judgement(step: str, code: str) -> Judge:
    """The measure that counts the reviewers' answer to ``step``; without one the case is left out, never guessed."""

    def judge(dossier: Dossier, _: Round) -> Verdict:
        record = dossier.judgements.get(step)
        if record is None:
            return out("ikke vurderet ved en sagsgennemgang")
        answer = str(record.value.get("valg", record.value.get("")))
        grounds = str(record.value.get("begrundelse") or "").strip()
        by = f"vurderet ved sagsgennemgang {spell(record.day)}"
        why = f"{by}: {grounds}" if grounds else by
        if answer == "ikke-relevant":
            return out(f"ikke relevant, {why}", record)
        if answer == "utilstraekkelig":
            return deficient(code, f"utilstrækkelig, {why}", dossier.day, record)
        return fine(f"tilstrækkelig, {why}", record)

    return judge
