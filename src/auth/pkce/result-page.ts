import { createHash } from "node:crypto";

/** Page that the browser shows when the login page has redirected it back. */
export interface ResultPage {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly html: string;
}

const STYLE = `
  :root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif; }
  body { display: grid; min-height: 100vh; margin: 0; place-items: center; background: Canvas; color: CanvasText; }
  main { max-width: 32rem; padding: 2rem; border-left: 0.4rem solid #0a7d4f; }
  main.refused { border-color: #b3261e; }
  h1 { margin: 0 0 0.5rem; font-size: 1.6rem; }
  p { margin: 0.25rem 0; }
`;

/** Content security policy that allows only this style: no script, image, request or frame. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": POLICY,
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  connection: "close",
} as const;

/**
 * Returns the page shown after a login. It does not promise a token, because the code has yet to be exchanged.
 * Nothing from the address goes into the page, neither the code nor the login host's message.
 */
export function resultPage(kind: "code" | "refused"): ResultPage {
  const [title, sentence] =
    kind === "code"
      ? ["Back to your terminal", "genscope completes the login in your terminal."]
      : ["Not logged in", "The login was refused or canceled. Your terminal shows the reason."];
  return {
    status: 200,
    headers: HEADERS,
    html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – genscope</title>
<style>${STYLE}</style>
</head>
<body>
<main${kind === "refused" ? ' class="refused"' : ""}>
<h1>${title}</h1>
<p>${sentence}</p>
<p>You can close this window.</p>
</main>
</body>
</html>
`,
  };
}

/** Page for any request that is not the response to this login. */
export const NOT_FOUND: ResultPage = {
  status: 404,
  headers: { ...HEADERS, "content-type": "text/plain; charset=utf-8" },
  html: "Not found\n",
};
