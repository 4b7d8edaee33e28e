"""Who is who: invented people whose truth is known, held and listed again a year later. Nobody may be taken for somebody
else, nobody may become two in silence, and few may be asked about. Of seeds that nobody has seen: --seed."""
from .bed import ROOT
from .population import measured

BINARY = ROOT / ".build/release/identity-bench"
RULES = ROOT / "Migrations/reference/2026/identity.csv"


def told(word, people, seed):
    run = measured([BINARY, word, str(people), str(seed), RULES])
    return dict(line.split("\t") for line in run.stdout.splitlines()), run


def run(bed, full):
    seed = bed.seed
    people = 60_000 if full else 20_000
    found, _ = told("figures", people, seed)
    rules = {name: share for name, share in found.items() if name.startswith("rule ")}
    rows, asked, evident, useless = (int(found[name]) for name in ("rows", "questions", "questions_on_evidence", "useless"))
    untraceable, in_vain = int(found["untraceable"]), int(found["useless_on_name"])
    wrong, silent = int(found["false_joins"]), int(found["silent_seconds"])
    for name, share in rules.items():
        print(f"{name[5:]}\t{share}", flush=True)
    speed, process = told("time", 60_000, seed)
    most = 6 if full else 3
    shares = {"questions": 100 * asked / rows, "on_evidence": 100 * evident / rows, "useless": 100 * useless / max(evident, 1),
              "in_vain_on_name": 100 * in_vain / max(asked - evident, 1)}
    seconds = float(speed["seconds"])
    return {"seed": seed, "held": people, "rows": rows, "false_joins": wrong, "silent_seconds": silent,
            "untraceable": untraceable,
            **{f"{name}_percent": round(share, 2) for name, share in shares.items()}, "must_questions_percent": most,
            "rows_20000_s": round(seconds, 2), "must_s": 2, "peak_mib": round(process.peak_mib), "must_mib": 128,
            "reached": wrong == 0 and silent == 0 and shares["questions"] <= most and shares["on_evidence"] <= 1.5
            and shares["useless"] <= 5 and seconds <= 2 and process.peak_mib <= 128}
