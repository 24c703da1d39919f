import { describe, expect, test } from "vitest";
import { UsageError } from "../../../src/core/errors.ts";
import { REGIONS } from "../../../src/platform/region/region-list.ts";
import { parseRegion } from "../../../src/platform/region/region-parser.ts";

const DOMAINS = REGIONS.map(({ domain }) => domain);

/** Letters of another script that look the same in most fonts. */
const CYRILLIC: Readonly<Record<string, string>> = {
  m: "м",
  y: "у",
  p: "р",
  u: "ц",
  r: "г",
  e: "е",
  c: "с",
  l: "ӏ",
  o: "о",
  d: "ԁ",
  s: "ѕ",
  g: "ԍ",
};
const GREEK: Readonly<Record<string, string>> = { y: "γ", p: "ρ", u: "υ", o: "ο", e: "ε" };
const DIGITS: Readonly<Record<string, string>> = { l: "1", o: "0", e: "3", s: "5" };

function replaceEach(text: string, letters: Readonly<Record<string, string>>): readonly string[] {
  return [...text].flatMap((letter, index) => {
    const other = letters[letter];
    return other === undefined ? [] : [`${text.slice(0, index)}${other}${text.slice(index + 1)}`];
  });
}

/** Returns every name that results from dropping, doubling or replacing one letter after the first. */
function mistakesIn(name: string): readonly string[] {
  return [...name].slice(1).flatMap((letter, at) => {
    const index = at + 1;
    const before = name.slice(0, index);
    const after = name.slice(index + 1);
    return [`${before}${after}`, `${before}${letter}${letter}${after}`, `${before}x${after}`];
  });
}

const foreign = DOMAINS.flatMap((domain) =>
  ["", "api.", "login.", "apps."].flatMap((service) => [
    `${service}${domain}.example.io`,
    `${service}${domain}-login.example`,
    `${service.replace(".", "-")}x${domain}`,
    `${service}${domain.replaceAll(".", "-")}.example.com`,
    `${service}${domain.replaceAll(".", "")}.net`,
    `example.io.${service}${domain}.evil.example`,
  ]),
);
const names = ["mypurecloud", "purecloud", "genesyscloud", "genesys", "mygenesyscloud"].flatMap((name) => [
  `${name}.example`,
  `login.${name}.example.com`,
  `login-${name}.com`,
  `my-${name}-gateway.example.org`,
  `${name.replace("cloud", ".cloud")}.example`,
  `${name.replace("cloud", "-cloud")}.example`,
  `${name.toUpperCase()}.EXAMPLE`,
]);
const digits = ["mypurecloud", "purecloud", "genesys"].flatMap((name) =>
  replaceEach(name, DIGITS).map((each) => `login.${each}.com`),
);
const pairs = [
  "rnypurecloud.com",
  "api.rnypurecloud.de",
  "mypuredoud.com",
  "purecioud.example",
  "PURECLOUD.example",
];
const mistakes = mistakesIn("mypurecloud").map((each) => `login.${each}.com`);
const scripts = ["mypurecloud", "genesys"].flatMap((name) =>
  [...replaceEach(name, CYRILLIC), ...replaceEach(name, GREEK)].map((each) => `login.${each}.com`),
);
const punycode = scripts.map((host) => new URL(`https://${host}`).hostname);
const encoded = DOMAINS.map((domain) => `${domain.replaceAll(".", "%2e")}.example.io`);
const HOSTS = [
  ...new Set([...foreign, ...names, ...digits, ...pairs, ...mistakes, ...scripts, ...punycode, ...encoded]),
];

