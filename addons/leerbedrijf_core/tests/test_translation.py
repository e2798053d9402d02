from odoo.tests import TransactionCase, tagged

from .common_translation import TranslationMixin


@tagged("post_install", "-at_install", "standard")
class TestTranslation(TranslationMixin, TransactionCase):
    """Core speaks Dutch."""
