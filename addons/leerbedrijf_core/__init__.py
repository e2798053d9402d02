from . import models, report, wizards
from .hooks import uninstall_hook
from .log_privacy import keep_values_out_of_the_log
