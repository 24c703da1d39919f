import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** So many characters of a secret in a row are a leak: nobody prints that much of one by chance. */
const LEAST_CHARACTERS = 12;

/** Something that was written, and what to call it in a report. */
export interface Written {
  readonly name: string;
  readonly text: string;
}

/** Finds in texts what is, or is a piece of, one of these secrets, in any of the forms a program may write it. */
export interface LeakSearch {
  /** `kind in name`, each once. */
  findIn(written: readonly Written[]): readonly string[];
}

/** @param secrets by kind */
export function searchFor(secrets: ReadonlyMap<string, ReadonlySet<string>>): LeakSearch {
  const pieces = new Map<string, string>();
  for (const [kind, values] of secrets) {
    for (const value of [...values].flatMap(formsOf)) {
      if (value.length < LEAST_CHARACTERS) throw new Error(`a ${kind} too short to be searched for`);
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
  // The last characters of an encoding depend on what follows.
  const forms = [bytes.toString("base64").slice(0, -4), bytes.toString("hex"), encodeURIComponent(secret)];
  return [secret, ...forms.filter((form) => form.length >= LEAST_CHARACTERS)];
}

/** Every file below the directory, its name included; bytes are read as they are. */
export async function readFilesBelow(directory: string): Promise<readonly Written[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return await Promise.all(
    files.map(async (path) => ({ name: path, text: `${path}\n${await readFile(path, "latin1")}` })),
  );
}
