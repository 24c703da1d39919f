import { describe, expect, test } from "vitest";
import { classifyHost } from "../../../src/platform/region/host.ts";
import { REGIONS } from "../../../src/platform/region/region-list.ts";
import { parseRegion } from "../../../src/platform/region/region-parser.ts";

const DOMAINS = REGIONS.map(({ domain }) => domain);
const domainOf = (host: string) => {
  const match = classifyHost(host, DOMAINS);
  return match.kind === "wrong" ? match.domain : match.kind;
};

describe("a region's label before another domain means that region", () => {
  test.each(REGIONS.filter(({ domain }) => domain !== "mypurecloud.com"))("$id", ({ id, domain }) => {
    expect(domainOf(`api.${id}.mypurecloud.com`)).toBe(domain);
    expect(domainOf(`login.${id}.mygenesyscloud.com`)).toBe(domain);
  });

  test.each([
    ["api.usw2.mypurecloud.com", "usw2.pure.cloud"],
    ["api.euw2.mypurecloud.com", "euw2.pure.cloud"],
    ["login.cac1.mypurecloud.com", "cac1.pure.cloud"],
    ["api.apse1.mypurecloud.com", "apse1.pure.cloud"],
    ["apne2.api.mypurecloud.com", "apne2.pure.cloud"],
    ["api-aps1.mypurecloud.com", "aps1.pure.cloud"],
    ["api.sae1.mypurecloud.ie", "sae1.pure.cloud"],
    ["api.euc1.pure.cloud", "mypurecloud.de"],
    ["api.use1.pure.cloud", "mypurecloud.com"],
    ["api.apne1.genesys.cloud", "mypurecloud.jp"],
    ["api.de.mypurecloud.com", "mypurecloud.de"],
    ["api.apse2.pure.cloud", "mypurecloud.com.au"],
    ["api.us_west_2.mypurecloud.com", "usw2.pure.cloud"],
  ])("%s means %s", (host, domain) => {
    expect(domainOf(host)).toBe(domain);
  });
});

test.each(["api.eu.mypurecloud.com", "api.apac.mypurecloud.com", "api.us.genesyscloud.com"])(
  "a label that is only an area of the world does not identify a region: %s",
  (host) => {
    expect(domainOf(host)).toBeNull();
  },
);

test.each([
  ["api.northwave.mypurecloud.com", "mypurecloud.com"],
  ["acme.mypurecloud.de", "mypurecloud.de"],
  ["api.usw2.pure.cloud", "api"],
  ["login.euw2.pure.cloud", "login"],
])("any other label leaves the domain unchanged: %s", (host, domain) => {
  expect(domainOf(host)).toBe(domain);
});

test("a region with the label of another region is refused, with a suggestion of the region it means", () => {
  expect(() => parseRegion("https://api.usw2.mypurecloud.com")).toThrow(/is not a region/);
  try {
    parseRegion("https://api.usw2.mypurecloud.com");
  } catch (error) {
    expect((error as { hint?: string }).hint).toContain("`usw2.pure.cloud`");
  }
});
