from . import agreement_sign
from . import registration
