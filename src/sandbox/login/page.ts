import { createHash } from "node:crypto";
import type { Answer } from "../answer.ts";
import { type Markup, markup } from "./markup.ts";

export interface HostedPage {
  /** Text of the title and of the first heading. */
  readonly heading: string;
  readonly body: Markup;
  readonly status?: number;
  /** The app's redirect URI, to which the page's forms may lead in addition to the login host. */
  readonly leadsTo?: string;
}

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; padding: 8vh 1rem; display: grid; justify-items: center; }
main { width: min(26rem, 100%); }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 1rem; overflow-wrap: anywhere; }
label { display: block; font-weight: 600; margin-top: 1rem; }
input { box-sizing: border-box; width: 100%; font: inherit; padding: 0.5rem; margin-top: 0.25rem; }
button { font: inherit; padding: 0.5rem 1.25rem; margin: 1.5rem 0.5rem 0 0; }
code { overflow-wrap: anywhere; }
.problem { border-left: 0.25rem solid #b3261e; padding-left: 0.75rem; }
.note { font-size: 0.875rem; opacity: 0.75; margin-top: 2rem; }
`;

/**
 * Renders a page of the login host. It loads no resources, runs no scripts and can't be framed (RFC 6749 section
 * 10.13).
 */
export function showPage({ heading, body, status = 200, leadsTo }: HostedPage): Answer {
  const document = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading}</title>
<link rel="icon" href="data:,">
<style>${{ html: STYLE }}</style>
</head>
<body>
<main>
<h1>${heading}</h1>
${body}
<p class="note">This is a platform sandbox. Nothing you enter leaves this computer.</p>
</main>
</body>
</html>
`;
  return {
    status,
    headers: { ...pageHeaders(leadsTo), "Cache-Control": "no-store" },
    text: { value: document.html, contentType: "text/html; charset=utf-8" },
  };
}

function pageHeaders(leadsTo: string | undefined): Readonly<Record<string, string>> {
  const styleHash = createHash("sha256").update(STYLE).digest("base64");
  // Browsers also apply form-action to the redirect that follows a form submission.
  const targets = leadsTo === undefined ? "'self'" : `'self' ${sourceOf(leadsTo)}`;
  return {
    "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  };
}

/**
 * Returns a redirect URI as a source of a content security policy. Such a source can contain neither an IPv6 address
 * nor a host after a private scheme.
 */
function sourceOf(uri: string): string {
  const { origin, protocol } = new URL(uri);
  return origin === "null" || origin.includes("[") ? protocol : origin;
}
