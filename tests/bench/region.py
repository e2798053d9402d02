"""The benchmark's regions: 40 tenants, a million participants, five million hours.

The ORM makes one of each kind, PostgreSQL the millions from it; all that the rules
read is spread over the tenants as it would be in use: rows of all tenants lie mixed.
`SCALE` 1 is the size of the figures, 0.1 that of somebody who changes the benchmark.
"""

import os
import time

from bulk import multiply, quick, reserve

from odoo.fields import Command
from odoo.tools import SQL

SCALE = float(os.environ.get("LEERBEDRIJF_BENCH_SCALE") or 1)
REGIONS, MUNICIPALITIES, LEERBEDRIJVEN = 5, 6, 2  # the last two in each region
PARTICIPANTS = int(1_000_000 * SCALE)
PHASES_EACH = 4  # of each of the half that are enrolled: two million
HOURS = int(5_000_000 * SCALE)
COHORTS = max(10, int(100 * SCALE))  # of each leerbedrijf
EMPLOYEES = max(20, int(1000 * SCALE))  # of each leerbedrijf
KLUSSEN = 100  # of each leerbedrijf
DAYS = 2000  # of hours, until today; of the last 60 they are not invoiced yet

FIRST = [
    "Anna",
    "Fatima",
    "Jan",
    "Mo",
    "Sanne",
    "Piet",
    "Samira",
    "Dewi",
    "Kees",
    "Noor",
]
LAST = [
    *("Jansen", "Bakker", "Visser", "Yilmaz", "Smit", "Meijer", "Mulder", "Bos", "Vos"),
    *("Peters", "Hendriks", "Dekker", "Brouwer", "Dijkstra", "Haddad", "Kuipers"),
    *("Postma", "Prins", "Huisman", "Kok", "Jacobs", "Vermeulen"),
]

INVOICED_EMPLOYERS, LINES_EACH = 100, 100
PERIOD = ("2019-01-01", "2019-01-31")  # before all other hours


def generate(env):
    env = env(context={**env.context, "tracking_disable": True, "lang": "en_US"})
    for part in (
        _tenants,
        _cohorts,
        _participants,
        _enrolments,
        _employees,
        _work,
        _hours,
        _month_end,
    ):
        start = time.perf_counter()
        part(env)
        env.flush_all()
        print(f"{part.__name__}: {time.perf_counter() - start:.0f} s", flush=True)
    env.cr.commit()


def _keep(cr, name, query):
    """A small table of what was made so far, for the joins to come."""
    cr.execute(SQL("CREATE TABLE %s AS %s", SQL.identifier(name), query))
    cr.execute(SQL("ANALYZE %s", SQL.identifier(name)))


def _pick(options, seed):
    """One of `options` for each row, the same in every run."""
    return SQL(
        "(%s)[1 + abs(hashint4(%s)) %% %s]", list(options), seed, len(list(options))
    )


# What the ORM makes


def _tenants(env):
    names = [
        ("municipality", f"Gemeente {region}-{number}", region)
        for region in range(REGIONS)
        for number in range(MUNICIPALITIES)
    ] + [
        ("leerbedrijf", f"Leerwerkbedrijf {region}-{number}", region)
        for region in range(REGIONS)
        for number in range(LEERBEDRIJVEN)
    ]
    companies = env["res.company"].create(
        [
            {
                "name": name,
                "leerbedrijf_role": role,
                "country_id": env.ref("base.nl").id,
                "currency_id": env.ref("base.EUR").id,
            }
            for role, name, _region in names
        ]
    )
    for region in range(REGIONS):
        members = [
            company.id
            for company, (_role, _name, place) in zip(companies, names, strict=True)
            if place == region
        ]
        env["leerbedrijf.region"].create(
            {
                "name": f"Regio {region}",
                "code": f"bench_{region}",
                "company_ids": [Command.set(members)],
            }
        )
    _users(env)
    # Odoo would open the books of all forty at the commit.
    env.cr.precommit.clear()
    # the books of the one that invoices
    env["account.chart.template"].try_loading(
        "nl", company=_company(env, "Leerwerkbedrijf 0-0"), install_demo=False
    )
    env.flush_all()
    _keep(
        env.cr,
        "bench_tenant",
        SQL(
            """
        SELECT c.id, c.leerbedrijf_role AS role, m.region_id,
               row_number() OVER (PARTITION BY c.leerbedrijf_role ORDER BY c.id) AS n
          FROM res_company c
          JOIN leerbedrijf_region_company_rel m ON m.company_id = c.id
        """
        ),
    )


def _company(env, name):
    return env["res.company"].search([("name", "=", name)])


