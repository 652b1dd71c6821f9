import Casework
import FHIRModel
import Kernel
import Programmes

extension ReferralReader {
    /// The programme and strand that are asked for: by the performer, or by the code.
    mutating func programme(
        of request: FHIRElement,
        _ referral: inout ReferralReceived
    ) -> Programme? {
        let performers = request.all("performer") + incoming.all("Task").compactMap { $0["owner"] }
        for performer in performers {
            let isService = isService(performer)
            guard let id = id(of: performer, isService: isService) else { continue }
            if isService { return service(id, performer, &referral) }
            let offered = sender.programmes.flatMap { programme in
                programme.strands.filter { $0.provider == id }.map { (programme, $0) }
            }
            if let (programme, strand) = offered.first, offered.count == 1 {
                referral.strand = strand.id
                return programme
            }
        }
        if let code = request["code"]?.code(of: Systems.code("programme")) {
            return service(code, request["code"], &referral)
        }
        if let only = sender.programmes.first, sender.programmes.count == 1 { return only }
        let ids = sender.programmes.map(\.id).joined(separator: ", ")
        let says = "Name the service: a HealthcareService of \(ids)."
        incoming.fault(.required, request, "performer", says)
        return nil
    }

    /// Whether a reference leads to a service, and to no organisation.
    private func isService(_ reference: FHIRElement) -> Bool {
        if reference["identifier"]?["system"]?.text == Systems.identifier("service") { return true }
        let type =
            incoming.resolve(reference)?.type
            ?? reference["reference"]?.text.flatMap { FHIRReference($0) }?.type
        return type == "HealthcareService"
    }

    /// What a service or an organisation is called here: by the identifier of the one that was sent
    /// along, or else as the reference has it.
    private func id(of reference: FHIRElement, isService: Bool) -> String? {
        let systems =
            isService
            ? [Systems.identifier("service")]
            : [Systems.odsCode, Systems.identifier("organization")]
        let along = incoming.resolve(reference)
        let given = systems.lazy.compactMap { along?.identifier(of: $0)?["value"]?.text }.first
        return given ?? reference.referredID
    }

    /// A programme, or a strand of one: `workwell-manchester.be-well`.
    private mutating func service(
        _ id: String,
        _ at: FHIRElement?,
        _ referral: inout ReferralReceived
    ) -> Programme? {
        for programme in sender.programmes {
            if programme.id == id { return programme }
            for strand in programme.strands where "\(programme.id).\(strand.id)" == id {
                referral.strand = strand.id
                return programme
            }
        }
        let all = sender.programmes.flatMap { programme in
            [programme.id] + programme.strands.map { "\(programme.id).\($0.id)" }
        }
        let near = nearestSpelling(to: id, in: all).map { " Did you mean \($0)?" } ?? ""
        incoming.fault(.notFound, at, "No service \(id) takes referrals.\(near)")
        return nil
    }

    /// The main condition: a code of ours, or words that can be one.
    ///
    /// - Returns: the words of the reason where they can be none.
    mutating func readCondition(
        _ request: FHIRElement,
        _ referral: inout ReferralReceived
    ) -> String? {
        var concepts = request.all("reasonCode")
        for reference in request.all("reasonReference") {
            guard let found = incoming.resolve(reference) else {
                incoming.fault(.notFound, reference, "This did not come along.")
                continue
            }
            guard found.type == "Condition", holds(found), let code = found["code"] else {
                continue
            }
            concepts.append(code)
        }
        referral.condition = Self.condition(of: concepts)
        return referral.condition == nil ? Self.words(of: concepts) : nil
    }

    /// The first code of ours among concepts; else the first of their words, as a code.
    static func condition(of concepts: [FHIRElement]) -> String? {
        for concept in concepts {
            if let code = concept.code(of: Systems.code("condition")) { return code }
        }
        return words(of: concepts)?.asCode
    }

