"""Run in `odoo shell`: one person of each table by Odoo, all others copied by SQL."""
# ruff: noqa: F821 (`env` comes from the shell)

import os

SIZE = int(os.environ["PROOF_SIZE"])
FIRST = 10_000_000  # ids of the copies


def company(name, role):
    return env["res.company"].create(
        {"name": name, "leerbedrijf_role": role, "country_id": env.ref("base.nl").id}
    )


def copy(table, template_id, condition, columns, per_person=1):
    """A row of `table` for each person n that fits; `columns` are SQL of n and i."""
    env.cr.execute(
        """
        SELECT column_name FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'
        """,
        [table],
    )
    names = [name for (name,) in env.cr.fetchall()]
    values = {name: f'template."{name}"' for name in names}
    values["id"] = f"{FIRST} + n * {per_person} + i"
    values |= columns
    quoted = ", ".join(f'"{name}"' for name in names)
    env.cr.execute(
        f"""
        INSERT INTO {table} ({quoted})
        SELECT {", ".join(values[name] for name in names)}
          FROM {table} template, generate_series(1, {SIZE}) n,
               generate_series(0, {per_person - 1}) i
         WHERE template.id = {template_id} AND ({condition})
        """
    )


municipality = company("Gemeente Proef", "municipality")
leerbedrijf = company("Leerwerkbedrijf Proef", "leerbedrijf")
env["account.chart.template"].try_loading("nl", company=leerbedrijf, install_demo=False)
region = env["leerbedrijf.region"].create(
    {
        "name": "Proef",
        "code": "proef",
        "company_ids": (municipality | leerbedrijf).ids,
    }
)
employer = env["res.partner"].create(
    {
        "name": "Werkgever",
        "is_company": True,
        "is_employer": True,
        "region_id": region.id,
    }
)
route = env["leerbedrijf.route"].search([], limit=1) or env["leerbedrijf.route"].create(
    {
        "name": "Proef",
        "code": "proef",
        "sector_id": env["leerbedrijf.sector"]
        .create({"name": "Proef", "code": "proef"})
        .id,
        "duration_months": 3,
    }
)
shared = {"region_id": region.id, "company_id": leerbedrijf.id}
template = env["leerbedrijf.cohort.template"].create(
    {"name": "Proef", "route_id": route.id, "capacity": 20, **shared}
)
cohort = env["leerbedrijf.cohort"].create(
    {"template_id": template.id, "date_start": "2010-09-06", **shared}
)
person = env["leerbedrijf.participant"].create(
    {"name": "Persoon 0", "company_id": municipality.id, "motivation": "Persoon 0"}
)
enrolment = env["leerbedrijf.enrolment"].create(
    {
        "participant_id": person.id,
        "company_id": municipality.id,
        "cohort_id": cohort.id,
        "state": "accepted",
        "outcome_id": env["leerbedrijf.outcome"].search([], limit=1).id,
    }
)
placement = env["leerbedrijf.placement"].create(
    {
        "enrolment_id": enrolment.id,
        "partner_id": employer.id,
        "kind": "practice",
        "date_start": "2010-10-01",
        "hours_per_week": 16,
        "supervisor": "Persoon 0",
    }
)
employee = enrolment._get_employee().sudo()
klus = env["project.task"].with_company(leerbedrijf)
klus = klus.create(
    {
        "name": "Proef",
        "is_klus": True,
        "partner_id": employer.id,
        "company_id": leerbedrijf.id,
    }
)
hours = env["account.analytic.line"].create(
    {
        "task_id": klus.id,
        "project_id": klus.project_id.id,
        "employee_id": employee.id,
        "date": "2010-11-01",
        "unit_amount": 8,
        "name": "Persoon 0",
    }
)
message = person.message_post(body="Persoon 0", subject="Persoon 0")
move = env["account.move"].with_company(leerbedrijf)
move = move.create(
    {
        "move_type": "out_invoice",
        "partner_id": employer.id,
        "invoice_date": f"{__import__('datetime').date.today().year - 1}-06-30",
        "invoice_line_ids": [(0, 0, {"name": "Uren", "quantity": 1, "price_unit": 1})],
    }
)
link = env["leerbedrijf.billing.link"].create(
    {
        "company_id": leerbedrijf.id,
        "analytic_line_id": hours.id,
        "move_id": move.id,
        "move_line_id": move.invoice_line_ids[:1].id,
        "quantity": 8,
        "date": "2010-11-01",
        "participant_code": "P0",
    }
)
env.flush_all()

