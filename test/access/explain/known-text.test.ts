import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { keepKnown } from "../../../src/access/explain/known-text.ts";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { knowledge } from "./packaged-knowledge.ts";

const release = (text: string) => keepKnown(text, knowledge.isKnownWord);

describe("prints known words of a paste unchanged", () => {
  test.each([
    ["missing.any.permissions"],
    ["ConversationNotFound"],
    ["INVALID_REQUEST_PARAMETER"],
    ["analytics:conversationDetail:view"],
    ["analytics:conversationDetail:view:0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90"],
    ["0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90"],
    ["/api/v2/externalcontacts/contacts/custom_-_0d5c1b3e-7a4f-4c0e-9b52-3f1e6a7d8c90"],
    ["/api/v2/workforcemanagement/businessunits/{businessUnitId}/weeks/{weekId}/shorttermforecasts"],
    ["postWorkforcemanagementBusinessunitWeekShorttermforecastsImportUploadurl"],
    ["PureCloudPlatformClientV2.Client.ApiException"],
    ["com.mypurecloud.sdk.v2.ApiException"],
    ["2026-10-01T10:00:00.123Z"],
    ["2026-10-01 10:00:00+02:00"],
    ["api.mypurecloud.de, login.usw2.pure.cloud:443, apps.mypurecloud.com.au"],
    ["gateway.example.com:8443"],
    ["loadbalancer.customer-europe.com, egress-proxy-frankfurt.example.com"],
    ["HRESULT: 0x80040220, 0xC0000022, 0x00002EE7."],
    ["203.0.113.17, 2001:db8:0:1::7, 127.0.0.1:8787"],
    ['genscope check-scopes "POST /api/v2/analytics/conversations/details/query"'],
    ["Rate limit exceeded the maximum. Retry the request in [37] seconds"],
    ["redirect_uri does not match, code_challenge_method is missing"],
    ["client_assertion_type, response_type, token_endpoint_auth_method, post_logout_redirect_uri"],
    ["Allowable values are: AgentFirst, CustomerFirst, LastCustomer, PreferredAgent"],
    ["must be one of [CUSTOMER_FIRST, OldestInteraction, MostRecentlyUpdated]"],
    ["/api/v2/wfm/userschedulesegments"],
    ["/api/v2/conversations/messaging/external/guests/abc-123/messages"],
    ["/api/v2/customerinteractionhistory/ticketsummaries"],
    ["/api/v2/tickets/4711.json"],
    ["northwave.mygenesyscloud.com, api.usw2.genesyscloud.com"],
    ["AADSTS50126: Invalid username or password"],
    ["keytool -importcert -cacerts, -Djavax.net.ssl.trustStore=FILE, REQUESTS_CA_BUNDLE=FILE"],
  ])("%s", (text) => {
    expect(release(text)).toBe(text);
  });
});

test.each([
  ["Bearer Zk3v9-Qw_7pLx2 is refused", "Bearer [withheld] is refused"],
  ["cmfkvrxrggpputcxcpcqs.mypurecloud.com", "[withheld].mypurecloud.com"],
  ["/api/v2/users/abcdefgh12345/queues", "/api/v2/users/[withheld]/queues"],
  ["a:b3c4d5e6f7:c", "a:[withheld]:c"],
  ["1234-5678-9012-3456", "[withheld]"],
  ["QUJDREVGR0hJSktMTU5PUFE=", "[withheld]="],
  ["qwertzuiopas/dfghjklyxcv", "[withheld]"],
])("withholds unknown words of a paste: %s", (text, expected) => {
  expect(release(text)).toBe(expected);
});

test("keeps every declared code, template and operation name", () => {
  const catalogue = loadCatalogue();
  const texts = [
    ...catalogue
      .refusals()
      .flatMap(({ code, messages }) => [code, ...messages.map(({ template }) => template)]),
    ...Array.from(catalogue.operations()).flatMap(({ path, operationId, permissions }) => [
      path,
      operationId,
      ...permissions,
    ]),
  ];
  expect(texts.filter((text) => release(text) !== text)).toEqual([]);
});

test("prints genscope's own sentences unchanged", () => {
  const sentences = ["access", "catalogue/lookup", "platform/region"].flatMap((room) => {
    const directory = new URL(`../../../src/${room}/`, import.meta.url);
    return readdirSync(directory, { recursive: true, encoding: "utf8" })
      .filter(
        (name) =>
          name.endsWith(".ts") &&
          !/(?:^|\/)paste\//.test(name) &&
          !/(?:^|\/)(?:known-words|known-text|vocabulary)\.ts$/.test(name),
      )
      .flatMap((name) => sentencesOf(readFileSync(new URL(name, directory), "utf8")));
  });
  expect(sentences.length).toBeGreaterThan(600);
  expect(sentences.filter((sentence) => release(sentence) !== sentence)).toEqual([]);
});

/**
 * Returns the strings of a source file that have at least two words, with `x` in place of each interpolated value.
 */
function sentencesOf(source: string): readonly string[] {
  const code = source.replace(/^import .*$/gm, "").replace(/\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  return Array.from(
    code.matchAll(/(?<![\w\\/])(?:"((?:[^"\\\n]|\\.){8,})"|`((?:[^`\\]|\\.){8,}?)`)(?=[,;)\s])/g),
    ([, plain = "", template = ""]) =>
      (plain + template).replace(/\$\{[^{}]*\}/g, "x").replaceAll("\\`", "`"),
  ).filter((text) => / [a-z]/.test(text) && !/\\[bwsdn]|\(\?|\$\{/.test(text));
}
