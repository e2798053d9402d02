"""Run in `odoo shell` on the generated database: print the figures, undo all else.

`LEERBEDRIJF_BENCH_ONLY` is a part of the names to measure, `LEERBEDRIJF_PLANS` the file
for the plans.
"""
# ruff: noqa: F821 (`env` comes from the shell)

import os
import sys
from pathlib import Path

sys.path.insert(0, "tests/bench")

import enrolling
import invoices
import matches
import pool
import regional
import tenants

only = os.environ.get("LEERBEDRIJF_BENCH_ONLY", "")
worst, extra, explained = {}, {}, []
for case in tenants.cases(env):
    name = f"{case.figure}_{case.name}"
    if only not in name:
        continue
    pair = tenants.measure(env, case)
    print(f"{name}_ratio: {pair.ratio:.2f}")
    print(f"{name}_ms: {1000 * pair.ours.seconds:.1f}")
    print(f"{name}_queries: {pair.ours.queries}")
    print(f"{name}_extra_queries: {pair.extra_queries}", flush=True)
    worst[case.figure] = max(worst.get(case.figure, 0), pair.ratio)
    extra[case.figure] = max(extra.get(case.figure, 0), pair.extra_queries)
    explained.append(tenants.explain(env, case))
for figure, ratio in sorted(worst.items()):
    print(f"{figure}_ratio: {ratio:.2f}")
    print(f"{figure}_extra_queries: {extra[figure]}", flush=True)
if only in "invoice_run":
    for name, value in invoices.measure(env).items():
        print(f"{name}: {value:.2f}")
if not only or only.startswith("regional"):
    for name, value in regional.measure(env).items():
        print(f"{name}: {value:.0f}")
if only in "cohort_vs_project_template":
    for name, value in enrolling.measure(env).items():
        print(f"{name}: {value:.2f}")
if only in "coverage_ms":
    print(f"coverage_ms: {pool.measure():.1f}")
if not only or only.startswith("matching"):
    for name, value in matches.measure().items():
        print(f"{name}: {value:.2f}")
Path(os.environ["LEERBEDRIJF_PLANS"]).write_text("\n".join(explained))
env.cr.rollback()
