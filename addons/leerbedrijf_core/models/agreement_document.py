import json

from odoo import fields, models
from odoo.tools.misc import format_date

from ..tools import format_number


class LeerbedrijfAgreement(models.Model):
    """What the parties read and sign: the same words on the page and on paper.

    The content is plain data. It is frozen when the agreement is sent, so that later
    changes of a name or an address change nothing in what was signed.
    """

    _inherit = "leerbedrijf.agreement"

    # What is frozen -----------------------------------------------------------------

    def _prepare_content(self):
        """The content as it is now. Each line has a key that a next version keeps, by
        which two versions are compared."""
        self.ensure_one()
        document = self._in_document_language()
        return {
            "number": self.name,
            "version": self.version,
            "title": self.title,
            "purpose": self.purpose or "",
            "amendment_reason": self.amendment_reason or "",
            "date_from": fields.Date.to_string(self.date_from),
            "date_to": fields.Date.to_string(self.date_to),
            "review_date": fields.Date.to_string(self.review_date),
            "parties": document.signatory_ids._prepare_parties(),
            "pledges": [pledge._prepare_content() for pledge in document.pledge_ids],
            "contributions": [
                contribution._prepare_content()
                for contribution in document.contribution_ids
            ],
        }

    def _in_document_language(self):
        """This agreement in the language and the time of its owner, as parties read
        it."""
        # Superuser: only the language and the time zone of the owner.
        company = self.company_id.sudo()
        return self.with_context(
            lang=company.partner_id.lang or self.env.lang,
            tz=company.resource_calendar_id.tz or self.env.tz,
        )

    def _get_content(self):
        """What was frozen when it was sent; of a draft what would be."""
        self.ensure_one()
        return json.loads(self.content) if self.content else self._prepare_content()

    # What is read -------------------------------------------------------------------

    def _get_document(self):
        """The content in words, in the user's language: for page, paper and mail."""
        content = self._get_content()
        roles = self.signatory_ids._fields["role"]._description_selection(self.env)
        return {
            **content,
            "parties": [
                {**party, "role": dict(roles)[party["role"]]}
                for party in content["parties"]
            ],
            "period": self._describe_period(content),
            "review": self._as_date(content["review_date"]),
            "places": sum(pledge["places"] for pledge in content["pledges"]),
            "forces": {pledge["force"] for pledge in content["pledges"]},
            "pledges": [
                {**pledge, **self._describe_pledge(pledge)}
                for pledge in content["pledges"]
            ],
            "contributions": [
                {**line, "amount": self._describe_amount(line)}
                for line in content["contributions"]
            ],
        }

    def _as_date(self, value):
        return format_date(self.env, value) if value else ""

    def _describe_period(self, content):
        start, end = (self._as_date(content[name]) for name in ("date_from", "date_to"))
        if not end:
            return self.env._("from %(start)s", start=start)
        return self.env._("from %(start)s to %(end)s", start=start, end=end)

    def _describe_pledge(self, pledge):
        forces = self.pledge_ids._fields["force"]._description_selection(self.env)
        start, end = (self._as_date(pledge[name]) for name in ("date_from", "date_to"))
        window = " – ".join(filter(None, (start, end)))
        return {
            "force_label": dict(forces)[pledge["force"]],
            "hours_label": format_number(self.env, pledge["hours"]),
            "window": window,
            "skills_label": ", ".join(pledge["skills"]),
        }

    def _describe_amount(self, line):
        if not line["quantity"]:
            return ""
        quantity = format_number(self.env, line["quantity"])
        return " ".join(filter(None, (quantity, line["unit"])))

    # What changed ---------------------------------------------------------------------

    def _get_differences(self):
        """What differs from the version that this one amends, line by line."""
        self.ensure_one()
        if not self.previous_id:
            return []
        before = self.previous_id._get_lines()
        after = self._get_lines()
        labels = {**before, **after}
        return [
            {
                "label": labels[key][0],
                "before": before.get(key, ("", ""))[1],
                "after": after.get(key, ("", ""))[1],
            }
            for key in labels
            if before.get(key, ("", ""))[1] != after.get(key, ("", ""))[1]
        ]

    def _get_lines(self):
        """Key → (what it is about, what it says) of everything that was agreed."""
        document = self._get_document()
        lines = {
            "title": (self.env._("Title"), document["title"]),
            "purpose": (self.env._("Purpose"), document["purpose"]),
            "period": (self.env._("Period"), document["period"]),
            "review": (self.env._("Review"), document["review"]),
        }
        for party in document["parties"]:
            lines[f"party {party['key']}"] = (party["organisation"], party["role"])
        for pledge in document["pledges"]:
            lines[f"pledge {pledge['key']}"] = (
                f"{pledge['employer']} · {pledge['function']}",
                self._describe_pledge_in_a_line(pledge),
            )
        for line in document["contributions"]:
            parts = (line["amount"], line["description"])
            words = " · ".join(filter(None, parts)) or self.env._("yes")
            key = f"contribution {line['key']}"
            # A party may bring in the same kind twice, for two groups.
            said = [lines[key][1]] if key in lines else []
            lines[key] = (
                f"{line['organisation']} · {line['kind']}",
                "; ".join([*said, words]),
            )
        return lines

    def _describe_pledge_in_a_line(self, pledge):
        places = self.env._(
            "%(places)s × %(hours)s hours a week",
            places=pledge["places"],
            hours=pledge["hours_label"],
        )
        parts = (
            places,
            pledge["force_label"],
            pledge["window"],
            pledge["skills_label"],
            pledge["condition"],
        )
        return " · ".join(filter(None, parts))
