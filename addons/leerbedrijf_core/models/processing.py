from odoo import api, fields, models


class LeerbedrijfProcessing(models.Model):
    """A processing of personal data: what the register of processing says of it.

    The register of article 30 of the GDPR, as far as this product decides it. It names
    every model that holds data of a person; a test fails for a model that it does not
    name. An addon that adds a model adds a record of this, or extends one.
    """

    _name = "leerbedrijf.processing"
    _description = "Processing of personal data"
    _inherit = ["leerbedrijf.catalogue.mixin"]

    purpose = fields.Text(required=True, translate=True)
    data_subjects = fields.Char(string="Whose data", required=True, translate=True)
    data_categories = fields.Text(string="Which data", required=True, translate=True)
    recipients = fields.Text(string="Who gets them", required=True, translate=True)
    legal_ground = fields.Text(required=True, translate=True)
    controller = fields.Selection(
        [
            ("municipality", "The municipality of the person"),
            ("leerbedrijf", "The leerwerkbedrijf"),
            ("region", "The organisations of the region, each for its own part"),
        ],
        required=True,
        help="Who answers for the processing (GDPR, article 4 under 7).",
    )
    retention_parameter_id = fields.Many2one(
        "leerbedrijf.parameter", string="Term", ondelete="restrict"
    )
    retention = fields.Text(
        string="How long", required=True, translate=True, help="And what happens then."
    )
    model_names = fields.Text(
        string="Tables", required=True, help="Technical names, separated by spaces."
    )
    model_labels = fields.Text(
        string="What the system calls it", compute="_compute_model_labels"
    )

    @api.depends("model_names")
    @api.depends_context("lang")
    def _compute_model_labels(self):
        # Superuser: the names of tables are no data.
        models_ = self.env["ir.model"].sudo()
        for processing in self:
            names = processing._get_models()
            labels = [models_._get(name).name or name for name in names]
            processing.model_labels = ", ".join(sorted(labels))

    def _get_models(self):
        """The technical names of the models of these processings."""
        return {name for processing in self for name in processing.model_names.split()}
