from datetime import date

from odoo.fields import Command

from .common_billing import BillingCase

CANARY = "Kanariepiet"


class RetentionCase(BillingCase):
    """A person who took part long ago, with a trace everywhere; terms of 10, 5, 7."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls._new_person_of_the_past()
        cls.enrolment = cls.person.enrolment_ids

    @classmethod
    def _new_person_of_the_past(cls, name=CANARY, ended=date(2010, 6, 30)):
        """Learned until `ended`; every text field and all that can hang on a record
        holds `name`."""
        person = cls._new_participant(
            name,
            client_number=f"{name} 17",
            birthdate=date(1980, 5, 5),
            city=name,
            email=f"{name}@canary.example".lower(),
            phone=f"06 {name}",
            motivation=name,
            interests=name,
            zip="1234 AB",
        )
        kind = cls.env.ref("leerbedrijf_core.barrier_kind_debts")
        barrier = cls.env["leerbedrijf.barrier"].create(
            {
                "participant_id": person.id,
                "kind_id": kind.id,
                "ability": name,
                "action": name,
                "owner_id": cls.user("work_coach").id,
                "due_date": ended,
            }
        )
        cls.env["leerbedrijf.language.level"].create(
            {
                "participant_id": person.id,
                "skill": "reading",
                "level": "a2",
                "date": ended,
                "test": name,
            }
        )
        enrolment = cls._propose(person, cls._new_cohort())
        enrolment.motivation = name
        enrolment.with_env(cls.as_role("coordinator")).action_accept()
        enrolment.phase_ids.name = name
        cls.env["leerbedrijf.placement"].create(
            {
                "enrolment_id": enrolment.id,
                "partner_id": cls.employer.id,
                "kind": "regular_job",
                "date_start": ended.replace(month=1),
                "date_end": ended,
                "hours_per_week": 24,
                "supervisor": name,
            }
        )
        employee = enrolment._get_employee()
        cls._fill_employee(employee.sudo(), name)
        outcome = cls.env["leerbedrijf.outcome"].search([], limit=1)
        enrolment.write(
            {"date_start": ended.replace(month=1), "outcome_id": outcome.id}
        )
        enrolment._set_state("ended", date_end=ended)
        cls._contact(person, enrolment, name)
        for record in (person, enrolment, barrier, employee.sudo()):
            cls._hang_on(record, name)
        for record in (person, enrolment):
            cls._appoint(record, name, cls.user("work_coach"))
        person.with_env(cls.as_role("work_coach")).read(["phone"])
        return person

    @classmethod
    def _contact(cls, person, enrolment, name):
        """An invitation with an e-mail, a registration, and how long a trip takes."""
        meeting = cls.env["leerbedrijf.info.meeting"].create(
            {
                "region_id": cls.region.id,
                "company_id": cls.municipality.id,
                "start": "2010-01-05 10:00:00",
                "place": "Town hall",
                "user_id": cls.user("work_coach").id,
            }
        )
        invitation = cls.env["leerbedrijf.info.invitation"].create(
            {
                "participant_id": person.id,
                "meeting_id": meeting.id,
                "outcome_reason": name,
            }
        )
        template = cls.env.ref("leerbedrijf_core.mail_info_invitation")
        template.send_mail(
            invitation.id, email_values={"email_to": f"{name}@canary.example"}
        )
        campaign = cls.env["leerbedrijf.campaign"].create(
            {
                "name": "Learn a trade",
                "company_id": cls.municipality.id,
                "user_id": cls.user("work_coach").id,
            }
        )
        cls.env["leerbedrijf.registration"].create(
            {
                "campaign_id": campaign.id,
                "company_id": cls.municipality.id,
                "name": name,
                "participant_id": person.id,
                "state": "linked",
            }
        )
        cls.env["leerbedrijf.travel.time"].create(
            {
                "enrolment_id": enrolment.id,
                "partner_id": cls.employer.id,
                "minutes": 20,
                "reason": name,
            }
        )

    @classmethod
    def _fill_employee(cls, employee, name):
        employee.write(
            {
                "private_email": f"{name}@canary.example".lower(),
                "private_phone": name,
                "private_street": name,
                "private_city": name,
                "spouse_complete_name": name,
                "ssnid": name,
                "passport_id": name,
                "identification_id": name,
                "emergency_contact": name,
                "place_of_birth": name,
                "job_title": name,
                "study_field": name,
                "study_school": name,
                "additional_note": name,
                "departure_description": name,
            }
        )
        cls.env["hr.resume.line"].create(
            {"employee_id": employee.id, "name": name, "date_start": "2009-01-01"}
        )

    @classmethod
    def _hang_on(cls, record, name):
        """A message with a file, and a file."""
        record.message_post(
            body=name, subject=name, attachments=[(f"{name}.txt", name.encode())]
        )
        cls.env["ir.attachment"].create(
            {
                "name": name,
                "raw": f"{name} {record._name}".encode(),
                "res_model": record._name,
                "res_id": record.id,
            }
        )

    @classmethod
    def _appoint(cls, record, name, reader):
        """An activity, an appointment and a follower."""
        record.activity_schedule(
            "mail.mail_activity_data_todo", summary=name, note=name, user_id=reader.id
        )
        cls.env["calendar.event"].create(
            {
                "name": name,
                "description": name,
                "user_id": reader.id,
                "start": "2010-01-01 09:00:00",
                "stop": "2010-01-01 10:00:00",
                "res_model_id": cls.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
                "partner_ids": [Command.link(reader.partner_id.id)],
            }
        )
        record.message_subscribe(reader.partner_id.ids)

    @classmethod
    def _set_term(cls, code, years, company=None):
        """A term of this tenant's own, from long ago."""
        parameter = cls.env["leerbedrijf.parameter"].search([("code", "=", code)])
        cls.env["leerbedrijf.parameter.value"].create(
            {
                "parameter_id": parameter.id,
                "date_from": "2021-01-01",
                "value": years,
                "scope": "tenant",
                "company_id": (company or cls.municipality).id,
            }
        )

    @classmethod
    def _due(cls, person=None):
        """The row of the preview: when this person comes due, and why."""
        cls.env.invalidate_all()
        return cls.env["leerbedrijf.retention.due"].search(
            [("id", "=", (person or cls.person).id)]
        )

    @classmethod
    def _run(cls):
        """The nightly run, without its commits."""
        runs = cls.env["leerbedrijf.retention.run"].sudo()
        for company in runs._count_due():
            last_id = 0
            while batch := runs._find_batch(company, last_id):
                last_id = batch.ids[-1]
                runs._anonymise_batch(company, batch)
        cls.env.invalidate_all()
        return runs.search([("kind", "=", "anonymised")])