def _users(env):
    for company in env["res.company"].search([("leerbedrijf_role", "!=", False)]):
        is_municipality = company.leerbedrijf_role == "municipality"
        roles = (
            ["work_coach", "account_manager"]
            if is_municipality
            else ["coordinator", "work_leader", "finance"]
        )
        for role in roles:
            env["res.users"].with_context(no_reset_password=True).create(
                {
                    "name": f"{role} {company.name}",
                    "login": f"{role}_{company.name}",
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [
                        Command.set(env.ref(f"leerbedrijf_core.group_{role}").ids)
                    ],
                }
            )


def _cohorts(env):
    route = env["leerbedrijf.route"].search([], limit=1)
    cohorts = env["leerbedrijf.cohort"]
    for company in env["res.company"].search(
        [("leerbedrijf_role", "=", "leerbedrijf")]
    ):
        template = env["leerbedrijf.cohort.template"].create(
            {
                "name": f"Route {company.name}",
                "route_id": route.id,
                "region_id": company.leerbedrijf_region_ids.id,
                "company_id": company.id,
                "capacity": 200,
            }
        )
        cohorts |= cohorts.create(
            {
                "template_id": template.id,
                "region_id": template.region_id.id,
                "company_id": company.id,
                "date_start": "2024-09-02",
            }
        )
    env.flush_all()
    steps = env["leerbedrijf.cohort.step"].search([]).ids
    for cohort in cohorts:
        multiply(
            env.cr,
            "leerbedrijf_cohort",
            cohort.id,
            SQL("SELECT n FROM generate_series(2, %s) n", COHORTS),
            name=SQL("p.name || ' ' || s.n"),
            edition=SQL("s.n"),
            step_id=_pick(steps, SQL("s.n")),
            date_start=SQL("p.date_start + (s.n * 7)::int"),
            date_end=SQL("p.date_end + (s.n * 7)::int"),
        )
    _keep(
        env.cr,
        "bench_cohort",
        SQL(
            """
        SELECT id, company_id, region_id,
               row_number() OVER (PARTITION BY region_id ORDER BY id) - 1 AS n,
               count(*) OVER (PARTITION BY region_id) AS size
          FROM leerbedrijf_cohort
        """
        ),
    )


# What PostgreSQL makes


def _participants(env):
    table = "leerbedrijf_participant"
    prototype = env["leerbedrijf.participant"].create(
        {"name": "Prototype", "company_id": _company(env, "Gemeente 0-0").id}
    )
    coaches = SQL(
        "(SELECT id FROM res_users u WHERE u.company_id = s.company_id "
        "AND u.login LIKE 'work_coach%%')"
    )
    env.flush_all()
    _keep(
        env.cr,
        "bench_coach",
        SQL(
            "SELECT s.id AS company_id, s.region_id, s.n, "
            "%s AS coach FROM (SELECT *, id AS company_id FROM bench_tenant "
            "WHERE role = 'municipality') s",
            coaches,
        ),
    )
    with quick(env.cr, table):
        multiply(
            env.cr,
            table,
            prototype.id,
            SQL(
                "SELECT g.n, t.company_id, t.coach FROM generate_series(1, %s) g(n) "
                "JOIN bench_coach t ON t.n = 1 + g.n %% %s",
                PARTICIPANTS,
                REGIONS * MUNICIPALITIES,
            ),
            company_id=SQL("s.company_id"),
            work_coach_id=SQL("s.coach"),
            name=SQL(
                "%s || ' ' || %s || ' ' || s.n",
                _pick(FIRST, SQL("s.n")),
                _pick(LAST, SQL("-s.n")),
            ),
            code=SQL("'B' || lpad(s.n::text, 8, '0')"),
            client_number=SQL("'C' || s.n"),
            city=_pick(["Waterdam", "Polderveen", "Brug"], SQL("s.n + 1")),
        )


