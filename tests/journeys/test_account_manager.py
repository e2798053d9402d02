"""The regional account manager: a new employer, the jobs that it will have next year,
and the agreement in which it promises places."""

from datetime import date

import pytest
from documents import pdf_text
from playwright.sync_api import expect
from screen import Screen

STEPS = [
    "1. Toekomstige baan in beeld",
    "2. Mogelijkheden in kaart",
    "3. Inleertraject vastgesteld",
    "4. Match baan-kandidaat",
    "5. Kandidaat leert in",
    "6. Reguliere baan",
]
NEXT_YEAR = date.today().year + 1
MUNICIPALITY = "Gemeente / Werkbedrijf"
OTHER_REGION = "Zorghuis Heidezicht"


@pytest.fixture
def screen(login):
    return Screen(login("accountmanager"))


def test_begins_with_the_board_of_cohorts(screen):
    expect(screen.breadcrumb).to_contain_text("Lichtingen")
    assert [title for title in screen.columns() if title in STEPS] == STEPS
    card = screen.card("WijkLeerbedrijf Zorg – editie 3")
    expect(card).to_contain_text("Leerwerkbedrijf Zilverwerk")
    expect(card).to_contain_text("24 intentie")


def test_from_a_new_employer_to_a_printed_agreement(screen, tmp_path):
    # A new employer. The first time a letter slips into the KvK number.
    start_employer(screen, "Wooncentrum De Meander", kvk="1234567A")
    screen.try_to_save()
    refusal = screen.complaint()
    assert "KvK-nummer van Wooncentrum De Meander moet 8 cijfers hebben" in refusal
    assert "1234567A" in refusal
    assert screen.read("KvK-nummer") == "1234567A"
    assert screen.heading() == "Wooncentrum De Meander"
    screen.fill("KvK-nummer", "12345678")
    screen.save()
    expect(screen.breadcrumb).to_contain_text("Wooncentrum De Meander")
    assert screen.read("Arbeidsmarktregio") == "Arbeidsmarktregio Zilverstroom"
    assert screen.read("Accountmanager") == "Marloes de Wit"

    # What it expects for next year.
    screen.press_stat("Toekomstige banen")
    screen.new()
    assert screen.read("Werkgever") == "Wooncentrum De Meander"
    screen.fill_heading("Gastvrouw of gastheer")
    screen.fill("Plaatsen", "6")
    screen.fill("Uren/week", "24")
    screen.fill_period("Start tussen", date(NEXT_YEAR, 9, 1), date(NEXT_YEAR, 11, 1))
    screen.save()
    screen.set_state("Verwacht")
    screen.menu("Werkgevers", "Toekomstige banen")
    screen.view("list")
    screen.search("Gastvrouw of gastheer")
    row = screen.row("Wooncentrum De Meander")
    expect(row).to_contain_text("Verwacht")
    expect(row).to_contain_text(str(NEXT_YEAR))

    # The agreement with an intention for six places, and who signs it.
    start_agreement(screen, "Zes plaatsen bij De Meander")
    screen.fill_period("Periode", date(NEXT_YEAR, 1, 1), date(NEXT_YEAR + 1, 12, 31))
    with screen.new_line("Plaatsafspraken") as pledge:
        pledge.choose("Werkgever", "Wooncentrum De Meander")
        pledge.choose("Toekomstige baan", "Gastvrouw of gastheer")
        expect(pledge.field("Plaatsen")).to_have_value("6")
        expect(pledge.field("Functie")).to_have_value("Gastvrouw of gastheer")
        expect(pledge.inside.get_by_label("Intentie", exact=True)).to_be_checked()
        pledge.press("Opslaan & Sluiten")
    screen.tab("Partijen en ondertekening")
    add_signatory(screen, "Gemeente Zilverdam", MUNICIPALITY, "Karin Oldenhof")
    add_signatory(screen, "Wooncentrum De Meander", "Werkgever", "Yvonne Aksoy")
    screen.save()
    screen.press("Ter ondertekening versturen")
    screen.expect_state("Ter ondertekening")

    # It is signed when the last party has signed.
    screen.tab("Partijen en ondertekening")
    screen.press_in_row("Karin Oldenhof", "Op papier getekend")
    expect(screen.row("Karin Oldenhof")).to_contain_text("Ondertekend")
    screen.expect_state("Ter ondertekening")
    screen.press_in_row("Yvonne Aksoy", "Op papier getekend")
    screen.expect_state("Ondertekend")

    # On paper.
    text = pdf_text(screen.download(lambda: screen.press("Afdrukken"), tmp_path))
    for words in (
        "Wooncentrum De Meander",
        "12345678",
        "Gastvrouw of gastheer",
        "Zes plaatsen bij De Meander",
        "Intentie (inspanningsverplichting)",
        "Karin Oldenhof",
        "Yvonne Aksoy",
    ):
        assert words in text
    for words in ("Raadhuisplein 1", "1999 AA Zilverdam", "werk@zilverdam.example"):
        assert words in text, "the letterhead"
    assert "KvK 00011001" in text, "the letterhead"
    assert "Totaal 6" in text or "6 24" in text
    for words in ("Agreement", "Signed", "Employer", "Hours", "Baangarantie"):
        assert words not in text


