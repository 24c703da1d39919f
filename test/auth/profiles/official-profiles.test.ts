import { describe, expect, test } from "vitest";
import { blankSecrets } from "../../../src/auth/profiles/blank-secrets.ts";
import { readOfficialProfiles } from "../../../src/auth/profiles/official-profiles.ts";

const PATH = "config.toml";
const TOKEN_DATA = JSON.stringify({
  access_token: "s3cret-token",
  token_type: "bearer",
  expires_in: 86_400,
  oauth_token_expiry: "2026-10-01T12:00:00Z",
});

const FILE = `# my profiles
[DEFAULT]
  access_token = ""
  client_credentials = "client-1" # the id
  client_secret = "s3cret"
  environment = "mypurecloud.de"
  grant_type = "1"
  oauth_token_data = '${TOKEN_DATA}'

[Person]
Client_Credentials = "client-2"
ENVIRONMENT = "us-west-2"
Grant_Type = 3
Redirect_URI = "http://localhost:9191"

[other]
client_secret = "stays"
grant_type = "2"
`;

const read = (text: string) => readOfficialProfiles(text, PATH);
const shown = (text: string) =>
  read(text).usable.map(({ clientSecret, accessToken, ...profile }) => ({
    ...profile,
    clientSecret: clientSecret?.reveal() ?? null,
    accessToken: accessToken?.reveal() ?? null,
  }));

describe("profiles of the official CLI", () => {
  test("are read for each grant type, with keys in upper or lower case and the client id under `client_credentials`", () => {
    expect(shown(FILE)).toEqual([
      {
        table: "DEFAULT",
        name: "default",
        region: "mypurecloud.de",
        grant: "client-credentials",
        clientId: "client-1",
        redirectUri: null,
        clientSecret: "s3cret",
        accessToken: "s3cret-token",
        accessTokenExpiresAt: "2026-10-01T12:00:00Z",
      },
      {
        table: "Person",
        name: "person",
        region: "us-west-2",
        grant: "pkce",
        clientId: "client-2",
        redirectUri: "http://localhost:9191",
        clientSecret: null,
        accessToken: null,
        accessTokenExpiresAt: null,
      },
    ]);
  });

  test.each([
    ['[a]\nclient_credentials = "x"\ngrant_type = "2"', "implicit grant ends in 2027"],
    ['[a]\nclient_credentials = "x"\ngrant_type = "1"', "no client secret"],
    ['[a]\nclient_secret = "s"\ngrant_type = "1"', "contains no OAuth client"],
    ['[a]\naccess_token = "t"\ngrant_type = "0"', "no login that can be renewed"],
    ["[a]", "no login that can be renewed"],
    ['["a b"]\nclient_credentials = "x"\ngrant_type = "3"', "its name is not a valid profile name"],
  ])("are skipped with a reason when the file contains %j", (text, reason) => {
    const { usable, unusable } = read(text);
    expect([usable, unusable.length, unusable[0]?.reason]).toEqual([[], 1, expect.stringContaining(reason)]);
  });

  test("are never quoted in the error about a damaged file", () => {
    expect(() => read('[a]\nclient_secret = "s3cret\n')).toThrow(
      expect.objectContaining({ code: "config.damaged", message: expect.not.stringContaining("s3cret") }),
    );
  });
});

describe("emptying the secrets in the official CLI's file", () => {
  test("changes the secrets of the imported profiles and no other byte", () => {
    expect(blankSecrets(FILE, ["DEFAULT", "Person"], PATH)).toBe(
      FILE.replace('"s3cret"', '""').replace(`'${TOKEN_DATA}'`, '""'),
    );
  });

  test.each([
    ["keys in any case", '[a]\nClient_Secret = "s3cret"\n', '[a]\nClient_Secret = ""\n'],
    ["a quoted table", '["a.b"]\nclient_secret = "s3cret"\n', '["a.b"]\nclient_secret = ""\n'],
    [
      "Windows line ends",
      '[a]\r\nclient_secret = "s3cret"\r\nx = 1\r\n',
      '[a]\r\nclient_secret = ""\r\nx = 1\r\n',
    ],
    [
      "a value over several lines, which rewrites the file",
      '[a]\nx = 1\nclient_secret = """\ns3cret"""\n',
      '[a]\nx = 1\nclient_secret = ""\n',
    ],
    [
      "an inline table, which rewrites the file",
      'a = { client_secret = "s3cret", x = 1 }\n',
      '[a]\nclient_secret = ""\nx = 1\n',
    ],
  ])("handles %s", (_name, before, after) => {
    const tables = before.includes("a.b") ? ["a.b"] : ["a"];
    expect(blankSecrets(before, tables, PATH)).toBe(after);
  });
});