def _enrolments(env):
    table, phases = "leerbedrijf_enrolment", "leerbedrijf_enrolment_phase"
    participant = env["leerbedrijf.participant"].search(
        [("name", "=", "Prototype")], limit=1
    )
    region = participant.company_id.leerbedrijf_region_ids
    cohort = env["leerbedrijf.cohort"].search([("region_id", "=", region.id)], limit=1)
    prototype = env["leerbedrijf.enrolment"].create(
        {
            "participant_id": participant.id,
            "company_id": participant.company_id.id,
            "cohort_id": cohort.id,
        }
    )
    phase = env["leerbedrijf.enrolment.phase"].create(
        {
            "enrolment_id": prototype.id,
            "name": "Phase",
            "kind": "school",
            "date_start": "2024-09-02",
            "date_end": "2024-12-02",
        }
    )
    env.flush_all()
    states = ["proposed", "accepted", *["learning"] * 4, *["aftercare"] * 2]
    states += [*["ended"] * 10, *["refused"] * 2]
    source = SQL(
        """
        SELECT p.id, p.company_id, p.name, p.code, c.id AS cohort_id,
               c.company_id AS leerbedrijf_id, %s AS state,
               DATE '2021-01-04' + abs(hashint4(p.id)) %% 1800 AS start
          FROM leerbedrijf_participant p
          JOIN bench_coach t ON t.company_id = p.company_id
          JOIN bench_cohort c ON c.region_id = t.region_id
                             AND c.n = abs(hashint4(p.id + 1)) %% c.size
         WHERE p.id %% 2 = 0 AND p.id <> %s
        """,
        _pick(states, SQL("p.id + 2")),
        participant.id,
    )
    access = SQL(
        "CASE WHEN s.state IN ('ended', 'refused') THEN NULL ELSE s.leerbedrijf_id END"
    )
    with quick(env.cr, table, phases):
        multiply(
            env.cr,
            table,
            prototype.id,
            source,
            participant_id=SQL("s.id"),
            company_id=SQL("s.company_id"),
            cohort_id=SQL("s.cohort_id"),
            leerbedrijf_id=SQL("s.leerbedrijf_id"),
            access_leerbedrijf_id=access,
            state=SQL("s.state"),
            participant_name=SQL("s.name"),
            participant_code=SQL("s.code"),
            date_start=SQL("s.start"),
            date_end=SQL("s.start + 365"),
        )
        multiply(
            env.cr,
            phases,
            phase.id,
            SQL(
                "SELECT e.*, k FROM leerbedrijf_enrolment e, generate_series(1, %s) k "
                "WHERE e.id <> %s",
                PHASES_EACH,
                prototype.id,
            ),
            enrolment_id=SQL("s.id"),
            company_id=SQL("s.company_id"),
            leerbedrijf_id=SQL("s.leerbedrijf_id"),
            access_leerbedrijf_id=SQL("s.access_leerbedrijf_id"),
            date_start=SQL("s.date_start + 90 * (s.k - 1)"),
            date_end=SQL("s.date_start + 90 * s.k"),
        )


def _employees(env):
    """Participants who work: each leerbedrijf has some of its own."""
    enrolment = env["leerbedrijf.enrolment"].search(
        [
            ("state", "=", "accepted"),
            ("leerbedrijf_id.name", "=", "Leerwerkbedrijf 0-0"),
        ],
        limit=1,
    )
    employee = enrolment._get_employee()
    env.flush_all()
    total = EMPLOYEES * REGIONS * LEERBEDRIJVEN
    first = {
        table: reserve(env.cr, table, total)
        for table in ("resource_resource", "hr_version", "hr_employee")
    }
    _keep(
        env.cr,
        "bench_employee",
        SQL(
            """
            SELECT e.id AS enrolment_id, e.leerbedrijf_id AS company_id,
                   e.participant_name AS name, e.participant_code AS code, e.n,
                   %s + o.n AS resource_id, %s + o.n AS version_id,
                   %s + o.n AS employee_id
              FROM (SELECT *, row_number() OVER (PARTITION BY leerbedrijf_id
                                                 ORDER BY id) - 1 AS n
                      FROM leerbedrijf_enrolment
                     WHERE state = 'learning') e,
           LATERAL (SELECT (SELECT n - 1 FROM bench_tenant
                             WHERE id = e.leerbedrijf_id) * %s + e.n AS n) o
             WHERE e.n < %s
            """,
            first["resource_resource"],
            first["hr_version"],
            first["hr_employee"],
            EMPLOYEES,
            EMPLOYEES,
        ),
    )
    source = SQL("SELECT * FROM bench_employee")
    with quick(env.cr):
        multiply(
            env.cr,
            "resource_resource",
            employee.resource_id.id,
            source,
            id=SQL("s.resource_id"),
            name=SQL("s.name"),
            company_id=SQL("s.company_id"),
        )
        multiply(
            env.cr,
            "hr_version",
            employee.current_version_id.id,
            source,
            id=SQL("s.version_id"),
            employee_id=SQL("s.employee_id"),
            company_id=SQL("s.company_id"),
        )
        multiply(
            env.cr,
            "hr_employee",
            employee.id,
            source,
            id=SQL("s.employee_id"),
            name=SQL("s.name"),
            company_id=SQL("s.company_id"),
            resource_id=SQL("s.resource_id"),
            current_version_id=SQL("s.version_id"),
            enrolment_id=SQL("s.enrolment_id"),
            participant_code=SQL("s.code"),
        )
        env.cr.execute(
            "UPDATE leerbedrijf_enrolment e SET employee_id = b.employee_id "
            "FROM bench_employee b WHERE b.enrolment_id = e.id"
        )
    env.invalidate_all()


