"""The month's invoices of a leerwerkbedrijf against bare invoices of the same lines."""

import statistics
import time

from region import INVOICED_EMPLOYERS, PERIOD

ROUNDS = 5
COMPANY = "Leerwerkbedrijf 0-0"


def measure(env) -> dict[str, float]:
    user = env["res.users"].search([("login", "=", f"finance_{COMPANY}")])
    context = {"lang": "en_US", "allowed_company_ids": user.company_id.ids}
    env = env(user=user.id, su=False, context=context)
    rows = {_run: [], _bare: []}
    for number in range(-1, ROUNDS):
        for make in (_run, _bare) if number % 2 else (_bare, _run):
            row = _rolled_back(env, make)
            if number >= 0:
                rows[make].append(row)
    ours, peer = (
        statistics.median(seconds for seconds, _queries in rows[make])
        for make in (_run, _bare)
    )
    queries = statistics.median(queries for _seconds, queries in rows[_run])
    bare = statistics.median(queries for _seconds, queries in rows[_bare])
    return {
        "invoice_run_ratio": ours / peer,
        "invoice_run_ms_per_invoice": 1000 * ours / INVOICED_EMPLOYERS,
        "invoice_run_queries_per_invoice": queries / INVOICED_EMPLOYERS,
        "invoice_bare_queries_per_invoice": bare / INVOICED_EMPLOYERS,
    }


def _rolled_back(env, make) -> tuple[float, int]:
    env.invalidate_all()
    with env.cr.savepoint() as savepoint:
        queries, start = env.cr.sql_log_count, time.perf_counter()
        moves = make(env)
        env.flush_all()
        row = time.perf_counter() - start, env.cr.sql_log_count - queries
        assert len(moves) == INVOICED_EMPLOYERS
        savepoint.rollback()
    env.invalidate_all()
    return row


def _run(env):
    """Our invoice run, with its jobs one after the other."""
    run = env["leerbedrijf.invoice.run"].create(
        {"date_from": PERIOD[0], "date_to": PERIOD[1], "invoice_date": "2019-02-01"}
    )
    run.with_context(queue_job__no_delay=True).action_make_invoices()
    return run.move_ids


def _bare(env):
    """As many invoices with a line for each klus, from values that are given."""
    company = env.company
    journal = env["account.journal"].search(
        [("type", "=", "sale"), ("company_id", "=", company.id)], limit=1
    )
    klussen = env["project.task"].search([("partner_id.name", "like", "Maandeinde")])
    line = {
        "name": "Work",
        "quantity": 200,
        "price_unit": 32.5,
        "tax_ids": [(6, 0, company.account_sale_tax_id.ids)],
        "account_id": journal.default_account_id.id,
    }
    return (
        env["account.move"]
        .with_context(tracking_disable=True)
        .create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": partner.id,
                    "journal_id": journal.id,
                    "invoice_date": "2019-02-01",
                    "invoice_line_ids": [(0, 0, line) for _klus in own],
                }
                for partner, own in klussen.grouped("partner_id").items()
            ]
        )
    )
