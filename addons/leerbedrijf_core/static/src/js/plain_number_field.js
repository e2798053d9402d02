import { registry } from "@web/core/registry";
import { FloatField, floatField } from "@web/views/fields/float/float_field";

/**
 * Hours or days a week: “16” and “1,5”, and nothing where a phase has none.
 */
export class PlainNumberField extends FloatField {
    get formattedValue() {
        return this.value ? super.formattedValue : "";
    }
}

export const plainNumberField = {
    ...floatField,
    component: PlainNumberField,
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...floatField.extractProps(fieldInfo, dynamicInfo),
        trailingZeros: false,
    }),
};

registry.category("fields").add("plain_number", plainNumberField);
