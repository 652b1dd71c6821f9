import Application
import Casework
import HTML
import Kernel
import Programmes
import Store

/// Everything held on a person, as a document that can be read and printed.
package struct CopyDocument: Sendable {
    package var copy: PersonCopy
    var names: CopyNames { copy.names }

    package init(_ copy: PersonCopy) {
        self.copy = copy
    }

    /// The whole document, to be kept as a file or printed.
    package var document: HTML {
        html(.lang("en")) {
            head {
                meta(Attribute("charset", "utf-8"))
                HTML(element: "title", [], HTML("What is held about you"))
                meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
                Self.style
            }
            body {
                main {
                    h1 { "What is held about you" }
                    content
                }
            }
        }
    }

    /// The document stands alone, so its look comes with it.
    private static let style = HTML.trusted(
        """
        <style>
        body { font: 1rem/1.5 Arial, sans-serif; color: #212b32; }
        main { max-width: 45rem; margin: 1rem auto; padding: 0 1rem; }
        dt { font-weight: bold; } dd { margin: 0 0 .5rem; }
        table { border-collapse: collapse; width: 100%; }
        caption { text-align: start; font-weight: bold; }
        th, td { text-align: start; vertical-align: top; padding: .25rem .5rem .25rem 0;
            border-bottom: 1px solid #d8dde0; }
        .gw-check { border: 4px solid #d5281b; padding: 0 1rem; margin: 1rem 0; }
        @media print { h2 { break-after: avoid; } tr { break-inside: avoid; } }
        </style>
        """
    )

    /// The parts of it, each under a heading of the second level.
    package var content: HTML {
        p { "Made on \(copy.madeAt.loggedAt)." }
            + check
            + who
            + HTML.joined(copy.accounts.map(account))
            + HTML.joined(copy.cases.map(held))
            + HTML.joined(copy.practices.map(practice))
            + looks
            + others
    }

    // MARK: - Who you are

    private var who: HTML {
        var all = h2 { "Who you are" }
        if copy.isErased {
            return all
                + p {
                    "Who you are has been erased, and all words in your record with it. "
                    "Nobody can read them any more. What is left are codes."
                }
        }
        for (place, record) in copy.records.enumerated() {
            if copy.records.count > 1 { all.append(h3 { "Record \(place + 1)" }) }
            guard let identity = record.identity else {
                all.append(p { "This record has been erased." })
                continue
            }
            var rows = CopyRows()
            rows.add("Name", identity.name)
            rows.add("Birth date", identity.birthDate.map { CivilDate(iso: $0)?.uk ?? $0 })
            rows.add("NHS number", identity.nhsNumber.map { NHSNumber($0)?.spaced ?? $0 })
            rows.add("Postcode", identity.postcode)
            rows.add("Address", identity.address)
            rows.add("Phone", identity.phone)
            rows.add("Email", identity.email)
            all.append(rows.html)
        }
        return all
    }

    private func account(_ account: PersonCopy.HeldAccount) -> HTML {
        var rows = CopyRows()
        rows.add("Email address to sign in with", account.login)
        rows.add("Made on", account.createdAt.loggedAt)
        rows.add("Last new password", account.passwordSetAt?.loggedAt)
        rows.add("Second factor", account.hasSecondFactor ? "Set up" : "Not set up")
        rows.add("Connected with", account.issuer)
        rows.add("Known there as", account.subject)
        rows.add("Disabled on", account.disabledAt?.loggedAt)
        return h2 { "Your account" } + rows.html
    }

    // MARK: - Check before giving

    private var check: HTML {
        let toCheck = copy.toCheck
        let isNothing =
            toCheck.isEmpty && copy.glass.isEmpty && copy.merges.isEmpty
            && copy.apart.allSatisfy { $0.reason == nil }
        if isNothing { return HTML() }
        return div(.class("gw-check")) {
            h2 { "Check before giving" }
            p {
                "These words may tell of somebody else. Read each one. Take out what is not the "
                "person's to have, and then this heading."
            }
            ul {
                for (of, line) in toCheck {
                    li {
                        "\(line.event.occurredOn.uk), \(of.header.reference), \(line.says): "
                        line.words.map(\.text).joined(separator: "; ")
                    }
                }
                for glass in copy.glass where !glass.reason.isEmpty {
                    li { "\(glass.brokenAt.loggedAt), opened in an emergency: \(glass.reason)" }
                }
                for glass in copy.glass {
                    if let review = glass.review, !review.words.isEmpty {
                        li { "\(review.at.loggedAt), review of that: \(review.words)" }
                    }
                }
                for merge in copy.merges {
                    if let reason = merge.reason {
                        li { "\(merge.saidAt.loggedAt), records joined: \(reason)" }
                    }
                }
                for merge in copy.merges {
                    if let undone = merge.undone, let reason = undone.reason {
                        li { "\(undone.at.loggedAt), records parted: \(reason)" }
                    }
                }
                for apart in copy.apart {
                    if let reason = apart.reason {
                        li { "\(apart.saidAt.loggedAt), found to be somebody else: \(reason)" }
                    }
                }
            }
        }
    }

    // MARK: - Each case

    private func held(_ held: PersonCopy.HeldCase) -> HTML {
        var all = h2 { "\(held.programme.name), reference \(held.header.reference)" }
        all.append(p { "The case is \(held.state.rawValue)." })
        all.append(h3 { "What happened" })
        var happened = CopyTable(
            "Case \(held.header.reference), day by day",
            ["Day", "What", "Recorded by"]
        )
        for line in held.lines where line.event.body.kind != .voided {
            let withdrawn = line.voidedAt.map { " (withdrawn on \($0.civilDateUK.uk))" } ?? ""
            happened.add(line.event.occurredOn.uk, line.says + withdrawn, by(line.event.by))
        }
        all.append(happened.html)
        all.append(words(held))
        all.append(answers(held))
        all.append(plan(held))
        if !held.messages.isEmpty {
            all.append(h3 { "Messages sent about you" })
            var sent = CopyTable(
                "Messages of case \(held.header.reference)",
                ["Made", "What", "Sent"]
            )
            for message in held.messages {
                sent.add(
                    message.createdAt.loggedAt,
                    message.reader.rawValue.inWords,
                    message.deliveredAt?.loggedAt ?? "Not yet"
                )
            }
            all.append(sent.html)
        }
        return all
    }

    /// The words that are the person's own: all of them, also where a sentence above has some.
    private func words(_ held: PersonCopy.HeldCase) -> HTML {
        var rows = CopyRows()
        for line in held.lines where !line.mustCheck {
            let day = line.event.occurredOn.uk
            // What was answered stands under its question.
            if case .measureTaken(let taken) = line.event.body {
                let answers = taken.sealedAnswers.sorted { $0.key < $1.key }
                for (id, answer) in answers {
                    let instrument = held.programme.instrument(taken.instrument)
                    let item = instrument?.items.first { $0.id == id }
                    let asked = item.map { ": \($0.question)" } ?? " \(id)"
                    rows.add("\(name(taken.instrument, held))\(asked), \(day)", answer.inWords)
                }
                continue
            }
            for words in line.words {
                rows.add("\(words.field.inWords), \(day)", words.text)
            }
        }
        return rows.isEmpty ? HTML() : h3 { "What was written down" } + rows.html
    }

    private func name(_ instrument: String, _ held: PersonCopy.HeldCase) -> String {
        held.programme.instrument(instrument)?.name ?? instrument.inWords
    }

    private func answers(_ held: PersonCopy.HeldCase) -> HTML {
        var rows = CopyRows()
        let questions = held.programme.referral.asks + held.programme.measures.flatMap(\.items)
        for (id, answer) in held.case.answers.sorted(by: { $0.key < $1.key }) {
            rows.add(questions.first { $0.id == id }?.question ?? id, answer)
        }
        for score in held.case.scores {
            rows.add(
                "\(name(score.instrument, held)), \(score.occasion.rawValue)",
                "score \(score.score)"
            )
        }
        return rows.isEmpty ? HTML() : h3 { "Your answers and scores" } + rows.html
    }

    private func plan(_ held: PersonCopy.HeldCase) -> HTML {
        guard held.case.plan != nil || !held.case.goals.isEmpty || !held.case.actions.isEmpty
        else { return HTML() }
        var rows = CopyRows()
        rows.add("Plan", held.case.plan?.inWords)
        for (kind, items) in [("Goal", held.case.goals), ("Action", held.case.actions)] {
            for item in items {
                let text = held.text(of: item.id)
                let due = item.dueOn.map { ", due \($0.uk)" } ?? ""
                rows.add("\(kind) \(item.id)", (text ?? "") + " (\(item.state.rawValue)\(due))")
            }
        }
        return h3 { "Your plan" } + rows.html
    }

    // MARK: - Who looked

    private var looks: HTML {
        guard !copy.looks.isEmpty else {
            return h2 { "Who looked at your record" } + p { "Nobody did." }
        }
        var table = CopyTable(
            "Looks at your record, and what was done to it",
            ["When", "Who", "What", "Outcome"]
        )
        for look in copy.looks {
            table.add(
                look.at.loggedAt,
                by(Recorder(user: look.actor, organisation: look.organisation)),
                look.action.inWords,
                look.outcome.inWords
            )
        }
        return h2 { "Who looked at your record" } + table.html
    }

    private var others: HTML {
        let isNothing =
            copy.asked.isEmpty && copy.glass.isEmpty && copy.merges.isEmpty && copy.apart.isEmpty
            && copy.claims.isEmpty
        if isNothing { return HTML() }
        return h2 { "What else was done" }
            + ul {
                for asked in copy.asked {
                    li {
                        "You asked for a copy on \(asked.askedAt.civilDateUK.uk)"
                        (asked.answeredAt.map { ", given on \($0.civilDateUK.uk)" } ?? "") + "."
                    }
                }
                for glass in copy.glass {
                    li {
                        "Your record was opened in an emergency on \(glass.brokenAt.loggedAt) by "
                        by(Recorder(user: glass.account, organisation: glass.organisation)) + "."
                    }
                }
                for line in copy.claims {
                    li {
                        "\(line.amount.text) for your support was put into the claim "
                        "\(line.claim)."
                    }
                }
                for merge in copy.merges {
                    li {
                        "Two records were joined as yours on \(merge.saidAt.civilDateUK.uk)"
                        (merge.undone.map { " and parted on \($0.at.civilDateUK.uk)" } ?? "") + "."
                    }
                }
                for apart in copy.apart {
                    li {
                        "Another record was found not to be yours on "
                        "\(apart.saidAt.civilDateUK.uk)"
                        (apart.undone.map { ", withdrawn on \($0.at.civilDateUK.uk)" } ?? "")
                            + "."
                    }
                }
            }
    }

    /// Staff by role and organisation, not by name.
    private func by(_ recorder: Recorder) -> String {
        let organisation = names.organisation(recorder.organisation)
        return names.roles[recorder.user].map { "\($0), \(organisation)" } ?? organisation
    }
}

extension PersonCopy.HeldCase {
    /// The words of a goal or an action.
    fileprivate func text(of item: String) -> String? {
        for line in lines {
            switch line.event.body {
            case .goalAdded(let fields) where fields.goal == item: return fields.text
            case .actionAdded(let fields) where fields.action == item: return fields.text
            default: continue
            }
        }
        return nil
    }
}

extension HTML {
    fileprivate static func joined(_ parts: [HTML]) -> HTML {
        var all = HTML()
        for part in parts { all.append(part) }
        return all
    }
}
