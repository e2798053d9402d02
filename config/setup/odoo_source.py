"""Odoo 19 itself, which is in no Python package index.

Sources, in this order: a checkout named in ODOO_HOME, the cache of an earlier
run, the Debian package (only in the suite `sid`, but pure Python: it is unpacked
into a folder of ours, never installed), a shallow clone of upstream.
"""

import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from . import system
from .console import SetupError, note
from .locks import exclusive
from .paths import LOGS, cache, digest
from .processes import output, run

UPSTREAM = "https://github.com/odoo/odoo.git"
BRANCH = "19.0"

#: Debian's package links to the files of these, so they go into the same root
COMPANIONS = [
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    # version 4.7 is in Debian 12; later ones have other file names
    "fonts-font-awesome/bookworm",
]

#: left out of Debian's package for its licence, but the asset bundle asks for it;
#: it blurs the background of video calls, and an empty file serves
LEFT_OUT = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


class OdooSource(NamedTuple):
    path: Path  # the folder that has the package `odoo` in it
    identity: str  # changes when the sources do


def fetch() -> OdooSource:
    if home := os.environ.get("ODOO_HOME"):
        return _named_by_user(Path(home))
    target = cache() / "odoo-19.0"
    with exclusive(cache() / "odoo.lock", "Odoo's sources"):
        if not _packages_folder(target):
            system.require_space(cache(), 3, "Odoo with its requirements")
            _download(target)
    return _source(target)


def _named_by_user(home: Path) -> OdooSource:
    if not _packages_folder(home):
        raise SetupError(f"ODOO_HOME is {home}, but there is no Odoo 19 in it.")
    note(f"using ODOO_HOME={home}")
    return _source(home)


def _source(root: Path) -> OdooSource:
    path = _packages_folder(root)
    origin = root / "ORIGIN"
    identity = (
        origin.read_text()
        if origin.exists()
        else str(path) + output(["git", "-C", root, "rev-parse", "HEAD"])
    )
    return OdooSource(path, digest(identity))


def _packages_folder(root: Path) -> Path | None:
    """Where the package `odoo` lies: Debian's layout or a checkout's."""
    for folder in (root / "usr/lib/python3/dist-packages", root):
        release = folder / "odoo" / "release.py"
        if release.exists() and re.search(
            r"^version_info = \(19, 0,", release.read_text(), re.MULTILINE
        ):
            return folder.resolve()
    return None


def _download(target: Path):
    """Build beside the target and rename: an interrupted download leaves nothing."""
    reasons = []
    for stale in cache().glob("tmp-odoo-*"):
        shutil.rmtree(stale)
    for source in (_from_debian, _from_upstream):
        with tempfile.TemporaryDirectory(dir=cache(), prefix="tmp-odoo-") as folder:
            try:
                source(Path(folder), Path(folder) / "root")
            except SetupError as error:
                reasons.append(str(error))
                continue
            shutil.rmtree(target, ignore_errors=True)
            (Path(folder) / "root").rename(target)
            return
    for reason in reasons:
        note(reason)
    raise SetupError(
        "Odoo 19 cannot be had: ODOO_HOME names no checkout, the cache "
        f"({target}) has none, the Debian package did not come, and neither did "
        f"branch {BRANCH} of {UPSTREAM}; is there a network?"
    )


# Debian's package


def _from_debian(folder: Path, root: Path):
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise SetupError("This is not a Debian machine, so there is no odoo-19.")
    options = _private_apt(folder)
    note("reading the package list of Debian sid")
    _apt(folder, options, "update")
    note("downloading the package odoo-19 (about 130 MB)")
    _apt(folder, options, "download", "odoo-19", *COMPANIONS)
    note("unpacking (1.3 GB)")
    packages = sorted(folder.glob("*.deb"))
    for package in packages:
        run(
            ["dpkg-deb", "-x", package, root],
            LOGS / "odoo-source.log",
            f"{package.name} cannot be unpacked (disk full?).",
        )
    _complete(root, packages)


def _complete(root: Path, packages: list[Path]):
    found = _packages_folder(root)
    if not found:
        raise SetupError("Debian's odoo-19 is not an Odoo 19.0.")
    left_out = found / LEFT_OUT
    if not left_out.exists():
        left_out.parent.mkdir(parents=True, exist_ok=True)
        left_out.touch()
    (root / "ORIGIN").write_text("\n".join(package.name for package in packages))


def _private_apt(folder: Path) -> list[str]:
    """An apt configuration of our own: the machine's lists stay as they are.

    The signatures are checked as ever.
    """
    for name in ("lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True)
    keyring = "/usr/share/keyrings/debian-archive-keyring.gpg"
    archive = _archive()
    (folder / "sources.list").write_text(
        "".join(
            f"deb [signed-by={keyring}] {archive} {suite} main\n"
            for suite in ("sid", "bookworm")
        )
    )
    settings = {
        "Dir::Etc::SourceList": folder / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State::Lists": folder / "lists",
        "Dir::Cache": folder / "cache",
        "Acquire::Languages": "none",
        "Acquire::Retries": "2",
        "APT::Update::Error-Mode": "any",
    }
    if system.is_root():
        # apt's own user cannot write in a cache under /root
        settings["APT::Sandbox::User"] = "root"
    return [f"-o{key}={value}" for key, value in settings.items()]


def _archive() -> str:
    """The address of the Debian archive, from the machine's own configuration."""
    targets = output(
        [
            "apt-get",
            "indextargets",
            "--format",
            "$(REPO_URI)|$(LABEL)",
            "Created-By: Packages",
        ]
    )
    rows = [line.split("|") for line in targets.splitlines() if "|" in line]
    # the label is empty where `apt-get update` was never run
    for wanted in ("Debian", "", "$(LABEL)"):
        for address, label in rows:
            if label == wanted and "security" not in address:
                return address
    raise SetupError("This machine's apt names no Debian archive to get odoo-19 from.")


def _apt(folder: Path, options: list[str], *words: str):
    run(
        ["apt-get", "-q", "-oAPT::Status-Fd=1", *options, *words],
        LOGS / "odoo-source.log",
        f"Debian's package did not come: apt-get {words[0]} failed.",
        on_line=system.apt_progress,
        cwd=folder,
    )


# Upstream


def _from_upstream(_folder: Path, root: Path):
    if not shutil.which("git"):
        raise SetupError("There is no git to fetch Odoo's sources with.")
    note(f"cloning branch {BRANCH} of upstream")
    run(
        ["git", "clone", "--progress", "--depth=1", "--branch", BRANCH, UPSTREAM, root],
        LOGS / "odoo-source.log",
        "Upstream's sources did not come: git clone failed.",
        on_line=lambda line: line.strip(),
        env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
    )
    if not _packages_folder(root):
        raise SetupError(f"Upstream's branch {BRANCH} is not an Odoo 19.0.")
