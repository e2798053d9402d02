from . import test_cohort
from . import test_enrolment
from . import test_parameter
from . import test_phase_dates
from . import test_tenancy
from . import test_user_create
