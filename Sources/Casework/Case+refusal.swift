import Kernel
import Programmes

extension Case {
    /// Why the event would be refused if it happened on the day, after all that has happened.
    ///
    /// A page offers what this lets through and says why it does not offer the rest. It decides
    /// nothing: `decide` judges again what is sent.
    package func refusal(
        of body: EventBody,
        on day: CivilDate,
        in programme: Programme
    ) -> Refusal? {
        do {
            try Rules(case: self, programme: programme, today: day).judge(body, on: day)
            return nil
        } catch {
            return error
        }
    }
}
