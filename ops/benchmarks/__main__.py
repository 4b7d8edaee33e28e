"""Runs the benchmarks and prints ratios; exits with 1 when one misses what it must reach."""
import argparse
import importlib
import json
import sys

from .bed import Bed

NAMES = ["http", "badge", "submit", "idle", "slow", "plan", "identity", "apply", "renewal", "issue", "status", "letters", "workbook",
         "xlsx-read", "csv"]


def main():
    parser = argparse.ArgumentParser(prog="ops/bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(NAMES))
    parser.add_argument("--full", action="store_true", help="the sizes that were promised, not a tenth of them")
    parser.add_argument("--seed", type=int, default=1, help="of the invented people of identity")
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args()
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"no benchmark is called {' '.join(sorted(unknown))}; there are {' '.join(NAMES)}")
    results = []
    with Bed(options.seed) as bed:
        for name in options.names or NAMES:
            module = importlib.import_module("." + name.replace("-", "_"), __package__)
            result = module.run(bed, options.full) | {"bench": name}
            results.append(result)
            print("\t".join(f"{key}={value}" for key, value in sorted(result.items())), flush=True)
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file, indent=1, ensure_ascii=False)
    sys.exit(0 if all(result["reached"] for result in results) else 1)


main()
