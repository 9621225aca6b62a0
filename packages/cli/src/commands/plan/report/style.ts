/**
 * Colours are tokens of five families; nothing is told by colour alone: every state has a glyph, a word or a pattern of its own. Light
 * and dark follow the system; on paper it is light. Nothing is loaded from anywhere.
 */
export const STYLE = `
:root { color-scheme: light dark; --bg: #fbfbfa; --panel: #ffffff; --ink: #14181b; --quiet: #59626a; --line: #d9dcdf; --faint: #eceef0;
  --neutral: #6a737b; --waiting: #0b57d0; --secured: #00694a; --attention: #9a6200; --breach: #8f0a2a; }
@media (prefers-color-scheme: dark) { :root { --bg: #0f1214; --panel: #161a1d; --ink: #e8ebed; --quiet: #9aa4ab; --line: #2f363b; --faint: #20262a;
  --neutral: #9aa4ab; --waiting: #4ea1ff; --secured: #7fe3a8; --attention: #f2c14e; --breach: #ff5d5d; } }
* { box-sizing: border-box; }
html { background: var(--bg); color: var(--ink); }
body { margin: 0 auto; max-width: 1120px; padding: 24px 28px 40px;
  font: 13px/19px Inter, "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums slashed-zero; }
header.top { display: flex; flex-wrap: wrap; gap: 4px 24px; justify-content: space-between; align-items: baseline; color: var(--quiet); margin-bottom: 18px; }
.brand { font-weight: 650; color: var(--ink); letter-spacing: .01em; }
h1 { font-size: 22px; line-height: 28px; margin: 0 0 4px; font-weight: 650; letter-spacing: -.01em; }
h2 { font-size: 14px; line-height: 20px; margin: 0 0 10px; font-weight: 650; }
p { margin: 0 0 8px; }
.wish { color: var(--quiet); margin-bottom: 16px; font-size: 14px; }
section { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 16px 18px; margin: 0 0 14px; }
.verdict { border-left: 4px solid var(--state); padding-left: 16px; }
.verdict p.say { font-size: 16px; line-height: 24px; margin: 4px 0 0; }
.pill { display: inline-block; border: 1px solid currentColor; color: var(--state); border-radius: 999px; padding: 0 10px; font-weight: 600; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 14px; margin: 0 0 14px; }
.card { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; }
.card .k { color: var(--quiet); }
.card .v { font-size: 20px; line-height: 28px; font-weight: 620; letter-spacing: -.01em; overflow-wrap: anywhere; }
.card .n { color: var(--quiet); }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(420px, 1fr)); gap: 14px; }
.two > section { margin: 0; } .two { margin: 0 0 14px; }
.scroll { overflow-x: auto; } .scroll:focus-visible { outline: 2px solid var(--waiting); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: 12.5px; line-height: 18px; }
caption { text-align: left; color: var(--quiet); padding: 0 0 6px; }
th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--faint); font-weight: 400; }
thead th { color: var(--quiet); border-bottom: 1px solid var(--line); white-space: nowrap; }
tbody th { font-weight: 600; } tr:last-child > * { border-bottom: 0; }
.num { text-align: right; white-space: nowrap; } td:last-child, th:last-child { padding-right: 0; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { fill: var(--ink); font-size: 12px; paint-order: stroke; stroke: var(--panel); stroke-width: 3px; stroke-linejoin: round; } svg .q { fill: var(--quiet); }
svg .grid { stroke: var(--faint); } svg .axis { stroke: var(--line); }
svg .now { fill: var(--waiting); } svg .last { fill: none; stroke: var(--attention); stroke-width: 1.5; stroke-dasharray: 4 3; }
svg .award { fill: var(--secured); } svg .start { stroke: var(--ink); stroke-width: 1.5; }
svg .own { fill: var(--waiting); } svg .list { fill: none; stroke: var(--neutral); stroke-width: 1.5; } svg .cap { stroke: var(--breach); stroke-width: 1.5; stroke-dasharray: 2 3; }
svg .hatch { stroke: var(--secured); stroke-width: 3; } svg .edge { fill: none; stroke: var(--secured); stroke-width: 1.5; }
svg .lead { stroke: var(--neutral); stroke-width: 2; } svg .leadedge { fill: none; stroke: var(--neutral); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; color: var(--quiet); margin: 8px 0 0; padding: 0; list-style: none; }
.legend svg { display: inline-block; width: 22px; height: 10px; vertical-align: -1px; margin-right: 6px; }
details.twin { margin-top: 12px; } details.twin summary { color: var(--quiet); cursor: pointer; } details.twin summary:focus-visible { outline: 2px solid var(--waiting); outline-offset: 2px; }
ol.steps, ul.plain { margin: 0; padding: 0; list-style: none; }
ol.steps > li, ul.plain > li { padding: 8px 0; border-bottom: 1px solid var(--faint); } ol.steps > li:last-child, ul.plain > li:last-child { border-bottom: 0; padding-bottom: 0; }
ol.steps { counter-reset: step; }
ol.steps > li { display: grid; grid-template-columns: 28px 1fr; }
ol.steps > li::before { counter-increment: step; content: counter(step); color: var(--quiet); }
.say1 { font-weight: 600; } blockquote { margin: 4px 0; padding-left: 10px; border-left: 2px solid var(--line); color: var(--quiet); }
.g { display: inline-block; width: 18px; } .sec { color: var(--secured); } .att { color: var(--attention); } .bad { color: var(--breach); } .wai { color: var(--waiting); } .neu { color: var(--neutral); }
.works { --state: var(--secured); } .late, .part { --state: var(--attention); } .blocked, .none { --state: var(--breach); }
footer { color: var(--quiet); margin-top: 18px; }
@media (max-width: 720px) { body { padding: 16px; } .two { grid-template-columns: 1fr; } }
@media (forced-colors: active) { svg .now, svg .own, svg .award { fill: CanvasText; } }
@media print { @page { size: A4; margin: 9mm; }
  :root { color-scheme: light; --bg: #fff; --panel: #fff; --ink: #000; --quiet: #444; --line: #bbb; --faint: #ddd; --neutral: #555; --waiting: #0b57d0; --secured: #00694a; --attention: #8a5700; --breach: #8f0a2a; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { padding: 0; font-size: 8.5px; line-height: 11.5px; max-width: none; }
  article { display: grid; grid-template-columns: 1fr 1fr; gap: 6px; } article > * { grid-column: 1 / -1; } article > .picture { grid-column: auto; } article + article { break-before: page; }
  header.top, .cards, .two, section { margin: 0; } h1 { font-size: 15px; line-height: 18px; margin: 0; } h2 { font-size: 10px; line-height: 12px; margin: 0 0 4px; break-after: avoid; }
  .wish { font-size: 9px; margin: 0; } p { margin: 0 0 4px; } .verdict p.say { font-size: 10px; line-height: 13px; margin: 2px 0 0; }
  section, .card { padding: 6px 8px; border-radius: 4px; } section, .card, tr, li { break-inside: avoid; }
  .cards { grid-template-columns: repeat(4, 1fr); gap: 6px; } .card .v { font-size: 12px; line-height: 15px; } .two { grid-template-columns: 1fr 1fr; gap: 6px; } .two > section:only-child { grid-column: 1 / -1; }
  table { font-size: 8px; line-height: 10.5px; } th, td { padding: 2px 8px 2px 0; } caption { padding: 0 0 2px; } ol.steps > li, ul.plain > li { padding: 2px 0; } ol.steps > li { grid-template-columns: 16px 1fr; }
  svg text { font-size: 15px; } blockquote { margin: 2px 0; } .legend { gap: 2px 10px; margin: 4px 0 0; font-size: 7.5px; } .scroll { overflow: visible; } details.twin { display: none; } footer { margin-top: 6px; font-size: 7.5px; } }
`;
