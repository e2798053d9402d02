"""What a user does on a screen of the web client, and what a user reads there.

Everything is found by the words on the screen: labels, buttons, menus, column heads.
Nothing waits for a time: an action waits until what it needs is there.
"""

import re
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

# The web client shows a progress bar or a veil while it is busy.
BUSY = ".o_blockUI, .o_loading_indicator"
MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun"]
MONTHS += ["jul", "aug", "sep", "okt", "nov", "dec"]
OFFERS = ".o-autocomplete--dropdown-menu"
SHOWN_VIEW = ".o_action_manager .o_view_controller, .o_action_manager .o_nocontent_help"


def dutch(day: date) -> str:
    """A date as a Dutch user types it."""
    return day.strftime("%d-%m-%Y")


def shown(day: date) -> str:
    """A date as the web client shows it: without the year when it is this year."""
    words = f"{day.day} {MONTHS[day.month - 1]}"
    return words if day.year == date.today().year else f"{words} {day.year}"


def day_of(words: str) -> date:
    """The day that the web client shows as “1 mrt 2027”, or “1 mrt” in this year."""
    day, month, *year = words.split()
    year = int(year[0]) if year else date.today().year
    return date(year, MONTHS.index(month) + 1, int(day))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def _exactly(words: str) -> re.Pattern:
    # The question mark of a field's help is a part of its label.
    return re.compile(rf"^\s*{re.escape(words)}\s*\??\s*$")


