import { patch } from "@web/core/utils/patch";
import { user } from "@web/core/user";
import { TimelineRenderer } from "@web_timeline/views/timeline/timeline_renderer.esm";

/**
 * The months in the language of the user instead of the browser's, and a row for what
 * belongs to no group only when there is something in it.
 */
patch(TimelineRenderer.prototype, {
    init_timeline() {
        this.options.locale = user.lang.split("-")[0];
        return super.init_timeline(...arguments);
    },

    async split_groups(records) {
        const groups = await super.split_groups(...arguments);
        const groupedBy = this.model.last_group_bys[0];
        return groups.filter(
            (group) => group.id !== -1 || records.some((record) => !record[groupedBy])
        );
    },
});
