from . import delivery
from . import invoice_hours_xlsx
from . import labour_balance
