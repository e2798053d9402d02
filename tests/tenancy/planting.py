"""Tenants, users and records to be probed: run in `odoo shell` on a copy.

What a tenant makes is found by looking which rows appeared, in any table: a record
that Odoo makes along (a message, a resource, an analytic account) is probed as well.
"""

from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta

from canaries import Stainer
from policy import PASSWORD, ROLES, TENANTS

from odoo import Command
from odoo.exceptions import UserError

FAR = date(2027, 9, 1)
A_FEW = 2


class Ledger:
    """Whose row is what: (model, id) → the tenants on whose behalf it was made."""

    def __init__(self, env):
        self.env = env
        self.owners = {}
        self.models = {
            model._table: name
            for name, model in env.registry.items()
            if not model._abstract and model._auto and not model._transient
        }

    @contextmanager
    def made_by(self, *tenants, limit=A_FEW):
        """Odoo makes hundreds of accounts a company: a few of a kind tell enough."""
        self.env.flush_all()
        before = self._last()
        yield
        self.env.flush_all()
        for table, last in self._last().items():
            if last > before[table]:
                self._note(table, before[table], tenants, limit)

    def _note(self, table, last, tenants, limit):
        self.env.cr.execute(
            f'SELECT id FROM "{table}" WHERE id > %s ORDER BY id LIMIT %s',
            [last, limit],
        )
        for (id_,) in self.env.cr.fetchall():
            self.owners.setdefault((self.models[table], id_), tenants)

    def _last(self):
        query = " UNION ALL ".join(
            f"SELECT '{table}', coalesce(max(id), 0) FROM \"{table}\""
            for table in self.models
        )
        self.env.cr.execute(query)
        return dict(self.env.cr.fetchall())


class Planter:
    """Two regions of municipalities and leerwerkbedrijven with all that they hold."""

    def __init__(self, env):
        self.env = env(context={"tracking_disable": False, "queue_job__no_delay": True})
        self.ledger = Ledger(env)
        self.companies = {}
        self.regions = {}
        self.users = {}  # login: (role, tenant, user, key)
        self.employers = {}
        self.workplaces = {}
        self.cohorts = {}
        self.meetings = {}
        self.sent = {}  # word on the bus: the log-ins that it is for

    def plant(self):
        # what is proven here is what a log-in may see, not how one logs in
        self.env["ir.config_parameter"].set_param("auth_totp.policy", False)
        self._tenants()
        self._catalogue()
        for tenant in TENANTS:
            with self.ledger.made_by(tenant):
                self._users(tenant)
        for tenant, kind in TENANTS.items():
            with self.ledger.made_by(tenant):
                self._shared_in_region(tenant)
                if kind == "L":
                    self._templates_and_cohorts(tenant)
                    self._meeting(tenant)
        for tenant, kind in TENANTS.items():
            if kind == "M":
                self._people(tenant)
        for tenant, kind in TENANTS.items():
            with self.ledger.made_by(tenant):
                if kind == "L":
                    self._work_and_money(tenant)
                self._stock(tenant)
        self.correct_owners()
        self._conversations()
        self._outsiders()
        self._passwords()
        return self

    # Who

    def _tenants(self):
        kinds = {"M": "municipality", "L": "leerbedrijf"}
        for tenant, kind in TENANTS.items():
            with self.ledger.made_by(tenant):
                self.companies[tenant] = self.env["res.company"].create(
                    {
                        "name": f"Tenant {tenant}",
                        "leerbedrijf_role": kinds[kind],
                        "country_id": self.env.ref("base.nl").id,
                        "currency_id": self.env.ref("base.EUR").id,
                    }
                )
        for letter in "ab":
            members = [t for t in TENANTS if t.startswith(letter)]
            with self.ledger.made_by(members[0]):
                self.regions[letter] = self.env["leerbedrijf.region"].create(
                    {
                        "name": letter,
                        "code": letter,
                        "company_ids": [self.companies[t].id for t in members],
                    }
                )

    def _users(self, tenant):
        company = self.companies[tenant]
        for role in ROLES:
            self._user(
                f"{role}.{tenant}",
                f"leerbedrijf_core.group_{role}",
                tenant,
                role,
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )

    def _user(self, login, group, tenant, role, **values):
        users = self.env["res.users"].with_context(no_reset_password=True)
        user = users.create(
            {
                "name": login,
                "login": login,
                "email": f"{login}@example.com",
                "group_ids": [Command.set(self.env.ref(group).ids)],
                **values,
            }
        )
        expiration = datetime.now() + timedelta(days=1)
        keys = self.env["res.users.apikeys"].with_user(user).sudo()
        key = keys._generate("rpc", login, expiration)
        self.users[login] = (role, tenant, user, key)

    def _outsiders(self):
        self._user("portal", "base.group_portal", "", "portal")
        self._user(
            "platform", "leerbedrijf_core.group_platform_admin", "", "platform_admin"
        )

    def _passwords(self):
        """The same for all, hashed once: a hash is slow on purpose."""
        users = self.env["res.users"]
        ids = [user.id for _role, _tenant, user, _key in self.users.values()]
        self.env.cr.execute(
            "UPDATE res_users SET password = %s WHERE id = ANY(%s)",
            [users._crypt_context().hash(PASSWORD), ids],
        )

    def as_user(self, role, tenant):
        """The role's environment, past the rights: it must be planted anyhow."""
        user = self.users[f"{role}.{tenant}"][2]
        context = {**self.env.context, "allowed_company_ids": user.company_id.ids}
        return self.env(user=user.id, su=True, context=context)

    # What the region shares

    def _catalogue(self):
        self.sector = self.env["leerbedrijf.sector"].create(
            {"name": "Craft", "code": "probe"}
        )
        self.route = self.env["leerbedrijf.route"].create(
            {
                "name": "Craft",
                "code": "probe",
                "sector_id": self.sector.id,
                "duration_months": 3,
                "phase_ids": [
                    Command.create(
                        {
                            "name": "Introduction",
                            "kind": "introduction",
                            "duration": 20,
                            "duration_unit": "work_day",
                        }
                    )
                ],
            }
        )

    def _shared_in_region(self, tenant):
        env = self.as_user("account_manager", tenant)
        region = self.regions[tenant[0]]
        employer = self.employers[tenant] = env["res.partner"].create(
            {
                "name": f"Employer {tenant}",
                "is_company": True,
                "is_employer": True,
                "region_id": region.id,
                "street": "Street 1",
                "zip": "1234 AB",
                "city": "City",
                "country_id": env.ref("base.nl").id,
                "child_ids": [Command.create({"name": "Person"})],
                "bank_ids": [Command.create({"acc_number": f"ACC{tenant}"})],
            }
        )
        about = {"partner_id": employer.id, "region_id": region.id}
        env["leerbedrijf.contact.moment"].create(
            {"summary": "Talk", "state": "planned", **about}
        )
        forecast = env["leerbedrijf.forecast"].create(
            {"function": "Helper", "date_from": FAR, **about}
        )
        for _number in range(2):
            agreement = self._agreement(env, employer, region, forecast)
        agreement.action_send()
        agreement.signatory_ids.action_sign()
        agreement.pledge_ids._change_force("guarantee", "Because")
        reason = env.ref("leerbedrijf_core.forecast_reason_withdrawn")
        agreement.pledge_ids._lapse(1, reason)
        env["leerbedrijf.mandate"].create({"name": "Signer", **about})
        self.workplaces[tenant] = env["leerbedrijf.workplace"].create(
            {"name": "Ward", "supervisor": "Guide", "note": "Report here", **about}
        )
        env["leerbedrijf.school.holiday"].create(
            {
                "name": "Summer",
                "region_id": region.id,
                "date_from": FAR,
                "date_to": FAR,
            }
        )
        for scope, key, record in (
            ("region", "region_id", region),
            ("tenant", "company_id", env.company),
        ):
            if scope == "tenant" or tenant.endswith("1"):
                env["leerbedrijf.parameter.value"].create(
                    {
                        "parameter_id": env.ref(
                            "leerbedrijf_core.parameter_route_cost_year"
                        ).id,
                        "date_from": "2026-01-01",
                        "value": 4242,
                        "scope": scope,
                        "region_id": False,
                        key: record.id,
                    }
                )

    def _agreement(self, env, employer, region, forecast):
        return env["leerbedrijf.agreement"].create(
            {
                "title": "Jobs",
                "region_id": region.id,
                "date_from": "2026-09-01",
                "pledge_ids": [
                    Command.create(
                        {
                            "partner_id": employer.id,
                            "function": "Helper",
                            "places": 2,
                            "forecast_id": forecast.id,
                        }
                    )
                ],
                "signatory_ids": [
                    Command.create({"partner_id": employer.id, "signer_name": "Signer"})
                ],
                "contribution_ids": [
                    Command.create(
                        {
                            "partner_id": employer.id,
                            "kind_id": env.ref(
                                "leerbedrijf_core.contribution_kind_lessons"
                            ).id,
                            "description": "Every week",
                        }
                    )
                ],
            }
        )

    def _templates_and_cohorts(self, tenant):
        env = self.as_user("coordinator", tenant)
        region = self.regions[tenant[0]]
        template = env["leerbedrijf.cohort.template"].create(
            {
                "name": "Craft",
                "route_id": self.route.id,
                "region_id": region.id,
                **self._design(env),
                **self._checklist(env),
            }
        )
        # Its cohorts copy it.
        env["leerbedrijf.criterion"].create(
            {"template_id": template.id, "kind": "age_min", "number": 16}
        )
        values = {"template_id": template.id, "region_id": region.id}
        cohorts = env["leerbedrijf.cohort"].create(
            [{**values, "date_start": FAR}, {**values, "date_start": FAR}]
        )
        # The first is prepared by the region, the second is the owner's.
        steps = env["leerbedrijf.cohort.step"]
        learning = steps.search([("code", "=", "learning")], limit=1)
        cohorts[1]._pass_step(learning, "To be probed")
        self.cohorts[tenant] = cohorts
        self._functions(env, cohorts, self.employers[tenant])
        self._lessons_and_meeting(env, cohorts)

    def _design(self, env):
        """A line of each kind of a template."""
        slot = {
            "name": "School day",
            "kind": "school",
            "day_part_ids": env.ref("leerbedrijf_core.day_part_monday_morning").ids,
            "place": "Room",
        }
        norm = {"role": "school", "hours_per_week": 4, "note": "Lessons"}
        return {
            "week_slot_ids": [Command.create(slot)],
            "guidance_norm_ids": [Command.create(norm)],
            "tariff_ids": [Command.create({"name": "Seat", "price": 42})],
            "budget_line_ids": [Command.create({"name": "School", "amount": 42})],
        }

    def _checklist(self, env):
        """A party with a task, which each cohort takes over."""
        role = env.ref("leerbedrijf_core.party_role_coordinator")
        step = env.ref("leerbedrijf_core.cohort_step_job")
        return {
            "party_ids": [Command.create({"role_id": role.id, "task": "Leads it"})],
            "task_ids": [
                Command.create(
                    {
                        "name": "Talk with the employers",
                        "step_id": step.id,
                        "role_id": role.id,
                        "note": "What do they expect?",
                    }
                )
            ],
        }

    def _lessons_and_meeting(self, env, cohorts):
        """The lesson of the first cohort is a point of one that is yet to come."""
        env["leerbedrijf.cohort.lesson"].create(
            [
                {"cohort_id": cohort.id, "happened": "It", "advice": "Otherwise"}
                for cohort in cohorts
            ]
        )
        template = cohorts.template_id
        values = {"template_id": template.id, "region_id": template.region_id.id}
        env["leerbedrijf.cohort"].create({**values, "date_start": FAR})
        env["leerbedrijf.steering.meeting"].create(
            {
                **values,
                "place": "Town hall",
                "decision_ids": [
                    Command.create({"name": "Decide", "date_deadline": FAR})
                ],
            }
        )

    def _functions(self, env, cohorts, employer):
        """Work that an employer offers to each cohort, with a skill that it asks."""
        skill = self._skill_kind(env).skill_ids[0]
        env["leerbedrijf.function"].create(
            [
                {
                    "name": "Helper",
                    "cohort_id": cohort.id,
                    "partner_id": employer.id,
                    "note": "Work",
                    "skill_line_ids": [Command.create({"skill_id": skill.id})],
                }
                for cohort in cohorts
            ]
        )

    def _skill_kind(self, env):
        return env["hr.skill.type"].search([("skill_ids", "!=", False)], limit=1)

    def _meeting(self, tenant):
        self.meetings[tenant] = self.as_user("coordinator", tenant)[
            "leerbedrijf.info.meeting"
        ].create(
            {
                "cohort_id": self.cohorts[tenant][0].id,
                "region_id": self.regions[tenant[0]].id,
                "start": "2030-01-01 10:00:00",
                "place": "Town hall",
                "interpreter": "Language",
                "description": "About work",
            }
        )

    # What is private

    def _people(self, tenant):
        env = self.as_user("work_coach", tenant)
        people = {}
        for name in ("loose", "enrolled", "refused"):
            with self.ledger.made_by(tenant):
                people[name] = env["leerbedrijf.participant"].create(
                    {"name": name, "client_number": f"{tenant} {name}"}
                )
                env["leerbedrijf.dossier.view"]._record(people[name], "participant")
                self._intake(env, people[name])
        with self.ledger.made_by(tenant):
            env["leerbedrijf.retention.run"].create({"kind": "dry_run"})
            self._campaign(env)
        for side, kind in TENANTS.items():
            if kind == "L" and side[0] == tenant[0] and side != "a4":
                with self.ledger.made_by(tenant, side):
                    self._enrolment(env, people["enrolled"], side)
                    self._invitation(env, people["enrolled"], side)
        with self.ledger.made_by(tenant):
            side = "a4" if tenant[0] == "a" else "b2"
            refused = self._proposal(env, people["refused"], side)
            refused.sudo().write({"state": "refused"})

    def _intake(self, env, participant):
        kind = env.ref("leerbedrijf_core.barrier_kind_health")
        about = {"participant_id": participant.id}
        env["leerbedrijf.barrier"].create(
            {"kind_id": kind.id, "ability": "Stands", "action": "Call", **about}
        )
        env["leerbedrijf.language.level"].create(
            {"skill": "reading", "level": "a1", "test": "Talk", **about}
        )
        skill = self._skill_kind(env).skill_ids[0]
        env["leerbedrijf.participant.skill"].create(
            {"skill_id": skill.id, "evidence": "Seen", **about}
        )

    def _campaign(self, env):
        campaign = env["leerbedrijf.campaign"].create(
            {"name": "Come", "description": "Learn"}
        )
        env["leerbedrijf.registration"].create(
            {
                "campaign_id": campaign.id,
                "name": "Visitor",
                "email": "visitor@example.com",
                "phone": "0612345678",
                "wish": "Work",
            }
        )

    def _invitation(self, env, participant, side):
        env["leerbedrijf.info.invitation"].create(
            {
                "meeting_id": self.meetings[side].id,
                "participant_id": participant.id,
                "outcome_reason": "Likes it",
            }
        )

    def _proposal(self, env, participant, side):
        return env["leerbedrijf.enrolment"].create(
            {
                "participant_id": participant.id,
                "cohort_id": self.cohorts[side][0].id,
                "motivation": "Wants",
            }
        )

    def _enrolment(self, env, participant, side):
        enrolment = self._proposal(env, participant, side)
        enrolment.sudo().write({"state": "accepted"})
        leerbedrijf = self.as_user("coordinator", side)
        enrolment.with_env(leerbedrijf)._plan_phases()
        leerbedrijf["leerbedrijf.placement"].create(
            {
                "enrolment_id": enrolment.id,
                "workplace_id": self.workplaces[side].id,
                "kind": "practice",
                "hours_per_week": 16,
                "supervisor": "Guide",
            }
        )
        leerbedrijf["leerbedrijf.skill.judgement"].create(
            {
                "enrolment_id": enrolment.id,
                "skill_id": self._skill_kind(leerbedrijf).skill_ids[0].id,
                "evidence": "Shown",
            }
        )
        self._selection(leerbedrijf, enrolment)
        leerbedrijf["leerbedrijf.travel.time"].create(
            {
                "enrolment_id": enrolment.id,
                "partner_id": self.employers[side].id,
                "minutes": 20,
                "reason": "Tried it",
            }
        )
        case = leerbedrijf["leerbedrijf.fallback"].create(
            {"enrolment_id": enrolment.id, "town": "Town", "postcode": "1234"}
        )
        case.option_ids[0]._refuse("participant", "Because")

    def _selection(self, env, enrolment):
        """A selection day with this person alone: everybody shares a cohort."""
        cohort = enrolment.cohort_id.with_env(env)
        day = env["leerbedrijf.selection.day"].create(
            {"cohort_id": cohort.id, "place": "Hall", "note": "Day"}
        )
        candidate = env["leerbedrijf.selection.candidate"].create(
            {"day_id": day.id, "enrolment_id": enrolment.id}
        )
        env["leerbedrijf.selection.choice"].create(
            {
                "candidate_id": candidate.id,
                "function_id": day.function_ids[:1].id,
                "wish": 1,
                "is_vetoed": True,
                "veto_reason": "Because",
                "reason": "All the same",
            }
        )

    def _work_and_money(self, tenant):
        env = self.as_user("work_leader", tenant)
        klus = env["project.task"].create(
            {
                "name": "Klus",
                "is_klus": True,
                "partner_id": self.employers[tenant].id,
                "tariff_ids": [
                    Command.create({"date_from": "2026-01-01", "price_hour": 30})
                ],
            }
        )
        enrolments = env["leerbedrijf.enrolment"].search(
            [("access_leerbedrijf_id", "=", self.companies[tenant].id)]
        )
        employees = enrolments._get_employee()
        self._skills(employees[:1])
        if enrolments:
            self._hours_and_invoices(tenant, klus, employees)

    def _hours_and_invoices(self, tenant, klus, employees):
        env = self.as_user("work_leader", tenant)
        env["account.chart.template"].try_loading(
            "nl", company=self.companies[tenant], install_demo=False
        )
        values = {"task_id": klus.id, "unit_amount": 4, "name": "work"}
        values["employee_id"] = employees[0].id
        days = ("2026-10-05", "2026-11-03")
        lines = env["account.analytic.line"].create(
            [{**values, "date": day} for day in days]
        )
        finance = self.as_user("finance", tenant)
        charge = {"name": "Charge", "partner_id": self.employers[tenant].id}
        charges = finance["leerbedrijf.charge"].create(
            [{**charge, "date": day, "price_unit": 100} for day in days]
        )
        (lines[0] | lines[1]).action_approve()
        charges[0].action_approve()
        runs = finance["leerbedrijf.invoice.run"].create(
            [
                {
                    "date_from": "2026-10-01",
                    "date_to": "2026-10-31",
                    "invoice_date": "2026-11-01",
                },
                {"date_from": "2026-12-01", "date_to": "2026-12-31"},
            ]
        )
        runs[0].action_make_invoices()

    def _skills(self, employees):
        env = employees.env
        line_type = env["hr.resume.line.type"].search([], limit=1)
        kind = self._skill_kind(env)
        for employee in employees:
            env["hr.resume.line"].create(
                {
                    "employee_id": employee.id,
                    "name": "Course",
                    "date_start": "2020-01-01",
                    "line_type_id": line_type.id,
                }
            )
            env["hr.employee.skill"].create(
                {
                    "employee_id": employee.id,
                    "skill_id": kind.skill_ids[:1].id,
                    "skill_level_id": kind.skill_level_ids[:1].id,
                    "skill_type_id": kind.id,
                }
            )

    # What Odoo itself keeps of a tenant

    def _stock(self, tenant):
        env = self.as_user("coordinator", tenant)
        company = env.company
        owned = {"name": "Thing", "company_id": company.id}
        department = env["hr.department"].create({**owned})
        calendar = env["resource.calendar"].create({**owned})
        employee = env["hr.employee"].create(
            {**owned, "name": "Colleague", "department_id": department.id}
        )
        self._skills(employee)
        env["hr.job"].create({**owned})
        env["hr.work.location"].create({**owned, "address_id": company.partner_id.id})
        env["resource.calendar.leaves"].create(
            {
                **owned,
                "calendar_id": calendar.id,
                "date_from": "2026-12-24 08:00:00",
                "date_to": "2026-12-24 17:00:00",
            }
        )
        env["calendar.event"].create(
            {
                "name": "Meeting",
                "start": "2026-12-01 10:00:00",
                "stop": "2026-12-01 11:00:00",
            }
        )
        plan = env["account.analytic.plan"].search([], limit=1)
        env["account.analytic.account"].create({**owned, "plan_id": plan.id})
        env["account.analytic.distribution.model"].create({"company_id": company.id})
        env["product.pricelist"].create({**owned})
        env["product.template"].create({**owned})
        env["res.partner.bank"].create(
            {"acc_number": f"OWN{tenant}", "partner_id": company.partner_id.id}
        )
        self._channel(env, tenant)
        self._project(env, owned)
        self._made_by_colleagues(env, owned)

    def _channel(self, env, tenant):
        """A conversation of two colleagues."""
        partners = [
            self.users[f"{role}.{tenant}"][2].partner_id
            for role in ("coordinator", "work_coach")
        ]
        channel = env["discuss.channel"]._create_group(
            partners_to=[partner.id for partner in partners], name="Ours"
        )
        channel.message_post(body="Said", message_type="comment")

    def _bus(self, stainer):
        """What the bus brings: to a person, to a conversation, to a whole role.

        Sent at the commit; kept for who comes back.
        """
        for login, (_role, tenant, user, _key) in self.users.items():
            if tenant:
                word = stainer.new_word(tenant)
                self.sent[word] = {login}
                user._bus_send("probe", {"said": word})
        for (model, id_), owners in self.ledger.owners.items():
            if model == "discuss.channel":
                word = stainer.new_word(owners[0])
                self.sent[word] = self._logins_of(owners[0])
                self.env[model].browse(id_)._bus_send("probe", {"said": word})
            if model == "mail.canned.response":
                word = stainer.new_word(owners[0])
                self.sent[word] = self._logins_of(owners[0])
                reply = self.as_user("coordinator", owners[0])[model].browse(id_)
                reply.substitution = word

    def _logins_of(self, tenant):
        return {login for login, user in self.users.items() if user[1] == tenant}

    def _made_by_colleagues(self, env, owned):
        """Lists without a company, in which every colleague writes."""
        name = {"name": "Made"}
        participants = env.ref("leerbedrijf_core.participant_action")
        contact = env["res.partner"].search(
            [("region_id", "in", env.company.leerbedrijf_region_ids.ids)], limit=1
        )
        values = {
            "base_import.mapping": {
                "res_model": "res.partner",
                "column_name": "Column",
            },
            "calendar.alarm": {**name, "alarm_type": "notification"},
            "calendar.filters": {"partner_id": contact.id},
            "ir.embedded.actions": {
                **name,
                "parent_action_id": participants.id,
                "parent_res_model": participants.res_model,
                "action_id": participants.id,
            },
            "ir.filters": {**name, "model_id": "res.partner"},
            "mail.canned.response": {
                "source": "Made",
                "substitution": "Made",
                "group_ids": env.ref("base.group_user").ids,
            },
            "mail.template": name,
            "project.tags": {"name": f"Made by {owned['company_id']}"},
            "rating.rating": {
                "res_model_id": env["ir.model"]._get_id("res.partner"),
                "res_id": contact.id,
                "feedback": "Made",
            },
            "res.bank": name,
            "res.partner.category": name,
        }
        for model, given in values.items():
            env[model].create(given)

    def _project(self, env, owned):
        project = env["project.project"].create({**owned})
        env["project.task"].create({**owned, "project_id": project.id})
        env["project.task.type"].create({"name": "Mine", "user_id": env.uid})
        env["project.milestone"].create({"name": "M", "project_id": project.id})
        env["project.update"].create(
            {
                "name": "U",
                "project_id": project.id,
                "status": "on_track",
                "progress": 1,
            }
        )

    def _conversations(self):
        """On every record with a thread a message, an activity, a file, a follower."""
        by_owners = {}
        for (model, id_), owners in self.ledger.owners.items():
            if "message_ids" in self.env[model]._fields and model != "res.users":
                by_owners.setdefault(owners, []).append((model, id_))
        for owners, rows in by_owners.items():
            with self.ledger.made_by(*owners, limit=None):
                for model, id_ in rows:
                    env = self.as_user(self._author(model), owners[-1])
                    self._converse(env[model].browse(id_).exists())

    @staticmethod
    def _author(model):
        """Who of a tenant writes on it: an author may always read what it wrote."""
        if model.startswith("account."):
            return "finance"
        return "work_coach" if model == "leerbedrijf.participant" else "coordinator"

    def _converse(self, record):
        if not record:
            return
        env = record.env
        document = {"res_model": record._name, "res_id": record.id}
        message = record.message_post(body="Said", subject="Subject")
        env["mail.notification"].create(
            {"mail_message_id": message.id, "res_partner_id": env.user.partner_id.id}
        )
        with suppress(UserError), env.cr.savepoint():  # who may not see it
            record.message_subscribe(partner_ids=env.user.partner_id.ids)
        env["ir.attachment"].create({"name": "file.txt", "raw": b"file", **document})
        if hasattr(record, "activity_schedule"):
            record.activity_schedule("mail.mail_activity_data_todo", summary="Do")
        env["mail.scheduled.message"].create(
            {
                "author_id": env.user.partner_id.id,
                "body": "Later",
                "model": record._name,
                "res_id": record.id,
                "scheduled_date": "2030-01-01 10:00:00",
            }
        )

    def correct_owners(self):
        """What Odoo makes for other companies along the way (charts of accounts) is
        theirs; what it makes for none of the tenants is not probed."""
        tenants = {company.id: key for key, company in self.companies.items()}
        for (model, id_), owners in list(self.ledger.owners.items()):
            record = self.env[model].browse(id_).exists()
            company = getattr(record, "company_id", None)
            if company and company._name == "res.company":
                tenant = tenants.get(company.id)
                if not tenant:
                    del self.ledger.owners[model, id_]
                elif tenant not in owners:
                    self.ledger.owners[model, id_] = (tenant,)


def plant(env):
    """The planter with everything made, and canaries in it."""
    planter = Planter(env).plant()
    stainer = Stainer(planter.env)
    planter.fields = {}
    for (model, id_), owners in planter.ledger.owners.items():
        record = planter.env[model].browse(id_).exists()
        if record and not model.startswith("ir.model"):
            planter.fields[model, id_] = stainer.stain(record, owners[0])
    planter._bus(stainer)
    planter.env.flush_all()
    planter.words = stainer.words
    return planter
