"""The finance officer: last month's approved hours become invoices that an employer can
check, each hour once."""

import time
from datetime import date, timedelta

import pytest
from documents import pdf_text, sheet_rows
from playwright.sync_api import expect
from screen import Screen

EMPLOYER = "Technische Universiteit Zilverdam"
# People whose hours are on that employer's invoice; on paper they have a code.
PEOPLE = ["Mulder", "Benali", "Gebremedhin", "Smits", "Martina", "Olena", "Kovalenko"]
LAST_DAY = date.today().replace(day=1) - timedelta(days=1)
FIRST_DAY = LAST_DAY.replace(day=1)
PATIENCE = 180  # seconds that a run may take
LOOK = 1_500  # milliseconds that somebody looks before refreshing again


@pytest.fixture
def enter(login):
    return lambda name: Screen(login(name))


def test_last_month_from_approved_hours_to_invoices(enter, tmp_path):
    approve_hours(enter("werkleider"))

    screen = enter("financien")
    expect(screen.breadcrumb).to_contain_text("Factuurruns")
    with screen.leaving():
        screen.press("Vorige maand factureren")
    expect(screen.inside).to_contain_text("Klaar om te factureren")
    screen.press("Facturen maken")
    run = wait_until_done(screen)
    assert screen.read("Nog te factureren uren") == "00:00"
    screen.tab("Werkgevers")
    expect(screen.row(EMPLOYER)).to_contain_text("Gefactureerd")
    employers = screen.rows().count()

    # One invoice is opened, checked and posted.
    screen.press_stat("Facturen")
    expect(screen.rows()).to_have_count(employers)
    screen.open_row(EMPLOYER)
    screen.expect_state("Concept")
    screen.press("Bevestigen")
    screen.expect_state("Geboekt")
    number = screen.title().split()[-1]

    # What the employer gets.
    invoice = pdf_text(screen.download(lambda: screen.press("Afdrukken"), tmp_path))
    for words in ("Leerwerkbedrijf Zilverwerk", "Weverstraat 8", "1999 KB"):
        assert words in invoice, "the letterhead"
    assert "KvK 00011004" in invoice
    assert "NL000011010B01" in invoice
    for words in (EMPLOYER, "Campuslaan 100", number):
        assert words in invoice
    for klus in ("Bouwtekeningen scannen", "Metadata toevoegen aan tekeningen"):
        assert klus in invoice
    assert "Urenspecificatie" in invoice
    assert "K000" in invoice, "persons have a code"
    assert not [name for name in PEOPLE if name in invoice]

    hours = screen.download(
        lambda: screen.print_from_menu("Urenspecificatie (Excel)"), tmp_path
    )
    rows = sheet_rows(hours)
    assert not [name for name in PEOPLE if name in str(rows)]
    for row in rows:
        assert FIRST_DAY <= row["Vanaf"].date() <= row["T/m"].date() <= LAST_DAY
        assert row["Bedrag"] == pytest.approx(row["Uren"] * row["Tarief"], abs=0.011)
    for klus in {row["Klus"] for row in rows}:
        amounts = [row["Bedrag"] for row in rows if row["Klus"] == klus]
        assert euro(sum(amounts)) in invoice, "adds up to the invoice's line"
        assert klus in invoice

    # The same month once more: nothing is billed twice.
    screen.menu("Facturatie", "Factuurruns")
    screen.new()
    screen.press("Facturen maken")
    refusal = screen.complaint()
    assert "geen goedgekeurd" in refusal
    assert run in refusal
    expect(screen.inside).to_contain_text("niets goedgekeurd dat nog")


def test_an_employer_without_address_is_named_in_the_run(enter):
    name = "Buurthuis De Nis"
    account_manager = enter("accountmanager")
    account_manager.menu("Werkgevers", "Werkgevers")
    account_manager.new()
    account_manager.fill_heading(name)
    account_manager.save()

    # A day of its own, long before the demo's hours.
    day = date(date.today().year - 2, 3, 10)
    screen = enter("financien")
    screen.menu("Facturatie", "Overige factuurposten")
    screen.new()
    screen.fill_heading("Bijdrage training")
    screen.choose("Werkgever", name)
    screen.fill_date("Datum", day)
    screen.fill("Prijs", "250,00")
    screen.save()
    screen.press("Goedkeuren")
    screen.expect_state("Goedgekeurd")

    screen.menu("Facturatie", "Factuurruns")
    screen.new()
    screen.fill_period("Periode", day, day)
    screen.press("Facturen maken")
    wait_until_done(screen)
    expect(screen.inside.locator(".alert-warning")).to_contain_text("aandacht")
    screen.tab("Problemen")
    problem = screen.row(name)
    expect(problem).to_contain_text(f"Bij {name} ontbreekt: straat, postcode, plaats")
    expect(problem).to_contain_text("Vul het adres aan.")

    # The address comes, and the rest is invoiced.
    account_manager.fill_placeholder("Straat...", "Nisstraat 1")
    account_manager.fill_placeholder("Postcode", "1999 NS")
    account_manager.fill_placeholder("Plaats", "Zilverdam")
    account_manager.save()
    screen.press("De rest factureren")
    screen.tab("Werkgevers")
    press_until(screen, "Vernieuwen", screen.row(name), "Gefactureerd")


def test_a_period_cannot_end_before_it_starts(enter):
    screen = enter("financien")
    screen.new()
    screen.fill_period("Periode", LAST_DAY, FIRST_DAY)
    screen.try_to_save()
    assert "kan niet eindigen voordat" in screen.complaint()


# The steps that several journeys take


def approve_hours(screen):
    """The work leader finds open hours on the first screen and approves them all."""
    expect(screen.breadcrumb).to_contain_text("Uren goedkeuren")
    groups = screen.inside.locator(".o_group_header")
    expect(groups.first).to_be_visible()
    for group in groups.all():
        group.click()
        expect(screen.rows().first).to_contain_text("Goed te keuren")
        screen.tick_all()
        screen.press("Goedkeuren")
        expect(screen.rows()).to_have_count(0)
    screen.menu("Werk en uren", "Uren goedkeuren")
    expect(screen.inside).to_contain_text("Alles is goedgekeurd")


def press_until(screen, button, there, words):
    """Press a button again and again until something on the screen has the words."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            expect(there).to_contain_text(words, timeout=LOOK)
            return
        except AssertionError:
            assert time.monotonic() < deadline, f"no “{words}” in {PATIENCE} seconds"
            screen.press(button)


def wait_until_done(screen):
    """Refresh the run until it is done; its number."""
    press_until(screen, "Vernieuwen", screen.current_state(), "Klaar")
    return screen.heading()


def euro(amount):
    """An amount as a Dutch document shows it."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
