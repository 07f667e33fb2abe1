/** One style sheet within each page, allowed by its digest: a page loads nothing at all. */
export const STYLE = `
:root { color-scheme: light; --ink: #1b1f24; --quiet: #4a525c; --line: #c5ccd3; --accent: #0b4f6c; --ground: #f4f6f8; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: #fff; font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; padding: 0.5rem 1rem; background: #fff; }
header, main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1rem; }
header { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; justify-content: space-between; align-items: baseline; padding-top: 1rem; }
header p { margin: 0; }
h1 { font-size: clamp(1.7rem, 1.2rem + 2.4vw, 2.6rem); line-height: 1.2; margin: 1.2rem 0 0.6rem; text-wrap: balance; }
h2 { font-size: 1.45rem; line-height: 1.3; margin: 0 0 0.5rem; }
h3 { font-size: 1.1rem; margin: 1.5rem 0 0.25rem; }
p, ul, ol { max-width: 42rem; margin: 0 0 0.9rem; }
li { margin-bottom: 0.35rem; }
.lead { font-size: 1.15rem; }
.quiet { color: var(--quiet); }
a { color: var(--accent); text-underline-offset: 0.15em; }
a:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
section { border-top: 1px solid var(--line); padding: 1.6rem 0 0.8rem; }
.notice { background: var(--ground); border-left: 4px solid var(--accent); padding: 1rem 1.2rem; }
.notice > :last-child { margin-bottom: 0; }
.figures { display: grid; gap: 1rem 2.5rem; align-items: start; }
.figures > * { min-width: 0; }
figure { margin: 0; max-width: 24rem; }
figure svg { display: block; width: 100%; height: auto; }
/* What goes on beyond an edge casts a shadow there, as long as there is something to scroll to. */
.wide { overflow-x: auto; background: linear-gradient(to right, #fff 30%, #fff0) 0 0 / 3rem 100% no-repeat local, linear-gradient(to left, #fff 30%, #fff0) 100% 0 / 3rem 100% no-repeat local, linear-gradient(to right, #0003, #0000) 0 0 / 0.9rem 100% no-repeat scroll, linear-gradient(to left, #0003, #0000) 100% 0 / 0.9rem 100% no-repeat scroll; }
table { border-collapse: collapse; width: 100%; font-size: 0.95rem; font-variant-numeric: tabular-nums; }
caption { max-width: calc(100vw - 2rem); text-align: left; font-weight: 600; padding-bottom: 0.4rem; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.6rem 0.35rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; }
tbody th { font-weight: 400; overflow-wrap: break-word; }
.number { text-align: right; padding-right: 0; padding-left: 0.6rem; white-space: nowrap; }
thead .number { white-space: normal; vertical-align: bottom; }
.guarantee { max-width: 42rem; }
.guarantee tbody th { min-width: 9rem; }
.wide + .quiet { margin-top: 0.6rem; }
.periods { list-style: none; padding: 0; }
.periods li { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; }
code { overflow-wrap: break-word; }
.unspoken { flex-basis: 100%; color: var(--quiet); }
pre { overflow-x: auto; background: var(--ground); padding: 0.8rem 1rem; font-size: 0.85rem; line-height: 1.45; }
pre code { overflow-wrap: normal; }
.guide { padding-bottom: 3rem; }
.guide h2 { margin-top: 2rem; }
.downloads { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; margin-top: 0.9rem; }
footer { border-top: 1px solid var(--line); margin-top: 1rem; padding-top: 1rem; padding-bottom: 2rem; }
.by-quarter .number { white-space: normal; }
@media (max-width: 30rem) { table { font-size: 0.85rem; } th, td { padding-right: 0.35rem; } .number { white-space: normal; padding-left: 0.35rem; padding-right: 0; } }
@media screen and (max-width: 30rem) {
  .codes, .codes tbody { display: block; }
  .codes thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .codes tr { display: block; padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
  .codes tr > * { display: block; border: 0; padding: 0; }
}
@media screen and (max-width: 62rem) {
  .by-quarter, .by-quarter caption, .by-quarter tbody { display: block; }
  .by-quarter thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .by-quarter tr { display: grid; grid-template-columns: repeat(auto-fill, minmax(10rem, 1fr)); gap: 0.1rem 1rem; padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
  .by-quarter tr > * { border: 0; padding: 0; }
  .by-quarter tbody th { grid-column: 1 / -1; font-weight: 600; }
  .by-quarter td.number { display: flex; justify-content: space-between; gap: 0.4rem; }
  .by-quarter td::before { content: attr(data-quarter); color: var(--quiet); white-space: nowrap; text-align: left; }
}
@media (min-width: 62rem) { .figures { grid-template-columns: minmax(0, 24rem) minmax(0, 1fr); } .figures.beneath { grid-template-columns: minmax(0, 1fr); } }
@media print {
  html { font-size: 8.5pt; }
  .wide { overflow: visible; }
  header nav, .downloads, .skip { display: none; }
  section, figure, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
  .figures { grid-template-columns: minmax(0, 1fr) minmax(0, 1.2fr); gap: 1rem 1.5rem; }
}
`;
