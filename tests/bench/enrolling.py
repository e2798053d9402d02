"""A whole cohort enrolled and accepted, against Odoo's copy of a project template."""

import itertools
import statistics
import time

ROUNDS = 3
PEOPLE, PHASES = 200, 20


def measure(env) -> dict[str, float]:
    with env.cr.savepoint() as savepoint:
        region = env["leerbedrijf.region"].search([("company_ids", "!=", False)])[:1]
        cohort = _cohort(env, region)
        people = _people(env, region)
        project = _project(env, cohort.company_id)
        env.flush_all()
        rows = {_enrol: [], _copy: []}
        for number in range(-1, ROUNDS):
            for make in (_enrol, _copy) if number % 2 else (_copy, _enrol):
                row = _rolled_back(env, make, cohort, people, project)
                if number >= 0:
                    rows[make].append(row)
        savepoint.rollback()
    env.invalidate_all()
    ours, peer = (
        statistics.median(seconds for seconds, _queries in rows[make])
        for make in (_enrol, _copy)
    )
    return {
        "cohort_vs_project_template": ours / peer,
        "cohort_seconds": ours,
        "cohort_queries": rows[_enrol][0][1],
        "project_template_seconds": peer,
        "project_template_queries": rows[_copy][0][1],
    }


def _rolled_back(env, make, *args) -> tuple[float, int]:
    env.invalidate_all()
    with env.cr.savepoint() as savepoint:
        queries, start = env.cr.sql_log_count, time.perf_counter()
        made = make(*args)
        env.flush_all()
        row = time.perf_counter() - start, env.cr.sql_log_count - queries
        assert made == PEOPLE * PHASES
        savepoint.rollback()
    env.invalidate_all()
    return row


def _enrol(cohort, people, _project):
    """A work coach proposes all of them, a coordinator accepts all of them."""
    coach = _as_user(people, "work_coach")
    coordinator = _as_user(cohort, "coordinator")
    proposed = coach["leerbedrijf.enrolment"].create(
        [{"participant_id": id_, "cohort_id": cohort.id} for id_ in people.ids]
    )
    proposed.flush_recordset()
    accepted = proposed.with_env(coordinator)
    accepted.action_accept()
    return len(accepted.phase_ids)


def _copy(_cohort, _people, project):
    """As many tasks, in a project that is made from a template."""
    return len(project.action_create_from_template({"name": "Copy"}).task_ids)


def _as_user(records, role):
    """The environment of somebody with that role at the owner of `records`, as a
    request of the web client has it."""
    company = records.company_id
    user = records.env["res.users"].search(
        [
            ("company_id", "=", company.id),
            (
                "all_group_ids",
                "in",
                records.env.ref(f"leerbedrijf_core.group_{role}").id,
            ),
        ],
        limit=1,
    )
    context = {"lang": "en_US", "allowed_company_ids": company.ids}
    return records.env(user=user.id, su=False, context=context)


def _cohort(env, region):
    """A cohort for everybody, on a route of as many phases."""
    leerbedrijf = region.company_ids.filtered(
        lambda company: company.leerbedrijf_role == "leerbedrijf"
    )[:1]
    route = env["leerbedrijf.route"].create(
        {
            "name": "Twenty phases",
            "code": "bench_twenty",
            "sector_id": env["leerbedrijf.sector"].search([], limit=1).id,
            "duration_months": 20,
            "phase_ids": [
                (
                    *(0, 0),
                    {
                        "name": f"Phase {number}",
                        "kind": "school",
                        "duration": 1,
                        "duration_unit": "month",
                        "sequence": number,
                    },
                )
                for number in range(1, PHASES + 1)
            ],
        }
    )
    for earlier, later in itertools.pairwise(route.phase_ids):
        later.after_phase_id = earlier
    owner = {"region_id": region.id, "company_id": leerbedrijf.id}
    template = env["leerbedrijf.cohort.template"].create(
        {"name": "Whole", "route_id": route.id, "capacity": PEOPLE, **owner}
    )
    return env["leerbedrijf.cohort"].create(
        {"template_id": template.id, "date_start": "2027-09-06", **owner}
    )


def _people(env, region):
    municipality = region.company_ids.filtered(
        lambda company: company.leerbedrijf_role == "municipality"
    )[:1]
    return env["leerbedrijf.participant"].create(
        [
            {"name": f"Person {number}", "company_id": municipality.id}
            for number in range(PEOPLE)
        ]
    )


def _project(env, company):
    project = env["project.project"].create(
        {"name": "Template", "company_id": company.id, "is_template": True}
    )
    env["project.task"].create(
        [
            {"name": f"Task {number}", "project_id": project.id}
            for number in range(PEOPLE * PHASES)
        ]
    )
    return project
