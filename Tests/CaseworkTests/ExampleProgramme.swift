import Foundation
import Programmes

/// The programme of these tests, and those that the repository ships.
enum Shipped {
    static let names = [
        "fit-for-work-in-work", "fit-for-work-out-of-work", "gm-mental-health-and-employment",
        "ips-primary-care", "kickstarter", "payment-by-results", "working-better", "working-well",
        "workwell-manchester",
    ]

    static func programme(_ name: String) throws -> Programme {
        if name == "example" { return try Programme(yaml: example, file: "example") }
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "programmes/\(name).yaml")
        return try Programme(yaml: String(contentsOf: file, encoding: .utf8), file: name)
    }

    /// One of everything.
    static let example = """
        programme: example
        version: 3
        name: Example
        runs: {from: 2024-10-01, to: 2026-03-31}
        source: "Written for the tests"
        calendar: england-and-wales
        areas:
          city: {outward: [M8, M9, OL], gp_practices: ["P84*", P91003], jobcentres: [JCP-CITY]}
          far: {outward: [SK1]}
        referral:
          sources: [gp, self, community]
          asks:
            - {id: health-condition, question: "Is health in the way?", answers: [yes, no]}
            - {id: wants-work, question: "Do you want to work?", answers: [yes, no]}
        eligibility:
          - id: lives-here
            require: {any: [{residence: [city]}, {gp_area: city}, {jobcentre_area: city}]}
            says: The person, their practice or their Jobcentre must be in the city.
          - id: working-age
            require: {age: {from: 18, to: 65}}
            says: The service is for people aged 18 to 65.
        strands:
          - {id: be-well, provider: big-life}
          - id: msk
            provider: mft
            from: 2024-12-01
            to: 2025-12-31
            eligibility:
              - {id: msk-only, require: {condition: [msk]}, says: This strand is for MSK.}
        clocks:
          - {id: contact, from: referred, to: engaged, within: {working_days: 5}, pauses: [in-hospital]}
          - {id: assessment, from: engaged, to: assessed, within: {days: 14}, owner: manager}
        pathway:
          intensity: [high, low]
          plans: [thrive-in-work, move-into-work]
          plans_before_onward: [move-into-work]
          appointments: [first-appointment, job-interview]
          interventions:
            - {id: physiotherapy, unit_cost: 234.13}
            - {id: cbt, name: CBT, sessions_max: 6}
          onward:
            - id: ips
              name: IPS
              from: 2024-11-04
              to: 2025-03-31
              answer_within: {working_days: 10}
              require: {employment_status: [out-of-work]}
              says: IPS is for people out of work.
            - talking-therapies
          barriers: [debt, housing]
          support: {weeks: 26}
          tracking: {weeks: 13, contacts: [4, 8, 13]}
          discharge_status: [in-work, off-sick, out-of-work]
          closure_reasons: [completed, ineligible, not-accepted, disengaged, no-longer-wanted, consent-withdrawn]
        measures:
          - {id: phq-9, name: PHQ-9, occasions: [baseline, exit], score: {min: 0, max: 27, better: lower}}
          - id: exit-questions
            occasions: [exit]
            items: [{id: felt-helped, question: "Did it help?", answers: [yes, no]}]
        outcomes:
          - {id: job-start, kinds: [job, self-employment], started: true}
          - {id: thirteen, kinds: [job], hours_min: 7, sustained: {weeks: 13, within_weeks: 16}}
        """
}
