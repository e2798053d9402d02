"""Run in `odoo shell` on the generated database: print the figures, undo all else.

`LEERBEDRIJF_BENCH_ONLY` is a part of the names to measure, `LEERBEDRIJF_PLANS` the file
for the plans.
"""
# ruff: noqa: F821 (`env` comes from the shell)

import os
import sys
from pathlib import Path

sys.path.insert(0, "tests/bench")

import invoices
import tenants

only = os.environ.get("LEERBEDRIJF_BENCH_ONLY", "")
worst, extra, explained = {}, 0, []
for case in tenants.cases(env):
    name = f"tenant_{case.figure}_{case.name}"
    if only not in name:
        continue
    pair = tenants.measure(env, case)
    print(f"{name}_ratio: {pair.ratio:.2f}")
    print(f"{name}_ms: {1000 * pair.ours.seconds:.1f}")
    print(f"{name}_queries: {pair.ours.queries}", flush=True)
    worst[case.figure] = max(worst.get(case.figure, 0), pair.ratio)
    worst[f"{case.figure}_extra"] = pair.extra_queries
    if pair.extra_queries:
        print(f"{name}_extra_queries: {pair.extra_queries}")
    extra = max(extra, pair.extra_queries)
    explained.append(tenants.explain(env, case))
for figure in ("list", "search", "count", "board", "form"):
    if figure in worst:
        print(f"tenant_{figure}_ratio: {worst[figure]:.2f}")
print(f"tenant_extra_queries: {extra}", flush=True)
if only in "invoice_run":
    for name, value in invoices.measure(env).items():
        print(f"{name}: {value:.2f}")
Path(os.environ["LEERBEDRIJF_PLANS"]).write_text("\n".join(explained))
env.cr.rollback()
