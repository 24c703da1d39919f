import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../../src/output/reports/markdown.ts";
import { escapeMarkdown, markdownCode } from "../../../src/output/reports/markdown-text.ts";
import {
  CLEAN_REPORT,
  FAILED_REPORT,
  HOSTILE_FAILURE,
  HOSTILE_REPORT,
  MIXED_REPORT,
  TOLERANT_REPORT,
} from "../../support/reports.ts";

test("the Markdown report has a table of every check that is not allowed, folded details and the number of allowed checks", () => {
  expect(renderMarkdown(MIXED_REPORT)).toMatchInlineSnapshot(`
    "## genscope: ✘ 4 of 6 checks failed

    1 denied, 1 unknown, 1 conditional, 1 allowed, as OAuth client "Reporting service" in organization "Example"

    **Warning:** The packaged catalog of 2026-07-01 is 92 days old: genscope catalog update

    | | operation | verdict | layer | where |
    |---|---|---|---|---|
    | ✘ | <code>POST /api/v2/analytics/conversations/details/query</code> | denied | permission | <code>genscope.policy.yaml:12</code> |
    | ? | <code>authorization:role:view</code> | unknown | permission |  |
    | ◐ | <code>GET /api/v2/conversations/{conversationId}</code> | conditional | division | <code>services/a b/client.py:40</code> |

    - **error** <code>/api/v2/analytics/conversations/queries</code> does not exist (<code>services/report.js:3</code>)
    - **note** GET or PATCH (<code>services/report.js:9</code>)

    <details><summary>✘ <code>POST /api/v2/analytics/conversations/details/query</code>: denied (permission)</summary>

    - needs permission <code>analytics:conversationDetail:view</code>
    - no role of this token holds <code>analytics:conversationDetail:view</code>

    Fixes, smallest first:

    1. assign role "Conversation Detail Reader" to OAuth client "Reporting service"; this adds no other permissions
       <br>Admin &#62; Integrations &#62; OAuth &#62; Reporting service &#62; Roles
    2. create a role that holds only <code>analytics:conversationDetail:view</code>
       <br><code>genscope check-scopes --emit role</code>

    </details>

    <details><summary>? <code>authorization:role:view</code>: unknown (permission)</summary>

    - this token's grants could not be read

    </details>

    <details><summary>◐ <code>GET /api/v2/conversations/{conversationId}</code>: conditional (division)</summary>

    - <code>conversation:communication:view</code> is held in division "Home" only

    </details>

    <details><summary>✔ 1 check allowed</summary>

    | | operation | verdict | layer | where |
    |---|---|---|---|---|
    | ✔ | <code>GET /api/v2/routing/queues</code> | allowed | none | <code>genscope.policy.yaml:8</code> |

    </details>

    <sub>genscope 1.2.3, 2026-10-01T08:30:00.000Z</sub>
    "
  `);
});

test.each([
  ["a clean result", CLEAN_REPORT, "## genscope: ✔ 1 check allowed"],
  ["findings below the threshold", TOLERANT_REPORT, "## genscope: ◐ 4 checks, none counted as failed"],
])("the Markdown report has a title for %s", (_description, report, title) => {
  expect(renderMarkdown(report).split("\n")[0]).toBe(title);
});

describe("the Markdown report escapes text", () => {
  test.each([
    ["a | b", "a &#124; b"],
    ["<b>&amp;", "&#60;b&#62;&#38;amp;"],
    ["*x* _y_ ~z~ # \\", "&#42;x&#42; &#95;y&#95; &#126;z&#126; &#35; &#92;"],
    ["![i](u) @team", "&#33;&#91;i&#93;(u) &#64;team"],
    ["https://example.org www.example.org", "https&#58;//example.org www&#46;example.org"],
    ["needs `a:b:c` or `d`", "needs <code>a:b:c</code> or <code>d</code>"],
    ["a lone ` stays", "a lone &#96; stays"],
    ["two\nlines\u001b[0m", "two lines\u{FFFD}&#91;0m"],
  ])("%j", (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  test("inside code", () => {
    expect(markdownCode("GET /a|b/`{id}`")).toBe("<code>GET /a&#124;b/&#96;{id}&#96;</code>");
  });

  test("so that a hostile name adds no row, heading or element", () => {
    const page = renderMarkdown(HOSTILE_REPORT);
    const row = page.split("\n").find((line) => line.startsWith("| ✘")) ?? "";
    expect(row.split("|").length - 1).toBe(6);
    expect(page.match(/^#/gm)?.length).toBe(1);
    expect(page.match(/<(?!\/?(details|summary|code|br|sub)>)/g)).toBeNull();
  });
});

test("the Markdown report omits whole sections when it is too long, and counts them", () => {
  const [, , denied] = MIXED_REPORT.results;
  const results = Array.from({ length: 2_000 }, () => denied).flatMap((result) => result ?? []);
  const page = renderMarkdown({ ...CLEAN_REPORT, results });
  expect(page.length).toBeLessThan(310_000);
  expect(page).toMatch(/\*[\d,]+ sections omitted: GitHub limits the size of a job summary\.\*\n$/);
  expect(page.match(/<details>/g)?.length).toBe(page.match(/<\/details>/g)?.length);
});

test("the Markdown report gives the reason when nothing was checked", () => {
  expect(renderMarkdown(FAILED_REPORT)).toMatchInlineSnapshot(`
    "## genscope: ✘ nothing was checked (auth.wrong&#95;secret)

    the secret for OAuth client "ci" is wrong

    hint: set the current secret in <code>GENESYSCLOUD&#95;OAUTHCLIENT&#95;SECRET</code>

    correlation id: 0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90

    <sub>genscope 1.2.3, 2026-10-01T08:30:00.000Z</sub>
    "
  `);
  const page = renderMarkdown(HOSTILE_FAILURE);
  expect(page.match(/^#/gm)?.length).toBe(1);
  expect(page.match(/<(?!\/?(code|sub)>)/g)).toBeNull();
});
