import { basename, dirname, join } from "node:path";
import { OutputError } from "../../core/errors.ts";
import { isFileName } from "../files/shape.ts";
import type { Part } from "../part/part.ts";
import type { Ownership } from "./ownership.ts";

/** Destination of an export: a directory of tables, one file, or standard output. */
export type Destination =
  | { readonly kind: "directory"; readonly path: string; readonly isPartitioned: boolean }
  | { readonly kind: "file"; readonly path: string }
  /** Temporary files are kept in `workPath` and removed at the end. */
  | { readonly kind: "stdout"; readonly workPath: string };

/** Returns the destination as it appears in messages. */
export function describeDestination(destination: Destination): string {
  return destination.kind === "stdout" ? "standard output" : destination.path;
}

/** One of several workers that share an export; `number` counts from 1. */
export interface Shard {
  readonly number: number;
  readonly count: number;
}

/** Paths of an export's files. The names of files that readers of the tables must ignore begin with a dot. */
export class Layout {
  readonly #destination: Destination;
  readonly #extension: string;
  readonly ownership: Ownership;
  /** Directory that contains the lock and the directory of the current owner. */
  readonly rootDirectory: string;
  /** Directory where the owner keeps its state and unfinished files. */
  readonly workDirectory: string;
  readonly manifestPath: string;
  /** Owner file that all workers of a directory share; null for other destinations. */
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

  /** Path of the single output file while it is assembled. */
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

  /** Path of the journal of a part's recording files. */
  mediaJournalPath(key: string): string {
    return join(this.partDirectory(key), mediaJournalName(this.ownership.number));
  }

  /** Directory in which a part's recording files are stored during their download. */
  downloadsDirectory(key: string): string {
    return join(this.partDirectory(key), "downloads");
  }

  /** Directory of a part's finished recording files. Only a directory destination has one. */
  mediaDirectory(key: string): string {
    return join(this.outerDirectory, "media", nameIn(key));
  }

  /** Returns the path of a part's table while it is being written. */
  workPath(key: string, table: string): string {
    return join(this.partDirectory(key), `${nameIn(table)}${this.#extension}`);
  }

  /** Returns the path of a part's finished table. For one file or standard output, parts are joined later. */
  finalPath(part: Pick<Part, "key" | "date">, table: string): string {
    const destination = this.#destination;
    if (destination.kind !== "directory") {
      return join(this.partDirectory(part.key), `finished-${nameIn(table)}${this.#extension}`);
    }
    const partition = destination.isPartitioned && part.date !== null ? `date=${part.date}` : "";
    return join(destination.path, nameIn(table), partition, `${nameIn(part.key)}${this.#extension}`);
  }

  /** Directory that must contain every finished file once links are resolved. */
  get outerDirectory(): string {
    return this.#destination.kind === "directory" ? this.#destination.path : this.workDirectory;
  }
}

/** Returns the name of a part's journal; only the owner with this number writes to it. */
export function journalName(owner: number): string {
  return `journal.${owner}.ndjson`;
}

/** Returns the name of a part's recording journal; only the owner with this number writes to it. */
export function mediaJournalName(owner: number): string {
  return `media.${owner}.ndjson`;
}

/** Returns the name of a part's spool; only the owner with this number writes to it. */
export function spoolName(owner: number): string {
  return `spool.${owner}.ndjson`;
}

/**
 * Returns the name unchanged if it is safe. Keys and table names are read from files, so a manipulated one could lead
 * outside the directory.
 * @throws OutputError `output.state` for an unsafe name
 */
function nameIn(name: string): string {
  if (isFileName(name)) return name;
  throw new OutputError("output.state", `\`${name}\` is not the name of a part or table`, {
    hint: "choose another path with --out PATH",
  });
}

/** Returns the directory that contains the lock and state of an export or of one of its workers. */
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
