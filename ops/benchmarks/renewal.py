"""The turn of the year: everybody's application, appointment, term, badge and letter of the next year, as
`enroll renew apply` writes them, beside the very same rows as one bare INSERT … SELECT a table into a database
that was the same."""
import re

from .bed import Comparison, quiet
from .population import bring_written, insert_written

TURN = "2027-04-01T00:00:00+09:00"


def run(bed, full):
    population = bed.population(full)
    planned = population.enroll("enroll", "renew", "plan", "--fiscal-year", "2027", "--clock", TURN)
    number = re.search(r"R-\w+", planned.stdout).group(0)
    pairs, peaks = [], []
    for _ in range(5):
        population.copy("ours"), population.copy("bare")
        quiet()
        done = population.enroll("ours", "renew", "apply", number, "--decided-on", TURN[:10],
                                 "--decision-number", "デ推第9号", "--clock", TURN)
        bring_written(population, "ours", "bare")
        pairs.append((done.seconds, insert_written(population, "bare")))
        peaks.append(done.peak_mib)
    found = Comparison(pairs)
    count = population.ask("ours", "SELECT count(*) FROM appointments WHERE fiscal_year = 2027")
    return {"people": int(count), "ours_s": round(found.ours, 2), "bare_s": round(found.theirs, 2),
            "plan_s": round(planned.seconds, 2), "peak_mib": round(max(peaks))} | found.figures(must=1.5, at_most=True)
