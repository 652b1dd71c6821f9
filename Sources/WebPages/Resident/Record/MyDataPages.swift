import Application
import Casework
import HTML
import Kernel
import Programmes
import Store
import Web

/// What is held about a resident, who looked at it, and what they can ask.
enum MyDataPages {
    static let path = "\(MyPages.path)/data"
    private static let copy = "\(MyPages.path)/copy"

    static let routes: [PageRoute] =
        [
            .get(path, .signedIn, data),
            .get(copy, .signedIn, askForCopy),
            .post(copy, .signedIn) { visit in
                try await visit.goodwork.askForCopy(by: visit.actor)
                return .redirect(to: copy)
            },
        ] + MyDetails.routes + OwnContactPages.routes

    // MARK: - My data

    private static func data(_ visit: Visit) async throws -> Response {
        let goodwork = visit.goodwork
        // Asked first, so that this very look does not stand at the top of it.
        let looks = try await goodwork.ownAccessLog(by: visit.actor)
        let record = try await goodwork.ownRecord(by: visit.actor)
        let copies = try await goodwork.ownCopyRequests(by: visit.actor)
        let say = visit.phrases
        let words = OwnWords(say: say, names: visit.names)
        return visit.page(say("My data"), back: (say("Back to my plan"), MyPages.path)) {
            if visit.request.query["done"] == ConsentPages.closed {
                done(say("You took back your yes, and your case is closed."), say)
            }
            h1 { say("My data") }
            h2 { say("What we hold about you") }
            for (place, identity) in record.identities.enumerated() {
                if place > 0 { h3 { say("In another record of you") } }
                Self.identity(identity, say)
            }
            if record.forDetails != nil {
                p { a(.href(MyDetails.path)) { say("Ask us to change your details") } }
            } else if !record.cases.isEmpty {
                p { MyDetails.whomToAsk(say) }
            }
            for file in record.cases { referral(file, words) }
            p { say("Your coach keeps notes too. They are in the copy that you can ask for.") }
            h2 { say("What you agreed to") }
            for file in record.cases { consents(file, words) }
            h2 { say("How we write to you") }
            for file in record.cases { contact(file, words) }
            h2 { say("A copy of everything") }
            copyState(copies.first, say)
            h2 { say("Who looked at your record") }
            log(looks, words)
        }
    }

    private static func identity(_ known: Identity, _ say: Phrases) -> HTML {
        var summary = Summary()
        func typed(_ key: String, _ value: String?) {
            guard let value, !value.isEmpty else { return }
            summary.add(key) { asTyped(value) }
        }
        typed(say("Name"), known.name)
        summary.add(
            say("Birth date"),
            known.birthDate.flatMap { CivilDate(iso: $0) }.map(say.day) ?? known.birthDate
        )
        let number = known.nhsNumber.flatMap { NHSNumber($0) }
        typed(say("NHS number"), number?.spaced ?? known.nhsNumber)
        typed(say("Postcode"), known.postcode)
        typed(say("Address"), known.address)
        typed(say("Telephone"), known.phone)
        typed(say("Email"), known.email)
        return summary.html
    }

    /// What was said at the referral.
    private static func referral(_ file: CaseFile, _ words: OwnWords) -> HTML {
        let say = words.say
        var summary = Summary()
        let referral = file.case.referral
        summary.add(say("Referred on"), file.case[.referred].map(say.day))
        summary.add(say("Referred by"), referral?.referrer.map { words.names[$0] })
        summary.add(say("Your work"), file.case.employmentStatus.map { SelfWords.work($0, say) })
        summary.add(say("Your health"), referral?.condition.map { SelfWords.condition($0, say) })
        summary.add(say("Your GP practice"), referral?.practice.map { words.names[$0] })
        for question in file.programme.referral.asks {
            let answer = file.case.answers[question.id].map { say(SelfWords.answer($0)) }
            summary.add(say(SelfWords.toYou(question.question)), answer)
        }
        return h3 { say(file.programme.name) } + summary.html
    }

    private static func consents(_ file: CaseFile, _ words: OwnWords) -> HTML {
        let say = words.say
        var summary = Summary()
        for scope in ConsentPages.scopes(of: file) {
            let last = file.case.consents[scope]
            let value = words.consent(last)
            let day = file.case.consentDays[scope].map { ", " + say.day($0) } ?? ""
            let mayChange = file.case.isOpen || last == .consentGiven
            summary.rows.append(
                Summary.Row(
                    key: words.scope(scope),
                    value: HTML(value + day),
                    change: mayChange
                        ? (say("Change"), words.scope(scope), ConsentPages.path(scope, of: file))
                        : nil
                )
            )
        }
        return h3 { say(file.programme.name) } + summary.html
    }

    private static func contact(_ file: CaseFile, _ words: OwnWords) -> HTML {
        let say = words.say
        var summary = Summary()
        let way = file.case.contactWish.map { OwnContactPages.words($0.way, say) }
        summary.rows.append(
            Summary.Row(
                key: say(file.programme.name),
                value: HTML(way ?? say("Nobody has asked you yet")),
                change: (
                    say("Change"), say("How we write to you"), OwnContactPages.path(of: file)
                )
            )
        )
        return summary.html
    }

    private static func log(_ looks: [OwnLook], _ words: OwnWords) -> HTML {
        let say = words.say
        guard !looks.isEmpty else { return p { say("Nobody has opened your record yet.") } }
        var table = ListTable(
            say("Who looked at your record, the latest first"),
            [say("Day"), say("Organisation"), say("Who"), say("What they did")]
        )
        for look in looks {
            table.add(
                HTML(say.day(look.on)),
                HTML(look.isOwn || look.isLinkHolder ? "–" : words.names[look.organisation]),
                HTML(words.role(look)),
                HTML(words.did(look))
            )
        }
        return table.html
            + p { say("Is there something here that you do not understand? Ask your coach.") }
    }

    // MARK: - A copy

    private static func copyState(_ copy: CopyAsked?, _ say: Phrases) -> HTML {
        guard let copy else {
            return p { say("You can ask for a copy of all that we hold about you.") }
                + p { a(.href(Self.copy)) { say("Ask for a copy") } }
        }
        let asked = say.day(copy.askedAt.civilDateUK)
        if let answered = copy.answeredAt {
            let days = ["asked": asked, "given": say.day(answered.civilDateUK)]
            return p { say("You asked for a copy on {asked}. It was given on {given}.", days) }
                + p { a(.href(Self.copy)) { say("Ask for a new copy") } }
        }
        let days = ["asked": asked, "due": say.day(copy.dueOn)]
        return p { say("You asked for a copy on {asked}. You will have it by {due}.", days) }
    }

    private static func askForCopy(_ visit: Visit) async throws -> Response {
        let copies = try await visit.goodwork.ownCopyRequests(by: visit.actor)
        let say = visit.phrases
        let isOpen = copies.first.map { $0.answeredAt == nil } ?? false
        return visit.page(say("A copy of my data"), back: (say("Back to my data"), path)) {
            h1 { say("A copy of my data") }
            if isOpen {
                copyState(copies.first, say)
                p { say("We may ask you first to show who you are.") }
            } else {
                p { say("The copy has all that we hold about you, and who looked at it.") }
                p { say("It is free. You will have it within one month.") }
                visit.sentForm(to: copy) { submit(say("Ask for a copy")) }
            }
        }
    }
}
