"""The regional table of a large region: what opens of its jobs, people and promises."""

import statistics
import time

from bulk import multiply
from screens import specification

from odoo.tools import SQL

ROUNDS = 5
REGION, OWNER = "Regio 2", "Gemeente 2-3"
FORECASTS, AGREEMENTS, PLEDGES_EACH = 20_000, 5_000, 2
PLEDGES = PLEDGES_EACH * (AGREEMENTS - 1) + 1
BALANCE, PLEDGE = "leerbedrijf.labour.balance", "leerbedrijf.pledge"
MEASURES = ["demand:sum", "supply:sum", "gap:sum", "__count"]


def measure(env) -> dict[str, float]:
    """Figures of each screen: milliseconds of the slowest half, and queries."""
    _fill(env)
    user = env["res.users"].search([("login", "=", f"account_manager_{OWNER}")])
    context = {"lang": "nl_NL", "allowed_company_ids": user.company_id.ids}
    env = env(user=user.id, su=False, context=context)
    figures = {}
    for name, call in _screens(env).items():
        seconds, queries = zip(*(_timed(env, call) for _ in range(ROUNDS)), strict=True)
        figures[f"{name}_ms"] = 1000 * statistics.median(seconds)
        figures[f"{name}_queries"] = max(queries[1:])
    return figures


def _timed(env, call):
    env.invalidate_all()
    queries, start = env.cr.sql_log_count, time.perf_counter()
    call()
    return time.perf_counter() - start, env.cr.sql_log_count - queries


def _screens(env):
    return {
        "regional_view": lambda: _balance(env),
        "regional_forecasts": _page(env, "leerbedrijf.forecast", FORECASTS),
        "regional_agreements": _page(env, "leerbedrijf.agreement", AGREEMENTS),
        "regional_pledges": _page(env, PLEDGE, PLEDGES),
        "regional_pledges_by_employer": lambda: _pledges_by_employer(env),
    }


def _balance(env):
    """The pivot by sector and quarter, the graph, and the table grouped by both."""
    balance = env[BALANCE]
    rows = ["sector_id", "date:quarter"]
    sets = [rows[:depth] for depth in range(3)]
    groups = balance.formatted_read_grouping_sets([], sets, MEASURES)
    assert groups[0][0]["__count"] >= FORECASTS
    balance.formatted_read_group([], ["date:quarter", "sector_id"], ["gap:sum"])
    for group in rows:
        balance.web_read_group([], [group], MEASURES, limit=80)


def _pledges_by_employer(env):
    """The pivot of what was promised."""
    sets = [[], ["partner_id"], ["force"], ["partner_id", "force"]]
    env[PLEDGE].formatted_read_grouping_sets([], sets, ["places:sum", "__count"])


def _page(env, model, size):
    fields = specification(env, model, "list")

    def call():
        page = env[model].web_search_read([], fields, limit=80, count_limit=10_001)
        assert page["length"] >= min(size, 10_001), (model, page["length"])

    return call


# The rows, rolled back with all else


def _fill(env):
    region = env["leerbedrijf.region"].search([("name", "=", REGION)])
    owner = env["res.company"].search([("name", "=", OWNER)])
    employers = env["res.partner"].search(
        [("region_id", "=", region.id), ("is_employer", "=", True)]
    )
    sectors = env["leerbedrijf.sector"].search([])
    shared = {"region_id": region.id, "company_id": owner.id}
    forecast = env["leerbedrijf.forecast"].create(
        {"partner_id": employers[0].id, "function": "Helper", "places": 2, **shared}
    )
    agreement = env["leerbedrijf.agreement"].create(
        {
            "title": "Jobs",
            "pledge_ids": [
                (0, 0, {"partner_id": employers[0].id, "function": "Helper"})
            ],
            "signatory_ids": [
                (0, 0, {"partner_id": employers[0].id, "signer_name": "Signer"})
            ],
            **shared,
        }
    )
    env.flush_all()
    partner = _one_of(employers)
    multiply(
        env.cr,
        "leerbedrijf_forecast",
        forecast.id,
        _numbers(FORECASTS),
        partner_id=partner,
        sector_id=_one_of(sectors),
        date_from=SQL("CURRENT_DATE + (s.n %% 1000)::int"),
    )
    multiply(
        env.cr,
        "leerbedrijf_agreement",
        agreement.id,
        _numbers(AGREEMENTS),
        title=SQL("'Jobs ' || s.n"),
        date_from=SQL("CURRENT_DATE - (s.n %% 1000)::int"),
    )
    for lines, each in (
        (agreement.pledge_ids, PLEDGES_EACH),
        (agreement.signatory_ids, 1),
    ):
        multiply(
            env.cr,
            lines._table,
            lines.id,
            SQL(
                "SELECT a.id, a.id + k AS n FROM leerbedrijf_agreement a, "
                "generate_series(1, %s) k WHERE a.region_id = %s AND a.id <> %s",
                each,
                region.id,
                agreement.id,
            ),
            agreement_id=SQL("s.id"),
            partner_id=partner,
        )
    _deliver(env, region)
    for table in ("forecast", "agreement", "pledge", "signatory", "placement"):
        env.cr.execute(f"ANALYZE leerbedrijf_{table}")
    env.invalidate_all()


def _deliver(env, region):
    """A job for each pledge, of somebody who is taught in the region."""
    enrolment = env["leerbedrijf.enrolment"].search(
        [("state", "=", "learning"), ("cohort_id.region_id", "=", region.id)], limit=1
    )
    pledge = env[PLEDGE].search([("region_id", "=", region.id)], limit=1)
    placement = env["leerbedrijf.placement"].create(
        {
            "enrolment_id": enrolment.id,
            "partner_id": pledge.partner_id.id,
            "pledge_id": pledge.id,
            "kind": "regular_job",
            "date_start": "2026-01-01",
            "hours_per_week": 24,
        }
    )
    env.flush_all()
    multiply(
        env.cr,
        "leerbedrijf_placement",
        placement.id,
        SQL(
            "SELECT id, partner_id FROM leerbedrijf_pledge "
            "WHERE region_id = %s AND id <> %s",
            region.id,
            pledge.id,
        ),
        pledge_id=SQL("s.id"),
        partner_id=SQL("s.partner_id"),
    )


def _numbers(count):
    return SQL("SELECT n FROM generate_series(1, %s) n", count - 1)


def _one_of(records):
    """Another of these for each row."""
    return SQL("(%s)[1 + s.n %% %s]", records.ids, len(records))
