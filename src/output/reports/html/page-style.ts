/** The style of the page: light, dark and print. All text has a contrast of at least 4.5. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f4f6f8; --card: #fff; --text: #1b2027; --muted: #566070; --line: #d8dee6; --code: #eef1f5; --accent: #0b57d0;
  --denied: #b3261e; --denied-tint: #fdeceb; --unknown: #495568; --unknown-tint: #e9edf2;
  --conditional: #845000; --conditional-tint: #fdf1dc; --allowed: #0a6640; --allowed-tint: #e3f4ea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0e1218; --card: #161b23; --text: #e6eaf0; --muted: #a2acba; --line: #2b3441; --code: #222a35; --accent: #8ab4ff;
    --denied: #ffa099; --denied-tint: #3b1b1a; --unknown: #b9c4d3; --unknown-tint: #27303c;
    --conditional: #f3c36b; --conditional-tint: #34280f; --allowed: #82dbab; --allowed-tint: #12301f;
  }
}
* { box-sizing: border-box; }
html { font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text); overflow-wrap: anywhere; }
.page { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--card); color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[hidden] { display: none !important; }
.brand { margin: 0; color: var(--muted); font-weight: 600; }
h1 { margin: .25rem 0 .25rem; font-size: 1.9rem; line-height: 1.2; letter-spacing: -.01em; }
h2 { margin: 2.25rem 0 .75rem; font-size: 1.2rem; }
.failure h2 { margin-top: 0; }
h3 { margin: 0; font-size: 1rem; line-height: 1.4; }
h4 { margin: 1rem 0 .25rem; font-size: .875rem; color: var(--muted); }
p { margin: .25rem 0; }
.mark { color: var(--hue); }
.counts { color: var(--muted); margin: 0; }
ul, ol { margin: .25rem 0; padding-left: 1.4rem; }
li + li { margin-top: .3rem; }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code, .name { unicode-bidi: isolate; }
code { -webkit-box-decoration-break: clone; box-decoration-break: clone; padding: .1em .3em; border-radius: .25rem; background: var(--code); }
pre { margin: .4rem 0; padding: .6rem .8rem; border-radius: .4rem; background: var(--code); white-space: pre-wrap; }
pre code { padding: 0; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1rem 1.25rem; margin: 1.5rem 0 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
.facts dt, .small { color: var(--muted); font-size: .875rem; }
.facts dd { margin: 0; }
.facts dd .small { display: inline-block; font-size: .8125rem; line-height: 1.35; }
.note { margin: 1rem 0 0; padding: .6rem 1rem; border-radius: .4rem; background: var(--conditional-tint); color: var(--conditional); }
.controls { margin-top: 1.5rem; }
.filters { display: grid; grid-template-columns: repeat(4, 1fr); gap: .75rem; }
.filters button { display: block; padding: .7rem .9rem; border: 2px solid transparent; border-radius: .6rem; font: inherit; text-align: left; cursor: pointer; }
.filters button:hover:enabled { border-color: currentColor; }
.filters button[aria-pressed="true"] { border-color: currentColor; }
.filters b { display: block; font-size: 1.75rem; line-height: 1.1; font-variant-numeric: tabular-nums; }
.denied { --hue: var(--denied); --tint: var(--denied-tint); }
.unknown { --hue: var(--unknown); --tint: var(--unknown-tint); }
.conditional { --hue: var(--conditional); --tint: var(--conditional-tint); }
.allowed { --hue: var(--allowed); --tint: var(--allowed-tint); }
.filters button, .pill { background: var(--tint); color: var(--hue); }
.filters button:disabled { border-color: var(--line); background: var(--card); color: var(--muted); cursor: default; }
.search { display: none; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; margin-top: .9rem; }
.scripted .search { display: flex; }
.search input { flex: 1 1 16rem; min-width: 0; padding: .55rem .8rem; border: 1px solid var(--muted); border-radius: .4rem; background: var(--card); color: var(--text); font: inherit; }
.search input::placeholder { color: var(--muted); opacity: 1; }
.card { margin: .75rem 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
.item, .failure { border-left: 4px solid var(--hue); }
.long .check { content-visibility: auto; contain-intrinsic-size: auto 14rem; }
.long .check.allowed { contain-intrinsic-size: auto 4rem; }
.check.allowed { padding-block: .6rem; }
.title { display: flex; flex-wrap: wrap; align-items: baseline; gap: .35rem .75rem; }
.title > :first-child { flex: 1 1 18rem; }
.name { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .95em; }
.pill { padding: .1rem .6rem; border-radius: 1rem; font-size: .875rem; font-weight: 600; white-space: nowrap; }
.layer { margin-top: .6rem; }
summary { cursor: pointer; color: var(--accent); font-size: .9rem; }
summary:hover { text-decoration: underline; }
summary h2 { display: inline; margin: 0 .5rem 0 0; font-size: 1.05rem; }
.controls + .card { margin-top: 1.25rem; }
.menu { color: var(--muted); font-size: .9rem; }
.card a { color: var(--accent); }
.copy { display: none; }
.scripted .copy { display: inline-block; padding: .45rem .9rem; border: 1px solid var(--accent); border-radius: .4rem; background: var(--card); color: var(--accent); font: inherit; font-weight: 600; cursor: pointer; }
.copy:hover { text-decoration: underline; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; justify-content: space-between; }
.message { max-height: 22rem; overflow: auto; }
footer { margin-top: 3rem; color: var(--muted); font-size: .875rem; }
@media (max-width: 40rem) {
  .page { padding: 1.25rem 1rem 3rem; }
  h1 { font-size: 1.5rem; }
  .filters { grid-template-columns: repeat(2, 1fr); }
}
@media print {
  :root {
    color-scheme: light;
    --ground: #fff; --card: #fff; --text: #000; --muted: #444; --line: #bbb; --code: #f2f2f2; --accent: #000;
    --denied: #8f1d16; --denied-tint: #fff; --unknown: #3a4454; --unknown-tint: #fff;
    --conditional: #6b4100; --conditional-tint: #fff; --allowed: #07512f; --allowed-tint: #fff;
  }
  html { font-size: 11px; }
  .page { max-width: none; padding: 0; }
  .filters, .scripted .search label, .scripted .search input, .scripted .copy, .skip { display: none; }
  summary { list-style: none; color: var(--muted); }
  summary::-webkit-details-marker { display: none; }
  h2, h2 + .small { break-after: avoid; }
  .card { break-inside: avoid; }
  .card:has(.message) { break-inside: auto; }
  .long .check { content-visibility: visible; }
  .message { max-height: none; }
  .pill { border: 1px solid currentColor; }
  details::details-content { content-visibility: visible; display: block; }
}
`;