def test_wrong_numbers_and_dates_are_refused_in_a_sentence(screen):
    screen.menu("Werkgevers", "Toekomstige banen")
    screen.new()
    screen.fill_heading("Kok")
    screen.choose("Werkgever", "Technische Universiteit Zilverdam")
    screen.fill("Plaatsen", "-6")
    screen.fill_period("Start tussen", date(NEXT_YEAR, 11, 1), None)
    screen.try_to_save()
    assert "Een toekomstige baan heeft minstens één plaats." in screen.complaint()
    assert screen.read("Plaatsen") == "-6"
    assert screen.heading() == "Kok"

    screen.fill("Plaatsen", "6")
    screen.fill_period("Start tussen", None, date(NEXT_YEAR, 9, 1))
    screen.try_to_save()
    refusal = screen.complaint()
    assert "kan niet vóór de eerste startdatum liggen" in refusal
    assert screen.read("Plaatsen") == "6"

    screen.fill_period("Start tussen", None, date(NEXT_YEAR, 12, 1))
    screen.save()
    expect(screen.breadcrumb).to_contain_text("Kok")


def test_an_agreement_cannot_end_before_it_starts(screen):
    start_agreement(screen, "Achterstevoren")
    screen.fill_period("Periode", date(NEXT_YEAR, 6, 1), date(NEXT_YEAR, 1, 1))
    screen.try_to_save()
    assert "kan niet vóór de start liggen" in screen.complaint()
    assert screen.heading() == "Achterstevoren"


def test_a_pledge_is_for_places_of_an_employer_of_the_own_region(screen):
    start_agreement(screen, "Alleen uit de eigen regio")
    with screen.new_line("Plaatsafspraken") as pledge:
        assert not pledge.options_for("Werkgever", OTHER_REGION)
        pledge.choose("Werkgever", "Technische Universiteit Zilverdam")
        pledge.fill("Functie", "Archiefmedewerker")
        pledge.fill("Plaatsen", "-6")
        pledge.press("Opslaan & Sluiten")
    screen.try_to_save()
    assert "gaat over minstens één plaats" in screen.complaint()
    expect(screen.row("Archiefmedewerker")).to_contain_text("-6")


# The steps that several journeys take


def start_employer(screen, name, kvk):
    screen.menu("Werkgevers", "Werkgevers")
    screen.new()
    screen.fill_heading(name)
    screen.fill("KvK-nummer", kvk)


def start_agreement(screen, title):
    screen.menu("Werkgevers", "Overeenkomsten")
    screen.new()
    screen.fill_heading(title)


def add_signatory(screen, organisation, role, name):
    with screen.new_row() as row:
        row.choose("Organisatie", organisation)
        row.pick("Ondertekent als", role)
        row.fill("Wie ondertekent", name)
