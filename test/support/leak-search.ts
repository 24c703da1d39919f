import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Minimum number of consecutive characters of a secret that count as a leak. Fewer can occur by chance. */
const LEAST_CHARACTERS = 12;

/** Text that the program wrote, and its name for a report. */
export interface Written {
  readonly name: string;
  readonly text: string;
}

/** Finds secrets, or pieces of them, in texts. The pieces may have any encoding that a program may write. */
export interface LeakSearch {
  /** Returns `kind in name` for each leak, without repetitions. */
  findIn(written: readonly Written[]): readonly string[];
}

/** Creates a search. @param secrets by kind */
export function searchFor(secrets: ReadonlyMap<string, ReadonlySet<string>>): LeakSearch {
  const pieces = new Map<string, string>();
  for (const [kind, values] of secrets) {
    for (const value of [...values].flatMap(formsOf)) {
      if (value.length < LEAST_CHARACTERS) throw new Error(`${kind} is too short to search for`);
      for (let start = 0; start + LEAST_CHARACTERS <= value.length; start += 1) {
        pieces.set(value.slice(start, start + LEAST_CHARACTERS), kind);
      }
    }
  }
  return {
    findIn: (written) => {
      const found = new Set<string>();
      for (const { name, text } of written) {
        for (let start = 0; start + LEAST_CHARACTERS <= text.length; start += 1) {
          const kind = pieces.get(text.slice(start, start + LEAST_CHARACTERS));
          if (kind !== undefined) found.add(`${kind} in ${name}`);
        }
      }
      return [...found];
    },
  };
}

function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  // The last characters of an encoding depend on the text that follows, so they are left out.
  const forms = [bytes.toString("base64").slice(0, -4), bytes.toString("hex"), encodeURIComponent(secret)];
  return [secret, ...forms.filter((form) => form.length >= LEAST_CHARACTERS)];
}

/** Returns the names and raw bytes of every file below the directory. */
export async function readFilesBelow(directory: string): Promise<readonly Written[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return await Promise.all(
    files.map(async (path) => ({ name: path, text: `${path}\n${await readFile(path, "latin1")}` })),
  );
}
