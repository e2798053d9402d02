"""The regional account manager's papers: employers from a spreadsheet, one page on an
employer, and all pledges for the steering group."""

from datetime import date

import pytest
from documents import pdf_text, sheet_rows
from openpyxl import load_workbook
from playwright.sync_api import expect
from screen import Screen

AUTUMN = date(date.today().year + 1, 9, 1)


@pytest.fixture
def screen(login):
    return Screen(login("accountmanager"))


def test_employers_from_a_spreadsheet(screen, tmp_path):
    screen.menu("Werkgevers", "Werkgevers importeren")
    path = screen.download(lambda: _press(screen, "Sjabloon downloaden"), tmp_path)
    book = load_workbook(path)
    employers, forecasts = book.worksheets[:2]
    employers.append(["Kringloop De Ronde", "41234567", "000041234567"])
    employers.append(["Kringloop Zonder Nummer", "123"])
    employers.append(["Technische Universteit", None, None, None, None, None, None])
    forecasts.append(["Kringloop De Ronde", "41234567", None, "Sorteerder", 3])
    forecasts.cell(forecasts.max_row, 7, AUTUMN)
    book.save(path)

    screen.page.set_input_files("input[type=file]", str(path))
    screen.press("Bestand controleren")
    screen.expect_state("Controleren")
    screen.tab("Fouten")
    expect(screen.row("Kringloop Zonder Nummer")).to_contain_text("8 cijfers")
    screen.press("Alles of niets")
    assert "Er is niets overgenomen" in screen.complaint()
    screen.press("Neem de goede rijen over")
    screen.expect_state("Klaar")
    screen.press("Naar de werkgevers")
    screen.open_card("Kringloop De Ronde")
    screen.press_stat("Toekomstige banen")
    expect(screen.page.locator(".o_content")).to_contain_text("Sorteerder")


def test_one_page_on_an_employer(screen, tmp_path):
    screen.menu("Werkgevers", "Werkgevers")
    screen.open_card("Zorggroep Zilveroever")
    # A single document stands in the menu itself.
    screen.page.locator(".o_cp_action_menus button").first.click()
    item = screen.page.get_by_role("menuitem", name="Samenvatting van de werkgever")
    path = screen.download(item.click, tmp_path)
    text = pdf_text(path)
    for words in (
        *("Gemeente Zilverdam", "Marloes de Wit", "WijkLeerbedrijf Zorg – editie 1"),
        *("Baangarantie", "Pagina 1 van 1"),
    ):
        assert words in text


def test_all_pledges_for_the_steering_group(screen, tmp_path):
    screen.menu("Werkgevers", "Beloofd en geleverd")
    path = screen.download(lambda: _press(screen, "Alle afspraken in Excel"), tmp_path)
    first = "WijkLeerbedrijf Zorg – editie 1"
    [row] = [
        row
        for row in sheet_rows(path)
        if row["Lichting"] == first and row["Werkgever"] == "Alle werkgevers"
    ]
    assert (row["Soort"], row["Plaatsen"], row["Geleverd"]) == ("Baangarantie", 20, 12)


def _press(screen, words):
    screen.page.get_by_role("button", name=words).click()