class Screen:
    """The page, or the dialog on top of it (`with screen.dialog("Titel") as …`)."""

    def __init__(self, page: Page, inside: Locator | None = None):
        self.page = page
        self.inside = inside or page.locator(".o_web_client")

    # Moving about ------------------------------------------------------------------

    def menu(self, *words: str):
        """Open a menu: `menu("Werkgevers", "Overeenkomsten")`."""
        bar = self.page.locator(".o_main_navbar .o_menu_sections")
        with self.leaving():
            bar.get_by_text(words[0], exact=True).click()
            for word in words[1:]:
                popover = self.page.locator(".o-dropdown--menu")
                popover.get_by_role("menuitem", name=word, exact=True).click()

    def menus(self) -> list[tuple[str, ...]]:
        """Every menu of the app, as `menu` takes it."""
        found = []
        for section in self.page.locator(".o_menu_sections > *").all():
            head = squeezed(section.inner_text())
            section.click()
            items = self.page.locator(".o-dropdown--menu .dropdown-item")
            expect(items.first).to_be_visible()
            found += [(head, squeezed(item)) for item in items.all_inner_texts()]
            self.page.keyboard.press("Escape")
            expect(items).to_have_count(0)
        return found

    @contextmanager
    def leaving(self):
        """What is done inside brings another view, or a dialog on top of this one."""
        self.settled()
        before = self.page.query_selector(".o_action_manager .o_view_controller")
        yield
        self.page.wait_for_function(
            "before => !before?.isConnected || document.querySelector('.modal')",
            arg=before,
        )
        self.settled()

    def go(self, path: str):
        """A link that somebody was sent, typed into the address bar."""
        base = re.match(r"https?://[^/]+", self.page.url)[0]
        self.page.goto(base + path)
        self.page.wait_for_selector(f"{SHOWN_VIEW}, .o_error_dialog, .modal")
        self.settled()

    def settled(self):
        """Wait until the web client has done what it was asked."""
        self.page.wait_for_selector(f"{SHOWN_VIEW}, .modal")
        expect(self.page.locator(BUSY)).to_have_count(0)

    def view(self, kind: str):
        """Switch to another view of the same records: "list", "kanban", "pivot"."""
        with self.leaving():
            self.page.locator(f".o_cp_switch_buttons .o_switch_view.o_{kind}").click()

    @property
    def breadcrumb(self) -> Locator:
        return self.page.locator(".o_control_panel .o_breadcrumb").first

    def title(self) -> str:
        return squeezed(self.breadcrumb.inner_text())

    def search(self, words: str):
        self.settled()
        box = self.page.locator(".o_searchview_input")
        box.fill(words)
        offers = self.page.get_by_role("menuitem").filter(has_text=words)
        expect(offers.first).to_be_visible()
        box.press("Enter")
        facet = self.page.locator(".o_searchview_facet", has_text=words)
        expect(facet).to_be_visible()
        self.settled()

    def drop_filters(self):
        """Take every filter and grouping out of the search box."""
        facets = self.page.locator(".o_searchview_facet .o_facet_remove")
        while count := facets.count():
            facets.first.click()
            expect(facets).to_have_count(count - 1)
        self.settled()

    # Doing -------------------------------------------------------------------------

    def press(self, words: str):
        """Press a button by its words."""
        button = self.inside.get_by_role("button", name=words, exact=True)
        button.locator("visible=true").first.click()

    def new(self):
        with self.leaving():
            self.press("Nieuw")

    def save(self):
        """Save, and be sure that it was saved."""
        self.try_to_save()
        indicator = self.page.locator(".o_form_status_indicator_buttons")
        expect(indicator).to_have_class(re.compile("invisible"))
        unsaved = self.page.locator(".o_form_status_indicator_new_record")
        expect(unsaved).to_have_count(0)

    def try_to_save(self):
        """Save what may well be refused."""
        self.page.locator(".o_form_button_save").click()

    def press_stat(self, words: str):
        """Press a button with a number at the top of a form."""
        with self.leaving():
            self.page.locator(".o-form-buttonbox, .oe_button_box").locator(
                ".oe_stat_button", has_text=words
            ).first.click()

    def tab(self, words: str):
        tab = self.inside.get_by_role("tab", name=words, exact=True)
        tab.click()
        expect(tab).to_have_class(re.compile(r"\bactive\b"))

    def field(self, label: str) -> Locator:
        """The box behind a label."""
        boxes = self.inside.get_by_label(_exactly(label))
        return boxes.locator("visible=true").first

    def fill(self, label: str, text: str):
        """Type into a field; whatever is done next leaves it."""
        self.field(label).fill(text)

    def fill_placeholder(self, hint: str, text: str):
        """Type into a box without a label, by the grey words in it."""
        self.inside.get_by_placeholder(hint, exact=True).fill(text)

    def heading(self) -> str:
        """The large name at the top of a form."""
        box = self._heading()
        if box.count():
            return box.input_value()
        return squeezed(self.inside.locator("h1").first.inner_text())

    def fill_heading(self, text: str):
        self._heading().fill(text)

    def _heading(self) -> Locator:
        return self.inside.locator("h1").locator("input, textarea").first

    def fill_date(self, label: str, day: date):
        self._type_date(self.field(label), day)

    def fill_period(self, label: str, start: date | None, end: date | None):
        """Two dates behind one label."""
        dates = self.cell(label).locator("[data-field]")
        for position, day in enumerate((start, end)):
            if day:
                self._type_date(dates.nth(position), day)

    # Leaves a box for a date without going elsewhere.
    _after_date = "Enter"

    def _type_date(self, box: Locator, day: date):
        # The answer to what was filled in before may come while this is typed and wipe
        # it out; a user sees that and types it again.
        name = box.get_attribute("data-field")
        date_box = self.inside.locator(f"[data-field={name}]").locator("visible=true")
        calendar = self.page.locator(".o_datetime_picker")
        for _try in range(3):
            date_box.last.click()
            expect(calendar).to_be_visible()
            # A date that is set is a button, which becomes a box when it is pressed.
            opened = self.inside.locator(f"input[data-field={name}]:visible").last
            opened.fill(dutch(day))
            opened.press(self._after_date)
            expect(calendar).to_have_count(0)
            self.settled()
            if date_box.last.get_attribute("value") == dutch(day) or (
                date_box.last.evaluate("box => box.value") == dutch(day)
            ):
                return
        raise AssertionError(f"{name} does not keep {dutch(day)}")

    def choose(self, label: str, words: str):
        """Type into a field that looks records up, and take the one with the words."""
        self._look_up(label, words)
        self.options().filter(has_text=words).first.click()
        expect(self.page.locator(OFFERS)).to_have_count(0)

    def options_for(self, label: str, words: str) -> list[str]:
        """What a field that looks records up offers after typing the words."""
        box = self._look_up(label, words)
        offered = [squeezed(text) for text in self.options().all_inner_texts()]
        box.fill("")
        expect(self.options().filter(has_not_text=words).first).to_be_visible()
        box.press("Escape")
        expect(self.page.locator(OFFERS)).to_have_count(0)
        return offered

    def _look_up(self, label: str, words: str) -> Locator:
        box = self.field(label)
        box.click()
        offers = self.page.locator(f"{OFFERS} li")
        expect(offers.first).to_be_visible()
        expect(self.page.locator(f"{OFFERS} .fa-spin")).to_have_count(0)
        with self.page.expect_response(re.compile("name_search")):
            box.fill(words)
        expect(offers.first).to_be_visible()
        expect(self.page.locator(f"{OFFERS} .fa-spin")).to_have_count(0)
        expect(self.options().filter(has_not_text=words)).to_have_count(0)
        return box

    def options(self) -> Locator:
        """The records that are offered, without “search more” and the like."""
        ours = ":not(.o_m2o_dropdown_option):not(.o_m2o_no_result)"
        return self.page.locator(f"{OFFERS} .o-autocomplete--dropdown-item{ours}")

    def pick(self, label: str, words: str):
        """Take one of a fixed set of choices."""
        self.field(label).click()
        choices = self.page.locator(".o_select_menu_menu .o_select_menu_item")
        choices.filter(has_text=_exactly(words)).click()

    def tick(self, label: str):
        self.inside.get_by_label(_exactly(label)).first.check()

    @contextmanager
    def dialog(self, title: str):
        """Everything inside happens in the dialog with this title."""
        box = self.page.locator(".modal-dialog", has=self.page.get_by_text(title)).last
        expect(box).to_be_visible()
        yield Screen(self.page, box)

    def dialog_is_open(self) -> bool:
        return self.page.locator(".modal-dialog").count() > 0

    def expect_no_dialog(self):
        expect(self.page.locator(".modal-dialog")).to_have_count(0)
        self.settled()

    # Reading -----------------------------------------------------------------------

    def cell(self, label: str) -> Locator:
        """What stands beside a label."""
        label_cell = self.inside.locator(".o_wrap_label").filter(
            has=self.page.locator("label", has_text=_exactly(label))
        )
        visible = label_cell.locator("visible=true").first
        return visible.locator("xpath=following-sibling::*[1]")

    def expect_missing(self, label: str):
        """The field is marked as one that must be filled in."""
        field = self.cell(label).locator(".o_field_widget")
        expect(field).to_have_class(re.compile("o_field_invalid"))

    def read(self, label: str) -> str:
        """The value beside a label, in a box or not."""
        cell = self.cell(label)
        box = cell.locator("input:visible, textarea:visible")
        value = box.first.input_value() if box.count() else cell.inner_text()
        return squeezed(value)

    def text(self) -> str:
        return squeezed(self.inside.inner_text())

    def set_state(self, words: str):
        """Press a step of the status bar itself."""
        steps = self.inside.locator(".o_statusbar_status .o_arrow_button")
        steps.filter(has_text=_exactly(words)).locator("visible=true").first.click()
        self.expect_state(words)

    def state(self) -> str:
        return squeezed(self.current_state().inner_text())

    def expect_state(self, words: str):
        """Where the status bar stands; when there is no room it is one button."""
        expect(self.current_state()).to_have_text(_exactly(words))

    def current_state(self) -> Locator:
        current = ".o_arrow_button_current, .dropdown-toggle:not(.o_arrow_button)"
        steps = self.inside.locator(".o_statusbar_status").locator(current)
        return steps.locator("visible=true").first

    def complaint(self) -> str:
        """The sentence with which the product refuses; its dialog is closed."""
        box = self.page.locator(".o_error_dialog")
        sentence = squeezed(box.locator(".modal-body").inner_text())
        box.get_by_role("button", name="Sluiten", exact=True).last.click()
        expect(box).to_have_count(0)
        return sentence

    def access_is_refused(self) -> bool:
        """A dialog says that this is not for the user, and nothing else opened."""
        box = self.page.locator(".o_error_dialog")
        expect(box).to_contain_text("Je mag dit niet bekijken")
        return self.page.locator(".o_form_view").count() == 0

    # Boards ------------------------------------------------------------------------

    def columns(self) -> list[str]:
        """The heads of a board's columns, folded ones too."""
        heads = self.page.locator(".o_kanban_group .o_column_title")
        expect(heads.first).to_be_visible()
        return [
            re.sub(r"\s*\(?\d+\)?$", "", squeezed(h)) for h in heads.all_inner_texts()
        ]

    def card(self, words: str) -> Locator:
        return self.page.locator(".o_kanban_record", has_text=words).first

    def open_card(self, words: str):
        with self.leaving():
            self.card(words).click()

    def open_first(self) -> bool:
        """Open the first record of a list or a board, if there is one."""
        row = ".o_data_row .o_data_cell:not(.o_handle_cell)"
        first = f"{row}, .o_kanban_record:not(.o_kanban_ghost)"
        if self.page.locator(".o_view_sample_data, .o_view_nocontent").count():
            return False
        records = self.page.locator(".o_content").locator(first)
        groups = self.page.locator(".o_content .o_group_header")
        if groups.count() and not records.count():
            groups.first.click()
            expect(records.first).to_be_visible()
        if not records.count():
            return False
        before = self.page.url
        records.first.click()
        self.page.wait_for_function(
            "before => location.href !== before || document.querySelector("
            "'.o_selected_row, .modal')",
            arg=before,
        )
        self.settled()
        return True

    # Lists -------------------------------------------------------------------------

    def rows(self) -> Locator:
        return self.inside.locator(
            ".o_list_view .o_data_row, .o_list_renderer .o_data_row"
        )

    def row(self, words: str) -> Locator:
        return self.inside.locator(".o_data_row", has_text=words).first

    def open_row(self, words: str):
        with self.leaving():
            self.row(words).locator(".o_data_cell").first.click()

    def column(self, title: str) -> list[str]:
        """A column of the list, by what its head says."""
        heads = self.inside.locator(".o_list_table thead th").all_inner_texts()
        position = [squeezed(head) for head in heads].index(title)
        return [
            squeezed(row.locator("td").nth(position).inner_text())
            for row in self.rows().all()
        ]

    def press_in_row(self, words: str, button: str):
        row = self.row(words)
        row.get_by_role("button", name=button).click()
        self.settled()

    @contextmanager
    def new_line(self, tab: str):
        """Add a line that is filled in in a dialog of its own."""
        self.tab(tab)
        self.inside.get_by_text("Regel toevoegen").locator("visible=true").click()
        box = self.page.locator(".modal-dialog").last
        expect(box.locator(".o_form_view")).to_be_visible()
        yield Screen(self.page, box)
        self.expect_no_dialog()

    @contextmanager
    def new_row(self):
        """Add a line that is filled in in the list itself."""
        self.inside.get_by_text("Regel toevoegen").locator("visible=true").click()
        box = self.inside.locator(".o_selected_row")
        expect(box).to_be_visible()
        yield Row(self.page, box)
        self._leave_row(box)

    @contextmanager
    def edit_row(self, words: str):
        """Change a line in the list itself."""
        box = self.inside.locator(".o_selected_row")
        for _try in range(3):  # what a form still loads may close the line again
            self.row(words).locator("td.o_data_cell").first.click()
            expect(box).to_be_visible()
            self.settled()
            if box.count():
                break
        yield Row(self.page, box)
        self._leave_row(box)

    def _leave_row(self, box: Locator):
        tab = self.inside.locator(".o_notebook .nav-link.active")
        if tab.count():  # nearer than the sheet, which may lie above the screen
            tab.first.click()
        else:
            self.inside.locator(".o_form_sheet").click(position={"x": 3, "y": 3})
        expect(box).to_have_count(0)

    def tick_row(self, words: str):
        self.row(words).locator(".o_list_record_selector input").check()

    def tick_all(self):
        self.inside.locator("thead .o_list_record_selector input").check()

    # Documents ---------------------------------------------------------------------

    def download(self, press, folder: Path) -> Path:
        """The file that comes when `press` is called."""
        with self.page.expect_download(timeout=90_000) as waiting:
            press()
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path

    def print_from_menu(self, words: str):
        """A document from the menu of the cogwheel."""
        self.page.locator(".o_cp_action_menus button").first.click()
        menu = self.page.locator(".o-dropdown--menu")
        menu.get_by_text("Afdrukken", exact=True).hover()
        self.page.get_by_role("menuitem", name=words).click()


class Row(Screen):
    """A row of a list while it is filled in: its fields go by the column's head."""

    _after_date = "Tab"  # Enter would go to the next row

    def field(self, label: str) -> Locator:
        table = self.inside.locator("xpath=ancestor::table")
        heads = [squeezed(h) for h in table.locator("thead th").all_inner_texts()]
        cell = self.inside.locator("td").nth(heads.index(label))
        return cell.locator("input, textarea, button").first
