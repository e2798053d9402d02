import base64
import io
import re
import struct
import zlib
from datetime import timedelta

from freezegun import freeze_time
from PIL import Image, ImageDraw

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Datetime
from odoo.tests import HttpCase

from odoo.addons.queue_job.tests.common import trap_jobs

from .common_agreement import AgreementCase


def drawn_signature():
    """A PNG as the signature field of the page makes it."""
    picture = Image.new("RGBA", (300, 100))
    ImageDraw.Draw(picture).line([(10, 80), (90, 20), (290, 60)], fill="blue", width=3)
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return base64.b64encode(stream.getvalue()).decode()


def enlarged(width, height):
    """The same few bytes, with a head that says how large it unpacks."""
    png = base64.b64decode(drawn_signature())
    head = b"IHDR" + struct.pack(">II", width, height) + png[24:29]
    checksum = struct.pack(">I", zlib.crc32(head))
    return base64.b64encode(png[:12] + head + checksum + png[33:]).decode()


class SigningCase(AgreementCase):
    """An agreement that was sent by mail to an employer and a municipality."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = cls.agreement.signatory_ids
        cls.first.signer_email = "anna@zonnehof.example"
        cls.second.signer_email = "karim@waterdam.example"

    def _mails(self):
        return self.env["mail.mail"].search([("subject", "like", self.agreement.name)])

    def _token(self, signatory):
        return signatory._get_sign_url().rpartition("/")[2]

    def _by_link(self, signatory, name=None):
        """As the page signs: a visitor with the token."""
        public = self.env(user=self.env.ref("base.public_user").id, context={})
        line = public["leerbedrijf.signatory"]._from_token(self._token(signatory))
        line._sign_by_link(name or signatory.signer_name, drawn_signature())


class TestSigning(SigningCase):
    def setUp(self):
        super().setUp()
        # The cron commits after every reminder.
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda *a, **k: 0)

    def test_every_signatory_gets_a_link_of_his_own(self):
        self.agreement.action_send()
        mails = self._mails()
        self.assertEqual(
            set(mails.mapped("email_to")),
            {"anna@zonnehof.example", "karim@waterdam.example"},
        )
        links = {re.search(r"/ondertekenen/([\w-]+)", m.body_html)[1] for m in mails}
        self.assertEqual(len(links), 2)

    def test_no_colleague_reads_the_link(self):
        """In no message, mail or field: else he could sign in somebody's place."""
        self.agreement.action_send()
        for env in (self.manager, self.manager_b):
            signatory = self.first.with_env(env)
            with self.assertRaises(AccessError):
                signatory.read(["sign_nonce"])
            with self.assertRaises(AccessError):
                env["mail.mail"].search([])
            found = env["mail.message"].search([("body", "like", "/ondertekenen/")])
            self.assertFalse(found)

    def test_all_have_signed_by_link(self):
        self.agreement.action_send()
        self._by_link(self.first)
        self.assertEqual(self.first.state, "signed")
        self.assertEqual(self.agreement.state, "sent")
        with trap_jobs() as trap:
            self._by_link(self.second, name="  karim  AYDIN ")
            trap.assert_jobs_count(1, only=self.agreement._make_signed_pdf)
        self.assertEqual(self.agreement.state, "signed")
        self.assertEqual(self.agreement.signed_on, self.second.signed_on)

    def test_the_document_is_made_once_and_sent_to_all(self):
        self.agreement.action_send()
        self._by_link(self.first)
        self._by_link(self.second)
        self.agreement.with_context(force_report_rendering=True)._make_signed_pdf()
        pdf = base64.b64decode(self.agreement.signed_pdf)
        self.assertTrue(pdf.startswith(b"%PDF"))
        mails = self._mails().filtered("attachment_ids")
        self.assertEqual(len(mails), 2)
        self.assertEqual(mails[0].attachment_ids.raw, pdf)
        self.agreement._make_signed_pdf()
        self.assertEqual(len(self._mails().filtered("attachment_ids")), 2)

    def test_the_document_stays_as_it_was(self):
        self._sign_by_all()
        self.agreement._make_signed_pdf()
        file = self.env["ir.attachment"].search(
            [("res_field", "=", "signed_pdf"), ("res_id", "=", self.agreement.id)]
        )
        for change in (
            lambda: file.write({"raw": b"other"}),
            lambda: file.unlink(),
            lambda: self.agreement.sudo().write({"signed_pdf": False}),
        ):
            with self.assertRaisesRegex(UserError, "stays as it was"):
                change()

    def test_a_double_click_signs_once(self):
        self.agreement.action_send()
        self._by_link(self.first)
        signed_on = self.first.signed_on
        with freeze_time(Datetime.now() + timedelta(minutes=1)):
            self._by_link(self.first)
        self.assertEqual(self.first.signed_on, signed_on)
        messages = self.agreement.message_ids.filtered(lambda m: "Signed" in m.body)
        self.assertEqual(len(messages), 1)

    def test_only_the_named_person_signs(self):
        self.agreement.action_send()
        with self.assertRaisesRegex(UserError, "This link is for Anna de Wit"):
            self._by_link(self.first, name="Somebody Else")
        wide, enormous = enlarged(5001, 1), enlarged(20000, 20000)
        gif = base64.b64encode(b"GIF89a").decode()
        for picture in ("", "no base64!", gif, wide, enormous):
            with (
                self.subTest(picture[:20]),
                self.assertRaisesRegex(UserError, "Draw it"),
            ):
                self.first.sudo()._sign_by_link("Anna de Wit", picture)
        self.assertEqual(self.first.state, "pending")

    def test_bad_links_find_nothing(self):
        self.agreement.action_send()
        token = self._token(self.first)
        lines = self.env["leerbedrijf.signatory"]
        self.assertEqual(lines._from_token(token), self.first)
        forged = token[:-6] + ("AAAAAA" if not token.endswith("AAAAAA") else "BBBBBB")
        for bad in ("", "x", "é", "A" * 200, forged, token[:40]):
            self.assertFalse(lines._from_token(bad), bad)
        with freeze_time(Datetime.now() + timedelta(days=40)):
            self.assertFalse(lines._from_token(token), "has run out")

    def test_a_withdrawn_or_renewed_link_is_dead(self):
        self.agreement.action_send()
        lines = self.env["leerbedrijf.signatory"]
        token = self._token(self.first)
        self.first.action_send_link()
        self.assertFalse(lines._from_token(token))
        token = self._token(self.first)
        self.first.action_withdraw_link()
        self.assertFalse(lines._from_token(token))
        token = self._token(self.second)
        self.agreement.action_cancel()
        self.assertFalse(lines._from_token(token))

    def test_another_signatory_kills_the_link(self):
        self.agreement.action_send()
        token = self._token(self.first)
        self.first.signer_name = "Bert Bos"
        self.assertFalse(self.env["leerbedrijf.signatory"]._from_token(token))
        self.assertIn("Bert Bos", self.agreement.message_ids[0].body)

    def test_a_neighbour_does_not_say_who_signs(self):
        self.agreement.action_send()
        colleague = self.first.with_env(self.manager_b)
        with self.assertRaises(AccessError):
            colleague.signer_email = "me@polderveen.example"
        with self.assertRaises(AccessError):
            colleague.action_send_link()
        with self.assertRaises(AccessError):
            colleague.action_withdraw_link()

    def test_decline_says_why_to_the_contact_person(self):
        self.agreement.action_send()
        with self.assertRaisesRegex(UserError, "Say why"):
            self.first.sudo()._decline_by_link("  ")
        self.first.sudo()._decline_by_link("Our budget was cut.")
        self.assertEqual(self.first.state, "declined")
        activity = self.agreement.activity_ids
        self.assertEqual(activity.user_id, self.manager.user)
        self.assertIn("Our budget was cut.", activity.note)

    def test_what_a_visitor_types_is_text(self):
        self.agreement.action_send()
        self.first.sudo()._decline_by_link("<b>Call</b> <a href='//x.nl'>here</a>")
        note = self.agreement.activity_ids.note
        self.assertIn("&lt;b&gt;Call", note)
        self.assertNotIn('href="//', note)

    def test_who_has_signed_does_not_decline_any_more(self):
        self.agreement.action_send()
        self._by_link(self.first)
        self.first.sudo()._decline_by_link("Second thoughts.")
        self.assertEqual(self.first.state, "signed")
        self.assertFalse(self.first.decline_reason)
        self.assertFalse(self.agreement.activity_ids)

    def test_somebody_else_signs(self):
        self.agreement.action_send()
        token = self._token(self.first)
        self.first.sudo()._delegate_by_link("Bert Bos", "Director", "bert@z.example")
        self.assertFalse(self.env["leerbedrijf.signatory"]._from_token(token))
        self.assertEqual(self.first.delegated_by, "Anna de Wit")
        self.assertIn("bert@z.example", self._mails().mapped("email_to"))
        self._by_link(self.first)
        self.assertEqual(self.first.state, "signed")
        with self.assertRaisesRegex(UserError, "valid e-mail"):
            self.second.sudo()._delegate_by_link("Bert", "", "no address")

    def test_reminders_go_to_who_has_not_signed_and_stop(self):
        self.agreement.action_send()
        self._by_link(self.first)
        before = self._mails()
        cron = self.env["leerbedrijf.signatory"]._cron_remind
        cron()
        self.assertEqual(self._mails(), before)
        with freeze_time(Datetime.now() + timedelta(days=8)):
            cron()
            cron()
        reminder = self._mails() - before
        self.assertEqual(reminder.mapped("email_to"), ["karim@waterdam.example"])
        self.assertIn("not received your signature", reminder.body_html)
        self._by_link(self.second)
        after = self._mails()
        with freeze_time(Datetime.now() + timedelta(days=20)):
            cron()
        self.assertEqual(self._mails(), after)

    def test_a_link_that_ran_out_lands_with_the_contact_person(self):
        self.agreement.action_send()
        with freeze_time(Datetime.now() + timedelta(days=31)):
            self.env["leerbedrijf.signatory"]._cron_remind()
        self.assertEqual(len(self.agreement.activity_ids), 2)
        self.assertFalse(self.first.link_until)

    def test_without_an_address_one_signs_on_paper(self):
        self.first.signer_email = False
        self.agreement.action_send()
        self.assertEqual(self._mails().mapped("email_to"), ["karim@waterdam.example"])
        with self.assertRaisesRegex(UserError, "e-mail address"):
            self.first.action_send_link()


