import logging

from psycopg2 import DataError, IntegrityError

from odoo.exceptions import UserError

from ..log_privacy import keep_values_out_of_the_log
from .common_cohort import CohortCase

CANARY = "Wil graag weer O'Hara's tuin doen"


class TestLogPrivacy(CohortCase):
    """What the database refuses leaves no person's data in the log."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # pytest imports the addon by itself, and Odoo then leaves `post_load` out.
        keep_values_out_of_the_log()

    def log_of_refused(self, error, func):
        with (
            self.assertLogs("odoo.sql_db", level=logging.INFO) as logs,
            self.assertRaises(error),
            self.env.cr.savepoint(),
        ):
            func()
            self.env.flush_all()
        self.env.invalidate_all()
        return logs.records

    def test_refused_values_stay_out(self):
        enrolment = self._propose()

        def end_before_start():
            dates = {"date_start": "2000-01-01", "date_end": "1999-01-01"}
            enrolment.write({"motivation": CANARY, **dates})

        (record,) = self.log_of_refused(IntegrityError, end_before_start)
        self.assertEqual(record.levelname, "INFO")
        message = record.getMessage()
        self.assertIn("leerbedrijf_enrolment_dates_in_order", message)
        self.assertNotIn("Hara", message)
        self.assertNotIn("1999", message)

    def test_impossible_values_get_a_sentence(self):
        for values in (
            {"capacity": 2**31},
            {"budget_per_participant": 1e200},
            {"name": "Craft\0"},
        ):
            with self.assertRaises(UserError):
                self.template.write(values)
        with self.assertRaises(UserError):
            self._new_participant(birthdate="2999-01-01")

    def test_faults_of_the_server_stay_errors(self):
        (record,) = self.log_of_refused(
            DataError, lambda: self.env.cr.execute("SELECT %s::int", (CANARY,))
        )
        self.assertEqual(record.levelname, "ERROR")
        self.assertNotIn("Hara", record.getMessage())
