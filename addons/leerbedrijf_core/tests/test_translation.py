from odoo.tests import TransactionCase

from .common_translation import TranslationMixin


class TestTranslation(TranslationMixin, TransactionCase):
    """Core speaks Dutch."""
