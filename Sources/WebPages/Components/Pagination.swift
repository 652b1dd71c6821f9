import HTML

/// Links to the pages of a long list; nothing when all of it is on one page.
///
/// - Parameters:
///   - page: the page that is shown, counted from 1.
///   - path: where a page stands.
package func pagination(page: Int, of pages: Int, path: (Int) -> String) -> HTML {
    guard pages > 1 else { return HTML() }
    return nav(
        .class("nhsuk-pagination nhsuk-pagination--numbered"),
        .role("navigation"),
        .aria("label", "Pagination")
    ) {
        if page > 1 {
            a(.href(path(page - 1)), .class("nhsuk-pagination__previous"), .rel("prev")) {
                Arrow.left
                titled("Previous")
            }
        }
        ul(.class("nhsuk-pagination__list")) {
            for number in shownPages(page, of: pages) {
                if let number {
                    numbered(number, path(number), isCurrent: number == page)
                } else {
                    gap
                }
            }
        }
        if page < pages {
            a(.href(path(page + 1)), .class("nhsuk-pagination__next"), .rel("next")) {
                titled("Next")
                Arrow.right
            }
        }
    }
}

/// The first, the last and those beside the shown one; nil where some are left out.
func shownPages(_ page: Int, of pages: Int) -> [Int?] {
    let near = Set([1, pages, page - 1, page, page + 1].filter { (1...pages).contains($0) })
    var shown: [Int?] = []
    var last = 0
    for number in near.sorted() {
        // A gap of one page is that page.
        if number == last + 2 { shown.append(last + 1) }
        if number > last + 2 { shown.append(nil) }
        shown.append(number)
        last = number
    }
    return shown
}

private func numbered(_ number: Int, _ path: String, isCurrent: Bool) -> HTML {
    let item = "nhsuk-pagination__item"
    return li(.class(isCurrent ? "\(item) \(item)--current" : item)) {
        a(
            .class("nhsuk-pagination__link"),
            .href(path),
            .aria("label", "Page \(number)"),
            isCurrent ? .aria("current", "page") : nil
        ) { number }
    }
}

private var gap: HTML {
    li(.class("nhsuk-pagination__item nhsuk-pagination__item--ellipsis")) { "⋯" }
}

private func titled(_ words: String) -> HTML {
    span(.class("nhsuk-pagination__title")) {
        words
        span(.class("nhsuk-u-visually-hidden")) { " page" }
    }
}

/// The arrows of NHS.UK frontend.
private enum Arrow {
    static let left = HTML.trusted(
        """
        <svg class="nhsuk-icon nhsuk-icon--arrow-left" xmlns="http://www.w3.org/2000/svg" \
        viewBox="0 0 24 24" width="16" height="16" focusable="false" aria-hidden="true">\
        <path d="M10.7 6.3c.4.4.4 1 0 1.4L7.4 11H19a1 1 0 0 1 0 2H7.4l3.3 3.3c.4.4.4 1 0 \
        1.4a1 1 0 0 1-1.4 0l-5-5A1 1 0 0 1 4 12c0-.3.1-.5.3-.7l5-5a1 1 0 0 1 1.4 0Z"/></svg>
        """
    )
    static let right = HTML.trusted(
        """
        <svg class="nhsuk-icon nhsuk-icon--arrow-right" xmlns="http://www.w3.org/2000/svg" \
        viewBox="0 0 24 24" width="16" height="16" focusable="false" aria-hidden="true">\
        <path d="m14.7 6.3 5 5c.2.2.3.4.3.7 0 .3-.1.5-.3.7l-5 5a1 1 0 0 1-1.4-1.4l3.3-3.3H5a1 \
        1 0 0 1 0-2h11.6l-3.3-3.3a1 1 0 1 1 1.4-1.4Z"/></svg>
        """
    )
}
