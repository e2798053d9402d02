from odoo import api, fields, models

from ..calc import skill_match
from .enrolment import PURPOSE_STATES


class LeerbedrijfEnrolment(models.Model):
    """How far the person's skills go for the functions of the cohort, and why.

    Both sides see the result. The file of the municipality stays closed: of it only
    the levels of the skills that a function of this cohort asks come out, without the
    remarks. See docs/decisions/0015.
    """

    _inherit = "leerbedrijf.enrolment"

    skill_judgement_ids = fields.One2many(
        "leerbedrijf.skill.judgement", "enrolment_id", string="Judgement of skills"
    )
    skill_match = fields.Html(
        string="Suits functions",
        compute="_compute_skill_match",
        compute_sudo=True,
        sanitize=False,
        groups="leerbedrijf_core.group_work_coach,leerbedrijf_core.group_coordinator",
    )

    @api.depends("cohort_id", "state", "skill_judgement_ids.level_id")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_skill_match(self):
        # A client can fill in any cohort on a form: only what is saved and seen counts.
        shown = self._origin.sudo(False)._filtered_access("read")
        # Superuser: whoever sees the enrolment sees its match.
        saved = shown.sudo().filtered(lambda e: e.state in PURPOSE_STATES)
        told = {}
        for cohort, enrolments in saved.grouped("cohort_id").items():
            functions = cohort.function_ids.filtered("is_open")
            matches = enrolments._get_skill_matches(functions)
            for enrolment in enrolments:
                told[enrolment.id] = self.env["ir.qweb"]._render(
                    "leerbedrijf_core.skill_match_table",
                    {"rows": enrolment._get_skill_match_rows(functions, matches)},
                )
        for enrolment in self:
            enrolment.skill_match = told.get(enrolment._origin.id)

    def _get_skill_match_rows(self, functions, matches):
        """What the page shows of each function, the best fit first."""
        ranked = sorted(
            ((function, matches[self.id, function.id]) for function in functions),
            key=lambda pair: (bool(pair[1].blocking), -pair[1].score, pair[0].id),
        )
        return [
            {
                "function": function,
                "percentage": round(match.score * 100),
                "is_blocked": bool(match.blocking),
                "sentences": self._describe_skill_match(match),
            }
            for function, match in ranked
        ]

    # For the selection as well -----------------------------------------------------

    def _get_skill_match(self, function):
        """This person beside one function: a `skill_match.Match`, whose score (0 to 1)
        and groups `_describe_skill_match` puts into words."""
        self.ensure_one()
        return self._get_skill_matches(function)[self.id, function.id]

    def _get_skill_matches(self, functions):
        """{(id of the enrolment, id of the function): Match} of all pairs, in a few
        queries. The caller checked that the user may read these enrolments, and passes
        functions of their own cohort."""
        today = fields.Date.context_today(self)
        wanted = {function: function._get_wanted_skills() for function in functions}
        ratings = self._get_skill_ratings() if functions else {}
        return {
            (id_, function.id): skill_match.match(asked, rated, today)
            for id_, rated in ratings.items()
            for function, asked in wanted.items()
        }

    def _get_skill_ratings(self):
        """{id of the enrolment: {id of the skill: Rating}} of what municipality and
        leerwerkbedrijf know."""
        # Superuser: the file is the municipality's, and the judgements the other
        # side's; callers give out what concerns a function of the cohort alone.
        enrolments = self.sudo()
        lines = self.env["leerbedrijf.participant.skill"].sudo()
        lines = lines.search(
            [("participant_id", "in", enrolments.participant_id.ids)]
        ).grouped("participant_id")
        judgements = self.env["leerbedrijf.skill.judgement"].sudo()
        judgements = judgements.search(
            [("enrolment_id", "in", self.ids), ("level_id", "!=", False)]
        ).grouped("enrolment_id")
        ratings = {}
        for enrolment in enrolments:
            rated = ratings[enrolment.id] = {
                line.skill_id.id: line._to_calc()
                for line in lines.get(enrolment.participant_id, ())
            }
            for judgement in judgements.get(enrolment, ()):
                skill = judgement.skill_id.id
                rated[skill] = rated.get(skill, skill_match.Rating()).judged(
                    judgement._to_level("level_id"), judgement.date
                )
        return ratings

    @api.model
    def _describe_skill_match(self, match):
        """The reasons of a score, as sentences."""
        if not match.judged:
            return [self.env._("This function asks no skills.")]
        groups = {
            self.env._("Stands in the way, and not obtained in this route:"): (
                match.blocking
            ),
            self.env._("Can do enough:"): match.matching,
            self.env._("Learns in this route:"): match.learnable,
            self.env._("Not enough yet, and not learned in this route:"): match.missing,
        }
        sentences = [
            f"{opening} {'; '.join(map(self._describe_judged, judged))}."
            for opening, judged in groups.items()
            if judged
        ]
        if match.is_uncertain:
            sentences.append(
                self.env._(
                    "Own word counts for %(percentage)s%% as long as nobody "
                    "established the level.",
                    percentage=round(skill_match.SELF_CERTAINTY * 100),
                )
            )
        return sentences

    def _describe_judged(self, judged):
        """A skill with the levels that matter: “Sawing – own word: with help”."""
        levels = self.env["hr.skill.level"]
        details = []
        if judged.is_expired:
            details.append(self.env._("expired"))
        elif judged.level:
            held = levels.browse(judged.level.key).name
            details.append(
                held
                if judged.is_established
                else self.env._("own word: %(level)s", level=held)
            )
        if not judged.is_sufficient:
            asked = levels.browse(judged.wanted.level.key).name
            details.append(self.env._("asked: %(level)s", level=asked))
        name = self.env["hr.skill"].browse(judged.skill).name
        return f"{name} – {', '.join(details)}"

    # The judgement of the leerwerkbedrijf -------------------------------------------

    def action_prepare_judgements(self):
        """Add a line for each skill that a function of the cohort asks or the route
        teaches. Nothing that is there changes."""
        for enrolment in self:
            cohort = enrolment.cohort_id
            asked = cohort.function_ids.filtered("is_open").skill_line_ids.skill_id
            skills = (asked | cohort.route_id.skill_ids) - (
                enrolment.skill_judgement_ids.skill_id
            )
            enrolment.skill_judgement_ids.create(
                [
                    {"enrolment_id": enrolment.id, "skill_id": skill.id}
                    for skill in skills
                ]
            )
