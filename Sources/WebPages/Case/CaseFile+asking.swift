import Application
import HTML

extension CaseFile {
    /// A question for words; of whoever was erased none can be kept, and it says so.
    @HTMLBuilder
    func asking(_ question: HTML) -> HTML {
        if isErased { p { "The person was erased: no words can be kept." } } else { question }
    }
}
