import Programmes

/// Codes as words that people read.
package enum Words {
    /// The code within a sentence: `off-sick` is "off sick", `gp` is "GP".
    package static func plain(_ code: String) -> String {
        if let known = whole[code] { return known }
        let parts = code.split(omittingEmptySubsequences: true) { $0 == "-" || $0 == "_" }
        if parts.isEmpty { return code }
        return parts.map { initials[String($0)] ?? String($0) }.joined(separator: " ")
    }

    /// The code as it begins a sentence: `off-sick` is "Off sick".
    package static func capital(_ code: String) -> String {
        let words = plain(code)
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// An organisation that only its id names: `big-life` is "Big Life"; `P84001` stays as it is.
    package static func organisation(_ id: String) -> String {
        guard id.allSatisfy({ $0.isLowercase || $0.isNumber || $0 == "-" }) else { return id }
        let parts = id.split(separator: "-").map(String.init)
        return parts.enumerated().map { place, part in
            if let known = initials[part] { return known }
            let isSmall = place > 0 && ["and", "for", "in", "of", "the", "to"].contains(part)
            return isSmall ? part : part.prefix(1).uppercased() + part.dropFirst()
        }.joined(separator: " ")
    }

    /// How people meet, within a sentence.
    static func place(_ code: String) -> String {
        switch AppointmentPlace(rawValue: code) {
        case .clinic: "in the clinic"
        case .community: "in the community"
        case .phone: "by phone"
        case .video: "by video"
        case .home: "at home"
        case nil: plain(code)
        }
    }

    /// What staff call a language, by its tag (BCP 47).
    static func language(_ tag: String) -> String { languages[tag] ?? tag }

    private static let languages = [
        "ur": "Urdu", "ar": "Arabic", "pl": "Polish", "bn": "Bengali", "so": "Somali",
        "pa": "Punjabi", "zh": "Chinese", "cy": "Welsh", "en-x-easy": "easy read",
    ]

    private static let whole = [
        "birth_date": "date of birth", "gp_practice": "general practice",
        "outward_code": "postcode", "jobcentre": "Jobcentre", "uc": "Universal Credit",
        "self": "the person themselves",
    ]

    private static let initials = [
        "gp": "GP", "msk": "MSK", "ips": "IPS", "cbt": "CBT", "copd": "COPD", "esa": "ESA",
        "jsa": "JSA", "pip": "PIP", "nhs": "NHS", "mft": "MFT",
        "vcse": "VCSE", "adhd": "ADHD", "hiv": "HIV", "dwp": "DWP", "cic": "CIC",
    ]
}

extension EventKind {
    /// What kind of entry it is, within a sentence: `work.job-ended` is "job ended".
    package var words: String {
        let parts = rawValue.split(separator: ".").map(String.init)
        guard let last = parts.last else { return rawValue }
        // One word says too little without its family: "appointment booked".
        return Words.plain(last.contains("-") ? last : parts.joined(separator: "-"))
    }
}

extension ConsentScope {
    /// What is agreed to, within a sentence.
    package var words: String {
        switch self {
        case .referral: "being referred and supported"
        case .shareWithReferrer: "telling the referrer"
        case .practiceRecord: "telling the general practice"
        case .employer: "talking with the employer"
        case .evaluation: "taking part in the evaluation"
        }
    }
}

extension Programme {
    /// A missing answer in words: a question of this programme, or a standard one.
    package func words(ofMissing id: String) -> String {
        referral.asks.asked(byMissing: id)?.question ?? Words.plain(id)
    }

    /// A missing answer by the name under which a referral takes it: a question of this programme
    /// by its own id among the `answers`, a standard one as it is.
    package func answerID(ofMissing id: String) -> String {
        referral.asks.asked(byMissing: id)?.id ?? id
    }
}

extension [Question] {
    /// The one that an eligibility rule misses, which names it with underscores; nil where it is a
    /// standard one.
    package func asked(byMissing id: String) -> Question? {
        first { $0.id.underscored == id.underscored }
    }
}

extension String {
    /// The same with hyphens for underscores.
    var hyphened: String { String(map { $0 == "_" ? "-" : $0 }) }
}
