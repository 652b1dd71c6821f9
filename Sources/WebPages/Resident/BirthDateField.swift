import HTML
import Web

/// A birth date in three boxes, in the visitor's language.
struct BirthDateField: Sendable {
    let say: Phrases
    let fields: Fields

    func html(_ name: String, _ words: String, hint: String) -> HTML {
        fields.set(name, words, hint: hint) {
            div(.class("nhsuk-date-input"), .id(name)) {
                box(name, "day", say("Day"), "2", "bday-day")
                box(name, "month", say("Month"), "2", "bday-month")
                box(name, "year", say("Year"), "4", "bday-year")
            }
        }
    }

    private func box(
        _ name: String,
        _ part: String,
        _ words: String,
        _ width: String,
        _ fill: String
    ) -> HTML {
        let id = "\(name)-\(part)"
        let mark = fields.problem(name) == nil ? "" : " nhsuk-input--error"
        return div(.class("nhsuk-date-input__item")) {
            label(.class("nhsuk-label nhsuk-date-input__label"), .for(id)) { words }
            input(
                .class("nhsuk-input nhsuk-date-input__input nhsuk-input--width-\(width)\(mark)"),
                .id(id),
                .name(id),
                .type("text"),
                .inputmode("numeric"),
                .autocomplete(fill),
                .value(fields.typed.raw(id) ?? "")
            )
        }
    }
}
