from odoo.tests import TransactionCase

from odoo.addons.leerbedrijf_core.tests.common_translation import TranslationMixin


class TestTranslation(TranslationMixin, TransactionCase):
    """Care speaks Dutch."""
