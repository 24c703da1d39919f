import { describe, expect, test } from "vitest";
import { resolveSettings, type SettingsSources } from "../../../src/auth/settings/settings.ts";
import { loggedIn, NOTHING } from "../../support/profiles.ts";

const resolve = (sources: Partial<SettingsSources>) => resolveSettings({ flags: {}, env: {}, ...sources });
const PROFILE = loggedIn({ region: "eu-west-1", clientId: "stored-id" });

describe("the region", () => {
  const env = { GENESYSCLOUD_REGION: "eu_central_1" };

  test.each<[string, Partial<SettingsSources>, string, string]>([
    [
      "comes from the flag rather than any other source",
      { flags: { region: "ap-south-1" }, env, profile: PROFILE },
      "ap-south-1",
      "--region",
    ],
    [
      "comes from the environment rather than the profile",
      { env, profile: PROFILE },
      "eu-central-1",
      "GENESYSCLOUD_REGION",
    ],
    ["comes from the profile rather than the default", { profile: PROFILE }, "eu-west-1", "profile `work`"],
    ["is otherwise the default of the official tools", {}, "us-east-1", "default"],
    [
      "ignores a blank variable",
      { flags: { region: " " }, env: { GENESYSCLOUD_REGION: "" } },
      "us-east-1",
      "default",
    ],
  ])("%s", (_name, sources, id, source) => {
    const { region } = resolve(sources);
    expect([region.value.id, region.source]).toEqual([id, source]);
  });
});

describe("the OAuth client", () => {
  test.each<[string, Partial<SettingsSources>, string, string]>([
    [
      "is read from the official variables",
      { env: { GENESYSCLOUD_OAUTHCLIENT_ID: "a", GENESYS_CLOUD_CLIENT_ID: "b" } },
      "a",
      "GENESYSCLOUD_OAUTHCLIENT_ID",
    ],
    [
      "is read from the alternative variable",
      { env: { GENESYS_CLOUD_CLIENT_ID: " b " } },
      "b",
      "GENESYS_CLOUD_CLIENT_ID",
    ],
    ["is read from the profile", { profile: PROFILE }, "stored-id", "profile `work`"],
  ])("%s", (_name, sources, value, source) => {
    expect(resolve(sources).clientId).toEqual({ value, source });
  });

  test.each<[string, Partial<SettingsSources>, string, string]>([
    [
      "from the official variable",
      { env: { GENESYSCLOUD_OAUTHCLIENT_SECRET: "s3cret" } },
      "s3cret",
      "GENESYSCLOUD_OAUTHCLIENT_SECRET",
    ],
    [
      "from the alternative variable",
      { env: { GENESYS_CLOUD_CLIENT_SECRET: "s3cret" } },
      "s3cret",
      "GENESYS_CLOUD_CLIENT_SECRET",
    ],
  ])("reads the secret %s", (_name, sources, value, source) => {
    const { clientSecret } = resolve(sources);
    expect([clientSecret?.value.reveal(), clientSecret?.source]).toEqual([value, source]);
  });
});

describe("a token in the environment", () => {
  test.each([
    ["the-token", "the-token"],
    ["  the-token\n", "the-token"],
    ["Bearer the-token", "the-token"],
    ["bearer   the-token", "the-token"],
  ])("is accepted with or without `Bearer`: `%s`", (text, token) => {
    const { accessToken } = resolve({ env: { GENESYSCLOUD_ACCESS_TOKEN: text } });
    expect([accessToken?.value.reveal(), accessToken?.source]).toEqual([token, "GENESYSCLOUD_ACCESS_TOKEN"]);
  });

  test.each(["two tokens", "line\nbreak", '"quo\u0000ted"', "schlüssel"])(
    "is refused without being shown when no header can carry it: `%s`",
    (text) => {
      expect(() => resolve({ env: { GENESYSCLOUD_ACCESS_TOKEN: text } })).toThrow(
        expect.objectContaining({
          code: "usage.secret",
          message: "`GENESYSCLOUD_ACCESS_TOKEN` contains characters that cannot be part of a credential",
          hint: "copy it again, without spaces, line breaks or quotes: `export GENESYSCLOUD_ACCESS_TOKEN=…`",
        }),
      );
    },
  );
});

describe("the notes about settings", () => {
  test("mention a corrected region and a credential that is not used", () => {
    const env = {
      GENESYSCLOUD_REGION: "acme.mypurecloud.de",
      GENESYSCLOUD_ACCESS_TOKEN: "t",
      GENESYSCLOUD_OAUTHCLIENT_ID: "id",
    };
    expect(resolve({ env }).notes).toEqual([
      "the organization's name is never part of a host: using `mypurecloud.de` instead of `acme.mypurecloud.de`",
      "using the token in GENESYSCLOUD_ACCESS_TOKEN, not the client from GENESYSCLOUD_OAUTHCLIENT_ID",
    ]);
  });

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ["none when no credential is set", {}, []],
    [
      "a token",
      { GENESYSCLOUD_ACCESS_TOKEN: "t" },
      ["using the token in GENESYSCLOUD_ACCESS_TOKEN, not the login of profile `work`"],
    ],
    [
      "a client with its secret",
      { GENESYSCLOUD_OAUTHCLIENT_ID: "id", GENESYSCLOUD_OAUTHCLIENT_SECRET: "s" },
      ["using the client secret in GENESYSCLOUD_OAUTHCLIENT_SECRET, not the login of profile `work`"],
    ],
    [
      "a secret for the client of the profile",
      { GENESYSCLOUD_OAUTHCLIENT_SECRET: "s" },
      ["using the client secret in GENESYSCLOUD_OAUTHCLIENT_SECRET, not the login of profile `work`"],
    ],
  ])("mention a stored login that the environment overrides: %s", (_name, env, notes) => {
    expect(resolve({ env, profile: PROFILE }).notes).toEqual(notes);
  });

  test("are empty for a profile that is not logged in", () => {
    const profile = { ...PROFILE, remembered: NOTHING };
    expect(resolve({ env: { GENESYSCLOUD_ACCESS_TOKEN: "t" }, profile }).notes).toEqual([]);
  });

  test("are empty when nothing was corrected or overridden", () => {
    expect(resolve({ env: { GENESYSCLOUD_ACCESS_TOKEN: "t" } }).notes).toEqual([]);
  });

  test("printing the settings never shows a secret", () => {
    const env = {
      GENESYSCLOUD_ACCESS_TOKEN: "s3cret-token",
      GENESYSCLOUD_OAUTHCLIENT_SECRET: "s3cret-secret",
    };
    expect(JSON.stringify(resolve({ env }))).not.toContain("s3cret");
  });
});
