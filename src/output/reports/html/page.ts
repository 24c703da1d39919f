import { createHash } from "node:crypto";
import { oneLine } from "../../../core/text.ts";
import { type Report, type ReportFinding, titleOfReport, worstFirst } from "../report.ts";
import { type CardContext, keyOf, placeOf, renderCheck } from "./check-card.ts";
import { codeHtml, escapeHtml, lineHtml } from "./html-text.ts";
import { renderFixes, renderMessage } from "./page-fixes.ts";
import { renderControls, renderFailure, renderHead } from "./page-head.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";

/**
 * Number of checks above which the browser lays out only the visible part of the list, because the whole list would
 * take seconds.
 */
const LONG = 200;

/** Content security policy that allows only this style and this script: no image, font, request, frame or form. */
const POLICY = [
  "default-src 'none'",
  `style-src '${hashOf(PAGE_STYLE)}'`,
  `script-src '${hashOf(PAGE_SCRIPT)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/**
 * Renders a self-contained page for a person to read: verdicts with filters and a search, evidence, fixes, and the
 * message for the administrator. It needs no other file and no network. The page of a check that could not run contains
 * the reason.
 */
export function renderHtml(report: Report): string {
  const title = titleOfReport(report);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)} – genscope</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<div class="page">
${report.failure === null ? `<a class="skip" href="#checks">Skip to the ${escapeHtml(headingOf(report).toLowerCase())}</a>\n` : ""}${renderHead(report, title)}
<main>
${report.failure === null ? renderChecks(report) : renderFailure(report.failure)}
</main>
<footer>Written by genscope ${escapeHtml(oneLine(report.toolVersion))}, ${new Date(report.generatedAtMs).toISOString()}</footer>
</div>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function renderChecks(report: Report): string {
  const context = contextOf(report);
  const checks = worstFirst(report.results).map((result, index) => renderCheck(result, index, context));
  const { source } = context;
  return [
    renderControls(report),
    renderFixes(report),
    renderMessage(report),
    renderFindings(report.findings),
    checks.length === 0
      ? ""
      : `<section class="list${checks.length > LONG ? " long" : ""}" aria-labelledby="checks">
<h2 id="checks" tabindex="-1">${escapeHtml(headingOf(report))}</h2>
${source === null ? "" : `<p class="small">Requirements from ${lineHtml(source)}</p>\n`}${checks.join("\n")}
</section>`,
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function headingOf({ words }: Report): string {
  return words?.heading ?? "Checks";
}

function contextOf({ layers, results, sharedRemedies, words }: Report): CardContext {
  const sources = new Set(results.map(({ source }) => source));
  const [source = null] = sources.size === 1 ? sources : [];
  const fixesOfName = new Map<string, number[]>();
  sharedRemedies.forEach(({ names }, index) => {
    for (const name of new Set(names)) {
      const fixes = fixesOfName.get(name);
      if (fixes === undefined) fixesOfName.set(name, [index + 1]);
      else fixes.push(index + 1);
    }
  });
  return {
    layers,
    words,
    source,
    fixOfText: new Map(sharedRemedies.map((remedy, index) => [keyOf(remedy), index + 1])),
    fixesOfName,
  };
}

/** Renders the problems in the checked files themselves; empty when there are none. */
function renderFindings(findings: readonly ReportFinding[]): string {
  if (findings.length === 0) return "";
  const cards = findings.map(
    ({ level, message, location }) =>
      `<article class="item card ${level === "error" ? "denied" : "unknown"}"><div class="title"><p>${lineHtml(message)}</p><span class="pill">${level}</span></div>${location === null ? "" : `<p class="small">${codeHtml(placeOf(location))}</p>`}</article>`,
  );
  return `<section class="list" aria-labelledby="findings">
<h2 id="findings">Findings</h2>
${cards.join("\n")}
</section>`;
}
