from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

# What a functional administrator may give, and the screen on which its day begins.
ROLE_HOME_ACTIONS = {
    "account_manager": "leerbedrijf_core.cohort_action",
    "coordinator": "leerbedrijf_core.cohort_action",
    "work_coach": "leerbedrijf_core.participant_action",
    "work_leader": "leerbedrijf_core.hours_to_approve_action",
    "finance": "leerbedrijf_core.invoice_run_action",
    "functional_admin": "leerbedrijf_core.cohort_template_action",
}


class LeerbedrijfUserCreate(models.TransientModel):
    """The functional administrator makes a user of the own region, with one role."""

    _name = "leerbedrijf.user.create"
    _description = "New user"

    name = fields.Char(required=True)
    login = fields.Char(string="E-mail", required=True)
    company_id = fields.Many2one(
        "res.company",
        string="Organisation",
        required=True,
        default=lambda self: self.env.company,
        domain=lambda self: [("id", "in", self._get_allowed_companies().ids)],
    )
    role = fields.Selection(
        [
            ("account_manager", "Regional account manager"),
            ("work_coach", "Work coach"),
            ("coordinator", "Sector coordinator"),
            ("work_leader", "Work leader"),
            ("finance", "Finance officer"),
            ("functional_admin", "Functional administrator of the region"),
        ],
        required=True,
    )

    @api.model
    def _get_allowed_companies(self):
        # Superuser: a functional administrator makes users for all members of the own
        # regions, also those whose data stay hidden; a name and a role is all that this
        # wizard can give.
        return self.env.user.sudo().leerbedrijf_region_ids.company_ids

    def action_create_user(self):
        """Make the user and mail the invitation.

        :raises AccessError: for an organisation outside the administrator's regions
        :raises UserError: if the e-mail address is none or in use
        """
        self.ensure_one()
        if not self.env.user.has_group("leerbedrijf_core.group_functional_admin"):
            raise AccessError(
                self.env._("Only a functional administrator makes users.")
            )
        if self.company_id not in self._get_allowed_companies():
            raise AccessError(
                self.env._("Choose an organisation that is a member of your region.")
            )
        # Superuser: functional administrators have no stock right to make users, which
        # would let them give any right. Role and company have been checked above.
        users = self.env["res.users"].sudo()
        if users.with_context(active_test=False).search_count(
            [("login", "=", self.login)], limit=1
        ):
            raise UserError(
                self.env._(
                    "%(login)s is in use already. Choose another e-mail address.",
                    login=self.login,
                )
            )
        if email_normalize(self.login) != self.login.lower():
            raise UserError(
                self.env._(
                    "“%(login)s” is not an e-mail address, so the invitation would not "
                    "arrive. Correct it.",
                    login=self.login,
                )
            )
        user = users.create(self._prepare_user_values())
        self._log_new_user(user)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(name)s can log in as soon as the invitation has been accepted.",
                    name=user.name,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _log_new_user(self, user):
        """Tell on the user's contact who gave which role: the organisation sees it."""
        roles = dict(self._fields["role"]._description_selection(self.env))
        user.partner_id.message_post(
            author_id=self.env.user.partner_id.id,
            body=self.env._(
                "%(admin)s made this log-in for %(company)s, as %(role)s.",
                admin=self.env.user.name,
                company=user.company_id.name,
                role=roles[self.role],
            ),
        )

    def _prepare_user_values(self):
        return {
            "name": self.name,
            "login": self.login,
            "email": self.login,
            "lang": self.env.user.lang,
            "company_id": self.company_id.id,
            "company_ids": [fields.Command.set(self.company_id.ids)],
            "group_ids": [
                fields.Command.set(
                    self.env.ref(f"leerbedrijf_core.group_{self.role}").ids
                )
            ],
            "action_id": self.env.ref(ROLE_HOME_ACTIONS[self.role]).id,
        }
