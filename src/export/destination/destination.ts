import { basename, dirname, join } from "node:path";
import { OutputError } from "../../core/errors.ts";
import { isFileName } from "../files/shape.ts";
import type { Part } from "../part/part.ts";
import type { Ownership } from "./ownership.ts";

/** Where an export goes: a directory of tables, one file, or standard output. */
export type Destination =
  | { readonly kind: "directory"; readonly path: string; readonly isPartitioned: boolean }
  | { readonly kind: "file"; readonly path: string }
  /** What is needed on the way is kept in `workPath`, and gone afterwards. */
  | { readonly kind: "stdout"; readonly workPath: string };

/** The destination in words. */
export function describeDestination(destination: Destination): string {
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
  readonly ownership: Ownership;
  /** Holds the lock, and the directory of the owner. */
  readonly rootDirectory: string;
  /** Where the owner keeps its state and what is not finished. */
  readonly workDirectory: string;
  readonly manifestPath: string;
  /** What all workers of a directory have in common; null where there is only one. */
  readonly ownerFilePath: string | null;

  constructor(destination: Destination, extension: string, shard: Shard | null, ownership: Ownership) {
    this.#destination = destination;
    this.#extension = extension;
    this.ownership = ownership;
    this.rootDirectory = rootDirectoryOf(destination, shard);
    this.workDirectory = join(this.rootDirectory, ownership.directory);
    this.manifestPath = manifestPathOf(destination, shard);
    this.ownerFilePath =
      destination.kind === "directory" ? join(destination.path, ".genscope", "export.json") : null;
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
    return join(this.partsDirectory, nameIn(key));
  }

  journalPath(key: string): string {
    return join(this.partDirectory(key), journalName(this.ownership.number));
  }

  spoolPath(key: string): string {
    return join(this.partDirectory(key), spoolName(this.ownership.number));
  }

  /** A table of a part while it is being written. */
  workPath(key: string, table: string): string {
    return join(this.partDirectory(key), `${nameIn(table)}${this.#extension}`);
  }

  /** A table of a part once it is finished; in one file or on stdout it is put together later. */
  finalPath(part: Pick<Part, "key" | "date">, table: string): string {
    const destination = this.#destination;
    if (destination.kind !== "directory") {
      return join(this.partDirectory(part.key), `finished-${nameIn(table)}${this.#extension}`);
    }
    const partition = destination.isPartitioned && part.date !== null ? `date=${part.date}` : "";
    return join(destination.path, nameIn(table), partition, `${nameIn(part.key)}${this.#extension}`);
  }

  /** What the paths of finished files must lie in. */
  get outerDirectory(): string {
    return this.#destination.kind === "directory" ? this.#destination.path : this.workDirectory;
  }
}

/** Name of a part's journal. Only the owner with this number writes to it. */
export function journalName(owner: number): string {
  return `journal.${owner}.ndjson`;
}

/** Name of a part's spool. Only the owner with this number writes to it. */
export function spoolName(owner: number): string {
  return `spool.${owner}.ndjson`;
}

/** Keys and tables come from files, and must not lead out of the directory they are used in. */
function nameIn(name: string): string {
  if (isFileName(name)) return name;
  throw new OutputError("output.state", `\`${name}\` is not the name of a part or table`, {
    hint: "choose another path with --out PATH",
  });
}

/** Directory of the lock and the state of an export, or of one of its workers. */
export function rootDirectoryOf(destination: Destination, shard: Shard | null): string {
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
