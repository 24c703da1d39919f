import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { renderHtml } from "../../../src/output/reports/html/page.ts";
import {
  CLEAN_REPORT,
  FAILED_REPORT,
  HOSTILE_FAILURE,
  HOSTILE_REPORT,
  MIXED_REPORT,
  TOLERANT_REPORT,
} from "../../support/reports.ts";

const PAGES = [
  ["a policy with every verdict", MIXED_REPORT],
  ["a clean result", CLEAN_REPORT],
  ["hostile text", HOSTILE_REPORT],
  ["a failure", FAILED_REPORT],
  ["a hostile failure", HOSTILE_FAILURE],
] as const;

/** Returns the text of a page that a person sees, without its style and script. */
function textOf(html: string): string {
  return html
    .replace(/<(style|script)>.*?<\/\1>/gs, "")
    .replace(/<wbr>/g, "")
    .replace(/<[^>]*>/g, "\n")
    .replace(/\s*\n\s*/g, "\n")
    .trim();
}

describe("the HTML report on", () => {
  test.each(PAGES)("%s allows exactly its own style and script", (_name, report) => {
    const html = renderHtml(report);
    const hashOf = (element: string) => {
      const text = new RegExp(`<${element}>(.*?)</${element}>`, "s").exec(html)?.[1] ?? "";
      return `&#39;sha256-${createHash("sha256").update(text).digest("base64")}&#39;`;
    };
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(html)?.[1];
    expect(policy?.split("; ")).toEqual([
      "default-src &#39;none&#39;",
      `style-src ${hashOf("style")}`,
      `script-src ${hashOf("script")}`,
      "base-uri &#39;none&#39;",
      "form-action &#39;none&#39;",
    ]);
    // The policy applies only to what comes after it.
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<style>"));
  });

  test.each(PAGES)(
    "%s contains no element from quoted text and no address of another host",
    (_name, report) => {
      const html = renderHtml(report).replace(/<(style|script)>.*?<\/\1>/gs, "<$1>");
      const elements = new Set([...html.matchAll(/<([a-z]\w*)/gi)].map(([, name]) => name));
      const known =
        "a article b body br button code dd details div dl dt footer h1 h2 h3 h4 head header html input label li main meta ol p pre script section span strong style summary title ul wbr";
      for (const element of elements) expect(known.split(" ")).toContain(element);
      // Quoted values contain no quote, and no text contains an angle bracket.
      const attributes = html.replace(/"[^"]*"/g, "").match(/<[a-z][^>]*>/gi) ?? [];
      expect(attributes.filter((tag) => /\s(?:src|srcdoc|style|on\w+)=/i.test(tag))).toEqual([]);
      for (const [, address] of html.matchAll(/href="([^"]*)"/g)) expect(address).toMatch(/^#[\w-]+$/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern finds control characters
      expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    },
  );
});

test("the HTML report shows a check's verdict, location, layer, missing access, evidence and fixes", () => {
  const html = renderHtml(MIXED_REPORT);
  const card = /<article class="item card check denied".*?<\/article>/s.exec(html)?.[0] ?? "";
  expect(textOf(card)).toMatchInlineSnapshot(`
    "POST /api/v2/analytics/conversations/details/query
    ✘
    denied
    genscope.policy.yaml:12
    · service reports
    A permission is missing.
    Refused by layer
    permission
    Missing
    permission
    analytics:conversationDetail:view
    Evidence
    needs permission
    analytics:conversationDetail:view
    no role of this token holds
    analytics:conversationDetail:view
    Fixes, smallest first
    Together with other checks:
    fix 1
    assign role &quot;Conversation Detail Reader&quot; to OAuth client &quot;Reporting service&quot;; this adds no other permissions
    Admin &gt; Integrations &gt; OAuth &gt; Reporting service &gt; Roles
    create a role that holds only
    analytics:conversationDetail:view
    genscope check-scopes --emit role"
  `);
});

test("the HTML report does not claim that a permission is missing for a check without a refusal", () => {
  const cards = renderHtml(MIXED_REPORT).match(/<article class="item card check.*?<\/article>/gs) ?? [];
  const layers = cards.map((card) => textOf(/<p class="layer">.*?<\/p>/s.exec(card)?.[0] ?? "").split("\n"));
  expect(layers).toEqual([
    ["A permission is missing.", "Refused by layer", "permission"],
    ["Undecided at layer", "permission"],
    ["Depends on layer", "division"],
    [""],
  ]);
});

test.each([
  ["every verdict", MIXED_REPORT, "✘ 4 of 6 checks failed"],
  ["a clean result", CLEAN_REPORT, "✔ 1 check allowed"],
  ["findings below the threshold", TOLERANT_REPORT, "◐ 4 checks, none counted as failed"],
  ["a failure", FAILED_REPORT, "✘ Nothing was checked"],
])("the HTML report on %s begins with the outcome", (_name, report, outcome) => {
  const html = renderHtml(report);
  expect(/<h1>(.*?)<\/h1>/.exec(html)?.[1]?.replace(/<[^>]*>/g, "")).toBe(outcome);
  expect(/<title>(.*?)<\/title>/.exec(html)?.[1]).toBe(`${outcome.toLowerCase()} – genscope`);
});

test("the HTML report breaks a long address after its scheme", () => {
  const facts = [{ name: "Host", value: "http://127.0.0.1:8801", detail: null }];
  expect(renderHtml({ ...CLEAN_REPORT, facts })).toContain("<dd>http://<wbr>127.0.0.1:8801</dd>");
});

test("the HTML report on a failure has its hint, correlation id and code, and no filters", () => {
  const html = renderHtml(FAILED_REPORT);
  expect(textOf(html)).toContain("the secret for OAuth client &quot;ci&quot; is wrong");
  expect(textOf(html)).toContain("correlation id: 0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90");
  expect(textOf(html)).toContain("auth.wrong_secret");
  expect(html).not.toContain("<button");
});
