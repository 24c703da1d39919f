import { plural } from "../../../core/text.ts";
import type { Report, SharedReportRemedy } from "../report.ts";
import { renderRemedy } from "./check-card.ts";
import { codeHtml, escapeHtml, lineHtml } from "./html-text.ts";

/** Renders the fixes that help several checks; empty when there are none. */
export function renderFixes({ sharedRemedies }: Report): string {
  if (sharedRemedies.length === 0) return "";
  const count = plural(sharedRemedies.length, "fix", "fixes, smallest first");
  return `<details class="card" open><summary><h2>Fixes for several checks</h2> <span class="small">${count}</span></summary>
<ol>${sharedRemedies.map(renderFix).join("")}</ol>
</details>`;
}

function renderFix(remedy: SharedReportRemedy, index: number): string {
  const { permissions, names } = remedy;
  const held = permissions.length < 2 ? "" : `<ul>${permissions.map(codeItem).join("")}</ul>`;
  return `<li id="fix-${index + 1}">${renderRemedy(remedy)}${held}<details><summary>Helps ${plural(names.length, "check")}</summary><ul>${names.map(codeItem).join("")}</ul></details></li>`;
}

function codeItem(name: string): string {
  return `<li>${codeHtml(name)}</li>`;
}

/** Renders the message for the administrator, ready to copy; empty when there is nothing to request. */
export function renderMessage({ message }: Report): string {
  if (message === null) return "";
  return `<details class="card"><summary><h2>Message for the administrator</h2> <span class="small">${lineHtml(message.subject)}</span></summary>
<div class="bar"><span class="small">Plain text, ready to send</span><span><span id="copied" role="status" class="small"></span> <button type="button" class="copy" data-copies="message">Copy message</button></span></div>
<pre class="message" id="message" tabindex="0" role="group" aria-label="Message">${escapeHtml(message.text)}</pre>
</details>`;
}
