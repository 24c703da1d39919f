import type { Vault } from "../secret-vault.ts";
import type { BusConnection } from "./dbus-connection.ts";
import type { Attributes, BusArgument } from "./dbus-message.ts";

// keytar identifies an entry by `service` and `account`, keyring by `service` and `username`, and neither can
// use the other's attribute. Either library finds and replaces an entry with both, because the Secret Service
// ignores attributes that a search does not mention.

const SERVICE = {
  destination: "org.freedesktop.secrets",
  path: "/org/freedesktop/secrets",
  interface: "org.freedesktop.Secret.Service",
} as const;
const PROPERTIES = "org.freedesktop.DBus.Properties";
const ITEM = "org.freedesktop.Secret.Item";
/** Schema that keytar's search requires. */
const SCHEMA = { "xdg:schema": "org.freedesktop.Secret.Generic" } as const;

export interface SharedNamesOptions {
  /** Service name of all entries. */
  readonly service: string;
  /** Returns the title of an entry in a keyring viewer. */
  readonly labelOf: (account: string) => string;
  /** Unlocks the keychain, for a library that cannot find a locked entry that the other one wrote. */
  readonly unlock?: (() => Promise<void>) | undefined;
}

/**
 * Returns a vault whose entries both libraries find, whichever wrote them, with a readable label. A failure
 * to label an entry is ignored, because the vault itself reports why the keychain can't be used.
 */
export function withSharedNames(
  vault: Vault,
  bus: BusConnection,
  { service, labelOf, unlock }: SharedNamesOptions,
): Vault {
  const tryNaming = async (entry: EntryName): Promise<EntryState> =>
    await nameEntries(bus, entry).catch(() => "unknown");
  const naming = async (account: string, label: string | null): Promise<EntryState> => {
    const entry = { service, account, label };
    const state = await tryNaming(entry);
    if (state !== "locked" || unlock === undefined) return state;
    await unlock();
    return await tryNaming(entry);
  };
  return {
    get: async (account) => {
      await naming(account, null);
      return await vault.get(account);
    },
    set: async (account, text) => {
      await naming(account, null);
      await vault.set(account, text);
      await naming(account, labelOf(account));
    },
    // Skips absent entries: erasing a secret also deletes dozens of possible parts, most of which don't exist.
    delete: async (account) => (await naming(account, null)) !== "absent" && (await vault.delete(account)),
  };
}

/** Result of the search for an entry; `unknown` when the service did not respond. */
type EntryState = "absent" | "locked" | "named" | "unknown";

interface EntryName {
  readonly service: string;
  readonly account: string;
  readonly label: string | null;
}

async function nameEntries(bus: BusConnection, { service, account, label }: EntryName): Promise<EntryState> {
  const names = [{ account }, { username: account }] as const;
  const found = await Promise.all(names.map(async (name) => await search(bus, { service, ...name })));
  const wanted = { service, account, username: account, ...SCHEMA };
  const paths = new Set(found.flatMap(({ unlocked }) => unlocked));
  for (const path of paths) {
    const current = await readAttributes(bus, path);
    if (Object.entries(wanted).some(([name, value]) => current[name] !== value)) {
      await setProperty(bus, path, "Attributes", { type: "a{ss}", value: { ...current, ...wanted } });
    }
    if (label !== null) await setProperty(bus, path, "Label", { type: "s", value: label });
  }
  if (found.some(({ locked }) => locked.length > 0)) return "locked";
  return paths.size === 0 ? "absent" : "named";
}

async function search(
  bus: BusConnection,
  attributes: Attributes,
): Promise<{ readonly unlocked: readonly string[]; readonly locked: readonly string[] }> {
  const reply = await bus.call({
    ...SERVICE,
    member: "SearchItems",
    body: [{ type: "a{ss}", value: attributes }],
  });
  return { unlocked: reply.paths(), locked: reply.paths() };
}

async function readAttributes(bus: BusConnection, path: string): Promise<Attributes> {
  const reply = await bus.call({
    ...SERVICE,
    path,
    interface: PROPERTIES,
    member: "Get",
    body: [
      { type: "s", value: ITEM },
      { type: "s", value: "Attributes" },
    ],
  });
  return reply.attributes();
}

async function setProperty(
  bus: BusConnection,
  path: string,
  property: string,
  value: Exclude<BusArgument, { readonly type: "v" }>,
): Promise<void> {
  await bus.call({
    ...SERVICE,
    path,
    interface: PROPERTIES,
    member: "Set",
    body: [
      { type: "s", value: ITEM },
      { type: "s", value: property },
      { type: "v", value },
    ],
  });
}
