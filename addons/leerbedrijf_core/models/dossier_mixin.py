from odoo import models


class LeerbedrijfDossierMixin(models.AbstractModel):
    """A person's file, of which every look is recorded for the municipality.

    Whoever gets one of `_dossier_fields` has looked: on a form, in a list with such a
    column, through an export or by RPC. A list of names and states is no look. All
    records of one answer are recorded by one statement.
    """

    _name = "leerbedrijf.dossier.mixin"
    _description = "File of which every look is recorded"

    # What a list of names does not tell.
    _dossier_fields = frozenset()

    def web_read(self, specification):
        return super().web_read(specification)

    def read(self, fields=None, load="_classic_read"):
        return super().read(fields, load)

    # A look writes, so these do not begin on a read-only replica. What reads lists
    # does: Odoo repeats a request there on the primary when it turns out to write.
    web_read._readonly = False
    read._readonly = False

    def _read_format(self, fnames, load="_classic_read"):
        values = super()._read_format(fnames, load=load)
        self._record_look(fnames)
        return values

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        rows = super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        self._record_look([path[0] for path in fields if path])
        return rows

    def _record_look(self, names):
        """Record that the user gets these fields; system code does not look."""
        if not self.env.su and self._dossier_fields.intersection(names):
            self.env["leerbedrijf.dossier.view"]._record(
                self._get_dossier_participants(), self._name.split(".")[-1]
            )

    def _get_dossier_participants(self):
        """The persons that these records are about."""
        raise NotImplementedError