    private static func words(of concepts: [FHIRElement]) -> String? {
        concepts.lazy.compactMap { concept in
            concept["text"]?.text ?? concept["coding"]?["display"]?.text
        }.first
    }

    /// The employment status; of several the one of the latest day, one without a day being of now.
    mutating func readEmployment(_ referral: inout ReferralReceived) {
        var latest: Instant?
        for observation in incoming.all("Observation") where isStatus(observation) {
            guard let value = observation["value"] else { continue }
            let known = value.codings.lazy.compactMap {
                Codes.status(system: $0.system, code: $0.code)
            }.first
            guard let known else {
                let says = "No code of this is an employment status that is known here."
                incoming.fault(.codeInvalid, value, says)
                continue
            }
            let effective = observation["effective"]
            let moment = (effective?["start"] ?? effective)?.time?.start
            if let latest, let moment, moment < latest { continue }
            latest = moment ?? Instant(midnightUTC: sender.today.adding(days: 1))
            referral.employmentStatus = known.rawValue
        }
    }

    /// Answers to the programme's own questions.
    mutating func readAnswers(_ programme: Programme, _ referral: inout ReferralReceived) {
        for response in incoming.all("QuestionnaireResponse") where holds(response) {
            for item in response.answeredItems {
                guard let id = item["linkId"]?.text, let answer = item["answer"]?["value"] else {
                    continue
                }
                guard let question = programme.referral.asks.first(where: { $0.id == id }) else {
                    incoming.fault(
                        .notFound,
                        item["linkId"],
                        "\(programme.name) does not ask \(id)."
                    )
                    continue
                }
                let text = answer.answerText
                guard let text, question.answers.contains(text) else {
                    let list = question.answers.joined(separator: ", ")
                    incoming.fault(.codeInvalid, answer, "Answer one of \(list).")
                    continue
                }
                referral.answers[id] = text
            }
        }
    }

    /// What the person agreed to; nobody is referred without it.
    mutating func consents(_ request: FHIRElement) -> [ConsentScope: Bool] {
        var said: [ConsentScope: [IncomingConsent]] = [:]
        for consent in incoming.all("Consent") {
            guard let read = incoming.consent(consent, on: sender.today) else { continue }
            if let day = read.time?.firstDay, day > sender.today {
                incoming.fault(.value, consent["dateTime"], "\(day.uk) has not come yet.")
            }
            for scope in read.scopes { said[scope, default: []].append(read) }
        }
        if said[.referral] == nil {
            let says = "Say that the person agrees to be referred: send a Consent along."
            incoming.fault(.required, request, "supportingInfo", says)
        } else if let refusal = said[.referral].flatMap(IncomingConsent.refusal(among:)) {
            let says = "A person can be referred only when they agree."
            incoming.fault(.businessRule, refusal.element, "status", says)
        }
        return said.mapValues { IncomingConsent.refusal(among: $0) == nil }
    }
}

extension FHIRElement {
    /// The items of answers within it, at whatever depth: those of a group, and those that an answer
    /// led to.
    var answeredItems: [FHIRElement] {
        (all("item") + all("answer").flatMap { $0.all("item") }).flatMap {
            [$0] + $0.answeredItems
        }
    }

    /// An answer as our questions have it: a code, a word, a number, or yes and no.
    var answerText: String? {
        if let bool { return bool ? "yes" : "no" }
        return type == "Coding" ? self["code"]?.text : text
    }
}

extension String {
    /// Words as a code: small letters, digits and hyphens; nil if nothing is left or it is long.
    var asCode: String? {
        let small = lowercased().utf8.map { byte -> UInt8 in
            byte &- 0x61 < 26 || byte &- 0x30 < 10 ? byte : 0x2D
        }
        let code = small.split(separator: 0x2D).map { String(decoding: $0, as: UTF8.self) }
            .joined(separator: "-")
        return code.isEmpty || code.utf8.count > 60 ? nil : code
    }
}
