"""Canaries: in every text field of a row a word of its own that names its tenant.

A word looks like `qa1z00042k`: whatever the server answers, the words in it tell whose
data it showed.
"""

import base64
import itertools
import re

WORD = re.compile(r"q[ab]\dz\d{5}k", re.IGNORECASE)

#: columns that the system reads: a canary there would change what the system does
TECHNICAL = re.compile(
    r"(^|_)(model|token|login|password|lang|tz|code|vat|registry|barcode|mimetype"
    r"|checksum|fname|url|uuid|hash|domain|context|color|technical|key|icon|type|format"
    r"|sanitized|prefix|suffix|regex|trigger|field|number|eas|endpoint|path|file"
    r"|message_id|edi|state|source|location|reference|rrule|day|zip|method)($|_)"
)
TEXT = ("char", "text", "html")
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"><text>{}</text></svg>'


class Stainer:
    """Writes canaries into rows, as a user's form would, else past the guards."""

    def __init__(self, env):
        self.env = env
        self.words = {}  # word: (model, id, field)
        self.numbers = itertools.count()

    def stain(self, record, tenant):
        """Fill the text fields of this row; return field → word."""
        record = record.sudo().with_context(tracking_disable=True, lang="en_US")
        given = {}
        for field in self.text_fields(record):
            word = self.new_word(tenant)
            if self._put(record, field, self._dress(field, word)):
                self.words[word] = (record._name, record.id, field.name)
                given[field.name] = word
        if "image_1920" in record._fields:
            self._paint(record, tenant, given)
        return given

    def new_word(self, tenant):
        return f"q{tenant}z{next(self.numbers):05d}k"

    def _paint(self, record, tenant, given):
        """A picture that says whose it is; the smaller ones follow from it."""
        word = self.new_word(tenant)
        picture = base64.b64encode(PICTURE.format(word).encode())
        if self._put_by_form(record, record._fields["image_1920"], picture):
            self.words[word] = (record._name, record.id, "image_1920")
            given["image_1920"] = word

    def text_fields(self, model):
        return [
            field
            for name, field in model._fields.items()
            if field.type in TEXT
            and field.store
            and field.column_type
            and not field.related
            and not field.company_dependent
            and (not field.compute or not field.readonly)
            and not TECHNICAL.search(name)
        ]

    def _dress(self, field, word):
        if "email" in field.name:
            return f"{word}@example.com"
        return f"<p>{word}</p>" if field.type == "html" else word

    def _put(self, record, field, value):
        if record._name.startswith(("mail.", "ir.")):
            return self._put_by_sql(record, field, value)
        return self._put_by_form(record, field, value) or self._put_by_sql(
            record, field, value
        )

    def _put_by_form(self, record, field, value):
        try:
            with self.env.cr.savepoint():
                record.write({field.name: value})
                self.env.flush_all()
        except Exception:  # noqa: BLE001 (whatever guard refuses: the column is next)
            self.env.invalidate_all(flush=False)
            return False
        return True

    def _put_by_sql(self, record, field, value):
        column = f'"{field.name}"'
        right = "jsonb_build_object('en_US', %s::text)" if field.translate else "%s"
        statement = f'UPDATE "{record._table}" SET {column} = {right} WHERE id = %s'
        try:
            with self.env.cr.savepoint():
                self.env.cr.execute(statement, [value, record.id])
        except Exception:  # noqa: BLE001 (a format that a word cannot have)
            return False
        record.invalidate_recordset([field.name], flush=False)
        return True
