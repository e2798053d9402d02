from collections import defaultdict

from odoo import models


class MailFollowers(models.Model):
    """Who follows what: for the readers of the document, and for the followers.

    Odoo lets every internal user list all followers of all tenants, with their names
    and addresses. Here a follower is as visible as the document, as activities and
    messages are in Odoo itself.
    """

    _inherit = "mail.followers"

    def _check_access(self, operation):
        result = super()._check_access(operation)
        allowed = self - result[0] if result else self
        if operation == "create" or not allowed or self.env.su:
            return result
        # Superuser: model, id and partner of the followers decide who may see them.
        rows = [
            (follower.id, follower.res_model, follower.res_id, follower.partner_id.id)
            for follower in allowed.sudo()
        ]
        hidden = allowed - self._browse_visible(rows)
        if not hidden:
            return result
        forbidden = hidden + result[0] if result else hidden
        rules = self.env["ir.rule"]
        return forbidden, lambda: rules._make_access_error(operation, forbidden)

    def _search(
        self,
        domain,
        offset=0,
        limit=None,
        order=None,
        *,
        bypass_access=False,
        **kwargs,
    ):
        if self.env.su or bypass_access:
            return super()._search(
                domain, offset, limit, order, bypass_access=True, **kwargs
            )
        # As mail.activity does: the rules cannot follow (model, id) to the document.
        query = super()._search(domain, offset, limit, order, **kwargs)
        names = ("id", "res_model", "res_id", "partner_id")
        columns = [self._field_to_sql(self._table, name, query) for name in names]
        rows = self.env.execute_query(query.select(*columns))
        return self._browse_visible(rows)._as_query(order)

    def _browse_visible(self, rows):
        """Which of these (id, model, document id, partner id) the user may see."""
        document_ids = defaultdict(set)
        for _id, model, document_id, _partner_id in rows:
            if model in self.env and document_id:
                document_ids[model].add(document_id)
        readable = {
            (model, document.id)
            for model, ids in document_ids.items()
            for document in self.env[model]
            .browse(ids)
            .exists()
            ._filtered_access("read")
        }
        own_id = self.env.user.partner_id.id
        return self.browse(
            id_
            for id_, model, document_id, partner_id in rows
            if partner_id == own_id or (model, document_id) in readable
        )
