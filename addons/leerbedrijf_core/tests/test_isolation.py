from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.queue_job.tests.common import trap_jobs

from .common import ROLES
from .common_billing import BillingCase

# Stock models that hold our people's and employers' data.
STOCK_MODELS = (
    "account.analytic.line",
    "account.move",
    "hr.employee",
    "hr.employee.public",
    "project.project",
    "project.task",
    "res.partner",
)
PRIVATE = ("private", "shared")


class TestIsolation(BillingCase):
    """Every model of ours, planted in one tenant, is out of reach for all others.

    The models come from the registry: a new one that nobody plants here fails.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planted = cls._plant()
        cls.env.flush_all()

    @classmethod
    def _plant(cls):
        """One record or more of every model, by model name."""
        enrolment = cls.enrolments[0].with_env(cls.as_role("coordinator"))
        enrolment._plan_phases()
        regional = {"region_id": cls.region.id, "company_id": cls.municipality.id}
        about_employer = {"partner_id": cls.employer.id, **regional}
        forecast = cls.env["leerbedrijf.forecast"].create(
            {"function": "Canary", "date_from": "2027-09-01", **about_employer}
        )
        contact = cls.env["leerbedrijf.contact.moment"].create(
            {"summary": "Canary", "state": "planned", **about_employer}
        )
        week = cls.env["leerbedrijf.week.item"].search([("moment_id", "=", contact.id)])
        agreement = cls.env["leerbedrijf.agreement"].create(
            {"title": "Canary", "date_from": "2026-09-01", **regional}
        )
        pledge = cls.env["leerbedrijf.pledge"].create(
            {
                "agreement_id": agreement.id,
                "partner_id": cls.employer.id,
                "function": "Canary",
            }
        )
        cls.env["leerbedrijf.signatory"].create(
            {
                "agreement_id": agreement.id,
                "partner_id": cls.employer.id,
                "signer_name": "Canary",
            }
        )
        mandate = cls.env["leerbedrijf.mandate"].create(
            {"name": "Canary", **about_employer}
        )
        contribution = cls.env["leerbedrijf.contribution"].create(
            {
                "agreement_id": agreement.id,
                "partner_id": cls.employer.id,
                "kind_id": cls.env.ref("leerbedrijf_core.contribution_kind_lessons").id,
                "description": "Canary",
            }
        )
        agreement.action_send()
        agreement.signatory_ids.action_sign()
        pledge._change_force("guarantee", "Canary")
        pledge._lapse(1, cls.env.ref("leerbedrijf_core.forecast_reason_withdrawn"))
        placement = cls.env["leerbedrijf.placement"].create(
            {
                "enrolment_id": enrolment.id,
                "partner_id": cls.employer.id,
                "kind": "practice",
                "hours_per_week": 16,
            }
        )
        value = cls.env["leerbedrijf.parameter.value"].create(
            {
                "parameter_id": cls.env.ref(
                    "leerbedrijf_core.parameter_route_cost_year"
                ).id,
                "date_from": "2026-01-01",
                "value": 4242,
                "scope": "tenant",
                "company_id": cls.municipality.id,
            }
        )
        fallback = cls.env["leerbedrijf.fallback"].create(
            {"enrolment_id": enrolment.id, "town": "Canary"}
        )
        lessons, meeting = cls._plant_steering()
        criterion = cls.env["leerbedrijf.criterion"].create(
            {"template_id": cls.template.id, "kind": "age_min", "number": 16}
        )
        cls.cohort._copy_criteria()
        delivery = cls.env["leerbedrijf.delivery"].search(
            [("agreement_id", "=", agreement.id)]
        )
        balance = cls.env["leerbedrijf.labour.balance"].search(
            [("region_id", "=", cls.region.id)]
        )
        hours = cls._new_hours()
        charge = cls._new_charge()
        cls.invoice_run = cls._run_month()
        records = (
            *(cls.region, cls.template, cls.cohort, cls.cohort.phase_ids),
            *(forecast, balance, contact, week, agreement, pledge),
            *(agreement.signatory_ids, mandate, contribution),
            *(pledge.change_ids, placement, value, enrolment, enrolment.phase_ids),
            *(pledge.lapse_ids, delivery, fallback, fallback.option_ids),
            *(lessons, lessons.point_ids, meeting, meeting.decision_ids),
            *(criterion, cls.cohort.criterion_ids),
            *(enrolment.participant_id, hours, charge, charge.billing_link_ids),
            *(cls.klus, cls.klus.tariff_ids, cls.klus.project_id, cls.employer),
            *(
                cls.invoice_run,
                cls.invoice_run.employer_ids,
                cls.invoice_run.move_ids,
                cls.employees,
            ),
            cls.env["hr.employee.public"].browse(cls.employees.ids),
        )
        participant = enrolment.participant_id.with_env(cls.as_role("work_coach"))
        participant.read(["phone"])
        candidate = cls._new_participant("Canary")
        about_candidate = {"participant_id": candidate.id}
        kind = cls.env.ref("leerbedrijf_core.barrier_kind_health")
        records += (
            cls.env["leerbedrijf.barrier"].create(
                {"kind_id": kind.id, "ability": "Canary", **about_candidate}
            ),
            cls.env["leerbedrijf.language.level"].create(
                {"skill": "reading", "level": "a1", **about_candidate}
            ),
        )
        records += cls._plant_contact(candidate, enrolment)
        records += (
            participant.dossier_view_ids,
            cls.env["leerbedrijf.retention.due"].browse(candidate.id),
            cls.env["leerbedrijf.retention.run"].create(
                {"company_id": cls.municipality.id, "kind": "dry_run"}
            ),
        )
        return {record._name: record.sudo() for record in records}

    @classmethod
    def _plant_contact(cls, candidate, enrolment):
        """A meeting with somebody invited, a campaign with somebody registered, and
        how long a trip takes."""
        meeting = cls.env["leerbedrijf.info.meeting"].create(
            {
                "name": "Canary",
                "region_id": cls.region.id,
                "company_id": cls.leerbedrijf.id,
                "user_id": cls.user("coordinator").id,
                "start": "2030-01-01 10:00:00",
                "place": "Canary",
            }
        )
        invitation = cls.env["leerbedrijf.info.invitation"].create(
            {"meeting_id": meeting.id, "participant_id": candidate.id}
        )
        campaign = cls.env["leerbedrijf.campaign"].create(
            {
                "name": "Canary",
                "company_id": cls.municipality.id,
                "user_id": cls.user("work_coach").id,
            }
        )
        registration = cls.env["leerbedrijf.registration"].create(
            {
                "campaign_id": campaign.id,
                "company_id": cls.municipality.id,
                "name": "Canary",
            }
        )
        trip = cls.env["leerbedrijf.travel.time"].create(
            {
                "enrolment_id": enrolment.id,
                "partner_id": cls.employer.id,
                "minutes": 20,
                "reason": "Canary",
            }
        )
        return meeting, invitation, campaign, registration, trip

    @classmethod
    def _plant_steering(cls):
        """A lesson that the next edition answers, and a meeting with a decision."""
        lesson = cls.env["leerbedrijf.cohort.lesson"].create(
            {"cohort_id": cls.cohort.id, "happened": "Canary", "advice": "Canary"}
        )
        cls._new_cohort()
        meeting = cls.env["leerbedrijf.steering.meeting"].create(
            {
                "template_id": cls.template.id,
                "region_id": cls.region.id,
                "company_id": cls.municipality.id,
                "decision_ids": [
                    Command.create({"name": "Canary", "date_deadline": "2026-09-01"})
                ],
            }
        )
        return lesson, meeting

    @classmethod
    def _run_month(cls):
        run = cls._new_run()
        with trap_jobs() as trap:
            run.action_make_invoices()
            trap.perform_enqueued_jobs()
        return run

    def _our_models(self, *kinds):
        return {
            name
            for name, model in self.env.registry.items()
            if getattr(model, "_tenancy_kind", None) in kinds
            and not model._abstract
            and not model._transient
            and name.startswith("leerbedrijf.")
        }

    def test_every_model_is_planted(self):
        kinds = ("private", "shared", "regional", "scoped", "region")
        self.assertEqual(self._our_models(*kinds) - self.planted.keys(), set())
        for name in STOCK_MODELS:
            self.assertTrue(self.planted[name], name)
        self.assertFalse([n for n, records in self.planted.items() if not records])

    def test_the_other_region_reaches_nothing(self):
        for company in (self.municipality_x, self.leerbedrijf_x):
            for role in ROLES:
                self._assert_out_of_reach(self.as_role(role, company), self.planted)

    def test_another_municipality_reaches_no_person_and_no_money(self):
        names = self._our_models(*PRIVATE) | {"leerbedrijf.parameter.value"}
        names |= set(STOCK_MODELS) - {"res.partner"}
        private = {name: self.planted[name] for name in names}
        for role in ROLES:
            self._assert_out_of_reach(self.as_role(role, self.municipality_b), private)

    def test_outsiders_reach_nothing(self):
        portal = new_test_user(self.env, "outsider", groups="base.group_portal")
        for user in (portal, self.env.ref("base.public_user")):
            env = self.env(user=user.id, context={})
            self._assert_out_of_reach(env, self.planted)

    def test_the_municipality_reaches_no_money_of_the_leerbedrijf(self):
        names = {n for n in self.planted if n in ("account.move", "leerbedrijf.charge")}
        money = {name: self.planted[name] for name in names}
        self._assert_out_of_reach(self.as_role("finance", self.municipality), money)

    def _assert_out_of_reach(self, env, planted):
        self.env.invalidate_all()
        for name, records in planted.items():
            foreign = env[name].browse(records.ids)
            with self.subTest(model=name, user=env.user.login):
                for way_in in (
                    self._search,
                    self._count,
                    self._group,
                    self._name_search,
                    self._find_by_text,
                    self._read,
                    self._web_read,
                    self._export,
                ):
                    self.assertFalse(self._try(way_in, foreign), way_in.__name__)
                for attack in (self._write, self._copy, self._unlink):
                    self._assert_refused(attack, foreign)

    def _assert_refused(self, attack, foreign):
        try:
            with foreign.env.cr.savepoint():
                attack(foreign)
        except UserError:
            return
        self.fail(f"{attack.__name__} was allowed")

    def _try(self, way_in, foreign):
        try:
            return way_in(foreign)
        except UserError:
            return None

    def _search(self, foreign):
        return foreign.with_context(active_test=False).search(
            [("id", "in", foreign.ids)]
        )

    def _count(self, foreign):
        return foreign.search_count([("id", "in", foreign.ids)])

    def _group(self, foreign):
        groups = foreign.formatted_read_group([("id", "in", foreign.ids)], ["id"])
        return [group for group in groups if group.get("__count", True)]

    def _name_search(self, foreign):
        return foreign.name_search("", [("id", "in", foreign.ids)])

    def _find_by_text(self, foreign):
        """A hit by the name alone would tell that it exists."""
        name = foreign.sudo()[:1].display_name
        found = foreign.name_search(name or "", operator="=")
        return {id_ for id_, _name in found} & set(foreign.ids)

    def _read(self, foreign):
        return foreign.read()

    def _web_read(self, foreign):
        return foreign.web_read({"display_name": {}})

    def _export(self, foreign):
        return foreign.export_data(["id", "display_name"])["datas"]

    def _write(self, foreign):
        foreign.write({"create_date": "2020-01-01"})

    def _copy(self, foreign):
        foreign[:1].copy()

    def _unlink(self, foreign):
        foreign.unlink()
