import Kernel

/// What the programme writes to people.
extension ProgrammeFile {
    static func messages(_ places: [Place]) -> [MessageTemplate] {
        var found: [MessageTemplate] = []
        for place in places {
            guard let message = place.read("message", message) else { continue }
            if found.contains(where: { $0.on == message.on && $0.to == message.to }) {
                place.fault("there is a message for this already", expected: "each once")
            }
            found.append(message)
        }
        return found
    }

    private static func message(_ reader: MappingReader) -> MessageTemplate? {
        let on = reader.required("on")?.word(as: MessageTemplate.Occasion.self)
        let whom = reader.required("to")
        let to = whom?.word(as: MessageTemplate.Reader.self)
        if let on, let to, !on.readers.contains(to) {
            let readers = on.readers.map(\.rawValue).joined(separator: " or ")
            whom?.fault("the \(to.rawValue) is not told of this", expected: readers)
        }
        let subject = reader.required("subject")?.words(filled: true)
        let text = reader.required("text")?.words(filled: true)
        let notify = reader.optional("notify")?.read("notify") { notify in
            (
                email: notify.optional("email")?.words(filled: false) ?? [:],
                text: notify.optional("text")?.words(filled: false) ?? [:]
            )
        }
        guard let on, let to, let subject, let text else { return nil }
        return MessageTemplate(
            on: on,
            to: to,
            subject: subject,
            text: text,
            notifyEmail: notify?.email ?? [:],
            notifyText: notify?.text ?? [:]
        )
    }
}

extension Place {
    /// Words in English, or in several languages by their tags.
    ///
    /// - Parameter filled: whether blanks stand in them, and English must be there.
    fileprivate func words(filled: Bool) -> [String: String]? {
        guard isMapping else {
            guard let text = text() else { return nil }
            if filled { checkBlanks(text) }
            return ["en": text]
        }
        var words: [String: String] = [:]
        for (key, value) in entries() {
            guard let tag = key.id(), let text = value.text() else { continue }
            if filled { value.checkBlanks(text) }
            words[tag] = text
        }
        if filled, words["en"] == nil { fault("there are no English words", expected: "`en`") }
        return words
    }

    private func checkBlanks(_ text: String) {
        for part in text.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
            let name = String(part.prefix { $0 != "}" })
            guard part.contains("}"), MessageTemplate.blanks.contains(name) else {
                let known = MessageTemplate.blanks.map { "{\($0)}" }.joined(separator: ", ")
                fault("`{\(name)}` is not filled in", expected: known)
                continue
            }
        }
    }
}
