import Kernel

/// A job that takes records away in bulk.
package struct RecordExport: Sendable, Hashable {
    package enum Level: String, Sendable {
        /// All records, and the directory.
        case system
        /// What is about people.
        case patient
        /// Those with a case in one programme.
        case group
    }

    package enum State: String, Sendable {
        case running
        case done
        case failed
    }

    package var id: String
    package var client: String
    package var level: Level
    /// Only cases of this one.
    package var programme: String?
    package var types: [String]
    /// Only what changed after it.
    package var since: Instant?
    /// The address that was asked.
    package var request: String
    package var state: State
    /// What was told after this moment is not in it.
    package var knownAt: Instant
    package var leaseUntil: Instant
    /// How often it was begun since it last came on.
    package var attempts: Int
    /// The last person who is in it; blank before the first.
    package var place: String
    /// How many people are in it, of how many.
    package var done: Int
    package var total: Int?
    package var endedAt: Instant?
    package var forgottenAt: Instant?

    package init(
        id: String,
        client: String,
        level: Level,
        programme: String?,
        types: [String],
        since: Instant?,
        request: String,
        at now: Instant
    ) {
        self.id = id
        self.client = client
        self.level = level
        self.programme = programme
        self.types = types
        self.since = since
        self.request = request
        state = .running
        knownAt = now
        leaseUntil = now
        attempts = 0
        place = ""
        done = 0
    }
}

/// A file of an export, as the list of them has it.
package struct ExportFile: Sendable, Hashable {
    package var type: String
    package var part: Int
    package var lines: Int
    package var bytes: Int
}

/// Lines that are written together, all of one type.
package struct ExportChunk: Sendable, Hashable {
    package var type: String
    package var lines: Int
    package var body: [UInt8]

    package init(type: String, lines: Int, body: [UInt8]) {
        self.type = type
        self.lines = lines
        self.body = body
    }
}

/// Which people an export looks at.
package struct ExportScope: Sendable, Hashable {
    /// Those in whose cases it has a part; nil for all.
    package var organisation: String?
    package var programme: String?
    package var since: Instant?

    package init(organisation: String?, programme: String?, since: Instant?) {
        self.organisation = organisation
        self.programme = programme
        self.since = since
    }
}
