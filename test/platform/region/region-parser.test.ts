import { describe, expect, test } from "vitest";
import { UsageError } from "../../../src/core/errors.ts";
import { REGIONS } from "../../../src/platform/region/region-list.ts";
import { parseRegion } from "../../../src/platform/region/region-parser.ts";

const DOMAINS: readonly (readonly [string, string])[] = [
  ["us-east-1", "mypurecloud.com"],
  ["us-east-2", "use2.us-gov-pure.cloud"],
  ["us-west-2", "usw2.pure.cloud"],
  ["ca-central-1", "cac1.pure.cloud"],
  ["mx-central-1", "mxc1.pure.cloud"],
  ["sa-east-1", "sae1.pure.cloud"],
  ["eu-west-1", "mypurecloud.ie"],
  ["eu-west-2", "euw2.pure.cloud"],
  ["eu-central-1", "mypurecloud.de"],
  ["eu-central-2", "euc2.pure.cloud"],
  ["me-central-1", "mec1.pure.cloud"],
  ["eusc-de-east-1", "edee1.eusc-pure.cloud"],
  ["ap-south-1", "aps1.pure.cloud"],
  ["ap-northeast-2", "apne2.pure.cloud"],
  ["ap-northeast-3", "apne3.pure.cloud"],
  ["ap-northeast-1", "mypurecloud.jp"],
  ["ap-southeast-1", "apse1.pure.cloud"],
  ["ap-southeast-2", "mypurecloud.com.au"],
];

test("the list of regions has eighteen with their domains", () => {
  expect(REGIONS.map(({ id, domain }) => [id, domain])).toEqual(DOMAINS);
});

describe.each(DOMAINS)("region %s", (id, domain) => {
  test.each([
    id,
    id.toUpperCase(),
    id.replaceAll("-", "_"),
    id.replaceAll("-", "_").toUpperCase(),
    ` ${id} `,
    domain,
    domain.toUpperCase(),
    `${domain}.`,
    `api.${domain}`,
    `login.${domain}`,
    `apps.${domain}`,
    `https://api.${domain}`,
    `https://login.${domain}/oauth/token`,
    `https://apps.${domain}/directory/#/admin/integrations/oauth`,
    `HTTPS://API.${domain}/api/v2/users/me?expand=authorization`,
    `api.${domain}/api/v2`,
  ])("is recognized from `%s`", (text) => {
    expect(parseRegion(text)).toEqual({
      region: {
        id,
        label: expect.any(String),
        domain,
        loginUrl: `https://login.${domain}`,
        apiUrl: `https://api.${domain}`,
      },
      note: null,
    });
  });
});

describe("gateways and the sandbox", () => {
  test.each([
    ["http://127.0.0.1:8787", "http://127.0.0.1:8787", "127.0.0.1:8787"],
    ["http://127.0.0.1:8787/", "http://127.0.0.1:8787", "127.0.0.1:8787"],
    ["http://127.8.8.8:1", "http://127.8.8.8:1", "127.8.8.8:1"],
    ["http://localhost:8787/genesys/", "http://localhost:8787/genesys", "localhost:8787"],
    ["http://[::1]:8787", "http://[::1]:8787", "[::1]:8787"],
    ["https://gateway.example.com/genesys", "https://gateway.example.com/genesys", "gateway.example.com"],
  ])("serve both login and API at `%s`", (text, base, domain) => {
    expect(parseRegion(text)).toEqual({
      region: { id: null, label: "gateway or sandbox", domain, loginUrl: base, apiUrl: base },
      note: null,
    });
  });
});

test("the region parser removes the organization's name from a host, with a note", () => {
  expect(parseRegion("https://acme.mypurecloud.de/")).toMatchObject({
    region: { id: "eu-central-1" },
    note: "the organization's name is never part of a host: using `mypurecloud.de` instead of `acme.mypurecloud.de`",
  });
});

describe("the region parser refuses", () => {
  const refusal = (text: string): UsageError => {
    try {
      parseRegion(text);
    } catch (error) {
      if (error instanceof UsageError) return error;
    }
    throw new Error(`\`${text}\` was taken for a region`);
  };

  test.each([
    ["eu-central-l", "did you mean `eu-central-1`?"],
    ["eu_centrl_2", "did you mean `eu-central-2`?"],
    ["mypurecloud.con", "did you mean `mypurecloud.com`?"],
    ["https://api.mypurecloud.con", "did you mean"],
    ["https://api.mypureclod.ie", "did you mean"],
    ["us.genesys.cloud", "the intended region is probably `mypurecloud.com`"],
    ["https://api.us.genesys.cloud/api/v2", "the intended region is probably `mypurecloud.com`"],
    ["acme.mygenesyscloud.com", "the intended region is probably `mypurecloud.com`"],
    ["https://platformapi.mypurecloud.com", "the intended region is probably `mypurecloud.com`"],
    ["api.eu-gene.com", "the intended region is probably `mypurecloud.ie`"],
    ["Frankfurt", "did you mean `eu-central-1`?\nlist the regions with `genscope help regions`"],
    ["somewhere", "choose a region: us-east-1 (mypurecloud.com), us-east-2"],
    ["", "choose a region: us-east-1 (mypurecloud.com)"],
    ["https://", "choose a region: us-east-1"],
    ["https://euw9.pure.cloud", "did you mean"],
  ])("`%s`", (text, hint) => {
    const error = refusal(text);
    expect(error.code).toBe("usage.region");
    expect(error.hint).toContain(hint);
  });

  test.each([
    "dca",
    "tca",
    "inindca.com",
    "https://api.inindca.com",
    "inintca.com",
    "https://login.inintca.com",
  ])("the vendor's own test stack `%s`, without suggesting one", (text) => {
    const error = refusal(text);
    expect(error.code).toBe("usage.region");
    expect(error.hint).not.toMatch(/inin[dt]ca/);
  });

  test("plain http to another machine", () => {
    expect(refusal("http://gateway.example.com")).toMatchObject({
      code: "usage.plain_http",
      hint: "use https: `--region https://gateway.example.com/` (plain http is for this machine only)",
    });
  });

  test.each([
    "https://user:pass-word@gateway.example.com",
    "https://user:pass-word@api.mypurecloud.con",
    "http://user:pass-word@127.0.0.1:1",
  ])("without repeating the password in `%s`", (text) => {
    const error = refusal(text);
    expect(`${error.message}\n${error.hint}`).not.toContain("pass-word");
  });

  test("text with control characters, which the error replaces", () => {
    expect(refusal("eu\u001b[31m").message).toBe("`eu\ufffd[31m` is not a region");
  });
});
