import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..tools import earlier_versions, sha256


class LeerbedrijfAgreement(models.Model):
    """Versions: what was sent is frozen, an amendment is the next agreement.

    The version before holds until every party has signed the next one. What was
    delivered on its pledges then counts for the pledges that amend them.
    """

    _inherit = "leerbedrijf.agreement"

    version = fields.Integer(
        required=True, default=1, readonly=True, copy=False, aggregator=None
    )
    previous_id = fields.Many2one(
        "leerbedrijf.agreement",
        string="Amends",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    next_ids = fields.One2many(
        "leerbedrijf.agreement", "previous_id", string="Amended by"
    )
    has_next = fields.Boolean(compute="_compute_has_next")
    amendment_reason = fields.Text(
        string="Why it is amended", copy=False, help="The parties read this."
    )
    content = fields.Text(readonly=True, copy=False)
    content_hash = fields.Char(
        string="Mark of the text",
        readonly=True,
        copy=False,
        help="SHA-256 of the text that the parties signed: it shows that nothing was "
        "changed afterwards.",
    )
    differences = fields.Html(compute="_compute_differences", sanitize=False)
    is_in_force = fields.Boolean(
        compute="_compute_is_in_force",
        store=True,
        recursive=True,
        index=True,
        help="Its pledges count as promised.",
    )

    _one_next_version = models.UniqueIndex(
        "(previous_id) WHERE state NOT IN ('cancelled', 'replaced')",
        "This agreement is being amended already. Open the amendment.",
    )

    @api.depends("state", "previous_id.state", "previous_id.is_in_force")
    def _compute_is_in_force(self):
        """From the moment that it is sent; an amendment not as long as a version
        before still holds, else places would count twice."""
        for agreement in self:
            versions = agreement | agreement._get_earlier()
            holding = versions.filtered(
                lambda version: version.state in ("sent", "signed", "ended")
            )
            agreement.is_in_force = holding == agreement

    def _get_earlier(self):
        """The versions before this one, the latest first. The one before may never
        have been signed; what holds is further back then."""
        return earlier_versions(self)

    @api.depends("next_ids.state")
    def _compute_has_next(self):
        for agreement in self:
            agreement.has_next = bool(agreement._get_next())

    def _get_next(self):
        """The latest version that was made of this one."""
        return self.next_ids.filtered(lambda a: a.state != "cancelled").sorted("id")[
            -1:
        ]

    def _get_amendment(self):
        """The version that is being made of this one, or holds instead of it."""
        return self.next_ids.filtered(
            lambda a: a.state not in ("cancelled", "replaced")
        )

    def _get_last_version(self):
        # Superuser: whoever made it, no number is given twice.
        versions = self.sudo().search(
            [("name", "=", self.name), ("company_id", "=", self.company_id.id)]
        )
        return max(versions.mapped("version"))

    @api.depends("previous_id", "pledge_ids", "contribution_ids", "signatory_ids")
    @api.depends_context("lang")
    def _compute_differences(self):
        for agreement in self:
            agreement.differences = bool(agreement.previous_id) and self.env[
                "ir.qweb"
            ]._render(
                "leerbedrijf_core.agreement_differences",
                {"differences": agreement._get_differences()},
            )

    def _check_complete(self):
        result = super()._check_complete()
        if self.version > 1 and not (self.amendment_reason or "").strip():
            raise UserError(
                self.env._("Tell the parties first why the agreement is amended.")
            )
        self._check_deliveries_kept()
        return result

    def _check_deliveries_kept(self):
        """An amendment promises no less than was delivered already."""
        kept = {
            before: pledge
            for pledge in self.pledge_ids
            for before in pledge._get_earlier()
        }
        # Superuser: what was delivered is compared, also by who may not look it up.
        earlier = self._get_earlier().pledge_ids.sudo()
        for before in earlier.filtered("delivered_places"):
            places = kept[before].places if before in kept else 0
            if places < before.delivered_places:
                raise UserError(
                    self.env._(
                        "%(pledge)s: %(delivered)s places have been filled already, so "
                        "the amendment needs at least so many.",
                        pledge=before.display_name,
                        delivered=before.delivered_places,
                    )
                )

    def _send(self):
        result = super()._send()
        for agreement in self:
            # Superuser is the key to the frozen text.
            agreement.sudo().write(agreement._freeze())
        # Nobody signs the old text any more.
        unsigned = self.filtered(lambda a: a.previous_id.state == "sent")
        unsigned.previous_id._set_state("replaced")
        unsigned.filtered("is_in_force").pledge_ids._take_over()
        return result

    def _freeze(self):
        content = json.dumps(
            self._prepare_content(), ensure_ascii=False, sort_keys=True
        )
        return {"content": content, "content_hash": sha256(content.encode())}

    def _replace_previous(self):
        """This version holds now, and what was delivered counts for it."""
        for agreement in self.filtered("previous_id"):
            earlier = agreement._get_earlier()
            if earlier.company_id != agreement.company_id:
                raise UserError(self.env._("An agreement is amended by its owner."))
            earlier.filtered(
                lambda before: before.state in ("signed", "ended")
            )._set_state("replaced")
            agreement.pledge_ids._take_over()

    # The way to a next version ------------------------------------------------------

    def action_amend(self):
        """Open the next version of what was sent: a draft with the same lines."""
        self.ensure_one()
        self._check_state("sent", "signed")
        self._check_is_owner()
        amendment = self._get_amendment() or self._make_amendment()
        return amendment._get_form_action()

    def _make_amendment(self):
        self.next_ids.flush_recordset(["state"])  # a cancelled one makes room
        # Superuser is the key to number and version; access was checked by the caller.
        amendment = self.sudo().create(self._prepare_amendment())
        self.message_post(
            body=self.env._(
                "Version %(version)s is being made.", version=amendment.version
            )
        )
        return amendment.sudo(False)

    def _prepare_amendment(self):
        [values] = self.copy_data()
        return {
            **values,
            "name": self.name,
            "version": self._get_last_version() + 1,
            "previous_id": self.id,
            "user_id": self.env.uid,
            "pledge_ids": [
                Command.create(pledge._prepare_amendment())
                for pledge in self.pledge_ids
            ],
        }

    def action_view_previous(self):
        self.ensure_one()
        return self.previous_id._get_form_action()

    def action_view_next(self):
        self.ensure_one()
        return self._get_next()._get_form_action()

    def _get_form_action(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }
