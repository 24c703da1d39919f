import { describe, expect, test } from "vitest";
import type { CredentialKey, CredentialStore } from "../../src/auth/stores/credential-store.ts";
import { Secret } from "../../src/core/secret.ts";

const HOST = "login.mypurecloud.de";
const key = (profile: string, more: Partial<CredentialKey> = {}): CredentialKey => ({
  profile,
  host: HOST,
  kind: "refresh-token",
  ...more,
});

/** 20 KB of text that reveals when a part is lost, duplicated or swapped. */
const LONG = Array.from({ length: 2_500 }, (_, index) => String(index).padStart(8, ".")).join("");
const LONGER = `${LONG.slice(0, 9_000)}|${LONG.slice(0, 11_000)}`;

/**
 * Tests the contract that every credential store must fulfill.
 * @param open opens a store on the same storage each time, so that one instance finds what another has stored
 * @param openApart opens a store that shares no process with others, for tests that depend on this
 */
export function describeCredentialStore(
  name: string,
  open: () => CredentialStore,
  openApart: () => CredentialStore = open,
): void {
  // The keychain starts a process for every call, and the contract does not limit how long that takes.
  describe(`${name} fulfills the contract of a credential store`, () => {
    const read = async (from: CredentialKey) => (await open().get(from))?.reveal() ?? null;

    test("probes the storage and leaves no entry behind", async () => {
      const first = await open().probe();
      expect(await Promise.all([open().probe(), open().probe()])).toEqual([first, first]);
    });

    test("keeps a secret for other instances until it is deleted", async () => {
      const store = open();
      expect(await read(key("life"))).toBeNull();
      await store.set(key("life"), new Secret("first"));
      expect(await read(key("life"))).toBe("first");
      expect(await open().delete(key("life"))).toBe(true);
      expect(await read(key("life"))).toBeNull();
      expect(await store.get(key("life"))).toBeNull();
    });

    test("reports a missing entry when deleting", async () => {
      expect(await open().delete(key("absent"))).toBe(false);
    });

    test.each([
      ["ASCII", "r3fr3sh-TOKEN_~.+/="],
      ["line feeds, spaces and tabs at both ends", " \n\tone\r\ntwo\n\n"],
      ["letters of many scripts, composed and decomposed", "Zoë Zoe\u0308 東京 ключ \u{1F511}"],
      ["quotation marks and backslashes", `{"a":"\\u0000'"}`],
      ["an empty text", ""],
      ["a NUL in the middle", "before\0after"],
      ["an unpaired surrogate", "half \ud83d pair"],
      ["text that looks like genscope's own marker for parts", "genscope:parts:a:3:x"],
      ["a property name of every plain object", "__proto__"],
    ])("returns %s exactly", async (_, text) => {
      await open().set(key("exact"), new Secret(text));
      expect(await read(key("exact"))).toBe(text);
      await open().delete(key("exact"));
      expect(await read(key("exact"))).toBeNull();
    });

    test.each([2_399, 2_400, 2_401, 4_800, 4_801, 20_000])(
      "returns a secret of %i bytes exactly",
      async (size) => {
        await open().set(key("size"), new Secret(LONG.slice(0, size)));
        expect(await read(key("size"))).toBe(LONG.slice(0, size));
        await open().delete(key("size"));
        expect(await read(key("size"))).toBeNull();
      },
    );

    test("returns a long secret of multi-byte characters exactly, wherever it is split", async () => {
      const wide = `x${"\u{1F511}é東".repeat(1_000)}`;
      await open().set(key("wide"), new Secret(wide));
      expect(await read(key("wide"))).toBe(wide);
    });

    test("replaces a short secret with a long one, that with another long one, and back", async () => {
      for (const text of ["short", LONG, LONGER, LONG.slice(0, 5_000), "short again", LONG, "end"]) {
        await open().set(key("replaced"), new Secret(text));
        expect(await read(key("replaced"))).toBe(text);
      }
      expect(await open().delete(key("replaced"))).toBe(true);
      expect(await read(key("replaced"))).toBeNull();
    });

    test("keeps the secrets of profiles, hosts and kinds apart", async () => {
      const keys: readonly CredentialKey[] = [
        key("one"),
        key("two"),
        key("one", { host: "login.usw2.pure.cloud" }),
        key("one", { host: "127.0.0.1:8787" }),
        key("one", { kind: "access-token" }),
        key("one", { kind: "client-secret" }),
      ];
      for (const [index, each] of keys.entries()) await open().set(each, new Secret(`secret ${index}`));
      await open().delete(key("two"));
      expect(await Promise.all(keys.map(read))).toEqual([
        "secret 0",
        null,
        "secret 2",
        "secret 3",
        "secret 4",
        "secret 5",
      ]);
    });

    test("loses nothing when short and long secrets are stored in parallel", async () => {
      const readApart = async (from: CredentialKey) => (await openApart().get(from))?.reveal() ?? null;
      const names = Array.from({ length: 8 }, (_, index) => `parallel-${index}`);
      const secretOf = (profile: string) => (profile.endsWith("3") ? `${profile}${LONG}` : profile);
      await Promise.all(names.map(async (name) => openApart().set(key(name), new Secret(secretOf(name)))));
      expect(await Promise.all(names.map(async (name) => readApart(key(name))))).toEqual(names.map(secretOf));
      expect(await Promise.all(names.map(async (name) => openApart().delete(key(name))))).toEqual(
        names.map(() => true),
      );
      expect(await Promise.all(names.map(async (name) => readApart(key(name))))).toEqual(
        names.map(() => null),
      );
    });

    test("never shows a secret in its description or as JSON", async () => {
      const store = open();
      await store.set(key("shown"), new Secret("do-not-show-me"));
      expect(JSON.stringify([store.describe(), await store.get(key("shown")), store])).not.toContain(
        "do-not-show-me",
      );
    });
  });
}
