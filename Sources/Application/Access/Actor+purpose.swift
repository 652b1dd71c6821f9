import Store

extension Actor {
    /// Why something is done, as the access log keeps it: a program's purpose beside its reason.
    func reason(_ reason: AccessReason?) -> AccessReason? {
        guard let purpose else { return reason }
        switch reason {
        case .words(let words): return .words("\(words) (\(purpose))")
        case .code(let code): return .code("\(code) (\(purpose))")
        case .erased, nil: return .code(purpose)
        }
    }
}
