import Charts
import Kernel
import Measures
import Testing

/// Nothing of a chart lies over its labels or outside its picture, whatever it is made of.
@Suite struct LayoutTests {
    static let seeds: [UInt64] = Array(1...40)

    @Test(arguments: seeds)
    func `labels lie apart and everything lies within`(seed: UInt64) {
        var random = RandomGenerator(seed: seed)
        for _ in 0..<10 {
            let chart = ChartExamples.random(&random)
            for frame in Frame.allCases { check(chart.drawn(in: frame), frame, "\(chart)") }
        }
    }

    @Test(arguments: Frame.allCases)
    func `the fixed examples too`(frame: Frame) {
        for (name, chart) in ChartExamples.fixed { check(chart.drawn(in: frame), frame, name) }
    }

    private func check(_ drawing: Drawing, _ frame: Frame, _ what: String) {
        #expect(drawing.width == frame.width)
        var texts: [(text: String, box: Drawing.Box)] = []
        for mark in drawing.marks {
            let box = mark.shape.box
            let isWithin =
                box.x >= -0.01 && box.y >= -0.01 && box.x + box.width <= drawing.width + 0.01
                && box.y + box.height <= drawing.height + 0.01
            #expect(isWithin, "\(frame) \(mark.shape) of \(drawing.height): \(what)")
            if case .text(let text, _, _, let size) = mark.shape {
                #expect(size >= 12)
                texts.append((text, box))
            }
        }
        let bars = drawing.marks.compactMap { mark -> Drawing.Box? in
            if case .bar(let box) = mark.shape { box } else { nil }
        }
        for (place, one) in texts.enumerated() {
            for other in texts[(place + 1)...] {
                #expect(
                    !one.box.overlaps(other.box),
                    "\(frame) “\(one.text)” lies over “\(other.text)”: \(what)"
                )
            }
            for bar in bars {
                #expect(!one.box.overlaps(bar), "\(frame) “\(one.text)” lies over a bar: \(what)")
            }
        }
    }
}
