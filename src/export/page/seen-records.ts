import { hashOf, IDENTITY_WORDS, readIdentity } from "./identity.ts";
import { IdentityFile } from "./identity-file.ts";
import { RecentIdentities } from "./recent-identities.ts";
import { StoredIdentities } from "./stored-identities.ts";

/** Number of identities in memory at which they move to the file. They take 6 MB. */
const MOST_RECENT = 262_144;

/**
 * The exact set of identities that a part already contains. Once there are many, they move from memory to a file, which
 * leaves two bytes of memory per identity. The additions since the last `keep` can be reverted, for example when a page
 * turns out to be truncated.
 */
export class SeenRecords {
  readonly #path: string;
  readonly #mostRecent: number;
  readonly #recent = new RecentIdentities();
  readonly #stored: StoredIdentities[] = [];
  #file: IdentityFile | null = null;
  /** Number of recent identities at the last `keep`. */
  #kept = 0;
  readonly #identity = new Uint32Array(IDENTITY_WORDS);

  /**
   * Creates an empty set.
   * @param path path of the temporary file, whose name exists only while the file is being opened
   * @param mostRecent number of identities in memory at which they move to the file
   */
  constructor(path: string, mostRecent = MOST_RECENT) {
    this.#path = path;
    this.#mostRecent = mostRecent;
  }

  /**
   * Adds the identity in `bytes[from..to)`.
   * @returns false when the set already contains it
   * @throws OutputError when the file cannot be read
   */
  add(bytes: Uint8Array, from: number, to: number): boolean {
    const identity = this.#identity;
    readIdentity(bytes, from, to, identity);
    const hash = hashOf(identity, 0);
    for (const stored of this.#stored) {
      if (stored.has(identity, hash)) return false;
    }
    return this.#recent.add(identity, hash);
  }

  /** Keeps all identities that were added so far. @throws OutputError when the file cannot be written */
  keep(): void {
    if (this.#recent.count >= this.#mostRecent) this.#store();
    this.#kept = this.#recent.count;
  }

  /** Removes the identities that were added since the last `keep`. */
  rollBack(): void {
    this.#recent.takeBack(this.#kept);
  }

  close(): void {
    this.#file?.close();
    this.#file = null;
  }

  #store(): void {
    this.#file ??= new IdentityFile(this.#path);
    this.#stored.push(new StoredIdentities(this.#file, this.#stored.at(-1)?.end ?? 0, this.#recent));
    this.#recent.clear();
  }
}