class TestAuthority(SigningCase):
    def _allow(self, partner=None, **values):
        return self.manager["leerbedrijf.mandate"].create(
            {
                "partner_id": (partner or self.employer).id,
                "name": "Anna de Wit",
                "date_from": "2020-01-01",
                **values,
            }
        )

    def test_without_a_list_everybody_may_sign(self):
        self.agreement.action_send()

    def test_who_comes_instead_is_on_the_list_too(self):
        self._allow()
        self._allow(name="Bert Bos")
        self.agreement.action_send()
        with self.assertRaisesRegex(UserError, "Carla Vos is not on the list"):
            self.first.signer_name = "Carla Vos"
        self.first.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "Carla Vos is not on the list"):
            self.first.sudo()._delegate_by_link("Carla Vos", "", "carla@z.example")
        self.first.invalidate_recordset()
        self.first.signer_name = "Bert Bos"
        self.assertEqual(self.first.signer_name, "Bert Bos")

    def test_who_is_not_on_the_list(self):
        self._allow(name="Bert Bos")
        with self.assertRaisesRegex(UserError, "Anna de Wit is not on the list"):
            self.agreement.action_send()
        self._allow()
        self.agreement.action_send()
        with self.assertRaisesRegex(UserError, "Eva is not on the list"):
            self.first.sudo()._delegate_by_link("Eva", "", "eva@zonnehof.example")

    def test_a_limit_of_places(self):
        self._allow(places_limit=5)
        with self.assertRaisesRegex(UserError, "5 places of Zorggroep Zonnehof at mo"):
            self.agreement.action_send()

    def test_an_authority_that_ended(self):
        self._allow(date_to="2021-01-01")
        self._allow(name="Bert Bos")
        with self.assertRaisesRegex(UserError, "not on the list"):
            self.agreement.action_send()

    def test_an_authority_that_ends_before_the_signature(self):
        mandate = self._allow()
        self._allow(name="Bert Bos")
        self.agreement.action_send()
        mandate.date_to = "2021-01-01"
        with self.assertRaisesRegex(UserError, "not on the list"):
            self._by_link(self.first)

    def test_two_who_sign_together(self):
        self._allow(is_joint=True)
        self._allow(name="Bert Bos", is_joint=True)
        with self.assertRaisesRegex(UserError, "only together"):
            self.agreement.action_send()
        self.agreement.signatory_ids = [
            Command.create({"partner_id": self.employer.id, "signer_name": "Bert Bos"})
        ]
        self.agreement.action_send()
        self.first.action_sign()
        self.second.action_sign()
        self.assertEqual(self.agreement.state, "sent")
        self.agreement.signatory_ids[2].action_sign()
        self.assertEqual(self.agreement.state, "signed")

    def test_a_line_of_the_list_fills_in_who_signs(self):
        mandate = self._allow(function="Director", email="anna@new.example")
        self.first.mandate_id = mandate
        self.assertEqual(self.first.signer_function, "Director")
        self.assertEqual(self.first.signer_email, "anna@new.example")
        with self.assertRaisesRegex(UserError, "may not sign for Gemeente Waterdam"):
            self.second.mandate_id = mandate


