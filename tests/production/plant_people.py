"""Run in `odoo shell`: two organisations of a region, a person and who works with it.

Prints the ids and an API key of each user as one line of JSON.
"""
# ruff: noqa: F821 (the shell gives `env`)

import json
from datetime import datetime, timedelta

companies = env["res.company"].create(
    [
        {"name": "Gemeente Proef", "leerbedrijf_role": "municipality"},
        {"name": "Leerwerkbedrijf Proef", "leerbedrijf_role": "leerbedrijf"},
    ]
)
municipality, leerbedrijf = companies
region = env["leerbedrijf.region"].create(
    {"name": "Regio Proef", "code": "proef", "company_ids": companies.ids}
)
sector = env["leerbedrijf.sector"].create({"name": "Proef", "code": "proef"})
route = env["leerbedrijf.route"].create(
    {"name": "Proef", "code": "proef", "sector_id": sector.id, "duration_months": 1}
)
env["leerbedrijf.route.phase"].create(
    {"name": "Proef", "route_id": route.id, "kind": "school", "duration": 4}
)
shared = {"region_id": region.id, "company_id": leerbedrijf.id}
template = env["leerbedrijf.cohort.template"].create(
    {"name": "Proef", "route_id": route.id, "capacity": 2, **shared}
)
cohort = env["leerbedrijf.cohort"].create(
    {"template_id": template.id, "date_start": "2026-09-07", **shared}
)
person = env["leerbedrijf.participant"].create(
    {"name": "Kim Kanarie", "company_id": municipality.id}
)
enrolment = env["leerbedrijf.enrolment"].create(
    {
        "participant_id": person.id,
        "company_id": municipality.id,
        "cohort_id": cohort.id,
        "state": "learning",
        "outcome_id": env.ref("leerbedrijf_core.outcome_stopped").id,
    }
)


def user(role, *companies):
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": role,
                "login": f"{role}@proef.example",
                "company_id": companies[0].id,
                "company_ids": [(6, 0, [company.id for company in companies])],
                "group_ids": [(4, env.ref(f"leerbedrijf_core.group_{role}").id)],
            }
        )
    )


def key(user):
    keys = env(user=user)["res.users.apikeys"]
    return keys._generate("rpc", "proef", datetime.now() + timedelta(hours=1))


users = {
    "coach": user("work_coach", env.company, municipality),
    "coordinator": user("coordinator", leerbedrijf),
    "manager": user("account_manager", municipality),
    "platform": env.ref("base.user_admin"),
}
env["res.users"].browse(users["platform"].id).group_ids += env.ref(
    "leerbedrijf_core.group_platform_admin"
)
records = {
    "region": region,
    "municipality": municipality,
    "cohort": cohort,
    "person": person,
    "enrolment": enrolment,
}
answer = {
    "keys": {name: key(user) for name, user in users.items()},
    "users": {name: user.id for name, user in users.items()},
    **{name: record.id for name, record in records.items()},
}
env.cr.commit()
print("PLANTED", json.dumps(answer))
