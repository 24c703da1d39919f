import { basename, dirname, join } from "node:path";
import type { Part } from "./part.ts";

/** Where an export goes: a directory of tables, one file, or standard output. */
export type Destination =
  | { readonly kind: "directory"; readonly path: string; readonly isPartitioned: boolean }
  | { readonly kind: "file"; readonly path: string }
  /** What is needed on the way is kept in `workPath`, and gone afterwards. */
  | { readonly kind: "stdout"; readonly workPath: string };

/** The destination in words. */
export function placeOf(destination: Destination): string {
  return destination.kind === "stdout" ? "standard output" : destination.path;
}

/** One of the workers that share an export: `number` counts from 1. */
export interface Shard {
  readonly number: number;
  readonly count: number;
}

/** What the files of an export are called; readers of the tables pass over names that begin with a dot. */
export class Layout {
  readonly #destination: Destination;
  readonly #extension: string;
  /** Where this worker keeps its state and what is not finished. */
  readonly workDirectory: string;
  readonly manifestPath: string;
  /** What all workers of a directory have in common; null where there is only one. */
  readonly claimPath: string | null;

  constructor(destination: Destination, extension: string, shard: Shard | null) {
    this.#destination = destination;
    this.#extension = extension;
    this.workDirectory = workDirectoryOf(destination, shard);
    this.manifestPath = manifestPathOf(destination, shard);
    this.claimPath =
      destination.kind === "directory" ? join(destination.path, ".genscope", "export.json") : null;
  }

  get lockPath(): string {
    return join(this.workDirectory, "lock");
  }

  get statePath(): string {
    return join(this.workDirectory, "state.json");
  }

  /** The one file while it is put together. */
  get assembledPath(): string {
    return join(this.workDirectory, `assembled${this.#extension}`);
  }

  get partsDirectory(): string {
    return join(this.workDirectory, "parts");
  }

  partDirectory(key: string): string {
    return join(this.partsDirectory, key);
  }

  journalPath(key: string): string {
    return join(this.partDirectory(key), "journal.ndjson");
  }

  spoolPath(key: string): string {
    return join(this.partDirectory(key), "spool.ndjson");
  }

  /** A table of a part while it is being written. */
  workPath(key: string, table: string): string {
    return join(this.partDirectory(key), `${table}${this.#extension}`);
  }

  /** A table of a part once it is finished; in one file or on stdout it is put together later. */
  finalPath(part: Pick<Part, "key" | "date">, table: string): string {
    const destination = this.#destination;
    if (destination.kind !== "directory") {
      return join(this.partDirectory(part.key), `finished-${table}${this.#extension}`);
    }
    const partition = destination.isPartitioned && part.date !== null ? `date=${part.date}` : "";
    return join(destination.path, table, partition, `${part.key}${this.#extension}`);
  }
}

function workDirectoryOf(destination: Destination, shard: Shard | null): string {
  if (destination.kind === "stdout") return destination.workPath;
  if (destination.kind === "file") {
    return join(dirname(destination.path), `.${basename(destination.path)}.genscope`);
  }
  return join(destination.path, ".genscope", shard === null ? "" : nameOf(shard));
}

function manifestPathOf(destination: Destination, shard: Shard | null): string {
  if (destination.kind === "stdout") return join(destination.workPath, "manifest.json");
  if (destination.kind === "file") return `${destination.path}.manifest.json`;
  return join(destination.path, shard === null ? "manifest.json" : `manifest.${nameOf(shard)}.json`);
}

function nameOf({ number, count }: Shard): string {
  return `shard-${number}-of-${count}`;
}
