import { expect, test } from "vitest";
import { renderGithub } from "../../../src/output/reports/github.ts";
import {
  CLEAN_REPORT,
  FAILED_REPORT,
  HOSTILE_FAILURE,
  HOSTILE_REPORT,
  MIXED_REPORT,
} from "../../support/reports.ts";

test("GitHub annotations mark denied checks as errors and undecided checks as warnings, worst first, each at its line", () => {
  expect(renderGithub(MIXED_REPORT)).toMatchInlineSnapshot(`
    "::error file=genscope.policy.yaml,line=12,title=✘ denied%3A POST /api/v2/analytics/conversations/details/query::layer: permission%0Aneeds permission \`analytics:conversationDetail:view\`%0Ano role of this token holds \`analytics:conversationDetail:view\`%0Afixes, smallest first:%0A1. assign role "Conversation Detail Reader" to OAuth client "Reporting service"; this adds no other permissions%0A   Admin > Integrations > OAuth > Reporting service > Roles%0A2. create a role that holds only \`analytics:conversationDetail:view\`%0A   genscope check-scopes --emit role
    ::warning title=? unknown%3A authorization%3Arole%3Aview::layer: permission%0Athis token's grants could not be read
    ::warning file=services/a b/client.py,line=40,title=◐ conditional%3A GET /api/v2/conversations/{conversationId}::layer: division%0A\`conversation:communication:view\` is held in division "Home" only
    ::error file=services/report.js,line=3,title=no-such-path::\`/api/v2/analytics/conversations/queries\` does not exist
    ::notice file=services/report.js,line=9,title=unclear-method::GET or PATCH
    ::warning title=genscope::The packaged catalog of 2026-07-01 is 92 days old: genscope catalog update
    "
  `);
});

test("GitHub annotations have one notice when everything is allowed", () => {
  expect(renderGithub(CLEAN_REPORT)).toBe("::notice title=genscope::1 allowed\n");
});

test("no line of a GitHub annotation becomes a workflow command when the runner prints it again", () => {
  const [result] = HOSTILE_REPORT.results;
  if (result === undefined) throw new Error("no result");
  const name = "a ##[add-mask]b";
  const text = renderGithub({ ...HOSTILE_REPORT, results: [{ ...result, name }], findings: [] });
  expect(text).not.toContain("##[");
  expect(text).not.toMatch(/%0A\s*::/);
  expect(text).toContain("a ## [add-mask]b");
});

test("no text in a GitHub annotation ends its workflow command or starts another", () => {
  const lines = renderGithub(HOSTILE_REPORT).trimEnd().split("\n");
  expect(lines.length).toBe(3);
  const [, properties = "", data = ""] = /^::error (.*?)::(.*)$/.exec(lines[0] ?? "") ?? [];
  expect(properties.split(",").map((property) => property.split("=")[0])).toEqual(["file", "line", "title"]);
  expect(properties).toMatch(/^file=odd%3Ana%2Cme%25\.yaml,line=1,title=✘ denied%3A a/);
  expect(data).toContain("]]> %25 : , ");
  expect(data).toContain("%0A: :error::forged%0A");
  expect([...lines.join("")].filter((character) => character < " ")).toEqual([]);
});

test("GitHub annotations have one error when nothing was checked", () => {
  expect(renderGithub(FAILED_REPORT)).toBe(
    '::error title=genscope checked nothing%3A auth.wrong_secret::the secret for OAuth client "ci" is wrong%0Ahint: set the current secret in `GENESYSCLOUD_OAUTHCLIENT_SECRET`%0Acorrelation id: 0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90\n',
  );
  expect(renderGithub(HOSTILE_FAILURE).trimEnd().split("\n").length).toBe(1);
});
