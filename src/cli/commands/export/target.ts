import { resolve } from "node:path";
import type { Dataset } from "../../../analytics/datasets/dataset.ts";
import { hasDays } from "../../../analytics/datasets/dataset-access.ts";
import { UsageError } from "../../../core/errors.ts";
import { shellWord } from "../../../core/shell-word.ts";
import type { Destination, Shard } from "../../../export/destination/destination.ts";
import type { Compression } from "../../../export/writers/compression.ts";
import { extensionOf, FORMATS, type Format, formatNames } from "../../../export/writers/formats.ts";
import { contradiction } from "../../flags/contradiction.ts";

/** The flags that determine where the files are written. */
export interface TargetFlags {
  readonly out?: string | undefined;
  readonly format?: Format | undefined;
  readonly compress?: Compression | undefined;
  readonly partition?: "day" | undefined;
}

/** The destination and format of the files. */
export interface Target {
  /** The path; null for standard output. */
  readonly destination: Exclude<Destination, { kind: "stdout" }> | null;
  readonly format: Format;
  readonly compression: Compression;
}

/** The formats that a file extension can select; `jsonl` is another name for `ndjson`. */
const FILE_NAME = new RegExp(`\\.(${formatNames().join("|")}|jsonl)(\\.gz|\\.zst)?$`, "i");

/** Matches the address of an object store, which would otherwise become a directory named `s3:`. */
const ADDRESS = /^[a-z][a-z0-9+.-]+:\/\//i;

/** @throws UsageError `usage.arguments` for an address instead of a path */
function refuseAddress(out: string): void {
  if (!ADDRESS.test(out)) return;
  throw new UsageError("usage.arguments", `\`${out}\` is an address, not a path (--out)`, {
    hint: "export to a directory, and copy it to the store: genscope help object-stores",
  });
}

/**
 * Determines destination and format from the flags and the file extension.
 * @throws UsageError `usage.arguments` for a destination that does not fit the request
 */
export function readDestination(dataset: Dataset, flags: TargetFlags, workingDirectory: string): Target {
  const out = flags.out ?? dataset.table;
  refuseAddress(out);
  refuseOtherEnding(dataset, out);
  const [, ending, packing] = FILE_NAME.exec(out) ?? [];
  const named =
    ending === undefined
      ? null
      : ((ending.toLowerCase() === "jsonl" ? "ndjson" : ending.toLowerCase()) as Format);
  const format = flags.format ?? named ?? "ndjson";
  if (named !== null && named !== format) {
    throw contradiction(
      `\`${out}\` contradicts \`--format ${format}\``,
      `choose a file name that ends in \`.${format}\`, or a directory`,
    );
  }
  const packed: Compression | null =
    packing === undefined ? null : packing.toLowerCase() === ".gz" ? "gzip" : "zstd";
  const compression = flags.compress ?? packed ?? FORMATS[format].defaultCompression;
  const bare = packing === undefined ? out : out.slice(0, -packing.length);
  if (named !== null && FORMATS[named].compressesInside && packing !== undefined) {
    throw contradiction(
      `\`${out}\` does not match the format ${FORMATS[named].label}, which compresses its own pages`,
      `name it \`${bare}\` and add \`--compress ${compression}\``,
    );
  }
  if (named !== null && !FORMATS[named].compressesInside && (packed ?? "none") !== compression) {
    throw contradiction(
      `\`${out}\` contradicts \`--compress ${compression}\``,
      `name it \`${bare.slice(0, -named.length - 1)}${extensionOf(named, compression)}\``,
    );
  }
  const isOne = out === "-" || named !== null;
  if (isOne && flags.partition !== undefined) {
    throw contradiction("`--partition day` writes one directory per day", "specify a directory: --out PATH");
  }
  if (flags.partition !== undefined && !hasDays(dataset.access)) {
    throw contradiction(
      `\`${dataset.name}\` lists the current state, which has no days for \`--partition day\``,
      "leave out --partition",
    );
  }
  const { tables } = dataset;
  const areSeveral = tables.kind === "related" && tables.areSeveral;
  const directory = `specify a directory: --out ${out === "-" ? "PATH" : shellWord(stemOf(out))} --format ${format}${packing === undefined ? "" : ` --compress ${compression}`}`;
  if (isOne && FORMATS[format].openTables !== null && areSeveral) {
    throw contradiction(`\`${dataset.name}\` has several tables in ${FORMATS[format].label}`, directory);
  }
  if (isOne && !FORMATS[format].canJoin && hasDays(dataset.access)) {
    throw contradiction(
      `${FORMATS[format].label} files of several days cannot be joined into one`,
      directory,
    );
  }
  if (out === "-") return { destination: null, format, compression };
  const path = resolve(workingDirectory, out);
  const destination: Target["destination"] =
    named === null
      ? { kind: "directory", path, isPartitioned: flags.partition === "day" }
      : { kind: "file", path };
  return { destination, format, compression };
}

/** Matches file extensions that people expect but that are not formats of an export. */
const OTHER_ENDING = /\.(?:json|txt|tsv|xlsx?|ods|zip|gz|zst|avro|orc|db|sqlite|html?|xml)$/i;

/** @throws UsageError for a path that looks like a file of a format that genscope does not write */
function refuseOtherEnding(dataset: Dataset, out: string): void {
  if (FILE_NAME.test(out) || !OTHER_ENDING.test(out)) return;
  const stem = stemOf(out);
  const ways = formatNames().map((format) => {
    const isFile = canBeFile(dataset, format);
    const what = format === "ndjson" ? " (one JSON record per line)" : isFile ? "" : " (a directory)";
    const path = isFile
      ? `--out ${shellWord(`${stem}.${format}`)}`
      : `--out ${shellWord(stem)} --format ${format}`;
    return `\`${path}\`${what}`;
  });
  throw contradiction(
    `\`${out}\` has no file extension that an export can write`,
    `write ${ways.slice(0, -1).join(", ")} or ${ways.at(-1) ?? ""}`,
  );
}

/** Returns whether one file can contain the whole dataset in this format. */
function canBeFile({ tables, access }: Dataset, format: Format): boolean {
  if (FORMATS[format].openTables !== null && tables.kind === "related" && tables.areSeveral) return false;
  return FORMATS[format].canJoin || !hasDays(access);
}

/** Returns the path without its file extensions. */
function stemOf(out: string): string {
  return out.replace(/(?:\.[a-z]{2,7}){1,2}$/i, "");
}

/**
 * Parses `--shard`, the share of one of several workers, such as `1/4`.
 * @throws UsageError
 */
export function parseShard(text: string, destination: Target["destination"]): Shard {
  const [, number, count] = /^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text.trim()) ?? [];
  const shard = { number: Number(number), count: Number(count) };
  if (number === undefined || shard.number > shard.count) {
    throw new UsageError("usage.flag", `\`${text}\` is not a shard such as 1/4 (--shard)`, {
      hint: "number the workers from `--shard 1/4` to `--shard 4/4`",
    });
  }
  if (destination?.kind !== "directory") {
    throw contradiction("workers share a directory, not a file", "specify a directory: --out PATH");
  }
  return shard;
}
