import polib

from odoo.tools.misc import file_path
from odoo.tools.translate import TranslationModuleReader


class TranslationMixin:
    """Every text of the addon that the class belongs to is there in Dutch."""

    def test_every_text_has_a_dutch_one(self):
        addon = self.test_module
        catalogue = polib.pofile(file_path(f"{addon}/i18n/nl.po"))
        dutch = {entry.msgid for entry in catalogue.translated_entries()}
        texts = {
            source
            for _, _, _, _, source, _, _ in TranslationModuleReader(self.cr, [addon])
        }
        self.assertTrue(texts)
        self.assertEqual(
            sorted(texts - dutch), [], "Run `make i18n` and complete the nl.po."
        )
