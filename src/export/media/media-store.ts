import { rm } from "node:fs/promises";
import { join } from "node:path";
import { makeDirectory } from "../../core/files/make-directory.ts";
import { syncDirectory } from "../../core/files/sync-directory.ts";
import type { Layout } from "../destination/destination.ts";
import { Journal } from "../files/journal.ts";
import { moveIntoPlace } from "../files/move-into-place.ts";
import { readSeal } from "../files/read-back.ts";
import { writeFailed } from "../files/write-failed.ts";
import { type CheckedMedia, checkMedia } from "./check-media.ts";
import {
  changeFiles,
  isMediaEvent,
  type MediaEvent,
  type MediaFile,
  type MissingMedia,
  mediaStateOf,
  type SealedMedia,
} from "./media-journal.ts";

/**
 * The recording files of one part. A file gets its final name only when it is complete, and the journal records
 * it just before that. A file is therefore never partial and never fetched again after an interruption.
 */
export class MediaStore {
  readonly #layout: Layout;
  readonly #key: string;
  readonly #journal: Journal<MediaEvent>;
  readonly #files: Map<string, SealedMedia>;
  /** Appends run one after another. */
  #appending: Promise<void> = Promise.resolve();

  private constructor(layout: Layout, key: string, journal: Journal<MediaEvent>) {
    this.#layout = layout;
    this.#key = key;
    this.#journal = journal;
    this.#files = new Map(mediaStateOf(journal.events).files);
  }

  /**
   * Opens the files of a part and discards unfinished downloads of an earlier process.
   * @throws OutputError
   */
  static async open(layout: Layout, key: string): Promise<MediaStore> {
    const { check } = layout.ownership;
    const journal = await Journal.open(layout.mediaJournalPath(key), check, isMediaEvent);
    const store = new MediaStore(layout, key, journal);
    try {
      await store.#discardDownloads();
      await makeDirectory(layout.downloadsDirectory(key));
    } catch (error) {
      await journal.close();
      throw writeFailed(layout.downloadsDirectory(key), error);
    }
    return store;
  }

  /** Returns the file of a recording if it is unchanged; null otherwise. */
  async find(id: string): Promise<MediaFile | null> {
    const known = this.#files.get(id);
    if (known === undefined) return null;
    const checked = await checkMedia(this.#layout, this.#key, known);
    await this.settle(checked);
    return checked.kind === "changed" ? null : known;
  }

  /** Returns the path at which a file is stored during its download. */
  downloadPath(name: string): string {
    return join(this.#layout.downloadsDirectory(this.#key), name);
  }

  /**
   * Renames a complete and durable download to the file's final name.
   * @throws OutputError
   */
  async place(file: MediaFile, download: string): Promise<void> {
    const { ownership, outerDirectory } = this.#layout;
    const to = join(this.#layout.mediaDirectory(this.#key), file.name);
    // The journal entry precedes the rename, so that the journal lists every file. If the process stops in between, the
    // empty seal makes a later check read the file again.
    await this.#append({ kind: "placed", ...file, seal: "" });
    await moveIntoPlace(this.downloadPath(download), to, { guard: ownership.check, within: outerDirectory });
    await this.#append({ kind: "sealed", id: file.id, seal: (await readSeal(to)) ?? "" });
  }

  /** Records the result of comparing a file with the journal. */
  async settle(checked: CheckedMedia): Promise<void> {
    const { kind, id } = checked;
    if (kind === "changed") await this.#append({ kind: "lost", id });
    if (kind === "resealed") await this.#append({ kind: "sealed", id, seal: checked.seal });
  }

  /** Records the number of recordings without a file, by code. */
  async count(missing: readonly MissingMedia[]): Promise<void> {
    await this.#append({ kind: "counted", missing });
  }

  /** Closes the journal and removes unfinished downloads. */
  async close(): Promise<void> {
    await this.#appending;
    await this.#journal.close();
    await this.#discardDownloads().catch(() => undefined);
  }

  async #append(event: MediaEvent): Promise<void> {
    this.#appending = this.#appending.then(async () => {
      await this.#journal.append(event);
      if (event.kind !== "counted") changeFiles(this.#files, event);
    });
    await this.#appending;
  }

  async #discardDownloads(): Promise<void> {
    await this.#layout.ownership.check();
    await rm(this.#layout.downloadsDirectory(this.#key), { recursive: true, force: true });
    await syncDirectory(this.#layout.partDirectory(this.#key));
  }
}
