"""The sector coordinator: a new cohort whose dates follow the calendar, candidates who
are accepted and start, phases that move, a step that is passed with a reason."""

from datetime import date, timedelta

import pytest
from dateutil.easter import easter
from playwright.sync_api import expect
from screen import Screen, day_of, shown

TEMPLATE = "WijkLeerbedrijf Zorg"
NEXT_EDITION = "WijkLeerbedrijf Zorg – editie 3"
INTRODUCTION = "Introductie in het Leerhome"
NEIGHBOURHOOD = "Oriënterende stage in de wijk"
EASTER = easter(date.today().year + 1)
# The Monday before Easter: Easter Monday falls in the four weeks of introduction.
START = EASTER - timedelta(days=6)


@pytest.fixture
def screen(login):
    return Screen(login("coordinator"))


def test_dates_of_a_new_cohort_over_a_holiday(screen):
    make_cohort(screen, START, "Lichting over Pasen")
    end = twenty_work_days_from(START)
    assert end > START + timedelta(days=25), "a holiday makes the four weeks longer"
    assert phase(screen, INTRODUCTION) == (shown(START), shown(end))
    start_of_placement, _end = phase(screen, NEIGHBOURHOOD)
    assert start_of_placement == shown(next_work_day(end))


def test_a_cohort_cannot_be_planned_without_a_start_date(screen):
    screen.press("Nieuw")
    with screen.dialog("Nieuwe lichting") as new:
        new.choose("Sjabloon", TEMPLATE)
        new.press("Opslaan")
        notice = screen.page.locator(".o_notification")
        expect(notice).to_contain_text("Ontbrekende verplichte velden")
        new.expect_missing("Start")
        assert new.read("Sjabloon") == TEMPLATE
        new.press("Negeren")
    screen.expect_no_dialog()


def test_a_step_with_something_missing_is_passed_with_a_reason(screen):
    make_cohort(screen, START + timedelta(days=70), "Lichting zonder werkgever")
    screen.expect_state("1. Toekomstige baan in beeld")
    advice = screen.inside.locator(".alert-warning")
    expect(advice).to_contain_text("Nodig voor de volgende stap")
    expect(advice).to_contain_text("werkgever")

    screen.press("Volgende stap")
    with screen.dialog("Door naar de volgende stap") as question:
        assert "werkgever" in question.read("Ontbreekt nog")
        question.press("Doorgaan met deze reden")
        expect(question.inside).to_be_visible()
        question.fill("Reden", "De werkgevers tekenen na de zomer")
        question.press("Doorgaan met deze reden")
    screen.expect_no_dialog()
    screen.expect_state("2. Mogelijkheden in kaart")
    log = screen.page.locator(".o-mail-Thread")
    expect(log).to_contain_text("De werkgevers tekenen na de zomer")
    expect(log).to_contain_text("Mogelijkheden in kaart")


def test_candidates_are_accepted_start_and_move_with_the_cohort(screen):
    screen.open_card(NEXT_EDITION)
    screen.press_stat("Deelnemers")
    three = ("Rahma Osman", "Mieke Dijkman", "Achmed Tahiri")
    for name in three:
        expect(screen.row(name)).to_contain_text("Voorgedragen")
        screen.tick_row(name)
    screen.press("Accepteren")
    # Not all of them meet what the cohort asks: that takes a reason.
    with screen.dialog("Accepteren") as question:
        expect(question.row("Rahma Osman")).to_contain_text("Spreken: minimaal B1")
        question.fill("Waarom toch", "Krijgt extra taalles in de introductie")
        question.press("Accepteren")
    screen.expect_no_dialog()
    for name in three:
        expect(screen.row(name)).to_contain_text("Geaccepteerd")
    expect(screen.row("Vanessa Pengel")).to_contain_text("Voorgedragen")

    # They start, and one of them goes on to the next phase.
    for name in three:
        screen.tick_row(name)
    screen.press("Starten")
    with screen.dialog("Starten") as question:
        question.press("Starten")
    screen.expect_no_dialog()
    for name in three:
        expect(screen.row(name)).to_contain_text("Leert in")
        expect(screen.row(name)).to_contain_text(INTRODUCTION)
    screen.open_row("Rahma Osman")
    screen.press("Volgende fase")
    expect(screen.cell("Huidige fase")).to_have_text(NEIGHBOURHOOD)

    # The introduction of the whole cohort gets a week longer.
    screen.menu("Lichtingen", "Stappenbord")
    expect(screen.card(NEXT_EDITION)).to_contain_text("3 / 20")
    screen.open_card(NEXT_EDITION)
    # All of the form is there, the messages beside it too.
    expect(screen.page.locator(".o-mail-Thread")).to_be_visible()
    start, end = phase(screen, INTRODUCTION)
    longer = day_of(end) + timedelta(days=7)
    with screen.edit_row(INTRODUCTION) as row:
        row.fill_date("Einde", longer)
    screen.save()
    assert phase(screen, INTRODUCTION) == (start, shown(longer))
    screen.press_stat("Deelnemers")
    screen.open_row("Mieke Dijkman")
    assert phase(screen, INTRODUCTION) == (start, shown(longer))


# The steps that several journeys take


def make_cohort(screen, start, name):
    """From the board to the form of a new cohort of the care template."""
    expect(screen.card(NEXT_EDITION)).to_be_visible()
    screen.press("Nieuw")
    with screen.dialog("Nieuwe lichting") as new:
        new.choose("Sjabloon", TEMPLATE)
        new.fill_date("Start", start)
        new.fill("Naam", name)
        new.press("Opslaan")
    screen.expect_no_dialog()
    screen.open_card(name)


def phase(screen, name):
    """Start and end of a phase, as the tab of phases shows them."""
    screen.tab("Fasen")
    page = Screen(screen.page, screen.inside.locator(".tab-pane.active"))
    position = page.column("Naam").index(name)
    return page.column("Start")[position], page.column("Einde")[position]


# What the calendar should say


def holidays(year):
    sunday = easter(year)
    return {sunday + timedelta(days=days) for days in (1, 39, 50)} | {
        date(year, 1, 1),
        date(year, 4, 27),
        date(year, 12, 25),
        date(year, 12, 26),
    }


def is_work_day(day):
    return day.weekday() < 5 and day not in holidays(day.year)


def next_work_day(day):
    day += timedelta(days=1)
    return day if is_work_day(day) else next_work_day(day)


def twenty_work_days_from(start):
    day = start
    for _day in range(19):
        day = next_work_day(day)
    return day
