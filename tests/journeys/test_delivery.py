"""Promised and delivered: a guarantee is tested before it is sent, places lapse, and
who lost a place finds another one."""

from datetime import date

from playwright.sync_api import expect
from screen import Screen

WITHOUT_PLACE = "Rania Saleh"


def test_a_guarantee_is_tested_before_it_is_sent(login):
    screen = Screen(login("account_manager"))
    screen.menu("Werkgevers", "Overeenkomsten")
    screen.new()
    screen.fill_heading("Garantie van De Rietkraag")
    screen.fill_period("Periode", date.today(), None)
    with screen.new_line("Plaatsafspraken") as pledge:
        pledge.choose("Werkgever", "Woonzorg De Rietkraag")
        pledge.fill("Functie", "Helpende")
        pledge.inside.get_by_label("Baangarantie", exact=True).check()
        pledge.fill("Uren/week", "24")
        pledge.press("Opslaan & Sluiten")
    screen.tab("Partijen en ondertekening")
    with screen.new_row() as row:
        row.choose("Organisatie", "Woonzorg De Rietkraag")
        row.fill("Wie ondertekent", "Gerard Timmer")
    screen.save()
    screen.press("Ter ondertekening versturen")
    with screen.dialog("Voordat je een baangarantie verstuurt") as test:
        expect(test.inside).to_contain_text("24 uur per week voor het minimumloon")
        words = test.text()
        assert "Een alleenstaande komt helemaal uit de uitkering" in words
        assert "Een paar zonder ander inkomen houdt een aanvullende uitkering" in words
        assert "garandeerde Woonzorg De Rietkraag 7 plaatsen en leverde er 2" in words
        test.press("Maak er intenties van")
    screen.expect_no_dialog()
    screen.expect_state("Concept")
    screen.tab("Plaatsafspraken")
    expect(screen.row("Woonzorg De Rietkraag")).to_contain_text("Intentie")
    screen.press("Ter ondertekening versturen")
    screen.expect_state("Ter ondertekening")


def test_places_that_lapse_and_what_the_employer_delivered(login):
    screen = Screen(login("account_manager"))
    screen.menu("Werkgevers", "Beloofd en geleverd")
    screen.search("Pakketdienst Snelvaart")
    screen.open_row("Sorteerder")
    screen.press("Plaatsen vervallen")
    with screen.dialog("Plaatsen die vervallen") as lapse:
        assert lapse.read("Plaatsen die vervallen") == "1"
        offered = lapse.options_for("Waarom vervallen", "De")
        assert offered
        assert not [name for name in offered if "vaardigheden" in name]
        lapse.choose("Waarom vervallen", "De werkgever heeft niemand meer nodig")
        lapse.press("Vastleggen als vervallen")
    screen.expect_no_dialog()
    assert screen.read("Vervallen") == "1"
    screen.menu("Werkgevers", "Geleverd per werkgever")
    screen.drop_filters()
    row = screen.row("Woonzorg De Rietkraag")
    expect(row).to_contain_text("Baangarantie")
    expect(row).to_contain_text("29")


def test_another_place_for_who_lost_one(login):
    coach = Screen(login("work_coach"))
    coach.menu("Deelnemers", "Nog geen plek")
    expect(coach.row(WITHOUT_PLACE)).to_be_visible()

    screen = Screen(login("coordinator"))
    screen.menu("Deelnemers", "Nog geen plek")
    screen.open_row(WITHOUT_PLACE)
    refused_before = screen.row("Thuiszorg Brinkdal")
    expect(refused_before).to_contain_text("andere plaats: Brinkhaven")
    expect(screen.row("Zorggroep Zilveroever")).to_contain_text(
        "24 uur past · zelfde plaats (Zilverdam)"
    )
    screen.press_in_row("Zorgcentrum Eikenborgh", "Afwijzen")
    with screen.dialog("Afgewezen") as refusal:
        refusal.inside.get_by_label("De werkgever", exact=True).check()
        refusal.fill("Reden", "Zoekt iemand met ervaring")
        refusal.press("Vastleggen")
    screen.expect_no_dialog()
    refused = screen.row("Zorgcentrum Eikenborgh")
    expect(refused).to_contain_text("Zoekt iemand met ervaring")
    screen.press_in_row("Zorggroep Zilveroever", "Kiezen")
    with screen.dialog("Kiezen") as choice:
        assert choice.read("Uren/week") == "24"
        choice.press("Kiezen")
    screen.expect_no_dialog()
    screen.expect_state("Gekozen")
    screen.menu("Deelnemers", "Nog geen plek")
    expect(screen.page.locator(".o_data_row", has_text=WITHOUT_PLACE)).to_have_count(0)
