"""An agreement on its way along the parties: sent, signed on a phone, declined, amended
and signed by all; and what somebody with a wrong link gets to see."""

import re
import subprocess
import time
from datetime import date

import pytest
from documents import pdf_text
from playwright.sync_api import expect
from screen import Screen
from test_account_manager import start_agreement

LINK = "/ondertekenen/[A-Za-z0-9_-]+"
TITLE = "Samen leren in de zorg"
YEAR = date.today().year + 1
STAYS, HESITATES = "Zorgcentrum Eikenborgh", "Thuiszorg Brinkdal"
SIGNERS = {
    STAYS: ("Joost Slagter", "joost@eikenborgh.example"),
    HESITATES: ("Sheila Pinas", "sheila@brinkdal.example"),
}
DEAD_LINK = "Deze link werkt niet (meer)"


@pytest.fixture
def phone(browser, server, request, settings):
    """The telephone of somebody without an account: `page = phone(link)`."""
    context = browser.new_context(
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        is_mobile=True,
        has_touch=True,
        viewport={"width": 390, "height": 844},
    )
    pages = []

    def open_link(link):
        page = context.new_page()
        pages.append(page)
        page.goto(server + link)
        return page

    yield open_link
    report = getattr(request.node, "journey_report", None)
    for number, page in enumerate(pages):
        if report is None or report.failed:
            page.screenshot(path=f"{settings['LOGS']}/phone_{number}.png")
    context.close()


@pytest.fixture
def link_for(database):
    """The link in the last mail to an address, as its mailbox would have it."""

    def find(address):
        query = (
            f"SELECT substring(body_html from '{LINK}') FROM mail_mail "
            f"WHERE email_to = '{address}' AND body_html ~ '{LINK}' "
            "ORDER BY id DESC LIMIT 1"
        )
        found = subprocess.run(
            ["psql", "-XAtqw", "-d", database, "-c", query],
            capture_output=True,
            text=True,
            check=True,
        )
        assert found.stdout.strip(), f"no mail to {address}"
        return found.stdout.strip()

    return find


