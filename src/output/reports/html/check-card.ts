import {
  type Report,
  type ReportLocation,
  type ReportRemedy,
  type ReportResult,
  VERDICT_MARKS,
} from "../report.ts";
import { breakable, codeHtml, escapeHtml, lineHtml } from "./html-text.ts";

/** Content that several cards share, so that no card repeats it. */
export interface CardContext {
  readonly layers: Report["layers"];
  readonly words: Report["words"];
  /** The source of the requirements; null when it differs between the checks. */
  readonly source: string | null;
  /**
   * Numbers of the fixes that help several checks: in this map by the text of the fix, in the next one by the name of
   * the check.
   */
  readonly fixOfText: ReadonlyMap<string, number>;
  readonly fixesOfName: ReadonlyMap<string, readonly number[]>;
}

/** Label of the layer that decides a check, by verdict. */
const ROLES: Readonly<Record<ReportResult["verdict"], string>> = {
  denied: "Refused by",
  unknown: "Undecided at",
  conditional: "Depends on",
  allowed: "Decided by",
};

/**
 * Renders one check: the verdict, the layer that decides it, the missing permissions and scopes, the evidence and the
 * fixes.
 */
export function renderCheck(result: ReportResult, index: number, context: CardContext): string {
  const { name, verdict, location, service, summary, fails } = result;
  const id = `check-${index + 1}`;
  const where = [
    ...(location === null ? [] : [codeHtml(placeOf(location))]),
    ...(service === null ? [] : [`service ${lineHtml(service)}`]),
  ].join(" · ");
  const evidence = `<ul>${summary.map((line) => `<li>${lineHtml(withoutSource(line, result))}</li>`).join("")}</ul>`;
  return `<article class="item card check ${verdict}" data-verdict="${verdict}" id="${id}" aria-labelledby="${id}-name">
<div class="title"><h3 id="${id}-name"><span class="name">${breakable(name)}</span></h3><span class="pill"><span aria-hidden="true">${VERDICT_MARKS[verdict]} </span>${escapeHtml(context.words?.verdicts[verdict] ?? verdict)}</span>${fails && context.words !== undefined ? `<span class="pill">counted as failed</span>` : ""}</div>
${where === "" ? "" : `<p class="small">${where}</p>\n`}${
  verdict === "allowed" && context.words !== undefined
    ? ""
    : verdict === "allowed"
      ? `<details><summary>Evidence</summary>${evidence}${sourceOf(result, context)}</details>`
      : `${renderLayer(result, context)}${renderMissing(result)}<h4>Evidence</h4>${evidence}${sourceOf(result, context)}${renderFixes(result, context)}`
}
</article>`;
}

/** Renders a fix with its menu path and its command. */
export function renderRemedy({ text, menuPath, command }: ReportRemedy): string {
  return [
    lineHtml(text),
    ...(menuPath === null ? [] : [`<div class="menu">${lineHtml(menuPath)}</div>`]),
    ...(command === null ? [] : [`<pre>${codeHtml(command)}</pre>`]),
  ].join("");
}

/** Returns a location in a file: `src/calls.ts:12`. */
export function placeOf({ file, line }: ReportLocation): string {
  return `${file}:${line}`;
}

/** Renders the layer that decides. The title of a layer states a refusal, so it appears only for a denied check. */
function renderLayer({ verdict, layer }: ReportResult, { layers, words }: CardContext): string {
  const known = Object.hasOwn(layers, layer) ? layers[layer] : undefined;
  if (words !== undefined) return known === undefined ? "" : `<p class="layer">${lineHtml(known.help)}</p>`;
  const facts = verdict === "denied" ? known : undefined;
  const title = facts === undefined ? "" : `<strong>${lineHtml(facts.title)}.</strong> `;
  return `<p class="layer">${title}<span class="small">${ROLES[verdict]} layer ${codeHtml(layer)}</span></p>`;
}

function renderMissing({ missing }: ReportResult): string {
  return missing.length === 0
    ? ""
    : `<h4>Missing</h4><ul>${missing.map((line) => `<li>${lineHtml(line)}</li>`).join("")}</ul>`;
}

function renderFixes({ name, remedies }: ReportResult, { fixOfText, fixesOfName }: CardContext): string {
  const shared = fixesOfName.get(name) ?? [];
  const own = remedies.filter((remedy) => !shared.includes(fixOfText.get(keyOf(remedy)) ?? 0));
  if (shared.length + own.length === 0) return "";
  const links = shared.map((fix) => `<a href="#fix-${fix}">fix ${fix}</a>`).join(", ");
  return [
    `<h4>${shared.length + own.length === 1 ? "Fix" : "Fixes, smallest first"}</h4>`,
    shared.length === 0 ? "" : `<p>Together with other checks: ${links}</p>`,
    own.length === 0 ? "" : `<ol>${own.map((remedy) => `<li>${renderRemedy(remedy)}</li>`).join("")}</ol>`,
  ].join("");
}

/** Returns a key that is equal for equal fixes. */
export function keyOf({ text, command }: ReportRemedy): string {
  return JSON.stringify([text, command]);
}

function sourceOf({ source }: ReportResult, context: CardContext): string {
  return source === null || source === context.source
    ? ""
    : `<p class="small">Requirement from ${lineHtml(source)}</p>`;
}

function withoutSource(line: string, { source }: ReportResult): string {
  const end = ` (${source})`;
  return source !== null && line.endsWith(end) ? line.slice(0, -end.length) : line;
}
