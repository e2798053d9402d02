from . import invoice_hours_xlsx
