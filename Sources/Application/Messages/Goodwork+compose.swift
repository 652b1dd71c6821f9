import Casework
import Kernel
import Programmes
import SQL
import Store

/// Why there is nothing to send.
enum NothingToSay: String, Error {
    /// The entry was withdrawn or is no longer so, or the person was erased, died or took their
    /// consent back.
    case withdrawn = "skipped-withdrawn"
    /// No address is known, or none that the person wishes to be used.
    case nobody = "skipped-no-address"
    /// Whoever is told wishes no messages.
    case notWished = "skipped-not-wished"
    /// It is so late that it would mislead, or the appointment is past.
    case late = "skipped-late"
}

extension Goodwork {
    /// A message that has not been tried within three days is not sent: late news misleads.
    static let messageDaysMax: Int64 = 3

    /// Words and address of a message, as they are now.
    ///
    /// - Throws: `NothingToSay`.
    func compose(
        _ message: QueuedMessage,
        with messengers: Messengers,
        in transaction: any Transaction
    ) throws -> OutgoingMessage {
        let age = now().milliseconds - message.createdAt.milliseconds
        if message.attempts == 0, age > Self.messageDaysMax * 86_400_000 { throw NothingToSay.late }
        guard let header = try store.header(id: message.caseID, in: transaction) else {
            throw NothingToSay.withdrawn
        }
        let person = try store.person(header.person, in: transaction)
        let (history, programme) = try told(of: header, key: person?.key, in: transaction)
        let folded = history.fold()
        guard let entry = message.event else {
            let reached = try reach(person, folded, messengers)
            return try news(message, of: header, folded, programme, by: reached, in: transaction)
        }
        let effective = history.effective()
        guard let event = effective.first(where: { $0.id == entry }),
            let occasion = MessageTemplate.Occasion(rawValue: event.body.kind.rawValue),
            !event.isOvertaken(among: effective)
        else { throw NothingToSay.withdrawn }
        let parties = folded.parties(in: programme)
        let reader: MessageTemplate.Reader = message.reader == .person ? .person : .referrer
        let reached =
            reader == .person
            ? try reach(person, folded, messengers)
            : try reachReferrer(history, of: parties.referrer, in: transaction)
        let language = reader == .person ? folded.contactWish?.language ?? "en" : "en"
        let texts = language == "en" ? [:] : try store.translations(of: language, in: transaction)
        let appointment = event.body.appointment.flatMap { folded.appointment(named: $0) }
        // Whoever came after all is not told that it was called off.
        if let appointment, !event.body.holds(of: appointment) { throw NothingToSay.withdrawn }
        // Booked late, tried for days or recorded afterwards: nobody can act on it any more.
        if let appointment, appointment.day < now().civilDateUK { throw NothingToSay.late }
        let blanks: [String: String] = [
            "reference": header.reference,
            "programme": programme.name,
            "provider": try parties.provider.map { try organisation($0, in: transaction) }
                ?? programme.name,
            "link": messengers.address
                + link(for: reader, header.id),
            "when": appointment.map { $0.when(in: language) } ?? "",
            "where": UsualWords.place(appointment?.place).translated(texts),
            "service": messengers.service,
        ]
        let words = words(
            occasion,
            to: reader,
            programme,
            language,
            texts
        )
        let own = programme.messages.first { $0.on == occasion && $0.to == reader }
        let templates = reached.channel == .email ? own?.notifyEmail : own?.notifyText
        return OutgoingMessage(
            id: message.id,
            channel: reached.channel,
            address: reached.address,
            subject: words.subject.filled(blanks),
            text: words.text.filled(blanks),
            reference: header.reference,
            template: templates?[words.language] ?? templates?["en"]
        )
    }

    /// Words and address of the news that how the person signs in was changed.
    ///
    /// There is no link in it: those who cheat people send them one.
    private func news(
        _ message: QueuedMessage,
        of header: CaseHeader,
        _ folded: Case,
        _ programme: Programme,
        by reached: (channel: MessageChannel, address: String),
        in transaction: any Transaction
    ) throws -> OutgoingMessage {
        let language = folded.contactWish?.language ?? "en"
        let texts = language == "en" ? [:] : try store.translations(of: language, in: transaction)
        let provider = folded.parties(in: programme).provider
        let blanks: [String: String] = [
            "reference": header.reference,
            "provider": try provider.map { try organisation($0, in: transaction) }
                ?? programme.name,
            "when": message.createdAt.civilDateUK.written(in: language),
        ]
        let words = UsualWords.signInChanged
        return OutgoingMessage(
            id: message.id,
            channel: reached.channel,
            address: reached.address,
            subject: words.subject.translated(texts).filled(blanks),
            text: words.text.translated(texts).filled(blanks),
            reference: header.reference
        )
    }

