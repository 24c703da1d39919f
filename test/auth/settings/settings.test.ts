import { describe, expect, test } from "vitest";
import { resolveSettings, type SettingsSources } from "../../../src/auth/settings/settings.ts";
import { loggedIn, NOTHING } from "../../support/profiles.ts";

const resolve = (sources: Partial<SettingsSources>) => resolveSettings({ flags: {}, env: {}, ...sources });
const PROFILE = loggedIn({ region: "eu-west-1", clientId: "stored-id" });

describe("the region: flag, environment, profile, default", () => {
  const env = { GENESYSCLOUD_REGION: "eu_central_1" };

  test.each<[string, Partial<SettingsSources>, string, string]>([
    ["the flag wins", { flags: { region: "ap-south-1" }, env, profile: PROFILE }, "ap-south-1", "--region"],
    ["then the environment", { env, profile: PROFILE }, "eu-central-1", "GENESYSCLOUD_REGION"],
    ["then the profile", { profile: PROFILE }, "eu-west-1", "profile `work`"],
    ["then what all official tools take", {}, "us-east-1", "default"],
    [
      "blank counts as not set",
      { flags: { region: " " }, env: { GENESYSCLOUD_REGION: "" } },
      "us-east-1",
      "default",
    ],
  ])("%s", (_name, sources, id, source) => {
    const { region } = resolve(sources);
    expect([region.value.id, region.source]).toEqual([id, source]);
  });
});

describe("the client", () => {
  test.each<[string, Partial<SettingsSources>, string, string]>([
    [
      "by the official names",
      { env: { GENESYSCLOUD_OAUTHCLIENT_ID: "a", GENESYS_CLOUD_CLIENT_ID: "b" } },
      "a",
      "GENESYSCLOUD_OAUTHCLIENT_ID",
    ],
    ["by the alias", { env: { GENESYS_CLOUD_CLIENT_ID: " b " } }, "b", "GENESYS_CLOUD_CLIENT_ID"],
    ["from the profile", { profile: PROFILE }, "stored-id", "profile `work`"],
  ])("%s", (_name, sources, value, source) => {
    expect(resolve(sources).clientId).toEqual({ value, source });
  });

  test.each<[string, Partial<SettingsSources>, string, string]>([
    [
      "by the official name",
      { env: { GENESYSCLOUD_OAUTHCLIENT_SECRET: "s3cret" } },
      "s3cret",
      "GENESYSCLOUD_OAUTHCLIENT_SECRET",
    ],
    [
      "by the alias",
      { env: { GENESYS_CLOUD_CLIENT_SECRET: "s3cret" } },
      "s3cret",
      "GENESYS_CLOUD_CLIENT_SECRET",
    ],
  ])("the secret %s", (_name, sources, value, source) => {
    const { clientSecret } = resolve(sources);
    expect([clientSecret?.value.reveal(), clientSecret?.source]).toEqual([value, source]);
  });
});

describe("a ready token", () => {
  test.each([
    ["the-token", "the-token"],
    ["  the-token\n", "the-token"],
    ["Bearer the-token", "the-token"],
    ["bearer   the-token", "the-token"],
  ])("`%s`", (text, token) => {
    const { accessToken } = resolve({ env: { GENESYSCLOUD_ACCESS_TOKEN: text } });
    expect([accessToken?.value.reveal(), accessToken?.source]).toEqual([token, "GENESYSCLOUD_ACCESS_TOKEN"]);
  });

  test.each(["two tokens", "line\nbreak", '"quo\u0000ted"', "schlüssel"])(
    "`%s` can't go into a header, and is not shown",
    (text) => {
      expect(() => resolve({ env: { GENESYSCLOUD_ACCESS_TOKEN: text } })).toThrow(
        expect.objectContaining({
          code: "usage.secret",
          message: "`GENESYSCLOUD_ACCESS_TOKEN` holds characters that can't be part of a credential",
          hint: "copy it again, without blanks, line breaks and quotes: `export GENESYSCLOUD_ACCESS_TOKEN=…`",
        }),
      );
    },
  );
});

describe("what the person is told", () => {
  test("a corrected region and a credential that loses", () => {
    const env = {
      GENESYSCLOUD_REGION: "acme.mypurecloud.de",
      GENESYSCLOUD_ACCESS_TOKEN: "t",
      GENESYSCLOUD_OAUTHCLIENT_ID: "id",
    };
    expect(resolve({ env }).notes).toEqual([
      "the organization's name is never part of a host: using `mypurecloud.de` instead of `acme.mypurecloud.de`",
      "the token of GENESYSCLOUD_ACCESS_TOKEN is used, not the client of GENESYSCLOUD_OAUTHCLIENT_ID",
    ]);
  });

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ["nothing, when the login is what is used", {}, []],
    [
      "a token",
      { GENESYSCLOUD_ACCESS_TOKEN: "t" },
      ["the token of GENESYSCLOUD_ACCESS_TOKEN is used, not the login of profile `work`"],
    ],
    [
      "a client with its secret",
      { GENESYSCLOUD_OAUTHCLIENT_ID: "id", GENESYSCLOUD_OAUTHCLIENT_SECRET: "s" },
      ["the client secret of GENESYSCLOUD_OAUTHCLIENT_SECRET is used, not the login of profile `work`"],
    ],
    [
      "a secret for the client of the profile",
      { GENESYSCLOUD_OAUTHCLIENT_SECRET: "s" },
      ["the client secret of GENESYSCLOUD_OAUTHCLIENT_SECRET is used, not the login of profile `work`"],
    ],
  ])("a login that the environment overrides: %s", (_name, env, notes) => {
    expect(resolve({ env, profile: PROFILE }).notes).toEqual(notes);
  });

  test("a profile that is not logged in is overridden by nothing", () => {
    const profile = { ...PROFILE, remembered: NOTHING };
    expect(resolve({ env: { GENESYSCLOUD_ACCESS_TOKEN: "t" }, profile }).notes).toEqual([]);
  });

  test("nothing when nothing was", () => {
    expect(resolve({ env: { GENESYSCLOUD_ACCESS_TOKEN: "t" } }).notes).toEqual([]);
  });

  test("settings never show a secret", () => {
    const env = {
      GENESYSCLOUD_ACCESS_TOKEN: "s3cret-token",
      GENESYSCLOUD_OAUTHCLIENT_SECRET: "s3cret-secret",
    };
    expect(JSON.stringify(resolve({ env }))).not.toContain("s3cret");
  });
});
