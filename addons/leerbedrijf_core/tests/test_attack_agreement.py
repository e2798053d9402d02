import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Datetime

from .test_signing import SigningCase, drawn_signature

FORGED = base64.b64encode(b"%PDF-1.4 forged").decode()


class TestAttackVersions(SigningCase):
    """Ways to take over what others agreed: each was open once."""

    def _hijack(self, manager, **context):
        agreements = manager["leerbedrijf.agreement"].with_context(**context)
        return agreements.create(
            {
                "title": "Hijack",
                "amendment_reason": "x",
                "pledge_ids": [Command.create(self._pledge_values())],
                "signatory_ids": [
                    Command.create({"partner_id": self.employer.id, "signer_name": "X"})
                ],
            }
        )

    def test_a_default_makes_no_next_version(self):
        self._sign_by_all()
        taken = self._hijack(
            self.manager_b,
            default_previous_id=self.agreement.id,
            default_version=2,
            default_name=self.agreement.name,
        )
        self.assertFalse(taken.previous_id)
        self.assertEqual(taken.version, 1)
        self.assertNotEqual(taken.name, self.agreement.name)

    def test_a_default_amends_no_pledge_of_others(self):
        taken = self._hijack(self.manager_b, default_previous_id=self.pledge.id)
        self.assertFalse(taken.pledge_ids.previous_id)

    def test_only_the_owner_replaces_its_agreement(self):
        self._sign_by_all()
        taken = self._hijack(self.manager_b)
        taken.sudo().previous_id = self.agreement
        taken._send()
        with self.assertRaisesRegex(UserError, "amended by its owner"):
            taken.signatory_ids.action_sign()

    def test_a_default_signs_nothing(self):
        for values in (
            {"signed_pdf": FORGED, "signed_pdf_hash": "x", "content": "{}"},
            {"content_hash": "x", "sent_on": Datetime.now(), "is_in_force": True},
        ):
            context = {f"default_{name}": value for name, value in values.items()}
            made = self._hijack(self.manager, **context)
            for name in values:
                self.assertFalse(made[name], name)
        made = self._hijack(
            self.manager,
            default_signed_on=Datetime.now(),
            default_signed_on_paper=True,
            default_delegated_by="Somebody",
            default_signature=drawn_signature(),
        )
        for name in ("signed_on", "signed_on_paper", "delegated_by", "signature"):
            self.assertFalse(made.signatory_ids[name], name)

    def test_what_counts_is_nobodys_to_fill_in(self):
        draft = self._new_agreement()
        draft.write({"is_in_force": True})
        draft.pledge_ids.write(
            {"lapsed_places": 1, "standing_places": 50, "is_workplace_ready": True}
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(draft.is_in_force)
        pledge = draft.pledge_ids
        self.assertEqual((pledge.lapsed_places, pledge.standing_places), (0, 6))
        self.assertFalse(pledge.is_workplace_ready)

    def test_a_default_gives_no_other_tenant_access(self):
        enrolment = self._propose()
        enrolment.sudo().state = "accepted"
        placement = (
            self.as_role("coordinator")["leerbedrijf.placement"]
            .with_context(
                default_access_leerbedrijf_id=self.municipality_b.id,
                default_leerbedrijf_id=self.municipality_b.id,
                default_company_id=self.municipality_b.id,
            )
            .create(
                {
                    "enrolment_id": enrolment.id,
                    "partner_id": self.employer.id,
                    "kind": "practice",
                    "hours_per_week": 16,
                }
            )
        )
        self.assertEqual(placement.access_leerbedrijf_id, self.leerbedrijf)
        self.assertEqual(placement.company_id, self.municipality)


class TestAttackSignatures(SigningCase):
    def _file(self, record, field_name, manager=None):
        files = (manager or self.manager_b)["ir.attachment"]
        file = files.create(
            {"name": "p", "res_model": record._name, "res_id": record.id, "raw": b"x"}
        )
        with self.assertRaisesRegex(UserError, "stays as it was"):
            file.write({"res_field": field_name})

    def test_no_file_becomes_the_signed_document(self):
        self._file(self.agreement, "signed_pdf")
        self._file(self.first, "signature")
        self._sign_by_all()
        self._file(self.agreement, "signed_pdf", self.manager)

    def test_a_document_that_is_not_the_one_made_is_not_served(self):
        self.agreement.sudo().signed_pdf = FORGED
        self.assertFalse(self.agreement._get_signed_pdf())

    def test_a_neighbour_sends_and_cancels_nothing(self):
        draft = self.agreement.with_env(self.manager_b)
        for way in (draft.action_send, draft.action_cancel):
            with self.assertRaisesRegex(AccessError, "Only Gemeente Waterdam"):
                way()
        with self.assertRaisesRegex(AccessError, "Only Gemeente Waterdam"):
            draft._send_guarantee("x")

    def test_a_neighbour_records_no_answer(self):
        self.agreement.action_send()
        for env in (self.manager_b, self.as_role("coordinator")):
            line = self.first.with_env(env)
            for way in (line.action_sign, line.action_decline):
                with self.assertRaises(AccessError):
                    way()
        self.assertEqual(self.first.state, "pending")

    def test_a_neighbour_changes_nothing_of_what_was_sent(self):
        self.pledge.cohort_id = self.cohort
        self._sign_by_all()
        pledge = self.pledge.with_env(self.manager_b)
        for values in ({"cohort_id": False}, {"supervisor_name": "X"}):
            with self.assertRaisesRegex(AccessError, "of other organisations"):
                pledge.write(values)
        self.pledge.supervisor_name = "Ria Smit"

    def test_a_name_is_needed(self):
        self.first.signer_name = False
        with self.assertRaisesRegex(UserError, "Fill in the name"):
            self.agreement.action_send()
        self.first.signer_email = False
        self.agreement.action_send()
        for name in ("", None, ["a"], 5):
            with self.subTest(name), self.assertRaisesRegex(UserError, "This link is"):
                self.first.sudo()._sign_by_link(name, drawn_signature())

    def test_one_link_goes_to_one_person(self):
        for address in (
            "a@b.example, c@d.example",
            "nobody",
            "a@b.example\nBcc: x@y.z",
        ):
            with (
                self.subTest(address),
                self.assertRaisesRegex(ValidationError, "not one e-mail address"),
            ):
                self.first.signer_email = address

    def test_half_a_picture_and_a_huge_one(self):
        self.agreement.action_send()
        half = base64.b64encode(base64.b64decode(drawn_signature())[:60]).decode()
        for picture in (half, 5, ["x"]):
            with self.subTest(picture), self.assertRaisesRegex(UserError, "Draw it"):
                self.first.sudo()._sign_by_link("Anna de Wit", picture)

    def test_a_second_refusal_is_not_told_again(self):
        self.agreement.action_send()
        for _time in range(3):
            self.first.sudo()._decline_by_link('<img src="http://x"> No')
        self.assertEqual(len(self.agreement.activity_ids), 1)
        self.assertNotIn("<img", self.agreement.activity_ids.note)
        with self.assertRaisesRegex(UserError, "answered already"):
            self.first.sudo()._delegate_by_link("Bert", "", "bert@z.example")
        # After a talk a new link opens the question again.
        self.first.action_send_link()
        self.assertEqual(self.first.state, "pending")

    def test_a_line_of_others_amends_and_names_nothing(self):
        mandate = self.manager["leerbedrijf.mandate"].create(
            {"partner_id": self.employer.id, "name": "Anna de Wit"}
        )
        agreement = self._hidden_agreement()
        with self.assertRaisesRegex(AccessError, "of another region"):
            agreement.env["leerbedrijf.signatory"].create(
                {
                    "agreement_id": agreement.id,
                    "partner_id": self.employer_x.id,
                    "mandate_id": mandate.id,
                }
            )
        lines = [Command.create({"mandate_id": mandate.id})]
        forms = self.manager_x["leerbedrijf.agreement"].with_context(
            default_signatory_ids=lines
        )
        with self.assertRaisesRegex(AccessError, "another organisation"):
            forms.onchange({}, [], {"signatory_ids": {"fields": {"signer_name": {}}}})

    def _hidden_agreement(self):
        return self.manager_x["leerbedrijf.agreement"].create({"title": "Elsewhere"})


class TestAttackAuthority(SigningCase):
    def test_a_member_alone_says_who_signs_for_it(self):
        town = self.municipality.partner_id
        with self.assertRaisesRegex(ValidationError, "itself says who may sign"):
            self.manager_b["leerbedrijf.mandate"].create(
                {"partner_id": town.id, "name": "Me"}
            )
        own = self.manager["leerbedrijf.mandate"].create(
            {"partner_id": town.id, "name": "Karim Aydin"}
        )
        with self.assertRaisesRegex(UserError, "cannot change"):
            own.partner_id = self.employer

    def test_a_stray_line_stops_nobody(self):
        self.manager_b["leerbedrijf.mandate"].create(
            {"partner_id": self.employer.id, "name": "Somebody Else"}
        )
        self.agreement.action_send()
        self.assertEqual(self.agreement.state, "sent")

    def test_the_link_goes_to_the_address_on_the_list(self):
        for name, email in (
            ("Anna de Wit", "anna@zonnehof.example"),
            ("Bert Bos", "bert@zonnehof.example"),
        ):
            self.manager["leerbedrijf.mandate"].create(
                {"partner_id": self.employer.id, "name": name, "email": email}
            )
        self.agreement.action_send()
        with self.assertRaisesRegex(UserError, "goes to the address on the list"):
            self.first.sudo()._delegate_by_link("Bert Bos", "", "anna2@evil.example")


class TestAttackDisguise(SigningCase):
    def test_a_record_in_disguise_shows_no_name(self):
        person = self._new_participant("Samira Bouali")
        stranger = self.as_role("work_coach", self.municipality_b)
        for value in ({"id": person.id}, [{"id": person.id}]):
            levels = stranger["leerbedrijf.language.level"].with_context(
                default_participant_id=value
            )
            with self.assertRaisesRegex(AccessError, "another organisation"):
                levels.onchange({}, [], {"participant_id": {"fields": {}}})
            with self.assertRaisesRegex(AccessError, "another organisation"):
                levels.onchange({"participant_id": value}, [], {"participant_id": {}})

    def test_a_file_of_a_message_becomes_no_signed_document(self):
        file = self.manager_b["ir.attachment"].create(
            {"name": "p", "res_model": "mail.compose.message", "raw": b"x"}
        )
        file.res_field = "signed_pdf"
        with self.assertRaisesRegex(UserError, "stays as it was"):
            self.agreement.with_env(self.manager_b).message_post(
                body="x", attachment_ids=file.ids
            )

    def test_a_neighbour_names_no_signatory_in_a_draft(self):
        line = self.first.with_env(self.manager_b)
        with self.assertRaisesRegex(AccessError, "Only Gemeente Waterdam"):
            line.signer_email = "me@polderveen.example"
        with self.assertRaisesRegex(AccessError, "Only Gemeente Waterdam"):
            line.copy({"agreement_id": self.agreement.id})