    private func link(for reader: MessageTemplate.Reader, _ id: CaseID) -> String {
        switch reader {
        case .referrer: "/status/" + token(for: statusLink(for: id))
        case .person: "/answer/" + token(for: answerLink(for: id))
        }
    }

    /// How the person of a case is reached, as they wish.
    private func reach(
        _ person: Person?,
        _ folded: Case,
        _ messengers: Messengers
    ) throws -> (channel: MessageChannel, address: String) {
        guard let identity = try person?.identity(),
            [nil, .consentGiven].contains(folded.consents[.referral]), folded.closure != .died
        else { throw NothingToSay.withdrawn }
        let known: [(MessageChannel, String)] = [(.email, identity.email), (.text, identity.phone)]
            .compactMap { channel, address in address.map { (channel, $0) } }
        switch folded.contactWish?.way {
        case .noMessages, .phone, .post: throw NothingToSay.notWished
        case .email:
            guard let found = known.first(where: { $0.0 == .email }) else {
                throw NothingToSay.nobody
            }
            return found
        case .text:
            guard let found = known.first(where: { $0.0 == .text }) else {
                throw NothingToSay.nobody
            }
            return found
        case nil:
            let carried = known.first { messengers.carriers[$0.0] != nil } ?? known.first
            guard let carried else { throw NothingToSay.nobody }
            return carried
        }
    }

    /// Whoever referred, while their account is open and of the organisation that referred.
    ///
    /// Whoever works elsewhere now has no part in that organisation's patients.
    private func reachReferrer(
        _ history: History,
        of organisation: String?,
        in transaction: any Transaction
    ) throws -> (channel: MessageChannel, address: String) {
        guard let id = history.referredBy.flatMap({ UserID($0) }),
            let stored = try store.account(id, in: transaction), stored.disabledAt == nil,
            stored.organisation == organisation
        else { throw NothingToSay.nobody }
        let account = try account(stored, in: transaction)
        // Somebody who referred themselves is told as the person.
        guard account.roles.isStaff, account.login.contains("@") else { throw NothingToSay.nobody }
        return (.email, account.login)
    }

    private func organisation(_ id: String, in transaction: any Transaction) throws -> String {
        try store.organisation(id, in: transaction)?.name ?? id
    }

    private func words(
        _ occasion: MessageTemplate.Occasion,
        to reader: MessageTemplate.Reader,
        _ programme: Programme,
        _ language: String,
        _ texts: [String: String]
    ) -> (subject: String, text: String, language: String) {
        if let own = programme.messages.first(where: { $0.on == occasion && $0.to == reader }) {
            let tag = own.text[language] == nil ? "en" : language
            return (
                own.subject[tag] ?? own.subject["en"] ?? "", own.text[tag] ?? "", tag
            )
        }
        let usual = UsualWords.of(occasion, to: reader)
        return (usual.subject.translated(texts), usual.text.translated(texts), language)
    }
}

extension CaseEvent {
    /// Whether a later entry about the same appointment says more.
    fileprivate func isOvertaken(among events: [CaseEvent]) -> Bool {
        guard let appointment = body.appointment else { return false }
        return events.contains { $0.sequence > sequence && $0.body.appointment == appointment }
    }
}

extension EventBody {
    /// The name of the appointment that was booked, moved or cancelled.
    fileprivate var appointment: String? {
        switch self {
        case .appointmentBooked(let fields): fields.appointment
        case .appointmentCancelled(let fields): fields.appointment
        default: nil
        }
    }

    /// Whether what it says of an appointment is still so; it is not once the person came, or did
    /// not.
    fileprivate func holds(of appointment: Appointment) -> Bool {
        switch self {
        case .appointmentBooked: appointment.outcome == nil
        case .appointmentCancelled: appointment.outcome == Appointment.cancelled
        default: true
        }
    }
}

extension Appointment {
    /// The day, and the time where it is known.
    fileprivate func when(in language: String) -> String {
        let at = language.isEnglish ? " at " : " "
        return day.written(in: language) + (time.map { at + $0 } ?? "")
    }
}

extension CivilDate {
    /// The day; in figures where the months have other names.
    fileprivate func written(in language: String) -> String {
        language.isEnglish ? uk : iso.split(separator: "-").reversed().joined(separator: "/")
    }
}

extension String {
    /// The text with its blanks filled in.
    fileprivate func filled(_ blanks: [String: String]) -> String {
        var text = self
        for (name, value) in blanks { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    /// Whether the tag of a language is English's, in whatever form.
    fileprivate var isEnglish: Bool { prefix { $0 != "-" } == "en" }

    /// The words of a language, or these where it has none.
    fileprivate func translated(_ texts: [String: String]) -> String { texts[self] ?? self }
}
