import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { OutputError } from "../../core/errors.ts";
import { asRecord, asString, type JsonRecord } from "../../core/json.ts";
import { type LockOptions, withLock } from "../../core/lock-file.ts";
import { isMissingFile } from "../../core/missing-file.ts";
import { replaceFile } from "../../core/replace-file.ts";
import type { Profile } from "./profile.ts";
import { checkProfileName } from "./profile-name.ts";
import { readProfileTable, writeProfileTable } from "./profile-table.ts";
import { formatToml, parseToml } from "./toml.ts";

/** The named profiles of this user: settings and an index of secrets, never a secret. */
export interface Profiles {
  /** Of the file, for a person. */
  readonly path: string;
  /** @throws UsageError `config.damaged` or `config.invalid` */
  list(): Promise<ProfileList>;
  /** @throws as `list`, for this profile only */
  find(name: string): Promise<Profile | null>;
  /** Adds or replaces a profile; the first one becomes the current one. @throws OutputError */
  save(profile: Profile): Promise<void>;
  /** Makes a profile the current one; it need not exist yet. @throws OutputError */
  use(name: string): Promise<void>;
  /** Whether there was one. @throws OutputError */
  remove(name: string): Promise<boolean>;
}

export interface ProfileList {
  /** The profile that is used when none is named; null when none was ever chosen. */
  readonly current: string | null;
  /** By name. */
  readonly profiles: readonly Profile[];
}

const FILE = "config.toml";
const HEADER =
  "# Written by genscope: profiles and where their secrets are, never a secret. Comments are not kept.\n";

/** Profiles in `config.toml` of `directory`: 0600, replaced whole or not at all, one writer at a time. */
export function profilesIn(directory: string, lock: LockOptions): Profiles {
  const path = join(directory, FILE);

  async function read(): Promise<JsonRecord> {
    const text = await readFile(path, "utf8").catch((error: unknown) => {
      if (isMissingFile(error)) {
        return "";
      }
      throw new OutputError("config.unreadable", `\`${path}\` can't be read`, {
        hint: "check its permissions: it belongs to you and has mode 0600",
        cause: error,
      });
    });
    return text === "" ? {} : parseToml(text, path);
  }

  async function change(edit: (tables: JsonRecord) => JsonRecord | null): Promise<void> {
    await withLock(`${path}.lock`, lock, async () => {
      const tables = edit(await read());
      if (tables === null) {
        return;
      }
      try {
        await replaceFile(path, HEADER + formatToml(tables), { random: lock.random, isPrivate: true });
      } catch (cause) {
        throw new OutputError("output.write", `\`${path}\` can't be written`, {
          hint: "is there room on the disk, and may you write to that directory? `GENSCOPE_CONFIG_DIR` names another",
          cause,
        });
      }
    });
  }

  return {
    path,
    list: async () => {
      const tables = await read();
      const profiles = Object.entries(asRecord(tables["profiles"]))
        .map(([name, table]) => readProfileTable(name, table, path))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      return { current: asString(tables["current"]), profiles };
    },
    find: async (name) => {
      const tables = asRecord((await read())["profiles"]);
      const table = Object.hasOwn(tables, name) ? tables[name] : undefined;
      return table === undefined ? null : readProfileTable(name, table, path);
    },
    save: async (profile) => {
      checkProfileName(profile.name);
      await change((tables) => {
        const all = asRecord(tables["profiles"]);
        const before = Object.hasOwn(all, profile.name) ? all[profile.name] : null;
        const table = writeProfileTable(profile, before);
        return {
          ...tables,
          current: asString(tables["current"]) ?? profile.name,
          profiles: { ...all, [profile.name]: table },
        };
      });
    },
    use: async (name) => {
      checkProfileName(name);
      await change((tables) => ({ ...tables, current: name }));
    },
    remove: async (name) => {
      let isRemoved = false;
      await change((tables) => {
        const { [name]: _removed, ...others } = asRecord(tables["profiles"]);
        isRemoved = Object.hasOwn(asRecord(tables["profiles"]), name);
        const kept = Object.entries(tables).filter(([key, value]) => key !== "current" || value !== name);
        return isRemoved ? { ...Object.fromEntries(kept), profiles: others } : null;
      });
      return isRemoved;
    },
  };
}