class TestSignPage(SigningCase, HttpCase):
    """The page over HTTP, as a visitor."""

    def setUp(self):
        super().setUp()
        self.agreement.action_send()
        self.path = f"/ondertekenen/{self._token(self.first)}"
        self.env.flush_all()

    def test_the_page_says_what_is_promised(self):
        page = self.url_open(self.path)
        self.assertEqual(page.status_code, 200)
        for words in ("Jobs in care", "Zorggroep Zonnehof", "Care assistant", "6"):
            self.assertIn(words, page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.env.invalidate_all()
        self.assertTrue(self.first.viewed_on)

    def test_a_bad_link_reveals_nothing(self):
        for path in (self.path[:-9] + "AAAAAAAAA", "/ondertekenen/x", self.path[:60]):
            for tail in ("", "/pdf"):
                page = self.url_open(path + tail)
                self.assertEqual(page.status_code, 404)
                self.assertIn("does not work", page.text)
                for words in ("Jobs in care", "Zonnehof", "OVK/"):
                    self.assertNotIn(words, page.text)

    def test_sign_twice_over_http(self):
        for _click in range(2):
            answer = self.make_jsonrpc_request(
                f"{self.path}/akkoord",
                {"name": "Anna de Wit", "signature": drawn_signature()},
            )
            self.assertEqual(answer, {"force_refresh": True})
        self.env.invalidate_all()
        self.assertEqual(self.first.state, "signed")
        self.assertIn("Signed.", self.url_open(self.path).text)
        answer = self.make_jsonrpc_request(
            f"{self.path[:-9]}AAAAAAAAA/akkoord", {"name": "x", "signature": "x"}
        )
        self.assertIn("does not work", answer["error"])
        self.assertEqual(self.second.state, "pending")

    def test_a_form_of_another_site_is_refused(self):
        answer = self.url_open(f"{self.path}/weigeren", data={"reason": "No"})
        self.assertEqual(answer.status_code, 400)
        self.env.invalidate_all()
        self.assertEqual(self.first.state, "pending")

    def test_decline_and_pass_on_with_the_forms(self):
        token = re.search(r'csrf_token" value="([^"]+)"', self.url_open(self.path).text)
        form = {"csrf_token": token[1]}
        page = self.url_open(f"{self.path}/overdragen", data={**form, "name": "Bert"})
        self.assertIn("valid e-mail address", page.text)
        page = self.url_open(f"{self.path}/weigeren", data={**form, "reason": "No."})
        self.assertIn("does not sign", page.text)
        self.env.invalidate_all()
        self.assertEqual(self.first.decline_reason, "No.")
