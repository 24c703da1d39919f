import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { hideTyped } from "../../../src/core/redaction/typed-secrets.ts";

const TRIALS = 3_000;

const bytes = (length: number, seed: number) =>
  createHash("shake256", { outputLength: length }).update(String(seed)).digest();

const KINDS: readonly [string, (seed: number) => string][] = [
  ["base64url of 32 bytes", (seed) => bytes(32, seed).toString("base64url")],
  ["base64 of 32 bytes", (seed) => bytes(32, seed).toString("base64")],
  ["base64url of 64 bytes", (seed) => bytes(64, seed).toString("base64url")],
  ["base64 of 64 bytes", (seed) => bytes(64, seed).toString("base64")],
  ["hexadecimal of 32 bytes", (seed) => bytes(32, seed).toString("hex")],
];

test.each(KINDS)("hides a random secret in %s in at least 999 of 1,000 cases", (_kind, secretOf) => {
  let missed = 0;
  for (let seed = 0; seed < TRIALS; seed += 1) {
    const secret = secretOf(seed);
    const shown = hideTyped([secret])?.(`\`${secret}\` is unknown`) ?? secret;
    const rest = shown.replace("is unknown", "").split("[secret]");
    if (Math.max(...rest.map((text) => text.length)) > 10) missed += 1;
  }
  expect(missed).toBeLessThanOrEqual(TRIALS / 1_000);
});

test("hides parts of a secret, in upper or lower case and URL-encoded", () => {
  const secret = bytes(64, 1).toString("base64");
  const hide = hideTyped([`--profile=${secret}`]);
  const shown = [
    `${secret.slice(0, 30)}…`,
    secret.toLowerCase(),
    encodeURIComponent(secret),
    `${secret.slice(0, 40)}\n${secret.slice(40)}`,
  ].map((text) => hide?.(text));
  expect(shown).toEqual(["[secret]…", "[secret]", "[secret]", "[secret]\n[secret]"]);
});

test("keeps readable words around a secret", () => {
  const secret = bytes(20, 2).toString("hex");
  const hide = hideTyped([`/builds/conversations-details-${secret}/out`]);
  const shown = hide?.(`conversations details in /builds/conversations-details-${secret}/out`);
  expect(shown).toMatch(/^conversations details in \/builds\/conversations-d[a-z-]*\[secret\][a-z/]*$/);
});

test("hides short credentials after the name of their scheme", () => {
  expect(hideTyped(["Authorization:", "Basic", "dXNlcjpwYXNz"])?.("`dXNlcjpwYXNz`")).toBe("`[secret]`");
});

test.each([
  "postAnalyticsConversationsDetailsQuery",
  "getIntegrationsSpeechLexv2BotBotIdAliases",
  "/api/v2/externalcontacts/contacts/schemas/0f9c3a52-6f1e-4b7e-9a53-0d7c5a1b2c3d/versions",
  "custom_-_0f9c3a52-6f1e-4b7e-9a53-0d7c5a1b2c3d",
  "genscope-conversations-details-2026-10-01-to-2026-10-31.ndjson.gz",
  "2026-10-01T00:00:00.000Z/2026-10-31T00:00:00.000Z",
  "basic authentication of clients",
])("shows text that only resembles a secret: %s", (word) => {
  expect(hideTyped([word])).toBeNull();
});