NAME, CODE = "'Persoon ' || n", "'P' || n"
ENROLLED, WORKED, INVOICED = "n % 20 < 19", "n % 3 = 0 AND n % 20 < 19", "n % 20 = 18"
WORKED = f"({WORKED}) OR {INVOICED}"
ENDED = "CASE WHEN n % 20 IN (14, 15) THEN current_date - 700 ELSE '2011-06-30' END"
copy(
    "leerbedrijf_participant",
    person.id,
    "TRUE",
    {
        "name": NAME,
        "code": CODE,
        "client_number": CODE,
        "motivation": NAME,
        "status": "CASE WHEN n % 20 = 19 THEN 'candidate' WHEN n % 20 IN (16, 17)"
        " THEN 'participant' ELSE 'former' END",
        "write_date": "'2012-01-01'::timestamp",
    },
)
copy(
    "leerbedrijf_enrolment",
    enrolment.id,
    ENROLLED,
    {
        "participant_id": f"{FIRST} + n",
        "participant_name": NAME,
        "participant_code": CODE,
        "state": "CASE WHEN n % 20 IN (16, 17) THEN 'learning' ELSE 'ended' END",
        "access_leerbedrijf_id": "CASE WHEN n % 20 IN (16, 17)"
        ' THEN template."leerbedrijf_id" END',
        "employee_id": "NULL::int",
        "date_start": "'2010-09-06'::date",
        "date_end": f"CASE WHEN n % 20 NOT IN (16, 17) THEN ({ENDED})::date END",
    },
)
for table, record in (
    ("leerbedrijf_enrolment_phase", enrolment.phase_ids[:1]),
    ("leerbedrijf_placement", placement),
):
    if record:
        copy(table, record.id, ENROLLED, {"enrolment_id": f"{FIRST} + n"})
copy("resource_resource", employee.resource_id.id, WORKED, {"name": NAME})
copy(
    "hr_employee",
    employee.id,
    WORKED,
    {
        "name": NAME,
        "legal_name": NAME,
        "participant_code": CODE,
        "resource_id": f"{FIRST} + n",
        "enrolment_id": f"{FIRST} + n",
        "current_version_id": "NULL::int",
    },
)
copy(
    "hr_version",
    employee.version_id.id,
    WORKED,
    {"employee_id": f"{FIRST} + n", "private_street": NAME},
)
env.cr.execute(
    "UPDATE hr_employee SET current_version_id = id WHERE id > %s;"
    "UPDATE leerbedrijf_enrolment e SET employee_id = h.id FROM hr_employee h"
    " WHERE h.id > %s AND e.id = h.enrolment_id",
    [FIRST, FIRST],
)
copy(
    "account_analytic_line",
    hours.id,
    WORKED,
    {
        "employee_id": f"{FIRST} + n",
        "participant_code": CODE,
        "name": NAME,
        "date": "'2010-11-01'::date + i",
    },
    per_person=5,
)
copy(
    "leerbedrijf_billing_link",
    link.id,
    INVOICED,
    {"analytic_line_id": f"{FIRST} + n * 5", "participant_code": CODE},
)
for number, model in enumerate(("participant", "enrolment")):
    copy(
        "mail_message",
        message.id,
        "TRUE" if not number else ENROLLED,
        {
            "id": f"{FIRST} + n * 2 + {number}",
            "model": f"'leerbedrijf.{model}'",
            "res_id": f"{FIRST} + n",
            "subject": NAME,
            "body": NAME,
            "message_id": "NULL",
        },
    )
env.cr.commit()
env.cr.execute("ANALYZE")
env.cr.commit()
