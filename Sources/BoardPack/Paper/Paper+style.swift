extension Paper {
    /// The style sheet of a paper, on a screen and on A4.
    ///
    /// What only paged documents have, such as running heads, stands in `tools/paper.css`.
    static let style: StaticString = """
        :root { --blue: #005eb8; --dark: #003087; --ink: #212b32; --soft: #4c6272; --line: #c8d1d6;
          --pale: #f0f4f5; }
        * { box-sizing: border-box; }
        body { margin: 0; color: var(--ink); background: #fff;
          font: 1.0625rem/1.5 Arial, "Liberation Sans", Helvetica, sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
        a { color: var(--blue); }
        a:focus-visible, .scroll:focus-visible { outline: 3px solid #ffeb3b;
          box-shadow: 0 4px 0 4px #212b32; }
        .skip { position: absolute; left: -999rem; }
        .skip:focus { left: 1rem; top: 1rem; background: #ffeb3b; color: #212b32; padding: .5rem; }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden;
          clip-path: inset(50%); }
        h1, h2, h3 { line-height: 1.2; color: var(--dark); }
        h1 { font-size: 2rem; margin: .25rem 0 1.25rem; }
        h2 { font-size: 1.375rem; margin: 2.5rem 0 .75rem; padding-bottom: .3rem;
          border-bottom: 2px solid var(--blue); }
        h3 { font-size: 1.125rem; margin: 1.75rem 0 .5rem; }
        h2 .number { display: inline-block; min-width: 2.6rem; }
        p { margin: 0 0 .8rem; }
        p.board { font-size: 1.125rem; font-weight: bold; margin: 0; }
        p.kind { margin: 0 0 1rem; color: var(--soft); }
        header.front { border-top: .5rem solid var(--blue); padding-top: 1.25rem; }
        p.numbered { position: relative; padding-left: 2.6rem; }
        p.numbered > .number { position: absolute; left: 0; color: var(--soft);
          font-variant-numeric: tabular-nums; }
        ul.points { margin: -.2rem 0 .9rem; padding-left: 4rem; }
        ul.points li { margin-bottom: .25rem; }
        a.figure { color: inherit; text-decoration: underline dotted var(--soft); }
        p.draft { border: 3px solid #8a1538; padding: .75rem 1rem; color: #8a1538; }
        table { border-collapse: collapse; width: 100%; font-size: .9375rem; line-height: 1.4; }
        th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; }
        table.front { border-top: 1px solid var(--line); }
        table.front tr { border-bottom: 1px solid var(--line); }
        table.front th { width: 27%; font-weight: bold; }
        table.front p:last-child, table.front ul, table.front ol { margin-bottom: 0; }
        table.front ul, table.front ol { margin-top: 0; padding-left: 1.4rem; }
        table.front li { margin-bottom: .3rem; }
        .scroll { overflow-x: auto; margin: 1.25rem 0 1.5rem; }
        table.data caption { text-align: left; font-weight: bold; padding: 0 0 .4rem; }
        table.data thead th { background: var(--pale); border-top: 2px solid var(--blue);
          border-bottom: 1px solid var(--blue); vertical-align: bottom; }
        table.data tbody tr { border-bottom: 1px solid var(--line); }
        table.data tbody th { font-weight: normal; }
        table.data .number { text-align: right; font-variant-numeric: tabular-nums; }
        table.data td.number { white-space: nowrap; }
        table.total tbody tr:last-child > * { font-weight: bold; border-top: 2px solid var(--ink); }
        table.small { font-size: .875rem; }
        table.small th, table.small td { padding: .2rem .6rem; }
        table.risks { min-width: 46rem; } table.risks th:nth-child(1) { width: 24%; }
        table.risks th:nth-child(2), table.risks th:nth-child(3) { width: 9%; }
        table.risks th:nth-child(4) { width: 16%; } table.risks th:nth-child(6) { width: 15%; }
        table.annex { min-width: 46rem; } table.annex th:nth-child(1) { width: 22%; }
        table.annex th:nth-child(2) { width: 12%; } table.annex th:nth-child(4) { width: 12%; }
        table.annex th:nth-child(5) { width: 13%; } table.annex th:nth-child(6) { width: 12%; }
        .note { color: var(--soft); font-size: .875rem; }
        th .note { display: block; }
        nav.contents { margin: 2rem 0 0; }
        nav.contents ol { list-style: none; margin: 0; padding: 0; }
        nav.contents li { margin: 0 0 .35rem; }
        nav.contents .number { display: inline-block; min-width: 2.1rem; }
        dl.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr));
          gap: .75rem; margin: 1.25rem 0 1.5rem; }
        .tile { display: flex; flex-direction: column; background: var(--pale);
          border-left: .3rem solid var(--blue); padding: .7rem .8rem .6rem; }
        .tile dt { order: 2; font-size: .9375rem; line-height: 1.3; font-weight: bold; }
        .tile dd { margin: 0; }
        .tile .big { order: 1; font-size: 2rem; line-height: 1.15; font-weight: bold;
          color: var(--dark); }
        .tile .held { order: 1; font-size: 1.25rem; line-height: 1.84; font-weight: bold; }
        .tile .beside { order: 3; color: var(--soft); font-size: .875rem; }
        .rating { display: inline-block; padding: 0 .4rem; border: 2px solid var(--ink);
          white-space: nowrap; }
        .rating.low { background: #cce5d8; } .rating.medium { background: #fff4c2; }
        .rating.high { background: #fbd3b4; }
        .rating.very-high { background: #8a1538; color: #fff; }
        figure.chart { margin: 1.5rem 0; }
        figure.chart figcaption p { margin: .25rem 0 .5rem; }
        figure.chart svg { max-width: 100%; height: auto; margin: .5rem 0; }
        .gw-chart__picture--wide { display: block; }
        .gw-chart__picture--narrow { display: none; }
        @media screen and (max-width: 44rem) {
          body { font-size: 1rem; }
          h1 { font-size: 1.6rem; }
          .gw-chart__picture--wide { display: none; }
          .gw-chart__picture--narrow { display: block; }
          table.front th, table.front td { display: block; width: auto; }
          table.front th { padding-bottom: 0; }
          ul.points { padding-left: 1.4rem; }
          p.numbered { padding-left: 0; }
          p.numbered > .number { position: static; margin-right: .4rem; }
        }
        @media print {
          @page { size: A4; margin: 2.1cm 1.9cm 2cm; }
          body { font-size: 10.5pt; line-height: 1.42; }
          main { max-width: none; padding: 0; }
          .skip { display: none; }
          h1 { font-size: 19pt; margin-bottom: 10pt; } h2 { font-size: 14pt; margin-top: 22pt; } h3 { font-size: 11.5pt; }
          h2, h3, figcaption, caption { break-after: avoid; }
          p, li { orphans: 3; widows: 3; }
          table { font-size: 9pt; line-height: 1.35; } th, td { padding: 3pt 5pt; }
          table.small { font-size: 8pt; line-height: 1.2; }
          table.small th, table.small td { padding: 1.5pt 5pt; }
          tr, .tile, .whole, figure.chart { break-inside: avoid; }
          thead { display: table-header-group; }
          .scroll { overflow: visible; }
          table.risks, table.annex { min-width: 0; } table.annex { font-size: 8.5pt; }
          .hidden { display: none; }
          a, a.figure { color: inherit; text-decoration: none; }
          dl.tiles { grid-template-columns: repeat(4, 1fr); gap: 8pt; }
          .tile .big { font-size: 19pt; } .tile dt { font-size: 9pt; }
          .tile .beside { font-size: 8.5pt; } .note { font-size: 8.5pt; }
          figure.chart svg { width: 100%; }
          section.annex { break-before: page; }
        }
        """
}
