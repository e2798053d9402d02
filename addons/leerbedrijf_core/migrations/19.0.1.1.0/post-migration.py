from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Templates of before get phases of their own, and cohorts keep theirs by them.

    Without these a cohort could not be made, and moving the start of one would throw
    its phases away.
    """
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    templates = env["leerbedrijf.cohort.template"].search([("phase_ids", "=", False)])
    templates._take_phases_of_route()
    env.flush_all()
    cr.execute(
        """
        UPDATE leerbedrijf_cohort_phase AS phase
        SET template_phase_id = design.id
        FROM leerbedrijf_cohort AS cohort
        JOIN leerbedrijf_template_phase AS design
            ON design.template_id = cohort.template_id
        WHERE phase.cohort_id = cohort.id
            AND phase.template_phase_id IS NULL
            AND design.route_phase_id = phase.route_phase_id
        """
    )
