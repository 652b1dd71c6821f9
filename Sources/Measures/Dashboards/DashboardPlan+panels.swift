import Kernel
import Programmes

extension DashboardPlan {
    /// From referral to outcome, month by month and beside the plan.
    mutating func planFlow() {
        let started: [(String, String, Population)] = [
            ("referred", "Referred", .everyone),
            ("accepted", "Accepted", .reached(.accepted)),
            ("engaged", "Engaged", .reached(.firstContact)),
            ("assessed", "Assessed", .reached(.assessed)),
            ("started", "Support started", .reached(.started)),
            ("plan", "Plan agreed", .reached(.planAgreed)),
            ("discharged", "Discharged", .reached(.discharged)),
        ]
        for (id, label, population) in started {
            stages.append(
                figure("stages/\(id)", label, Indicator(.count(population), over: .everyone))
            )
        }
        for outcome in programme.outcomes.prefix(2) {
            let reached = Population.token(.outcomes, key: outcome.id, values: [])
            let indicator = Indicator(.count(reached), over: .everyone)
            stages.append(figure(Self.outcomeID(outcome.id), label(of: outcome), indicator))
        }
        for kind in MonthlyChart.allCases {
            let set = plan.rows(within(.reached(kind.milestone)))
            runs.append(PlannedRun(kind: kind, set: set))
        }
        trajectories.append(PlannedTrajectory(question.part, in: &plan, of: programme))
        guard question.part.strand == nil, programme.strands.count > 1 else { return }
        for strand in programme.strands {
            var part = question.part
            part.strand = strand.id
            trajectories.append(PlannedTrajectory(part, in: &plan, of: programme))
        }
    }

    /// What an outcome's figure is called beside the stages.
    static func outcomeID(_ outcome: String) -> String { "stages/outcome-\(outcome)" }

    /// An outcome by its name; where a row of the report has that name, which may count it of
    /// others, with the words that tell them apart.
    private func label(of outcome: OutcomeRule) -> String {
        let rows = programme.report?.rows ?? []
        let isTaken = rows.contains { $0.row == outcome.name }
        return isTaken ? "\(outcome.name), of all referred" : outcome.name
    }

    /// Clocks, waiting times, who is being helped, and what is not known of them.
    mutating func planPromises() {
        for clock in programme.clocks {
            let indicator = Indicator(.met(clock: clock.id), over: .everyone)
            clocks.append(figure("clocks/\(clock.id)", clock.name, indicator))
        }
        let spans: [(String, Elapsed)] = [
            ("contact", Elapsed(.days, .referred, .firstContact)),
            ("start", Elapsed(.days, .referred, .started)),
            ("plan", Elapsed(.days, .started, .planAgreed)),
            ("support", Elapsed(.weeks, .started, .discharged)),
        ]
        for (id, elapsed) in spans {
            let words = "From \(elapsed.from.words) to \(elapsed.to.words)"
            let over = Population.reached(elapsed.to)
            let median = figure(
                "waits/\(id)",
                words,
                Indicator(.median(elapsed, over: over)),
                Show(form: .number, rounding: .oneDecimal)
            )
            waits.append(PlannedWait(median: median, elapsed: elapsed))
        }
        let open = Population.not(.code(.state, ["closed"]))
        let states = ["referred", "accepted", "engaged", "started", "discharged", "tracking"]
        for state in states {
            let words = "Now \(state)"
            let indicator = Indicator(.count(.code(.state, [state])), over: open)
            caseload.append(figure("caseload/\(state)", words, indicator))
        }
        let unassigned = Population.all([open, .reached(.accepted), .blank(.coach)])
        caseload.append(
            figure(
                "caseload/no-coach",
                "Accepted, without a coach",
                Indicator(.count(unassigned), over: open)
            )
        )
        let risk = Population.all([open, .code(.risk, ["open"])])
        caseload.append(
            figure("caseload/risk", "With an open risk", Indicator(.count(risk), over: open))
        )
        planQuality(open)
    }

    private mutating func planQuality(_ open: Population) {
        let asked: [(CodeField, String)] = [
            (.ethnicityGroup, "Ethnic group not known"), (.gender, "Gender not known"),
            (.ageBand, "Age not known"), (.employmentStatus, "Employment status not known"),
            (.condition, "Condition not known"), (.outwardCode, "Postcode not known"),
            (.practice, "GP practice not known"),
        ]
        for (field, words) in asked {
            let indicator = Indicator(.count(.blank(field)), over: .everyone)
            quality.append(figure("quality/\(field.rawValue)", words, indicator))
        }
        let started = Population.reached(.started)
        let discharged = Population.reached(.discharged)
        let others: [(String, String, Population, Population)] = [
            ("no-plan", "Support started, no plan agreed", .not(.reached(.planAgreed)), started),
            ("no-status", "Discharged, status not known", .blank(.dischargeStatus), discharged),
            ("no-contact", "Open, no contact yet", .not(.reached(.firstContact)), open),
        ]
        for (id, words, population, whole) in others {
            let indicator = Indicator(.count(population), over: whole)
            quality.append(figure("quality/\(id)", words, indicator))
        }
    }

    /// Whether people fare alike, what they say and how they change.
    mutating func planPeople() {
        var shared: [(String, String, Indicator)] = [
            ("started", "Support started", Indicator(.count(.reached(.started)), over: .everyone))
        ]
        for named in programme.indicators.prefix(2) {
            guard case .count = named.indicator.kind, case .population = named.indicator.of
            else { continue }
            shared.append((named.id, named.name, named.indicator))
        }
        // Nothing is said of deprivation where no table of postcodes was loaded.
        let knowsDeprivation = plan.table.codes[CodeField.deprivation.place].dictionary.count > 0
        let fields =
            [CodeField.ethnicityGroup, .gender, .ageBand, .condition]
            + (knowsDeprivation ? [.deprivation] : [])
        for (id, label, indicator) in shared {
            let figure = figure("equity/\(id)", label, indicator)
            guard let whole = figure.whole else { continue }
            equity.append(PlannedEquity(figure: figure, whole: whole, fields: fields))
        }
        let started = plan.rows(within(.reached(.started)))
        for instrument in programme.instruments where instrument.score != nil {
            changes.append(
                PlannedChange(
                    id: "changes/\(instrument.id)",
                    instrument: instrument,
                    changes: .scoreChanges(started, instrument.id),
                    eligible: started
                )
            )
        }
        planAnswers()
    }

    /// Questions that are asked at the exit and do not score.
    private mutating func planAnswers() {
        for instrument in programme.measures
        where instrument.score == nil && !instrument.isClinical
            && instrument.occasions.contains(.exit)
        {
            for item in instrument.items where item.answers.count <= 7 {
                func said(_ values: [String]) -> Population {
                    .token(.answers, key: item.id, values: values)
                }
                let figures = item.answers.map { answer in
                    figure(
                        "answers/\(item.id)/\(answer)",
                        answer.words,
                        Indicator(.count(said([answer])), over: said([]))
                    )
                }
                let asked = Population.any([.reached(.discharged), said([])])
                let completion = figure(
                    "answers/\(item.id)",
                    "Answered",
                    Indicator(.count(said([])), over: asked)
                )
                answers.append(
                    PlannedAnswers(
                        question: item.question,
                        figures: figures,
                        completion: completion
                    )
                )
            }
        }
    }
}

extension String {
    /// A code as people read it: "Not very" for `not-very`.
    fileprivate var words: String {
        let spaced = String(map { $0 == "-" ? " " : $0 })
        return spaced.prefix(1).uppercased() + spaced.dropFirst()
    }
}