def _new_employers(env, region, count, label):
    return env["res.partner"].create(
        [
            {
                "name": f"{label} {number}",
                "is_company": True,
                "is_employer": True,
                "region_id": region.id,
                "street": "Dorpsstraat 1",
                "zip": "1234 AB",
                "city": "Waterdam",
                "country_id": env.ref("base.nl").id,
            }
            for number in range(count)
        ]
    )


def _new_klussen(env, company, employers, each):
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    return env["project.task"].create(
        [
            {
                "name": f"Klus {number} of {employer.name}",
                "is_klus": True,
                "partner_id": employer.id,
                "company_id": company.id,
                "tariff_ids": [
                    Command.create({"date_from": "2018-01-01", "price_hour": 32.5})
                ],
            }
            for employer in employers
            for number in range(each)
        ]
    )


def _work(env):
    for company in env["res.company"].search(
        [("leerbedrijf_role", "=", "leerbedrijf")]
    ):
        region = company.leerbedrijf_region_ids
        employers = _new_employers(env, region, KLUSSEN // 10, f"Werk {company.name}")
        _new_klussen(env, company, employers, 10)
    env.flush_all()
    _keep(
        env.cr,
        "bench_klus",
        SQL(
            """
        SELECT id, company_id, project_id, partner_id,
               row_number() OVER (PARTITION BY company_id ORDER BY id) - 1 AS n
          FROM project_task WHERE is_klus
        """
        ),
    )


def _line_columns():
    return {
        "company_id": SQL("s.company_id"),
        "project_id": SQL("s.project_id"),
        "task_id": SQL("s.task_id"),
        "partner_id": SQL("s.partner_id"),
        "employee_id": SQL("s.employee_id"),
        "participant_code": SQL("s.code"),
        "date": SQL("s.date"),
        "billing_state": SQL("s.state"),
        "account_id": SQL("NULL"),
    }


def _prototype_line(env):
    company = _company(env, "Leerwerkbedrijf 0-0")
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    klus = env["project.task"].search(
        [("is_klus", "=", True), ("company_id", "=", company.id)], limit=1
    )
    employee = env["hr.employee"].search([("company_id", "=", company.id)], limit=1)
    line = env["account.analytic.line"].create(
        {
            "task_id": klus.id,
            "employee_id": employee.id,
            "date": "2018-01-02",
            "unit_amount": 4,
            "name": "work",
        }
    )
    env.flush_all()
    return line.id


def _hours(env):
    source = SQL(
        """
        SELECT k.id AS task_id, k.company_id, k.project_id, k.partner_id,
               e.employee_id, e.code, d.date,
               CASE WHEN d.date <= CURRENT_DATE - 60 THEN 'invoiced'
                    WHEN g.n %% 2 = 0 THEN 'approved' ELSE 'to_approve' END AS state
          FROM generate_series(1, %(hours)s) g(n)
          JOIN bench_tenant t ON t.role = 'leerbedrijf' AND t.n = 1 + g.n %% %(tenants)s
          JOIN bench_klus k ON k.company_id = t.id
                           AND k.n = abs(hashint4(g.n)) %% %(klussen)s
          JOIN bench_employee e ON e.company_id = t.id
                               AND e.n = abs(hashint4(-g.n)) %% %(employees)s,
       LATERAL (SELECT CURRENT_DATE - abs(hashint4(g.n + 7)) %% %(days)s AS date) d
        """,
        hours=HOURS,
        tenants=REGIONS * LEERBEDRIJVEN,
        klussen=KLUSSEN,
        employees=EMPLOYEES,
        days=DAYS,
    )
    prototype = _prototype_line(env)
    with quick(env.cr, "account_analytic_line"):
        multiply(env.cr, "account_analytic_line", prototype, source, **_line_columns())


def _month_end(env):
    """A month of one leerbedrijf that waits for its invoices."""
    company = _company(env, "Leerwerkbedrijf 0-0")
    employers = _new_employers(
        env, company.leerbedrijf_region_ids, INVOICED_EMPLOYERS, "Maandeinde"
    )
    klussen = _new_klussen(env, company, employers, 2)
    prototype = _prototype_line(env)
    with quick(env.cr):
        multiply(
            env.cr,
            "account_analytic_line",
            prototype,
            SQL(
                """
                SELECT t.id AS task_id, t.company_id, t.project_id, t.partner_id,
                       e.employee_id, e.code, DATE %s + g.n / 2 AS date,
                       'approved' AS state
                  FROM project_task t, generate_series(0, %s) g(n), bench_employee e
                 WHERE t.id = ANY(%s) AND e.company_id = t.company_id AND e.n = 3
                """,
                PERIOD[0],
                LINES_EACH // 2 - 1,
                klussen.ids,
            ),
            **_line_columns(),
        )
