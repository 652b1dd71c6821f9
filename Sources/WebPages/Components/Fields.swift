import HTML
import Web

/// One of the answers that a question takes.
package struct Choice: Sendable, Hashable {
    package var value: String
    package var label: String
    package var hint: String?

    package init(_ value: String, _ label: String, hint: String? = nil) {
        self.value = value
        self.label = label
        self.hint = hint
    }
}

/// The fields of one form: what was typed stands in them, with what is wrong beside it.
package struct Fields: Sendable {
    package var typed: Form
    package var problems: [Problem]
    /// The visitor's language, for the few words that fields bring along.
    package var say: Phrases

    package init(_ typed: Form, _ problems: [Problem] = [], say: Phrases = Phrases()) {
        self.typed = typed
        self.problems = problems
        self.say = say
    }

    private func optional(_ isOptional: Bool) -> String {
        isOptional ? " " + say("(optional)") : ""
    }

    func problem(_ name: String) -> Problem? { problems.first { $0.field == name } }

    private func shown(_ name: String, or known: String?) -> String {
        typed.raw(name) ?? known ?? ""
    }

    /// A line of text.
    ///
    /// `width` is in characters.
    package func text(
        _ name: String,
        _ label: String,
        hint: String? = nil,
        or known: String? = nil,
        width: Int? = nil,
        type: String = "text",
        inputmode: String? = nil,
        autocomplete: String? = nil,
        isOptional: Bool = false
    ) -> HTML {
        group(name) {
            labelled(name, label, isOptional)
            hinted(name, hint)
            mistake(name)
            input(
                .class(
                    "nhsuk-input" + (width.map { " nhsuk-input--width-\($0)" } ?? "")
                        + (problem(name) == nil ? "" : " nhsuk-input--error")
                ),
                .id(name),
                .name(name),
                .type(type),
                // A password is never sent back.
                type == "password" ? nil : .value(shown(name, or: known)),
                inputmode.map { .inputmode($0) },
                autocomplete.map { .autocomplete($0) },
                described(name, hint)
            )
        }
    }

    /// A day, as the browser offers it; sent as `2026-01-31`.
    package func date(
        _ name: String,
        _ label: String,
        hint: String? = nil,
        or known: String? = nil,
        isOptional: Bool = false
    ) -> HTML {
        text(name, label, hint: hint, or: known, width: 10, type: "date", isOptional: isOptional)
    }

    /// A birth date, in three boxes: `name-day`, `name-month`, `name-year`.
    package func birthDate(_ name: String, _ legendText: String, hint: String? = nil) -> HTML {
        set(name, legendText, hint: hint) {
            div(.class("nhsuk-date-input")) {
                for (part, title, width) in [
                    ("day", "Day", 2), ("month", "Month", 2), ("year", "Year", 4),
                ] {
                    div(.class("nhsuk-date-input__item")) {
                        div(.class("nhsuk-form-group")) { dateBox(name, part, title, width) }
                    }
                }
            }
        }
    }

    /// One box of a birth date; the first has the field's own id, where an error's link leads.
    private func dateBox(_ name: String, _ part: String, _ title: String, _ width: Int) -> HTML {
        let id = part == "day" ? name : "\(name)-\(part)"
        let box = label(.class("nhsuk-label nhsuk-date-input__label"), .for(id)) { title }
        return box
            + input(
                .class(
                    "nhsuk-input nhsuk-input--width-\(width) nhsuk-date-input__input"
                        + (problem(name) == nil ? "" : " nhsuk-input--error")
                ),
                .id(id),
                .name("\(name)-\(part)"),
                .type("text"),
                .value(shown("\(name)-\(part)", or: nil)),
                .inputmode("numeric")
            )
    }

    /// Several lines of text.
    package func area(
        _ name: String,
        _ label: String,
        hint: String? = nil,
        or known: String? = nil,
        rows: Int = 4,
        isOptional: Bool = false
    ) -> HTML {
        group(name) {
            labelled(name, label, isOptional)
            hinted(name, hint)
            mistake(name)
            textarea(
                .class("nhsuk-textarea" + (problem(name) == nil ? "" : " nhsuk-textarea--error")),
                .id(name),
                .name(name),
                .rows(rows),
                described(name, hint)
            ) {
                // A browser drops one line break after the tag.
                "\n" + shown(name, or: known)
            }
        }
    }

    /// One of several answers, all in sight.
    package func radios(
        _ name: String,
        _ legendText: String,
        _ choices: [Choice],
        hint: String? = nil,
        or known: String? = nil,
        isInline: Bool = false,
        isOptional: Bool = false
    ) -> HTML {
        set(name, legendText, hint: hint, isOptional: isOptional) {
            div(.class("nhsuk-radios" + (isInline ? " nhsuk-radios--inline" : ""))) {
                for (place, choice) in choices.enumerated() {
                    tick("radio", name, choice, place, isOn: shown(name, or: known) == choice.value)
                }
            }
        }
    }

    /// Any of several answers.
    package func checkboxes(
        _ name: String,
        _ legendText: String,
        _ choices: [Choice],
        hint: String? = nil,
        or known: [String] = [],
        isOptional: Bool = false
    ) -> HTML {
        let ticked = typed.isEmpty ? known : typed.all(name)
        return set(name, legendText, hint: hint, isOptional: isOptional) {
            div(.class("nhsuk-checkboxes")) {
                for (place, choice) in choices.enumerated() {
                    tick("checkbox", name, choice, place, isOn: ticked.contains(choice.value))
                }
            }
        }
    }

    /// One of many answers, in a list that opens.
    package func choose(
        _ name: String,
        _ label: String,
        _ choices: [Choice],
        hint: String? = nil,
        or known: String? = nil,
        blank: String? = "Choose",
        isOptional: Bool = false
    ) -> HTML {
        let chosen = shown(name, or: known)
        return group(name) {
            labelled(name, label, isOptional)
            hinted(name, hint)
            mistake(name)
            select(
                .class("nhsuk-select" + (problem(name) == nil ? "" : " nhsuk-select--error")),
                .id(name),
                .name(name),
                described(name, hint)
            ) {
                if let blank { option(.value("")) { blank } }
                for choice in choices {
                    option(
                        .value(choice.value),
                        .flag("selected", if: choice.value == chosen)
                    ) { choice.label }
                }
            }
        }
    }

    /// Something sent along unseen.
    package static func hidden(_ name: String, _ value: String) -> HTML {
        input(.type("hidden"), .name(name), .value(value))
    }
}

