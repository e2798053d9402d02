"""Every demo log-in: its own screen, in Dutch, and no menu that fails."""

import re

import pytest
from playwright.sync_api import expect
from screen import Screen

# Each log-in of the README, and what its day begins with.
HOME = {
    "accountmanager": "Lichtingen",
    "accountmanager_b": "Lichtingen",
    "accountmanager_zuid": "Lichtingen",
    "coordinator": "Lichtingen",
    "coordinator_logistiek": "Lichtingen",
    "werkcoach": "Kandidaten en deelnemers",
    "werkcoach_b": "Kandidaten en deelnemers",
    "werkleider": "Uren goedkeuren",
    "financien": "Factuurruns",
    "beheerder": "Lichtingssjablonen",
    "platform": "Arbeidsmarktregio's",
}
# One of each role opens every menu: the others have the same ones.
ROLES = [
    "accountmanager",
    "coordinator",
    "werkcoach",
    "werkleider",
    "financien",
    "beheerder",
    "platform",
]
# Read in the list itself: there is no form to open.
ONLY_A_LIST = (
    "Postcodegebieden",
    "Rollen van partijen",
    "Schoolvakanties",
    "Uitgenodigd",
    "Soorten belemmering",
    "Soorten contact",
    "Tekenbevoegdheid",
    "Uitkomsten",
    "Vervoermiddelen",
    "Wat partijen inbrengen",
    "Waarom banen vervallen",
    "Waarom kandidaten afvallen",
    "Einde bewaartermijn",
    "Logboek bewaartermijnen",
    "Wie een dossier raadpleegde",
)
# Words that no Dutch sentence, label or button holds.
ENGLISH = re.compile(
    r"\b(the|and|with|without|your|this|from|new|save|create|edit|delete|search|"
    r"employers?|agreements?|cohorts?|hours|invoices?|approve|draft|signed|settings|"
    r"candidates?|participants?|placements?|start date|next|back|add|other)\b",
    re.IGNORECASE,
)
TEXTS = (
    ".o_main_navbar .o_menu_sections, .o-dropdown--menu .dropdown-item, "
    ".o_action_manager button, .o_action_manager label, .o_action_manager th, "
    ".o_action_manager .nav-link, .o_action_manager .o_breadcrumb, "
    ".o_action_manager .o_nocontent_help, .o_action_manager .alert, "
    ".o_action_manager .o_horizontal_separator, .o_action_manager .o_stat_text, "
    ".o_action_manager .o_column_title"
)


@pytest.mark.parametrize("name", HOME)
def test_every_log_in_finds_its_day_in_dutch(login, name):
    screen = Screen(login(name))
    expect(screen.breadcrumb).to_contain_text(HOME[name])
    brand = screen.page.locator(".o_main_navbar .o_menu_brand")
    expect(brand).to_have_text("Leerbedrijf")
    english = found_english(screen)
    for menu in screen.menus() if name in ROLES else ():
        screen.menu(*menu)
        english |= found_english(screen)
        if screen.dialog_is_open():
            screen.press("Annuleren")
            screen.expect_no_dialog()
        elif menu[-1] not in ONLY_A_LIST and screen.open_first():
            english |= found_english(screen)
    assert not english
    assert not screen.page.errors


def found_english(screen):
    """What is on the screen in English: menus, buttons, labels, heads, help."""
    screen.settled()
    expect(screen.page.locator(".o_error_dialog")).to_have_count(0)
    texts = screen.page.locator(TEXTS).all_inner_texts()
    assert len(texts) > 2, "there is something to read"
    return {text.strip() for text in texts if ENGLISH.search(text)}
