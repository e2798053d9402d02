from . import agreement_sign
