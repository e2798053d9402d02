"""Entry point: `python3 -m config.setup COMMAND`.

This file must be readable by any Python 3: it is here that somebody with an old one
is told so, instead of being shown a SyntaxError.
"""

import sys

OLDEST = (3, 11)
NEWEST = (3, 13)


def check_python():
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        sys.exit(
            "Python {}.{} does not run this product: it needs 3.11, 3.12 or 3.13 "
            "(name one with PYTHON=/path/to/python3.11).".format(*sys.version_info)
        )


if __name__ == "__main__":
    check_python()
    from .commands import main

    sys.exit(main(sys.argv[1:]))
