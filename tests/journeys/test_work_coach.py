"""The work coach: a new candidate, proposed to a cohort; and what nobody else sees."""

import pytest
from playwright.sync_api import expect
from screen import Screen

COHORT = "WijkLeerbedrijf Zorg – editie 3"


@pytest.fixture
def enter(login):
    return lambda name: Screen(login(name))


def test_a_candidate_is_proposed_once(enter):
    screen = enter("werkcoach")
    expect(screen.breadcrumb).to_contain_text("Kandidaten en deelnemers")
    make_candidate(screen, "Shirley Winter", "ZD-99001")
    screen.expect_state("Kandidaat")

    screen.press("Voordragen voor een lichting")
    with screen.dialog("Voordragen voor een lichting") as proposal:
        assert proposal.read("Deelnemer") == "Shirley Winter"
        proposal.choose("Lichting", COHORT)
        proposal.inside.locator("textarea").first.fill("Heeft haar moeder verzorgd.")
        proposal.press("Opslaan")
    screen.expect_no_dialog()
    screen.expect_state("Voorgedragen")
    screen.tab("Lichtingen")
    expect(screen.row(COHORT)).to_contain_text("Voorgedragen")

    # A second time in the same cohort is refused; nothing typed is lost.
    screen.press("Voordragen voor een andere lichting")
    with screen.dialog("Voordragen voor een lichting") as proposal:
        proposal.choose("Lichting", COHORT)
        proposal.inside.locator("textarea").first.fill("Nog een keer.")
        proposal.press("Opslaan")
        assert "Deze persoon zit al in deze lichting" in screen.complaint()
        assert proposal.read("Lichting") == COHORT
        expect(proposal.inside.locator("textarea").first).to_have_value("Nog een keer.")
        proposal.press("Negeren")
    screen.expect_no_dialog()

    # The coordinator of the cohort sees the proposal.
    coordinator = enter("coordinator")
    coordinator.menu("Deelnemers", "Trajecten")
    coordinator.search("Shirley Winter")
    expect(coordinator.row("Shirley Winter")).to_contain_text("Voorgedragen")


def test_another_municipality_sees_nothing_of_a_person(enter):
    name = "Priscilla Roozendaal"
    screen = enter("werkcoach")
    make_candidate(screen, name, "ZD-99002")
    propose(screen, COHORT)
    address = path(screen)
    screen.tab("Lichtingen")

    stranger = enter("werkcoach_b")
    expect(stranger.breadcrumb).to_contain_text("Kandidaten en deelnemers")
    expect(stranger.rows().first).to_be_visible()
    assert name not in stranger.text()
    stranger.search(name)
    expect(stranger.rows()).to_have_count(0)
    stranger.menu("Deelnemers", "Trajecten")
    assert name not in stranger.text()
    stranger.search(name)
    expect(stranger.rows()).to_have_count(0)
    stranger.menu("Lichtingen", "Stappenbord")
    stranger.open_card(COHORT)
    stranger.tab("Deelnemers")
    assert name not in stranger.text()
    stranger.go(address)
    assert stranger.access_is_refused()
    assert name not in everything_on(stranger)


def test_another_region_sees_nothing_of_the_first(enter):
    screen = enter("accountmanager")
    found = []
    screen.menu("Werkgevers", "Werkgevers")
    screen.view("list")
    found.append(open_first(screen, "Technische Universiteit Zilverdam"))
    screen.menu("Werkgevers", "Overeenkomsten")
    found.append(open_first(screen, "Deal Werk voor Talent"))
    screen.menu("Werkgevers", "Toekomstige banen")
    screen.view("list")
    found.append(open_first(screen, "Medewerker informatiebeheer"))
    screen.menu("Lichtingen", "Stappenbord")
    screen.view("list")
    found.append(open_first(screen, COHORT))

    stranger = enter("accountmanager_zuid")
    own = {
        ("Werkgevers", "Werkgevers"): "Zorghuis Heidezicht",
        ("Werkgevers", "Overeenkomsten"): "",
        ("Werkgevers", "Toekomstige banen"): "Zorghuis Heidezicht",
        ("Lichtingen", "Stappenbord"): "Zorg in Zuidermark",
    }
    for menu, mine in own.items():
        stranger.menu(*menu)
        expect(stranger.inside).to_contain_text(mine)
        stranger.drop_filters()
        for words, _address in found:
            assert words not in stranger.text()
        assert "Zilverdam" not in stranger.text()
        assert "Zilverwerk" not in stranger.text()
    for words, address in found:
        stranger.go(address)
        assert stranger.access_is_refused()
        assert words not in everything_on(stranger)


# The steps that several journeys take


def make_candidate(screen, name, number):
    screen.new()
    screen.fill_heading(name)
    screen.fill("Klantnummer", number)
    screen.fill("Woonplaats", "Zilverdam")
    screen.pick("Nederlandse taal", "A2")
    screen.save()


def propose(screen, cohort):
    screen.press("Voordragen voor een lichting")
    with screen.dialog("Voordragen voor een lichting") as proposal:
        proposal.choose("Lichting", cohort)
        proposal.press("Opslaan")
    screen.expect_no_dialog()
    screen.expect_state("Voorgedragen")


def open_first(screen, words):
    screen.open_row(words)
    return words, path(screen)


def path(screen):
    """Where the screen is, as somebody would copy it from the address bar."""
    return "/" + screen.page.url.split("/", 3)[3]


def everything_on(screen):
    """The page's text, what stands in its boxes, and its title."""
    page = screen.page
    boxes = page.locator("input, textarea").evaluate_all(
        "boxes => boxes.map((box) => box.value).join(' ')"
    )
    return " ".join([page.locator("body").inner_text(), boxes, page.title()])
