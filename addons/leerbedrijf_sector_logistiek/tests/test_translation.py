from odoo.tests import TransactionCase, tagged

from odoo.addons.leerbedrijf_core.tests.common_translation import TranslationMixin


@tagged("post_install", "-at_install", "standard")
class TestTranslation(TranslationMixin, TransactionCase):
    """Logistics speaks Dutch."""
