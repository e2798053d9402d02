from .common_agreement import AgreementCase
from .common_pdf import print_pdf


class TestLetterhead(AgreementCase):
    """The printed agreement and its letterhead, with the wkhtmltopdf of the machine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.municipality.write(
            {
                "street": "Raadhuisplein 1",
                "zip": "1234 AB",
                "city": "Waterdam",
                "phone": "010 123 45 67",
                "email": "werk@waterdam.example",
                "company_registry": "11223344",
            }
        )
        cls.env["res.partner.bank"].create(
            {
                "acc_number": "NL91 ABNA 0417 1643 00",
                "partner_id": cls.municipality.partner_id.id,
            }
        )
        cls.employer.company_registry = "12345678"

    def _print(self, agreements):
        return print_pdf(self, agreements, "leerbedrijf_core.agreement_report_document")

    def test_tenants_have_the_letterhead(self):
        layout = self.env.ref("leerbedrijf_core.external_layout_letterhead")
        self.assertEqual(self.municipality.external_report_layout_id, layout)
        plain = self.env["res.company"].create({"name": "Without a role"})
        self.assertNotEqual(plain.external_report_layout_id, layout)
        plain.leerbedrijf_role = "leerbedrijf"
        self.assertEqual(plain.external_report_layout_id, layout)

    def test_another_layout_stays(self):
        striped = self.env.ref("web.external_layout_striped")
        self.municipality.external_report_layout_id = striped
        self.municipality.leerbedrijf_role = "leerbedrijf"
        self.assertEqual(self.municipality.external_report_layout_id, striped)

    def test_agreement_is_complete(self):
        self.agreement.action_send()
        self.agreement.signatory_ids[0].action_sign()
        text = " ".join(self._print(self.agreement))
        for part in (
            # Letterhead and closing line, in the body
            "Gemeente Waterdam",
            "Raadhuisplein 1",
            "010 123 45 67",
            "KvK 11223344",
            "NL91 ABNA 0417 1643 00",
            # Content
            self.agreement.name,
            "Jobs in care",
            "Twenty residents find a lasting job",
            "Zorggroep Zonnehof",
            "12345678",
            "Care assistant",
            "24",
            "obligation of effort",
            "Diploma level 2",
            "Anna de Wit",
            "Karim Aydin",
            "Signed on",
            "Page 1 of",
        ):
            self.assertIn(part, text)
        self.assertNotIn("Job guarantee.", text)

    def test_draft_says_so(self):
        self.assertIn("DRAFT", " ".join(self._print(self.agreement)).upper())

    def test_colleague_of_the_region_prints_with_the_owners_letterhead(self):
        text = " ".join(self._print(self.agreement.with_env(self.manager_b)))
        self.assertIn("Raadhuisplein 1", text)

    def test_several_at_once(self):
        pages = self._print(self.agreement | self._new_agreement(title="Second"))
        text = " ".join(pages)
        self.assertIn("Jobs in care", text)
        self.assertIn("Second", text)
        self.assertGreaterEqual(text.count("Page 1 of"), 2)