function refusalOf(text: string): UsageError | null {
  try {
    parseRegion(text);
    return null;
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

test("a region refuses more than 500 hosts that imitate the platform's, in every spelling", () => {
  expect(HOSTS.length).toBeGreaterThan(500);
  const spellings = HOSTS.flatMap((host) => [
    host,
    `https://${host}`,
    `https://${host}/`,
    `HTTPS://${host}:8443/genesys`,
    `${host}:443`,
    `${host}/api/v2`,
    `https://${host}./`,
    ` https://${host} `,
  ]);
  expect(spellings.filter((text) => refusalOf(text)?.code !== "usage.region")).toEqual([]);
});

test("no spelling of a region leads to a host that is neither a region's nor the one in the URL", () => {
  const tricks = DOMAINS.flatMap((domain) => [
    `https://evil.example\\.${domain}`,
    `https://evil.example/login.${domain}`,
    `https://evil.example/.${domain}`,
    `https://login.${domain}\\@evil.example`,
    `https://evil.example;.${domain}`,
    `https:///evil.example/${domain}`,
    `https://login.${domain}\t.evil.example`,
    `https://login.${domain}\n.evil.example`,
    `https://login.${domain}\u3002evil.example`,
    `https://login.${domain}\u200b.evil.example`,
  ]);
  const wrong = tricks.filter((text) => {
    if (refusalOf(text) !== null) return false;
    const { region } = parseRegion(text);
    // Only the host matters, and not the path. genscope shows the host before it sends a credential.
    return region.id === null && region.domain !== "evil.example";
  });
  expect(wrong).toEqual([]);
});

test("a region may be a gateway with a name that only resembles the platform's", () => {
  const gateways = [
    "gateway.example.com",
    "api.securecloud.example",
    "cure-cloud.example",
    "my-super-cloud.example",
    "mycloud.example.com",
    "genesis.example.com",
    "eugene.example.com",
    "pure-storage.example.com",
    "cloud.purely.example",
    "proxy.internal",
    "10.0.0.7:8443",
    "[2001:db8::7]:8443",
    "contact-center-gw.corp.example",
  ];
  expect(gateways.filter((host) => refusalOf(`https://${host}/genesys`) !== null)).toEqual([]);
});

describe("a region with a user name or password", () => {
  const SECRET = "pass-Word-0815";
  const values = [
    ...[...DOMAINS, "gateway.example.com", "127.0.0.1:1", "localhost", "eu-central-1"].flatMap((host) =>
      ["https", "http", "HTTPS"].flatMap((scheme) => [
        `${scheme}://user:${SECRET}@${host}`,
        `${scheme}://${SECRET}@${host}/x`,
        `${scheme}://user:${SECRET}%40${host}`,
        `${scheme}://user:${SECRET}\uff20${host}`,
        `${scheme}:\\\\user:${SECRET}@${host}`,
        `${scheme}:user:${SECRET}@${host}`,
        `${scheme}:///user:${SECRET}@${host}`,
        `${scheme}://user:${SECRET}@user@${host}`,
        `${scheme}://us\ter:${SECRET}@${host}`,
      ]),
    ),
    ...DOMAINS.flatMap((domain) => [
      `user:${SECRET}@${domain}`,
      `user:${SECRET}@api.${domain}/api/v2`,
      `${SECRET}@${domain}:443`,
      `https://${domain}@${SECRET}`,
      `ftp://user:${SECRET}@${domain}`,
    ]),
  ];

  test("is refused without repeating it", () => {
    expect(values.length).toBeGreaterThan(500);
    const wrong = values.filter((text) => {
      const error = refusalOf(text);
      return error === null || `${error.message}\n${error.hint}`.includes(SECRET);
    });
    expect(wrong).toEqual([]);
  });

  test.each([
    `https://user:${SECRET}`,
    `user:${SECRET}`,
    `id ${SECRET}`,
    `https://api.mypurecloud.con/?access_token=${SECRET}`,
    `https://gateway.example.com/?token=${SECRET}`,
    `https://gateway.example.com/#${SECRET}`,
    `${SECRET}${SECRET}${SECRET}`,
  ])("is refused without repeating a misplaced secret: `%s`", (text) => {
    const error = refusalOf(text);
    expect(error?.code).toBe("usage.region");
    expect(`${error?.message}\n${error?.hint}`).not.toContain(SECRET);
  });
});

test("recognizes the region of a pasted URL with an `@` in its path", () => {
  const text = "https://apps.mypurecloud.de/directory/#/people/ann@example.com";
  expect(parseRegion(text).region.id).toBe("eu-central-1");
});

test("the error about a region shows look-alike letters as punycode", () => {
  expect(refusalOf("mypurecl\u043eud.com")?.message).toBe("`xn--mypureclud-lvi.com` is not a region");
});
