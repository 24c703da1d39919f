import { join } from "node:path";
import { OutputError } from "../../core/errors.ts";
import { outputFailure, readFailure } from "../../core/files/file-failure.ts";
import { openForReading } from "../../core/files/open-file.ts";
import { readAtMost } from "../../core/files/read-at-most.ts";
import { replaceFile } from "../../core/files/replace-file.ts";
import { asRecord, asString, type JsonRecord } from "../../core/json.ts";
import { type LockOptions, withLock } from "../../core/lock/lock-file.ts";
import { isMissingFile } from "../../core/system-error.ts";
import { grouped } from "../../core/text.ts";
import type { Profile } from "./profile.ts";
import { checkProfileName, isProfileName } from "./profile-name.ts";
import { readProfileTable, writeProfileTable } from "./profile-table.ts";
import { formatToml, parseToml } from "./toml.ts";

/** This user's named profiles: settings and an index of secrets, never a secret. */
export interface Profiles {
  /** Path of the file, for messages. */
  readonly path: string;
  /**
   * Lists all profiles by name.
   * @throws UsageError `config.damaged` or `config.invalid`
   */
  list(): Promise<ProfileList>;
  /**
   * Finds a profile by name; null when it does not exist.
   * @throws the errors of `list`, but only for this profile
   */
  find(name: string): Promise<Profile | null>;
  /**
   * Adds or replaces a profile; the first one becomes the current one.
   * @throws OutputError
   */
  save(profile: Profile): Promise<void>;
  /**
   * Makes a profile the current one; it does not have to exist yet.
   * @throws OutputError
   */
  use(name: string): Promise<void>;
  /**
   * Removes a profile and returns whether it existed.
   * @throws OutputError
   */
  remove(name: string): Promise<boolean>;
}

export interface ProfileList {
  /** Name of the profile that is used when none is named; null when none was ever chosen. */
  readonly current: string | null;
  /** All profiles, sorted by name. */
  readonly profiles: readonly Profile[];
}

const FILE = "config.toml";
const ANOTHER_DIRECTORY = "set `GENSCOPE_CONFIG_DIR` to another directory";
/** Largest accepted file; a thousand profiles take less than half of it. */
const LARGEST_FILE_BYTES = 1024 * 1024;
const HEADER =
  "# Written by genscope: profiles and the location of their secrets, never a secret. Comments are not kept.\n";

/**
 * Returns the profiles in `config.toml` of `directory`. The file has mode 0600, is replaced atomically, and
 * has one writer at a time.
 */
export function profilesIn(directory: string, lock: LockOptions): Profiles {
  const path = join(directory, FILE);

  async function change(edit: (tables: JsonRecord) => JsonRecord | null): Promise<void> {
    await withLock(`${path}.lock`, lock, async () => {
      const tables = edit(await readTables(path));
      if (tables === null) return;
      try {
        await replaceFile(path, HEADER + formatToml(tables), { random: lock.random, isPrivate: true });
      } catch (cause) {
        throw outputFailure(path, cause, { alternative: ANOTHER_DIRECTORY });
      }
    });
  }

  return {
    path,
    list: async () => {
      const tables = await readTables(path);
      const profiles = Object.entries(asRecord(tables["profiles"]))
        .map(([name, table]) => readProfileTable(name, table, path))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      return { current: asString(tables["current"]), profiles };
    },
    find: async (name) => {
      const tables = asRecord((await readTables(path))["profiles"]);
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

/**
 * Returns the valid names of the profiles in `directory`, sorted, including those of profiles with other
 * faults.
 * @throws UsageError `config.damaged`, OutputError `config.unreadable`
 */
export async function readProfileNames(directory: string): Promise<readonly string[]> {
  const tables = await readTables(join(directory, FILE));
  return Object.keys(asRecord(tables["profiles"])).filter(isProfileName).toSorted();
}

/** Returns every table of the file; a missing file has none. @throws the errors of `list` */
async function readTables(path: string): Promise<JsonRecord> {
  const bytes = await readProfileFile(path).catch((error: unknown) => {
    if (isMissingFile(error)) return Buffer.of();
    const { message, ...options } = readFailure(path, error, { alternative: ANOTHER_DIRECTORY });
    throw new OutputError("config.unreadable", message, options);
  });
  if (bytes === null) {
    throw new OutputError(
      "config.unreadable",
      `\`${path}\` is larger than ${grouped(LARGEST_FILE_BYTES)} bytes`,
      {
        hint: `check which program wrote it, then move it aside: \`mv ${path} ${path}.damaged\``,
      },
    );
  }
  return bytes.length === 0 ? {} : parseToml(bytes.toString("utf8"), path);
}

/** Returns the bytes of the file, or null when it is too large. @throws the system's error */
async function readProfileFile(path: string): Promise<Buffer | null> {
  const file = await openForReading(path);
  try {
    return await readAtMost(file, LARGEST_FILE_BYTES);
  } finally {
    await file.close();
  }
}
