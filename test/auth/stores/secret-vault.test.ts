import { describe, expect, test } from "vitest";
import { cut, MAX_PART_BYTES } from "../../../src/auth/stores/secret-envelope.ts";
import { eraseSecret, readSecret, type Vault, writeSecret } from "../../../src/auth/stores/secret-vault.ts";

/** Returns a keychain in memory that can be killed at its n-th change. */
function vaultOf(entries = new Map<string, string>()) {
  let changesLeft = Number.POSITIVE_INFINITY;
  const change = () => {
    changesLeft -= 1;
    if (changesLeft < 0) throw new Error("killed");
  };
  const vault: Vault = {
    get: async (account) => entries.get(account) ?? null,
    set: async (account, text) => {
      change();
      entries.set(account, text);
    },
    delete: async (account) => {
      change();
      return entries.delete(account);
    },
  };
  return {
    vault,
    entries,
    dieAfter: (changes: number) => {
      changesLeft = changes;
    },
  };
}

const OLD = "o".repeat(6_000);
const NEW = "n".repeat(10_000);

describe("a long secret in the keychain", () => {
  test("is stored in parts, with a header that gives their number, slot and digest", async () => {
    const { vault, entries } = vaultOf();
    await writeSecret(vault, "x", `${"a".repeat(2_400)}${"b".repeat(10)}`);
    expect([...entries]).toEqual([
      ["x.a0", "a".repeat(2_400)],
      ["x.a1", "bbbbbbbbbb"],
      ["x", "genscope:parts:a:2:4NZWlkt_MESwZt5-RcbFzArYhqHArdtJ2yJI-jy7Eto"],
    ]);
  });

  test("is replaced by parts under other names, and the previous parts are erased", async () => {
    const { vault, entries } = vaultOf();
    await writeSecret(vault, "x", OLD);
    await writeSecret(vault, "x", NEW);
    expect([...entries.keys()].toSorted()).toEqual(["x", "x.b0", "x.b1", "x.b2", "x.b3", "x.b4"]);
    await writeSecret(vault, "x", "short");
    expect([...entries]).toEqual([["x", "short"]]);
  });

  test.each([
    ["a long one over a long one", OLD, NEW],
    ["a long one over a short one", "short", NEW],
    ["a short one over a long one", OLD, "short"],
  ])("is either the old or the new one, whenever the writing of %s is killed", async (_, before, after) => {
    const seen: string[] = [];
    for (let changes = 0; changes < 40; changes += 1) {
      const { vault, entries, dieAfter } = vaultOf();
      await writeSecret(vault, "x", before);
      dieAfter(changes);
      await writeSecret(vault, "x", after).catch(() => {});
      const found = await readSecret(vaultOf(entries).vault, "x");
      expect([before, after]).toContain(found);
      seen.push(found === after ? "new" : "old");

      await writeSecret(vaultOf(entries).vault, "x", OLD);
      expect(await readSecret(vaultOf(entries).vault, "x")).toBe(OLD);
      await eraseSecret(vaultOf(entries).vault, "x");
      expect([...entries.keys()]).toEqual([]);
    }
    expect([seen.at(0), seen.at(-1)]).toEqual(["old", "new"]);
  });

  test("that is half erased counts as absent, and the next erasure removes the rest", async () => {
    for (let changes = 1; changes < 33; changes += 1) {
      const { vault, entries, dieAfter } = vaultOf();
      await writeSecret(vault, "x", NEW);
      dieAfter(changes);
      await expect(eraseSecret(vault, "x")).rejects.toThrow("killed");
      expect(await readSecret(vaultOf(entries).vault, "x")).toBeNull();
      await eraseSecret(vaultOf(entries).vault, "x");
      expect([...entries.keys()]).toEqual([]);
    }
  });

  test.each([
    ["a part is missing", (entries: Map<string, string>) => entries.delete("x.a1")],
    [
      "a part is from another secret",
      (entries: Map<string, string>) => entries.set("x.a1", OLD.slice(0, 2_400).replace("o", "p")),
    ],
    [
      "the parts are swapped",
      (entries: Map<string, string>) => entries.set("x.a0", entries.get("x.a2") ?? ""),
    ],
    [
      "the header is truncated",
      (entries: Map<string, string>) => entries.set("x", "genscope:parts:a:3:short"),
    ],
    [
      "the end of a quoted secret is truncated",
      (entries: Map<string, string>) => entries.set("x", 'genscope:text:"abc'),
    ],
  ])("is refused when %s", async (_, damage) => {
    const { vault, entries } = vaultOf();
    await writeSecret(vault, "x", OLD);
    damage(entries);
    await expect(readSecret(vault, "x")).rejects.toMatchObject({ name: "VaultFailure", reason: "damaged" });
  });

  test("is read again when it is replaced during the read", async () => {
    const { vault, entries } = vaultOf();
    await writeSecret(vault, "x", OLD);
    let isFirst = true;
    const racing: Vault = {
      ...vault,
      get: async (account) => {
        const found = await vault.get(account);
        if (isFirst) {
          isFirst = false;
          await writeSecret(vaultOf(entries).vault, "x", NEW);
        }
        return found;
      },
    };
    expect(await readSecret(racing, "x")).toBe(NEW);
  });

  test("that is larger than all parts together is refused before anything is written", async () => {
    const { vault, entries } = vaultOf();
    await writeSecret(vault, "x", "before");
    await expect(writeSecret(vault, "x", "é".repeat(19_201))).rejects.toMatchObject({
      reason: "too_large",
      message: "38402 bytes",
    });
    expect([...entries]).toEqual([["x", "before"]]);
    await writeSecret(vault, "x", "é".repeat(19_200));
    expect(await readSecret(vault, "x")).toBe("é".repeat(19_200));
  });
});

test.each([
  ["", [""]],
  ["abcd", ["abcd"]],
  ["abcde", ["abcd", "e"]],
  ["aéé", ["aé", "é"]],
  ["abc\u{1F511}", ["abc", "\u{1F511}"]],
  ["\u{1F511}\u{1F511}", ["\u{1F511}", "\u{1F511}"]],
])("splits the secret %j between characters", (text, parts) => {
  expect(cut(text, 4)).toEqual(parts);
});

test("keeps every part of a secret below the limit of the smallest keychain", () => {
  expect(MAX_PART_BYTES).toBeLessThan(2_560);
  expect(Math.max(...cut("東\u{1F511}é".repeat(5_000)).map((part) => Buffer.byteLength(part)))).toBe(2_400);
});
