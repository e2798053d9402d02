import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import email_normalize

from ..calc import postcode

# As the page says; a visitor can send anything.
LONGEST_NAME, LONGEST_TEXT = 120, 1000
# A school or a library stands behind one address.
MOST_OF_SENDER, MOST_OF_CAMPAIGN = 20, 200  # an hour
PHONE_DIGITS = range(9, 16)
# What goes on to the file of the person, and from here.
PERSONAL = ("name", "email", "phone", "zip", "wish", "call_when", "sender")


class LeerbedrijfRegistration(models.Model):
    """Somebody who registered on the page of a campaign, until a work coach calls.

    For the municipality of the campaign alone. Once it is known who this is, what was
    filled in goes to that file; what nobody follows up is deleted after a term.
    """

    _name = "leerbedrijf.registration"
    _description = "Registration"
    _inherit = ["leerbedrijf.private.mixin", "leerbedrijf.personal.mixin"]
    _order = "create_date desc, id desc"

    _person_path = "participant_id"
    _is_deleted_with_person = True
    _write_once_columns = ("company_id", "campaign_id")

    company_id = fields.Many2one(string="Municipality")
    campaign_id = fields.Many2one(
        "leerbedrijf.campaign", required=True, index=True, ondelete="restrict"
    )
    name = fields.Char()
    email = fields.Char()
    phone = fields.Char()
    zip = fields.Char(string="Postcode")
    sector_ids = fields.Many2many(
        "leerbedrijf.sector",
        "leerbedrijf_registration_sector_rel",
        string="Appeals",
    )
    wish = fields.Text(string="What appeals")
    call_when = fields.Selection(
        [
            ("morning", "In the morning"),
            ("afternoon", "In the afternoon"),
            ("evening", "In the early evening"),
            ("any", "It does not matter"),
        ],
        string="Call",
        default="any",
    )
    consent_on = fields.Datetime(
        string="Agreed on",
        help="That the municipality keeps this and calls or mails about it.",
    )
    delete_on = fields.Date(
        string="Deleted on", index="btree_not_null", help="If nobody follows it up."
    )
    sender = fields.Char(
        groups="base.group_system",
        help="A hash of the sender's address of that day, to stop floods.",
    )
    state = fields.Selection(
        [
            ("new", "To follow up"),
            ("linked", "Candidate"),
            ("declined", "Goes no further"),
        ],
        required=True,
        default="new",
        readonly=True,
        index=True,
    )
    participant_id = fields.Many2one(
        "leerbedrijf.participant",
        string="Candidate",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    decline_reason = fields.Char(
        string="Why not", help="For instance: lives elsewhere, or found a job."
    )
    duplicate_note = fields.Html(
        string="Known already?", compute="_compute_duplicate_note"
    )

    _sender_idx = models.Index("(sender, create_date) WHERE sender IS NOT NULL")

    def _get_label(self):
        return self.name or self.participant_id.code or self.env._("Registration")

    @api.depends("name", "email", "phone", "state")
    def _compute_duplicate_note(self):
        people = self.env["leerbedrijf.participant"]
        for registration in self:
            registration.duplicate_note = (
                registration.state == "new"
                and people.new(registration._prepare_person()).duplicate_note
            )

    @api.model_create_multi
    def create(self, vals_list):
        registrations = super().create(vals_list)
        for registration in registrations:
            days = registration.campaign_id._get_days_kept()
            registration.delete_on = fields.Date.context_today(self) + timedelta(
                days=days
            )
        return registrations

    def write(self, vals):
        if not self.env.su:
            # What the person filled in is not the work coach's to change.
            allowed = {"participant_id", "decline_reason"}
            vals = {key: value for key, value in vals.items() if key in allowed}
            self._check_new()
        return super().write(vals)

    def _check_new(self):
        if any(registration.state != "new" for registration in self):
            raise UserError(
                self.env._("This registration has been followed up already.")
            )

    # On the page ------------------------------------------------------------------

    @api.model
    def _take_in(self, campaign, form, sender):
        """Keep what a visitor filled in; nobody hears whether it is known already.

        :raises UserError: with a sentence for the visitor
        """
        values = self._read_form(form)
        recent = [
            ("create_date", ">", fields.Datetime.now() - timedelta(hours=1)),
            ("company_id", "=", campaign.company_id.id),
        ]
        of_sender = self.search_count([*recent, ("sender", "=", sender)])
        of_campaign = self.search_count([*recent, ("campaign_id", "=", campaign.id)])
        if of_sender >= MOST_OF_SENDER or of_campaign >= MOST_OF_CAMPAIGN:
            raise UserError(
                self.env._(
                    "It is very busy at the moment. Try again in an hour, or call us."
                )
            )
        same = ("name", "email", "phone")
        if self.search_count([*recent, *((x, "=", values[x]) for x in same)], limit=1):
            return  # pressed twice
        chosen = campaign.sector_ids.filtered(
            lambda sector: str(sector.id) in form.getlist("sector")
        )
        self.create(
            {
                **values,
                "campaign_id": campaign.id,
                "company_id": campaign.company_id.id,
                "sector_ids": chosen.ids,
                "consent_on": fields.Datetime.now(),
                "sender": sender,
            }
        )

    @api.model
    def _read_form(self, form):
        """The values of a form, or a sentence about what is wrong with it."""
        # Without the character that no column can hold.
        form = {key: form.get(key, "").replace("\0", "") for key in form}
        texts = {key: " ".join(value.split()) for key, value in form.items()}
        values = {
            "name": texts.get("name", "")[:LONGEST_NAME],
            "email": email_normalize(texts.get("email", "")[:LONGEST_NAME]) or False,
            "phone": texts.get("phone", "")[:LONGEST_NAME] or False,
            "zip": postcode.normalise(texts.get("zip", "")) or False,
            "wish": form.get("wish", "").strip()[:LONGEST_TEXT],
            "call_when": texts.get("call_when", "any"),
        }
        problem = self._find_problem(texts, values)
        if problem:
            raise UserError(problem)
        return values

    def _find_problem(self, texts, values):
        """The first thing that is wrong with a form, as a sentence; or nothing."""
        digits = re.sub(r"\D", "", values["phone"] or "")
        moments = dict(self._fields["call_when"].selection)
        if not values["name"]:
            return self.env._("Fill in your name.")
        if texts.get("email") and not values["email"]:
            return self.env._("This e-mail address is not right. Look at it once more.")
        if values["phone"] and len(digits) not in PHONE_DIGITS:
            return self.env._("This phone number is not right. Look at it once more.")
        if not (values["email"] or values["phone"]):
            return self.env._("Fill in your phone number or your e-mail address.")
        if texts.get("zip") and not values["zip"]:
            return self.env._("This postcode is not right. It looks like 1234 AB.")
        if values["call_when"] not in moments:
            return self.env._("Choose when we may call.")
        if not texts.get("consent"):
            return self.env._(
                "Tick that we may keep what you filled in. Otherwise we cannot call."
            )
        return None

    # Follow up --------------------------------------------------------------------

    def _prepare_person(self):
        """What a file takes from a registration: a whitelist to extend."""
        self.ensure_one()
        chosen = ", ".join(self.sector_ids.mapped("name"))
        return {
            "company_id": self.company_id.id,
            "name": self.name,
            "email": self.email,
            "phone": self.phone,
            "zip": self.zip,
            "interests": "\n".join(filter(None, (chosen, self.wish))),
            "source": "campaign",
            "campaign_id": self.campaign_id.id,
        }

    def action_make_candidate(self):
        """Somebody new: make the file from what was filled in, and open it."""
        self.ensure_one()
        self._check_new()
        person = self.env["leerbedrijf.participant"].create(self._prepare_person())
        return self._link(person)

    def action_link(self):
        """Somebody who is known: add to that file what it does not know yet."""
        self.ensure_one()
        self._check_new()
        person = self.participant_id
        if not person:
            raise UserError(
                self.env._("Choose the candidate whom you know this is first.")
            )
        values = self._prepare_person()
        news = {
            key: values[key]
            for key in ("email", "phone", "zip")
            if values[key] and not person[key]
        }
        texts = filter(None, (person.interests, values["interests"]))
        person.write({**news, "interests": "\n".join(texts)})
        return self._link(person)

    def _link(self, person):
        self.check_access("write")
        # Superuser is the key to the state; what was filled in stays in the file alone.
        self.sudo().write(
            {
                **dict.fromkeys(PERSONAL, False),
                "state": "linked",
                "participant_id": person.id,
                "delete_on": False,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "leerbedrijf.participant",
            "res_id": person.id,
            "view_mode": "form",
        }

    def action_decline(self):
        """It goes no further; the registration is deleted at its term."""
        self.ensure_one()
        self._check_new()
        self.check_access("write")
        if not self.decline_reason:
            raise UserError(self.env._("Say in a few words why it goes no further."))
        # Superuser is the key to the state.
        self.sudo().write({"state": "declined", "participant_id": False})

    @api.constrains("state", "name")
    def _check_name(self):
        if any(r.state == "new" and not r.name for r in self):
            raise ValidationError(self.env._("Fill in your name."))

    @api.model
    def _cron_delete(self):
        """Every day: delete what nobody made a candidate of within the term."""
        self.search(
            [
                ("state", "!=", "linked"),
                ("delete_on", "<", fields.Date.context_today(self)),
            ]
        ).unlink()