def test_from_sent_to_signed_on_the_phone(login, phone, link_for, tmp_path):
    screen = Screen(login("account_manager"))
    start_agreement(screen, TITLE)
    screen.fill_period("Periode", date(YEAR, 1, 1), date(YEAR + 1, 12, 31))
    for employer, (name, address) in SIGNERS.items():
        with screen.new_line("Plaatsafspraken") as pledge:
            pledge.choose("Werkgever", employer)
            pledge.fill("Functie", "Helpende")
            pledge.fill("Plaatsen", "3")
            pledge.press("Opslaan & Sluiten")
        screen.tab("Partijen en ondertekening")
        with screen.new_row() as row:
            row.choose("Organisatie", employer)
            row.fill("Wie ondertekent", name)
            row.fill("E-mail", address)
    screen.save()
    screen.press("Ter ondertekening versturen")
    screen.expect_state("Ter ondertekening")

    # One party signs; somebody else cannot with this link.
    first = phone(link_for(SIGNERS[STAYS][1]))
    expect(first.locator("h1")).to_have_text(TITLE)
    expect(first.get_by_text(f"Wat {STAYS} belooft")).to_be_visible()
    expect(first.locator("section").first).to_contain_text("3 × Helpende")
    assert not sideways(first), "the page is wider than the phone"
    sign(first, "Iemand Anders")
    expect(first.get_by_role("status")).to_contain_text("Deze link is voor Joost Slagt")
    first.reload()
    sign(first)
    expect(first.get_by_role("status")).to_contain_text("Ondertekend.")
    first.reload()
    expect(first.get_by_role("status")).to_contain_text("Joost Slagter")
    expect(first.locator("#sign")).to_have_count(0)

    # The other one promises less than that.
    old_link = link_for(SIGNERS[HESITATES][1])
    second = phone(old_link)
    second.get_by_text("Ik onderteken niet").click()
    second.get_by_label("Waarom niet?").fill("Drie plaatsen redden we niet, één wel.")
    second.get_by_role("button", name="Laat weten").click()
    expect(second.get_by_role("status")).to_contain_text("niet ondertekent")
    screen.menu("Werkgevers", "Overeenkomsten")
    screen.view("kanban")
    card = screen.card(TITLE)
    expect(card).to_contain_text(f"Ondertekent niet: {HESITATES}")

    # So a next version is made, and the old links are dead.
    screen.view("list")
    screen.search(TITLE)
    screen.open_row(TITLE)
    screen.press("Nieuwe versie")
    screen.expect_state("Concept")
    screen.fill("Waarom er wordt gewijzigd", "Brinkdal belooft één plaats.")
    screen.tab("Plaatsafspraken")
    screen.row(HESITATES).locator("td[name=partner_id]").click()
    with screen.dialog("Openen: Plaatsafspraken") as pledge:
        pledge.fill("Plaatsen", "1")
        pledge.press("Opslaan")
    screen.expect_no_dialog()
    screen.save()
    screen.press("Ter ondertekening versturen")
    screen.expect_state("Ter ondertekening")
    screen.tab("Wat er wijzigt")
    expect(screen.inside.locator("del")).to_contain_text("3 ×")
    dead = phone(old_link)
    expect(dead.locator("h1")).to_have_text(DEAD_LINK)
    assert TITLE not in dead.content()

    # Both sign it, and get the paper.
    for employer in (HESITATES, STAYS):
        page = phone(link_for(SIGNERS[employer][1]))
        expect(page.get_by_text("Wat er in deze versie verandert")).to_be_visible()
        sign(page)
        expect(page.get_by_role("status")).to_contain_text("Ondertekend.")
    paper = download_signed(page, tmp_path)
    text = pdf_text(paper)
    for words in ("Sheila Pinas", "Joost Slagter", "versie 2", "Kenmerk van de tekst"):
        assert words in text
    screen.go("/odoo/overeenkomsten")
    screen.search(TITLE)
    expect(screen.row(TITLE)).to_contain_text("Ondertekend")


def test_a_wrong_link_says_nothing(phone, link_for):
    good = link_for("a.osman@veerhuis.example")
    for link in (f"{good[:-8]}AAAAAAAA", "/ondertekenen/x", f"{good}/pdf"):
        page = phone(link)
        expect(page.locator("h1")).to_have_text(DEAD_LINK)
        assert "Veerhuis" not in page.content()


def test_somebody_else_signs(phone, link_for):
    link = link_for("t.brandsma@lindenhof.example")
    page = phone(link)
    # Ready: the signature is drawn, which moves the page while it loads.
    agree = page.get_by_role("button", name=re.compile("akkoord en onderteken"))
    expect(agree).to_be_enabled()
    page.get_by_text("Iemand anders ondertekent voor ons").click()
    page.get_by_label("Naam", exact=True).fill("Roos Hendriks")
    page.get_by_label("E-mail").fill("r.hendriks@lindenhof.example")
    page.get_by_role("button", name="Overdragen").click()
    expect(page.locator("h1")).to_have_text("Overgedragen")
    expect(phone(link).locator("h1")).to_have_text(DEAD_LINK)
    page = phone(link_for("r.hendriks@lindenhof.example"))
    sign(page)
    expect(page.get_by_role("status")).to_contain_text("Roos Hendriks")


# What a party does


def sign(page, name=None):
    """Let the name be written as signature, and agree."""
    field = page.get_by_label("Volledige naam")
    expect(field).to_be_visible()
    if name:
        field.fill(name)
    button = page.get_by_role("button", name=re.compile("akkoord en onderteken"))
    expect(button).to_be_enabled()
    button.click()


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def download_signed(page, folder):
    """The signed document, which a job makes in the background."""
    link = page.get_by_role("link", name=re.compile("Getekende overeenkomst"))
    for _look in range(60):
        if link.count():
            break
        time.sleep(1)
        page.reload()
    with page.expect_download() as download:
        link.click()
    path = folder / "signed.pdf"
    download.value.save_as(path)
    return path
