/// What FHIR came to, and how it is told.
extension Results {
    func fhirGoals() throws -> [Goal] {
        try FHIRLoad.works.map { work in
            (
                "FHIR \(work.name) 10 times fhirstarter's rate, or more", try starterRatio(work),
                10, true
            )
        }
    }

    private func starterRatio(_ work: FHIRLoad.Work) throws -> Double {
        try fhir.need("\(work.name)_per_second") / fhir.need("starter_\(work.name)_per_second")
    }

    func fhirText() throws -> String {
        let bytes = try fhir.need("bytes") / Double(ServedPlace.cases)
        let (lines, seconds) = (try fhir.need("export_lines"), try fhir.need("export_seconds"))
        var text = [
            "FHIR over HTTP to 32 connections, 10 s each, on the machine that sends them",
            try loaded("POST ServiceRequest, a durable referral", "create"),
            try loaded("the same kept by fhirstarter", "starter_create"),
            try loaded("GET ServiceRequest/id, \(bytes.whole) bytes, logged", "read"),
            try loaded("the same bytes by fhirstarter", "starter_read"),
        ]
        for work in FHIRLoad.works {
            let others = try Starter.ways.map { way in
                let rate = try fhir.need("\(way.name)_\(work.name)_per_second")
                return "\(way.mode) \(way.workers): \(rate.whole)/s"
            }
            text.append(
                "  \(work.name) at \(try starterRatio(work).places(1)) times fhirstarter's rate; "
                    + "its ways in 3 s: " + others.joined(separator: ", ")
            )
        }
        text.append(
            "  $export of \(lines.whole) lines, begun, ended and taken away: "
                + "\(seconds.places(1)) s, \((lines / seconds).whole) lines/s"
        )
        return text.joined(separator: "\n")
    }

    private func loaded(_ words: String, _ name: String) throws -> String {
        let rate = try fhir.need("\(name)_per_second").whole
        let (median, p99) = try (fhir.need("\(name)_median"), fhir.need("\(name)_p99"))
        return "  " + words.padded(50) + rate.padded(9)
            + "requests/s, median \(median.places(1)) ms, p99 \(p99.places(1)) ms"
    }
}
