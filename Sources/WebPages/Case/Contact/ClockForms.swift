import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Pausing a clock for one of the programme's reasons, and letting it run again.
enum ClockForms {
    static let routes: [PageRoute] = [pause, resume].flatMap { form in
        form.routes(where: { clock($0, $1).map { !$0.pauses.isEmpty } ?? false })
    }

    private static let pause = CaseForm(
        path: "clocks/:clock/pause",
        title: "Pause a clock",
        button: "Pause",
        then: "#clocks",
        fields: { visit, file, fields in
            which(clock(visit, file))
            fields.radios("reason", "Why", CaseWords.choices(clock(visit, file)?.pauses ?? []))
            fields.date("on", "From", or: visit.today.iso)
        },
        read: { visit, file, reader in
            let reasons = clock(visit, file)?.pauses ?? []
            let reason = reader.choice("reason", "Choose why it stands still", among: reasons)
            let day = reader.day("on", "Say from when", usually: visit.today)
            guard let reason, let day else { return nil }
            var fields = ClockPaused()
            fields.clock = visit.part("clock")
            fields.reason = reason
            return Command(.clockPaused(fields), on: day)
        }
    )

    private static let resume = CaseForm(
        path: "clocks/:clock/resume",
        title: "Let a clock run again",
        button: "Let it run",
        then: "#clocks",
        fields: { visit, file, fields in
            which(clock(visit, file))
            fields.date("on", "From", or: visit.today.iso)
        },
        read: { visit, _, reader in
            guard let day = reader.day("on", "Say from when", usually: visit.today) else {
                return nil
            }
            var fields = ClockResumed()
            fields.clock = visit.part("clock")
            return Command(.clockResumed(fields), on: day)
        }
    )

    private static func clock(_ visit: Visit, _ file: CaseFile) -> Clock? {
        file.programme.clocks.first { $0.id == visit.part("clock") }
    }

    private static func which(_ clock: Clock?) -> HTML {
        // A refusal about the clock leads here.
        inset { p(.id("clock")) { clock?.name ?? "" } }
    }
}

/// The clocks of a case: what was promised, and what came of it.
enum ClockList {
    @Sendable static func show(_ visit: Visit, _ file: CaseFile) -> HTML? {
        guard file.may.contains(.readCase), !file.clocks.isEmpty else { return nil }
        let mayChange = file.isOpenToChange
        var table = ListTable(
            "Clocks",
            ["Promise", "Began", "By", "How it stands"] + (mayChange ? ["Do it"] : []),
            hidesCaption: true
        )
        table.endsInActs = mayChange
        for reading in file.clocks {
            let due = reading.pausedOn == nil ? reading.dueOn.uk : "Stands still"
            let cells = [
                HTML(reading.clock.name), HTML(reading.startedOn.uk), HTML(due),
                state(reading, file.today),
            ]
            table.rows.append(cells + (mayChange ? [link(reading, file)] : []))
        }
        return table.html
    }

    private static func state(_ reading: ClockReading, _ today: CivilDate) -> HTML {
        switch reading.state {
        case .met: return tag("Met", .green)
        case .missed: return tag("Missed", .red)
        case .lapsed: return tag("Ended", .grey)
        case .running:
            if let paused = reading.pausedOn { return tag("Paused since \(paused.uk)", .yellow) }
            return dueDay(reading.dueOn, today: today)
        }
    }

    private static func link(_ reading: ClockReading, _ file: CaseFile) -> HTML {
        guard reading.state == .running, !reading.clock.pauses.isEmpty else {
            return HTML("Nothing")
        }
        let isPaused = reading.pausedOn != nil
        let place = "\(file.path)/clocks/\(URLEncoding.encode(reading.clock.id))"
        return a(.href(place + (isPaused ? "/resume" : "/pause"))) {
            isPaused ? "Let it run again" : "Pause"
            span(.class("nhsuk-u-visually-hidden")) { ": \(reading.clock.name)" }
        }
    }
}
