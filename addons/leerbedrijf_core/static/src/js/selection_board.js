import { onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";
import { Group } from "@web/model/relational_model/group";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";

const MOVED = "LEERBEDRIJF_SELECTION_MOVED";

class SelectionGroup extends Group {
    setup() {
        super.setup(...arguments);
        if (!this.value) {
            this.displayName = _t("No function yet");
        }
    }
}

class SelectionModel extends RelationalModel {
    static Group = SelectionGroup;
}

/** One person who moves changes what it means for others: all cards are read again. */
class SelectionBoardRenderer extends KanbanRenderer {
    async sortRecordDrop() {
        await super.sortRecordDrop(...arguments);
        await this.props.list.load();
        this.env.bus.trigger(MOVED);
    }
}

/** The totals of the day above the columns. */
class SelectionBoardController extends KanbanController {
    static template = "leerbedrijf_core.SelectionBoard";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.day = useState({ summary: "", problems: "" });
        onWillStart(() => this.loadDay());
        useBus(this.env.bus, MOVED, () => this.loadDay());
    }

    async loadDay() {
        const dayId = this.props.context.default_day_id;
        if (dayId && (await user.hasGroup("leerbedrijf_core.group_coordinator"))) {
            const fields = ["summary", "problems", "state"];
            const [day] = await this.orm.read("leerbedrijf.selection.day", [dayId], fields);
            Object.assign(this.day, day);
        }
    }
}

registry.category("views").add("leerbedrijf_selection_board", {
    ...kanbanView,
    Controller: SelectionBoardController,
    Model: SelectionModel,
    Renderer: SelectionBoardRenderer,
});
