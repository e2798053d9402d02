from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from .common_cohort import CohortCase

NOW = datetime(2026, 11, 24, 9, 0)


@freeze_time(NOW)
class TestInfoMeeting(CohortCase):
    """People hear of a cohort first; the organiser sees names for as long as needed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coordinator = cls.as_role("coordinator")
        cls.coach = cls.as_role("work_coach")
        with freeze_time(NOW):
            cls.meeting = cls._new_meeting()
            cls.person = cls._new_participant(email="samira@example.com")
            cls.invitation = cls._invite(cls.person)

    @classmethod
    def _new_meeting(cls, env=None, **values):
        return (env or cls.coordinator)["leerbedrijf.info.meeting"].create(
            {
                "cohort_id": cls.cohort.id,
                "region_id": cls.region.id,
                "start": datetime(2026, 12, 1, 9, 0),
                "duration": 2,
                "place": "Town hall",
                **values,
            }
        )

    @classmethod
    def _invite(cls, person, env=None, meeting=None):
        return (env or cls.coach)["leerbedrijf.info.invitation"].create(
            {
                "participant_id": person.id,
                "meeting_id": (meeting or cls.meeting).id,
            }
        )

    def _as_organiser(self):
        self.env.invalidate_all()
        return self.invitation.with_env(self.coordinator)

    # When -------------------------------------------------------------------------

    def test_it_says_when_in_the_time_of_the_organiser(self):
        self.leerbedrijf.resource_calendar_id.tz = "Europe/Amsterdam"
        self.assertEqual(
            self.meeting.when, "Tuesday 1 December 2026 from 10:00 to 12:00"
        )
        # The night of 28 March 2027 the clock goes from 2 to 3.
        before = self._new_meeting(start=datetime(2027, 3, 27, 9, 0))
        after = self._new_meeting(start=datetime(2027, 3, 28, 8, 0))
        self.assertIn("from 10:00 to 12:00", before.when)
        self.assertIn("Sunday 28 March 2027 from 10:00 to 12:00", after.when)
        night = self._new_meeting(start=datetime(2027, 3, 28, 0, 30))
        self.assertIn("from 01:30 to 04:30", night.when)
        late = self._new_meeting(start=datetime(2026, 12, 1, 23, 30))
        self.assertIn("Wednesday 2 December 2026", late.when)

    def test_a_new_meeting_has_a_label_without_empty_parts(self):
        meeting = self.coordinator["leerbedrijf.info.meeting"].new({"name": "Care"})
        self.assertEqual(meeting.display_name, "Care")

    def test_attendance_is_asked_from_the_day_of_the_meeting(self):
        self.assertFalse(self.invitation.is_door_open)
        with freeze_time(datetime(2026, 12, 1, 7, 0)):
            self.invitation.invalidate_recordset()
            self.assertTrue(self.invitation.is_door_open)

    def test_the_host_alone_has_it_in_the_calendar(self):
        event = self.env["calendar.event"].search(
            [("info_meeting_id", "=", self.meeting.id)]
        )
        host = self.user("coordinator")
        self.assertEqual(event.partner_ids, host.partner_id)
        self.assertEqual(
            (event.start, event.stop), (self.meeting.start, self.meeting.stop)
        )
        self.assertEqual(event.user_id, host)
        self.assertNotIn(self.person.name, f"{event.name} {event.description}")
        self.meeting.start += timedelta(days=1)
        self.assertEqual(event.start, datetime(2026, 12, 2, 9, 0))
        empty = self._new_meeting()
        event = event.search([("info_meeting_id", "=", empty.id)])
        empty.unlink()
        self.assertFalse(event.exists())

    def test_a_stranger_is_no_host(self):
        for user in (
            self.user("coordinator", self.leerbedrijf_x),
            self.user("work_coach"),
        ):
            with self.assertRaisesRegex(UserError, "as host|another region"):
                self.meeting.user_id = user

    def test_impossible_meetings_are_refused(self):
        with self.assert_refused("capacity_positive"):
            self.meeting.capacity = 0
        with self.assert_refused("duration_sane"):
            self.meeting.duration = 0
        with self.assertRaisesRegex(UserError, "have been invited"):
            self.meeting.unlink()

    # Who sees what ----------------------------------------------------------------

    def test_the_organiser_sees_names_and_no_file(self):
        seen = self._as_organiser()
        self.assertEqual(seen.participant_name, self.person.name)
        with self.assertRaises(AccessError):
            seen.participant_id.read(["phone"])
        self.assertNotIn("samira@example.com", str(seen.read()))

    def test_the_names_go_some_days_after_the_meeting(self):
        self.assertEqual(self.meeting.closes_on, date(2026, 12, 8))
        for day, visible in ((date(2026, 12, 8), True), (date(2026, 12, 9), False)):
            with freeze_time(day):
                self.env["leerbedrijf.info.invitation"]._cron_close_access()
                found = self._as_organiser().search([("id", "=", self.invitation.id)])
                self.assertEqual(bool(found), visible)
        with (
            freeze_time(date(2026, 12, 9)),
            self.assertRaisesRegex(UserError, "its date stays"),
        ):
            self.meeting.start = datetime(2027, 1, 1, 9, 0)
        self.assertTrue(self.invitation.with_env(self.coach).participant_name)

    def test_a_meeting_with_names_is_not_put_off_for_years(self):
        with self.assertRaisesRegex(UserError, "half a year at most"):
            self.meeting.start = datetime(2099, 1, 1, 9, 0)
        self.meeting.start = datetime(2027, 5, 3, 9, 0)
        self._new_meeting().start = datetime(2028, 1, 3, 9, 0)

    def test_others_see_nobody(self):
        other = self._new_participant("Other", self.municipality_b)
        coach_b = self.as_role("work_coach", self.municipality_b)
        theirs = self._invite(other, coach_b)
        self.assertEqual(coach_b["leerbedrijf.info.invitation"].search([]), theirs)
        self.assertEqual(
            len(self.coordinator["leerbedrijf.info.invitation"].search([])), 2
        )
        for role, company in (
            ("coordinator", self.leerbedrijf_x),
            ("work_coach", self.municipality_x),
        ):
            env = self.as_role(role, company)
            self.assertFalse(env["leerbedrijf.info.invitation"].search([]))
            self.assertFalse(env["leerbedrijf.info.meeting"].search([]))
        for role in ("account_manager", "work_leader", "finance", "functional_admin"):
            model = self.as_role(role)["leerbedrijf.info.invitation"]
            self.assertFalse(model.has_access("read"))

    def test_only_the_municipality_invites_its_own(self):
        other = self._new_participant("Other", self.municipality_b)
        for env in (self.coach, self.coordinator):
            with self.assertRaises(AccessError):
                self._invite(other, env)
        with self.assertRaises(AccessError):
            self._as_organiser().unlink()
        elsewhere = self._new_participant("Far", self.municipality_x)
        with self.assertRaises(UserError):
            self._invite(elsewhere, self.as_role("work_coach", self.municipality_x))

    def test_a_client_opens_no_access(self):
        with freeze_time(date(2027, 1, 1)):
            self.env["leerbedrijf.info.invitation"]._cron_close_access()
            mine = self.invitation.with_env(self.coach)
            mine.write({"access_leerbedrijf_id": self.leerbedrijf_x.id})
            mine.write({"leerbedrijf_id": self.leerbedrijf_x.id})
            self.assertFalse(mine.access_leerbedrijf_id)
            self.assertEqual(mine.leerbedrijf_id, self.leerbedrijf)

    def test_everybody_reads_how_many(self):
        manager = self.meeting.with_env(self.as_role("account_manager"))
        self.assertEqual(manager.invited_count, 1)

    # At the door ------------------------------------------------------------------

    def test_a_group_is_ticked_off_at_once(self):
        second = self._invite(self._new_participant("Second"))
        group = (self.invitation | second).with_env(self.coordinator)
        group.action_attended()
        self.assertEqual(set(group.mapped("state")), {"attended"})
        self.assertEqual(self.meeting.attended_count, 2)
        second.with_env(self.coordinator).action_absent()
        self.assertEqual(self.meeting.invited_count, 1)

    def test_who_wants_to_go_on_is_proposed(self):
        mine = self.invitation.with_env(self.coach)
        self.assertFalse(mine.can_propose)
        mine.write({"state": "attended", "outcome": "wants", "outcome_reason": "Fun"})
        self.assertTrue(mine.can_propose)
        action = mine.action_propose()
        enrolment = (
            self.coach["leerbedrijf.enrolment"]
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(enrolment.cohort_id, self.cohort)
        self.assertEqual(enrolment.motivation, "Fun")
        mine.invalidate_recordset()
        self.assertFalse(mine.can_propose)
        self.assertFalse(self._as_organiser().can_propose)
        with self.assertRaises(AccessError):
            self._as_organiser().action_propose()

    def test_inviting_a_group_skips_who_is_invited(self):
        second = self._new_participant("Second")
        wizard = self.coach["leerbedrijf.info.invite"].create(
            {
                "meeting_id": self.meeting.id,
                "participant_ids": (self.person | second).ids,
            }
        )
        self.assertIn("Chairs free: 19 of 20. You invite: 1.", wizard.note)
        self.assertIn("Invited already: 1", wizard.note)
        wizard.action_invite()
        self.assertEqual(
            self.meeting.sudo().invitation_ids.participant_id, self.person | second
        )
        self.meeting.capacity = 1
        wizard.participant_ids |= self._new_participant("Third")
        wizard.invalidate_recordset()
        self.assertIn("more than there are chairs", wizard.note)

    def test_a_meeting_behind_us_invites_nobody(self):
        with freeze_time(date(2026, 12, 2)):
            wizard = self.coach["leerbedrijf.info.invite"].create(
                {
                    "meeting_id": self.meeting.id,
                    "participant_ids": self._new_participant("Late").ids,
                }
            )
            with self.assertRaisesRegex(UserError, "has taken place"):
                wizard.action_invite()

    def test_the_reason_is_a_look_at_the_file(self):
        self.invitation.outcome_reason = "Fun"
        self._as_organiser().web_read({"outcome_reason": {}})
        self.env.invalidate_all()
        looks = self.person.dossier_view_ids
        self.assertIn("invitation", looks.mapped("kind"))
        self.assertIn(self.leerbedrijf, looks.viewer_company_id)
