from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def addons():
    """The folders of our addons."""
    return sorted(path.parent for path in ROOT.glob("addons/*/__manifest__.py"))
