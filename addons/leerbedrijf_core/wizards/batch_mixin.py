from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

# What is found about a person, from good to bad.
LEVELS = ("ready", "attention", "blocked")


class LeerbedrijfBatchMixin(models.AbstractModel):
    """Something that is done for many people at once: first shown, then done.

    Who cannot (`blocked`) is left out and told why; who had better not (`attention`)
    asks a reason, given once and kept with each of them. Nothing changes before the
    user confirms, and then all at once.

    A wizard declares `line_ids`, of a model with `leerbedrijf.batch.line.mixin`, and
    says what it finds (`_get_findings`), does (`_apply`) and reports (`_get_result`).
    """

    _name = "leerbedrijf.batch.mixin"
    _description = "Something done for many people at once"

    # Whether going on with who asks attention takes a reason.
    _asks_reason = True

    chosen_count = fields.Integer(string="Selected", compute="_compute_counts")
    ready_count = fields.Integer(string="Will be done", compute="_compute_counts")
    attention_count = fields.Integer(string="Asks attention", compute="_compute_counts")
    blocked_count = fields.Integer(string="Not possible", compute="_compute_counts")
    reason = fields.Char(
        string="Why go on",
        help="Kept with everybody for whom something asks attention.",
    )

    @api.depends("line_ids.is_included", "line_ids.level")
    def _compute_counts(self):
        for batch in self:
            lines = batch.line_ids
            ready = lines._filter_ready()
            batch.chosen_count = len(lines)
            batch.ready_count = len(ready)
            batch.attention_count = len(ready.filtered(_asks_attention))
            batch.blocked_count = len(lines.filtered(lambda x: x.level == "blocked"))

    def _get_findings(self):
        """Tuples of a line, a level of LEVELS and a sentence on that person.

        :rtype: Iterable[tuple[models.BaseModel, str, str]]
        """
        raise NotImplementedError

    def _apply(self, lines):
        """Do it for the people of these lines, with few queries for many."""
        raise NotImplementedError

    def _get_result(self, lines):
        """The sentence for the user: for how many of these lines what has been done."""
        raise NotImplementedError

    def _judge(self):
        """Line → the worst level and all sentences that were found on it."""
        self.ensure_one()
        levels, sentences = defaultdict(int), defaultdict(list)
        for line, level, sentence in self._get_findings():
            levels[line] = max(levels[line], LEVELS.index(level))
            sentences[line].append(sentence)
        return {
            line: (LEVELS[levels[line]], " ".join(sentences[line]))
            for line in self.line_ids
        }

    def action_confirm(self):
        """Do it for everybody who is included and can; say who was left out.

        :raises UserError: if there is nobody, or a reason is missing
        """
        self.ensure_one()
        lines = self.line_ids._filter_ready()
        if not lines:
            raise UserError(
                self.env._("This cannot be done for any of the selected people.")
            )
        attention = lines.filtered(_asks_attention)
        if self._asks_reason and attention and not (self.reason or "").strip():
            raise UserError(
                self.env._(
                    "Something asks attention for %(number)s people. Say why you go "
                    "on, or leave them out.",
                    number=len(attention),
                )
            )
        left_out = self.line_ids - lines
        # What was found before, not what is found of it afterwards.
        findings = {x._get_record(): x.finding for x in attention}
        self._apply(lines)
        if self._asks_reason:
            self._keep_reason(findings)
        return self._notify(lines, left_out)

    def _keep_reason(self, findings):
        """Note with each record what was found and why it was done nevertheless."""
        records = self.line_ids._get_records().browse(x.id for x in findings)
        records._message_log_batch(
            {
                record.id: self.env._(
                    "%(finding)s Gone on, because: %(reason)s",
                    finding=finding,
                    reason=self.reason,
                )
                for record, finding in findings.items()
            }
        )

    def _notify(self, lines, left_out):
        message = self._get_result(lines)
        if left_out:
            names = left_out._get_records().mapped("display_name")
            message += " " + self.env._(
                "Left out: %(names)s.", names=", ".join(names[:10])
            )
            if len(names) > 10:
                message += " " + self.env._(
                    "And %(number)s more.", number=len(names) - 10
                )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if left_out else "success",
                "sticky": bool(left_out),
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _open(self, name):
        """This wizard, saved already, in a dialog."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }


def _asks_attention(line):
    return line.level == "attention"
