import Application
import Casework
import Kernel
import Web

/// Names for what is new in a case: `g1`, `a1`, `o1`, `j1`, each the next free number.
///
/// They are counted on what the form was decided on, and not on what has been saved since: a form
/// that is sent twice makes the same command twice, and is known as the same.
struct NewNames {
    private var taken: Set<String> = []

    init(_ visit: Visit, _ file: CaseFile) {
        let sent = visit.request.form["_version"].flatMap { Int($0) }
        let version = sent ?? file.version
        // Entries that were withdrawn count too: a name is never given again.
        for line in file.lines where line.event.sequence <= version {
            switch line.event.body {
            case .goalAdded(let fields): taken.insert(fields.goal)
            case .actionAdded(let fields): taken.insert(fields.action)
            case .onwardSent(let fields): taken.insert(fields.onward)
            case .jobStarted(let fields): taken.insert(fields.spell)
            default: break
            }
        }
    }

    mutating func next(_ letter: String) -> String {
        var number = 1
        while taken.contains("\(letter)\(number)") { number += 1 }
        let name = "\(letter)\(number)"
        taken.insert(name)
        return name
    }
}
