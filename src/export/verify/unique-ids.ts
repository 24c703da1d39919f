import { join } from "node:path";
import { SeenRecords } from "../page/seen-records.ts";

/** Returns whether an id is passed for the first time. */
export type IsNewId = (id: string) => boolean;

/** Sets of ids, stored in files when they do not fit in memory. */
export class UniqueIds {
  readonly #directory: string;
  readonly #sets = new Map<string, SeenRecords>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Returns the set with this name. Opening a new set closes all others. */
  within(name: string): IsNewId {
    const known = this.#sets.get(name);
    if (known === undefined) this.close();
    const set = known ?? new SeenRecords(join(this.#directory, "ids"));
    this.#sets.set(name, set);
    return (id) => {
      const bytes = Buffer.from(id);
      const isNew = set.add(bytes, 0, bytes.length);
      set.keep();
      return isNew;
    };
  }

  close(): void {
    for (const set of this.#sets.values()) set.close();
    this.#sets.clear();
  }
}
