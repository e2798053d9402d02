"""From a template to a match that both sides chose, by a coordinator and the work
coaches of two municipalities: a care cohort that fixes its route before the match, and
one in logistics that does it the other way round."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from screen import Screen

START = date.today() + timedelta(days=200)
CARE = "WijkLeerbedrijf Zorg"
LOGISTICS = "Leerbedrijf Logistiek"
# Of two municipalities; what names can look like.
MINE = ("Noémie d'Ancona", "Sjoerd Řehoř")
THEIRS = ("Şeyma Öztürk-van 't Hof",)
STEPS = [
    "1. Toekomstige baan in beeld",
    "2. Mogelijkheden in kaart",
    "3. Inleertraject vastgesteld",
    "4. Match baan-kandidaat",
]


@pytest.fixture
def enter(login):
    return lambda name: Screen(login(name))


def test_a_care_cohort_fixes_its_route_before_the_match(enter):
    coordinator = enter("coordinator")
    cohort = make_cohort(coordinator, CARE, "Zorg in de ochtend")
    offer(coordinator, "Ochtendhulp", "Zorggroep Zilveroever", places=2, hours=20)
    offer(coordinator, "Hulp aan huis", "Thuiszorg Brinkdal", places=1, hours=16)
    for step in STEPS[1:3]:
        pass_to(coordinator, step, "De werkgevers tekenen later")
    coordinator.set_state(STEPS[3])

    coach, coach_b = enter("werkcoach"), enter("werkcoach_b")
    for name in MINE:
        propose(coach, name, cohort)
    for name in THEIRS:
        propose(coach_b, name, cohort)

    accept_all(coordinator, cohort)
    open_cohort(coordinator, cohort)
    # First, second choice for each; by name of the person.
    match(
        coordinator,
        {
            MINE[0]: {"Ochtendhulp": 1, "Hulp aan huis": 2},
            MINE[1]: {"Hulp aan huis": 1},
            THEIRS[0]: {"Ochtendhulp": 1},
        },
    )
    for screen, name, function in (
        (coach, MINE[0], "Ochtendhulp"),
        (coach, MINE[1], "Hulp aan huis"),
        (coach_b, THEIRS[0], "Ochtendhulp"),
    ):
        screen.menu("Deelnemers", "Trajecten")
        screen.search(name)
        screen.open_row(name)
        expect(screen.cell("Gematcht met")).to_contain_text(function)
    # Of the other municipality's people a coach sees nothing.
    coach.menu("Deelnemers", "Trajecten")
    coach.search(THEIRS[0])
    expect(coach.rows()).to_have_count(0)


def test_a_logistics_cohort_matches_before_its_route_is_fixed(enter):
    coordinator = enter("coordinator_logistiek")
    cohort = make_cohort(coordinator, LOGISTICS, "Magazijn in de avond")
    offer(coordinator, "Orderpicker avond", "Koelhuis", places=3, hours=24)
    pass_to(coordinator, STEPS[1], "De werkgever belt nog")
    pass_to(coordinator, STEPS[3], "Eerst kennismaken, dan het traject")

    coach, coach_b = enter("werkcoach"), enter("werkcoach_b")
    propose(coach, "Wiebe Ængstrom", cohort)
    propose(coach_b, "Zoë Nguyễn", cohort)
    accept_all(coordinator, cohort)
    open_cohort(coordinator, cohort)
    match(
        coordinator,
        {
            "Wiebe Ængstrom": {"Orderpicker avond": 1},
            "Zoë Nguyễn": {"Orderpicker avond": 1},
        },
    )
    # Now the route; and on from there, past the match that is done.
    open_cohort(coordinator, cohort)
    coordinator.set_state(STEPS[2])
    advice = coordinator.inside.locator(".alert-warning").first
    expect(advice).not_to_contain_text("wachten op antwoord")
    expect(advice).not_to_contain_text("Er is nog geen kandidaat geaccepteerd")


# The steps that both cohorts take


def make_cohort(screen, template, name):
    screen.menu("Configuratie", "Lichtingssjablonen")
    screen.open_row(template)
    with screen.leaving():
        screen.press("Nieuwe lichting")
    screen.fill_date("Start", START)
    screen.fill_heading(name)
    screen.save()
    return name


def offer(screen, name, employer, places, hours):
    """A function that an employer offers."""
    with screen.new_line("Functies") as line:
        line.fill_heading(name)
        line.choose("Werkgever", employer)
        line.fill("Plaatsen", str(places))
        line.fill("Uren/week", str(hours))
        line.press("Opslaan & Sluiten")
    screen.save()


def pass_to(screen, step, reason):
    """On to a step although something is missing."""
    steps = screen.inside.locator(".o_statusbar_status .o_arrow_button")
    wanted = steps.filter(has_text=step).locator("visible=true")
    if not wanted.count():  # there is no room for it: it is behind the dots
        screen.inside.locator(".o_statusbar_status .o_first").click()
        wanted = screen.page.locator(".o-dropdown--menu .dropdown-item", has_text=step)
    wanted.first.click()
    box = screen.page.locator(".modal-dialog").last
    expect(box).to_contain_text("zonder reden")
    box.get_by_role("button", name="Geef een reden").click()
    with screen.dialog("Door naar de volgende stap") as question:
        question.fill("Reden", reason)
        question.press("Doorgaan met deze reden")
    screen.expect_no_dialog()
    screen.expect_state(step)


def propose(screen, name, cohort):
    """Search first; nobody is known by this name, so it becomes a new candidate."""
    screen.menu("Deelnemers", "Kandidaat zoeken of toevoegen")
    with screen.dialog("Kandidaat zoeken of toevoegen") as search:
        search.fill("Naam, of een deel ervan", name)
        search.field("Klantnummer").click()
        search.press("Nieuwe kandidaat")
    screen.expect_no_dialog()
    expect(screen.inside.locator("h1 textarea, h1 input").first).to_have_value(name)
    screen.save()
    screen.press("Voordragen voor een lichting")
    with screen.dialog("Voordragen voor een lichting") as proposal:
        proposal.choose("Lichting", cohort)
        proposal.press("Opslaan")
    screen.expect_no_dialog()
    screen.expect_state("Voorgedragen")


def accept_all(screen, cohort):
    open_cohort(screen, cohort)
    screen.press_stat("Deelnemers")
    screen.tick_all()
    screen.press("Accepteren")
    with screen.dialog("Accepteren") as question:
        question.press("Accepteren")
    screen.expect_no_dialog()
    for state in screen.column("Status"):
        assert state == "Geaccepteerd"


def open_cohort(screen, cohort):
    screen.menu("Lichtingen", "Stappenbord")
    screen.open_card(cohort)


def match(screen, wishes):
    """A selection day: what each person chooses, a proposal, and what is confirmed."""
    screen.press_stat("Selectiedag")
    screen.save()
    screen.press("Deelnemers en keuzes klaarzetten")
    for name, ranks in wishes.items():
        screen.open_row(name)
        with screen.dialog(name) as person:
            for function, rank in ranks.items():
                with person.edit_row(function) as row:
                    row.fill("Keuze", str(rank))
            person.press("Opslaan")
        screen.expect_no_dialog()
    screen.save()
    with screen.leaving():
        screen.press("Stel een match voor")
    # The board, where a coordinator drags people around.
    total = f"{len(wishes)} van {len(wishes)} hebben een functie"
    expect(screen.inside).to_contain_text(total)
    for name in wishes:
        expect(screen.card(name)).to_contain_text("Keuze 1")
    screen.page.go_back()
    screen.settled()
    screen.press("Bevestigen")
    with screen.dialog("Bevestig") as question:
        question.press("Ok")
    screen.expect_no_dialog()
    screen.expect_state("Bevestigd")