// MARK: - Parts

extension Fields {
    func group(_ name: String, @HTMLBuilder content: () -> HTML) -> HTML {
        div(
            .class("nhsuk-form-group" + (problem(name) == nil ? "" : " nhsuk-form-group--error")),
            content: content
        )
    }

    /// Several boxes under one question.
    package func set(
        _ name: String,
        _ legendText: String,
        hint: String? = nil,
        isOptional: Bool = false,
        @HTMLBuilder content: () -> HTML
    ) -> HTML {
        group(name) {
            fieldset(.class("nhsuk-fieldset"), described(name, hint)) {
                legend(.class("nhsuk-fieldset__legend nhsuk-fieldset__legend--s")) {
                    legendText + optional(isOptional)
                }
                hinted(name, hint)
                mistake(name)
                content()
            }
        }
    }

    private func labelled(_ name: String, _ text: String, _ isOptional: Bool) -> HTML {
        label(.class("nhsuk-label nhsuk-label--s"), .for(name)) {
            text + optional(isOptional)
        }
    }

    private func hinted(_ name: String, _ hint: String?) -> HTML {
        guard let hint else { return HTML() }
        return div(.class("nhsuk-hint"), .id("\(name)-hint")) { hint }
    }

    private func mistake(_ name: String) -> HTML {
        guard let problem = problem(name) else { return HTML() }
        return span(.class("nhsuk-error-message"), .id("\(name)-error")) {
            span(.class("nhsuk-u-visually-hidden")) { say("Error:") }
            " " + problem.says
        }
    }

    private func described(_ name: String, _ hint: String?) -> Attribute? {
        let ids = [
            hint == nil ? nil : "\(name)-hint", problem(name) == nil ? nil : "\(name)-error",
        ].compactMap { $0 }
        return ids.isEmpty ? nil : .aria("describedby", ids.joined(separator: " "))
    }

    private func tick(
        _ kind: String,
        _ name: String,
        _ choice: Choice,
        _ place: Int,
        isOn: Bool
    ) -> HTML {
        // The first has the field's own id, where an error's link leads.
        let id = place == 0 ? name : "\(name)-\(place + 1)"
        let block = kind == "radio" ? "nhsuk-radios" : "nhsuk-checkboxes"
        return div(.class("\(block)__item")) {
            input(
                .class("\(block)__input"),
                .id(id),
                .name(name),
                .type(kind),
                .value(choice.value),
                choice.hint == nil ? nil : .aria("describedby", "\(id)-item-hint"),
                .flag("checked", if: isOn)
            )
            label(.class("nhsuk-label \(block)__label"), .for(id)) { choice.label }
            if let hint = choice.hint {
                div(.class("nhsuk-hint \(block)__hint"), .id("\(id)-item-hint")) { hint }
            }
        }
    }
}
