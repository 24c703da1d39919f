import { grouped, plural } from "../../../core/text.ts";
import { countVerdicts, explainFailure, type Report, VERDICT_MARKS, VERDICT_ORDER } from "../report.ts";
import { escapeHtml, lineHtml } from "./html-text.ts";

/** Renders the head of the page: the outcome, the facts of the run, and its caveats. */
export function renderHead({ facts, results, findings, warnings, words }: Report, title: string): string {
  const counts = [
    countVerdicts(results, words),
    ...(findings.length === 0
      ? []
      : [plural(findings.length, "finding in the files", "findings in the files")]),
  ]
    .filter((part) => part !== "")
    .join(", ");
  const rows = facts.map(
    ({ name, value, detail }) =>
      `<div><dt>${escapeHtml(name)}</dt><dd>${lineHtml(value).replace("://", "://<wbr>")}${detail === null ? "" : `<br><span class="small">${lineHtml(detail)}</span>`}</dd></div>`,
  );
  return `<header>
<p class="brand">${escapeHtml(words?.brand ?? "genscope access report")}</p>
<h1>${renderTitle(title)}</h1>
${counts === "" ? "" : `<p class="counts">${escapeHtml(counts)}</p>\n`}<dl class="facts">${rows.join("")}</dl>
${warnings.map((warning) => `<p class="note"><strong>Warning:</strong> ${lineHtml(warning)}</p>\n`).join("")}</header>`;
}

/** Renders the headline with a symbol in the color of the outcome. */
function renderTitle(title: string): string {
  const [mark = "", ...words] = title.split(" ");
  const verdict = VERDICT_ORDER.find((one) => VERDICT_MARKS[one] === mark) ?? "unknown";
  return `<span class="mark ${verdict}">${escapeHtml(mark)}</span> ${escapeHtml(words.join(" ").replace(/^./, (letter) => letter.toUpperCase()))}`;
}

/** Renders the reason why nothing was checked. */
export function renderFailure(failure: NonNullable<Report["failure"]>): string {
  return `<section class="card failure denied" aria-labelledby="failure">
<h2 id="failure">Reason</h2>
<p>${lineHtml(failure.message)}</p>
${explainFailure(failure)
  .map((line) => `<p>${lineHtml(line)}</p>`)
  .join("\n")}
<p class="small">Code <code>${escapeHtml(failure.code)}</code></p>
</section>`;
}

/** Renders the number of checks per verdict, as buttons that filter the checks, and the search field. */
export function renderControls({ results, findings, words }: Report): string {
  const buttons = VERDICT_ORDER.map((verdict) => {
    const count = results.filter((result) => result.verdict === verdict).length;
    return `<button type="button" class="${verdict}" data-verdict="${verdict}" aria-pressed="false"${count === 0 ? " disabled" : ""}><b>${grouped(count)}</b><span aria-hidden="true">${VERDICT_MARKS[verdict]} </span>${escapeHtml(words?.verdicts[verdict] ?? verdict)}</button>`;
  });
  const all = [
    plural(results.length, words?.noun ?? "check"),
    ...(findings.length === 0 ? [] : [plural(findings.length, "finding")]),
  ].join(" and ");
  return `<section class="controls" aria-label="Filters">
<div class="filters" role="group" aria-label="Show only these verdicts">${buttons.join("")}</div>
<div class="search"><label for="search">Search</label><input type="search" id="search" placeholder="${escapeHtml(words?.searched ?? "path, permission, role, file")}" autocomplete="off" spellcheck="false"><span id="status" role="status" data-all="${all}">${all}</span></div>
</section>`;
}
