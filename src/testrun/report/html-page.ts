import { escapeMarkup } from '../../base/escape-markup.ts';
import { pageScript } from './html-script.ts';
import type { HtmlReport } from './report.ts';

/** A page that needs nothing but itself: no network, no other file. */
export function reportPage(report: HtmlReport): string {
  const title = `${report.project}: ${report.rows.length} tests`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${escapeMarkup(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escapeMarkup(report.project)}</h1>
<p id="summary"></p>
<nav>
<button type="button" data-show="all">All</button>
<button type="button" data-show="bad">Failed</button>
<button type="button" data-show="skipped">Skipped</button>
<input id="search" type="search" placeholder="Name or suite" aria-label="Name or suite">
</nav>
</header>
<table>
<thead><tr>
<th><button type="button" data-sort="name">Test</button></th>
<th><button type="button" data-sort="outcome">Result</button></th>
<th><button type="button" data-sort="milliseconds">Time</button></th>
<th>Earlier runs</th>
</tr></thead>
<tbody id="tests"></tbody>
</table>
<section id="coverage" hidden><h2>Coverage</h2><table><thead><tr><th>File</th><th>Lines</th><th></th></tr></thead><tbody></tbody></table></section>
<noscript>This page shows its tests by a script.</noscript>
<script type="application/json" id="report">${data(report)}</script>
<script>${pageScript}</script>
</body>
</html>
`;
}

/** JSON inside of a script: what would end the script, or a line of old JavaScript, is spelled out. */
function data(report: HtmlReport): string {
  return JSON.stringify(report)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

const style = `
:root { color-scheme: light dark; --good: #2a7d3b; --bad: #c62828; --mild: #8a6d00; --line: #8884; }
@media (prefers-color-scheme: dark) { :root { --good: #6fcf7f; --bad: #ff7b72; --mild: #e3b341; } }
body { font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1rem; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.1rem; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; }
td, th { border-bottom: 1px solid var(--line); padding: .3rem .5rem; vertical-align: top; }
td:first-child { overflow-wrap: anywhere; }
button { font: inherit; cursor: pointer; }
th button { border: 0; background: none; font-weight: bold; padding: 0; }
nav { display: flex; flex-wrap: wrap; gap: .5rem; margin: .75rem 0; }
nav button[aria-pressed=true] { font-weight: bold; }
.good { color: var(--good); } .bad { color: var(--bad); } .mild { color: var(--mild); }
.suite { opacity: .7; font-size: .85em; margin-left: .4em; }
.bar { display: block; height: .3rem; background: currentColor; opacity: .35; min-width: 1px; }
pre { background: #8881; margin: .3rem 0; max-height: 30rem; overflow: auto; padding: .5rem; white-space: pre-wrap; }
summary { cursor: pointer; }
.past { display: flex; align-items: end; gap: 1px; height: 1.4rem; }
.past i { width: 5px; background: currentColor; min-height: 2px; }
ul { margin: .3rem 0; padding-left: 1.2rem; }
`;
