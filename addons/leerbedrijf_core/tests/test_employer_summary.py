from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user

from .common_agreement import AgreementCase
from .common_pdf import print_pdf

REPORT = "leerbedrijf_core.employer_summary_document"


class TestEmployerSummary(AgreementCase):
    """One page on an employer, meant to be shown to the employer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        manager = cls.manager
        manager.user.partner_id.sudo().write(
            {"name": "Karim Aydin", "phone": "010 765 43 21"}
        )
        cls.mine = cls.employer.with_env(manager)
        cls.mine.write(
            {
                "company_registry": "12345678",
                "account_manager_id": manager.uid,
                "comment": "Note that is not to be seen",
                "child_ids": [
                    Command.create({"name": "Anna de Wit", "function": "HR"})
                ],
            }
        )
        cls._sign_by_all()

    def _new_forecasts(self, count, **values):
        return self.manager["leerbedrijf.forecast"].create(
            [
                {
                    "partner_id": self.employer.id,
                    "function": f"Function {number}",
                    "places": 2,
                    "date_from": date(2027, 9, 1),
                    "date_to": date(2027, 12, 31),
                    "note": "Note that is not to be seen",
                    **values,
                }
                for number in range(count)
            ]
        )

    def _print(self, partners):
        return print_pdf(self, partners, REPORT)

    def test_what_it_tells(self):
        self._new_forecasts(1)
        self.agreement.pledge_ids.cohort_id = self.cohort
        self.manager["leerbedrijf.contact.moment"].create(
            {
                "partner_id": self.employer.id,
                "kind_id": self.env.ref("leerbedrijf_core.contact_kind_phone").id,
                "summary": "Words that are not to be seen",
                "description": "Words that are not to be seen",
            }
        )
        [page] = self._print(self.mine)
        for part in (
            *("Gemeente Waterdam", "Zorggroep Zonnehof", "KvK 12345678", "Anna de Wit"),
            *("Karim Aydin", "010 765 43 21", "Function 0", "Care assistant"),
            *("Intention", "Phone call", "Page 1 of 1"),
        ):
            self.assertIn(part, page)
        self.assertNotIn("not to be seen", page)

    def test_one_page_whatever_there_is(self):
        long = "A function with a name that is much longer than fits in its column"
        self._new_forecasts(25, function=long)
        agreement = self._new_agreement(
            pledge_ids=[
                Command.create(self._pledge_values(function=long)) for _x in range(14)
            ]
        )
        self._sign_by_all(agreement)
        agreement.pledge_ids.cohort_id = self.cohort
        self.manager["leerbedrijf.contact.moment"].create(
            [{"partner_id": self.employer.id, "summary": "Talk"} for _x in range(9)]
        )
        pages = self._print(self.mine)
        self.assertEqual(len(pages), 1)
        self.assertIn("and 15 more", pages[0])
        self.assertIn("and 5 more", pages[0])
        self.assertIn("50", pages[0], "the total is of all places")

    def test_a_page_for_each(self):
        other = self._new_employer("Zorghuis De Linde").with_env(self.manager)
        pages = self._print(self.mine | other)
        self.assertEqual(len(pages), 2)
        self.assertIn("No places have been promised yet", pages[1])

    def test_drafts_and_cancelled_promise_nothing(self):
        self._new_agreement()
        cancelled = self._new_agreement()
        cancelled.action_cancel()
        self.assertEqual(len(self.mine._get_summary()["pledges"]), 1)

    def test_what_comes_next_is_in_the_future(self):
        today = fields.Date.context_today(self.env.user)
        soon, past = today + relativedelta(months=1), today - relativedelta(months=1)
        agreement = self._new_agreement(
            date_from=past,
            date_to=False,
            review_date=soon,
            pledge_ids=[
                Command.create(
                    self._pledge_values(date_from=day, date_to=False, places=places)
                )
                for day, places in ((past, 1), (soon, 2))
            ],
        )
        self._sign_by_all(agreement)
        steps = [step for step in self.mine._get_summary()["steps"] if step[0] == soon]
        self.assertEqual([step[1] for step in steps], ["review", "start"])
        self.assertEqual(steps[1][2].places, 2)

    def test_nobody_else_gets_it(self):
        portal = new_test_user(
            self.env, "portal_of_employer", groups="base.group_portal"
        )
        portal.partner_id.parent_id = self.employer
        for env in (self.manager_x, self.env(user=portal.id)):
            with self.assertRaises(AccessError):
                self._print(self.employer.with_env(env))
