import { readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Profiles, profilesIn } from "../../../src/auth/profiles/profiles.ts";
import { selectExistingProfile, selectProfile } from "../../../src/auth/settings/select-profile.ts";
import { systemClock } from "../../../src/core/clock.ts";
import { systemRandom } from "../../../src/core/random.ts";
import { processesOf } from "../../support/login-storage.ts";
import { loggedIn, NOTHING } from "../../support/profiles.ts";
import { tempDir } from "../../support/temp-dir.ts";

const open = (directory: string): Profiles =>
  profilesIn(directory, { clock: systemClock, random: systemRandom, processes: processesOf() });

/** Creates a directory whose `config.toml` contains `text`. */
async function withFile(text: string): Promise<{ readonly profiles: Profiles; readonly path: string }> {
  const directory = await tempDir();
  const path = join(directory, "config.toml");
  await writeFile(path, text);
  return { profiles: open(directory), path };
}

describe("a saved profile", () => {
  test("is read back completely", async () => {
    const profiles = open(await tempDir());
    const profile = loggedIn({
      grant: "pkce",
      redirectUri: "http://localhost",
      accessTokenExpiresAt: "2026-10-01T01:00:00.000Z",
      accessTokenRenewsAt: "2026-10-01T00:59:00.000Z",
      remembered: { accessToken: true, refreshToken: true, clientSecret: false },
      generation: 7,
      organization: "Example",
      identity: "Agent 1",
    });
    await profiles.save(profile);

    expect(await profiles.find("work")).toEqual(profile);
    expect(await profiles.list()).toEqual({ current: "work", profiles: [profile] });
  });

  test("is accessible only to the user: 0700 and 0600", async () => {
    const directory = join(await tempDir(), "config");
    await open(directory).save(loggedIn());

    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect((await stat(join(directory, "config.toml"))).mode & 0o777).toBe(0o600);
  });

  test("preserves keys of other programs and users", async () => {
    const { profiles, path } = await withFile(
      'theme = "dark"\n[profiles.work]\nregion = "eu-west-1"\nnote = "of the team"\n[other]\nx = 2026-10-01\n',
    );
    await profiles.save(loggedIn({ remembered: NOTHING }));

    expect(await readFile(path, "utf8")).toMatchInlineSnapshot(`
      "# Written by genscope: profiles and the location of their secrets, never a secret. Comments are not kept.
      theme = "dark"
      current = "work"

      [profiles.work]
      region = "eu-central-1"
      note = "of the team"
      grant = "client-credentials"
      client_id = "client-1"
      store = "keychain"
      remembered = []
      generation = 0

      [other]
      x = 2026-10-01
      "
    `);
  });

  test("is kept when many profiles are saved concurrently", async () => {
    const profiles = open(await tempDir());
    const names = Array.from({ length: 20 }, (_, index) => `p${String(index).padStart(2, "0")}`);
    await Promise.all(names.map((name) => profiles.save(loggedIn({ name }))));

    expect((await profiles.list()).profiles.map(({ name }) => name)).toEqual(names);
  });

  test.each(["", "-x", "a b", "../x", "a/b", "ä", "x".repeat(65)])("refuses `%s` as a name", async (name) => {
    await expect(open(await tempDir()).save(loggedIn({ name }))).rejects.toMatchObject({
      code: "usage.profile_name",
    });
  });

  test.each(["constructor", "toString", "hasOwnProperty"])(
    "may be named %s, and is absent before it is saved",
    async (name) => {
      const profiles = open(await tempDir());
      expect(await profiles.find(name)).toBeNull();
      await profiles.save(loggedIn({ name }));
      expect((await profiles.find(name))?.name).toBe(name);
    },
  );
});

describe("the profile file", () => {
  test("may leave out every optional field", async () => {
    const { profiles } = await withFile('[profiles.hand]\nregion = "eu-west-2"\n');

    expect(await profiles.find("hand")).toMatchObject({
      region: "eu-west-2",
      grant: "pkce",
      clientId: "",
      store: "keychain",
      remembered: NOTHING,
    });
  });

  test.each([
    ["current = \n", "line 1, column 11"],
    ['a = 1\n[profiles.x]\nregion = "open\n', "line 3"],
  ])("is refused with the position of the error: %j", async (text, place) => {
    const { profiles, path } = await withFile(text);

    await expect(profiles.list()).rejects.toMatchObject({
      code: "config.damaged",
      exit: "usage",
      message: expect.stringContaining(`\`${path}\` is not valid TOML: ${place}`),
      hint: `correct that line, or move the file aside: \`mv ${path} ${path}.damaged\``,
    });
    await expect(profiles.save(loggedIn())).rejects.toMatchObject({ code: "config.damaged" });
    expect(await readFile(path, "utf8")).toBe(text);
  });

  test.each([
    ["grant", "implicit", "`pkce`, `client-credentials`"],
    ["store", "plain", "`keychain`, `file`, `none`"],
  ])("is refused with an unknown %s, which is named", async (key, value, words) => {
    const { profiles, path } = await withFile(`[profiles.x]\n${key} = "${value}"\n`);

    await expect(profiles.find("x")).rejects.toMatchObject({
      code: "config.invalid",
      message: `\`${key}\` of profile \`x\` is \`${value}\` in \`${path}\``,
      hint: expect.stringContaining(words),
    });
  });
});

describe("removing a profile", () => {
  test("unsets the current profile if it is the removed one", async () => {
    const profiles = open(await tempDir());
    await profiles.save(loggedIn());
    await profiles.save(loggedIn({ name: "other" }));

    expect([await profiles.remove("work"), await profiles.remove("work")]).toEqual([true, false]);
    expect(await profiles.list()).toMatchObject({ current: null, profiles: [{ name: "other" }] });
  });
});

describe("the selected profile", () => {
  test.each<[string, string | undefined, Readonly<Record<string, string>>, string, string]>([
    ["comes from the flag", "b", { GENSCOPE_PROFILE: "c" }, "b", "--profile"],
    ["comes from the environment", undefined, { GENSCOPE_PROFILE: "c" }, "c", "GENSCOPE_PROFILE"],
    ["ignores a blank variable", undefined, { GENSCOPE_PROFILE: " " }, "a", "PATH"],
  ])("%s", async (_name, flag, env, value, source) => {
    const profiles = open(await tempDir());
    for (const name of ["a", "b", "c"]) await profiles.save(loggedIn({ name }));
    const { name, profile } = await selectProfile(profiles, { flag, env });

    expect([name.value, name.source, profile?.name]).toEqual([
      value,
      source === "PATH" ? profiles.path : source,
      value,
    ]);
  });

  test("is `default` when none was chosen", async () => {
    expect(await selectExistingProfile(open(await tempDir()), { env: {} })).toEqual({
      name: { value: "default", source: "default" },
      profile: null,
    });
  });

  test("must exist when it is named; the error lists the existing names", async () => {
    const profiles = open(await tempDir());
    await profiles.save(loggedIn());

    await expect(selectExistingProfile(profiles, { flag: "wrok", env: {} })).rejects.toMatchObject({
      code: "usage.profile",
      message: "profile `wrok` does not exist (--profile)",
      hint: "choose one of `work`, or create it with `genscope login --profile wrok`",
    });
  });
});

test.each([1024 * 1024 + 1, 2 ** 40])(
  "a profile file of %i bytes is refused without reading it whole",
  async (size) => {
    const { profiles, path } = await withFile("[profiles.work]\n");
    await truncate(path, size);
    const refusal = { code: "config.unreadable", message: `\`${path}\` is larger than 1,048,576 bytes` };
    await expect(profiles.list()).rejects.toMatchObject(refusal);
    await expect(profiles.save(loggedIn())).rejects.toMatchObject(refusal);
    expect((await stat(path)).size).toBe(size);
  },
);
