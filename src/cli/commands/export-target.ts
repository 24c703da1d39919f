import { resolve } from "node:path";
import type { Dataset } from "../../analytics/datasets/dataset.ts";
import { UsageError } from "../../core/errors.ts";
import type { Destination, Shard } from "../../export/destination.ts";
import type { Compression } from "../../export/writers/compression.ts";
import type { Format } from "../../export/writers/extension.ts";
import { contradiction } from "../contradiction.ts";

/** The flags that say where the files go. */
export interface TargetFlags {
  readonly out?: string | undefined;
  readonly format?: Format | undefined;
  readonly compress?: Exclude<Compression, "none"> | undefined;
  readonly partition?: "day" | undefined;
}

/** Where the files go, and in which format. */
export interface Target {
  /** Null for standard output. */
  readonly destination: Exclude<Destination, { kind: "stdout" }> | null;
  readonly format: Format;
  readonly compression: Compression;
}

const FILE_NAME = /\.(ndjson|jsonl|csv|parquet)(\.gz|\.zst)?$/i;

/**
 * Where the files go and in which format, by flags and by the endings of names.
 * @throws UsageError `usage.arguments` for a place that can't hold what is asked for
 */
export function readDestination(dataset: Dataset, flags: TargetFlags, workingDirectory: string): Target {
  const out = flags.out ?? dataset.table;
  const [, ending, packing] = FILE_NAME.exec(out) ?? [];
  const named =
    ending === undefined
      ? null
      : ((ending.toLowerCase() === "jsonl" ? "ndjson" : ending.toLowerCase()) as Format);
  const format = flags.format ?? named ?? "ndjson";
  if (named !== null && named !== format) {
    throw contradiction(
      `\`${out}\` is no name for \`--format ${format}\``,
      `name the file \`….${format}\`, or a directory`,
    );
  }
  const packed: Compression | null =
    packing === undefined ? null : packing.toLowerCase() === ".gz" ? "gzip" : "zstd";
  const compression = flags.compress ?? packed ?? "none";
  const bare = packing === undefined ? out : out.slice(0, -packing.length);
  if (named === "parquet" && packing !== undefined) {
    throw contradiction(
      `\`${out}\` is no name for Parquet, which compresses inside`,
      `name it \`${bare}\` and say \`--compress ${compression}\``,
    );
  }
  if (named !== null && named !== "parquet" && (packed ?? "none") !== compression) {
    throw contradiction(
      `\`${out}\` is no name for \`--compress ${compression}\``,
      `name it \`${bare}${compression === "gzip" ? ".gz" : ".zst"}\``,
    );
  }
  const isOne = out === "-" || named !== null;
  if (isOne && flags.partition !== undefined) {
    throw contradiction(
      "days get directories of their own",
      "with `--partition day` name a directory: --out PATH",
    );
  }
  if (isOne && format !== "ndjson" && dataset.name.endsWith("details")) {
    throw contradiction(
      `\`${dataset.name}\` make several tables in ${format === "csv" ? "CSV" : "Parquet"}`,
      "name a directory for them: --out PATH",
    );
  }
  if (isOne && format === "parquet" && dataset.access.kind !== "listing") {
    throw contradiction(
      "Parquet files of several days can't be joined into one",
      "name a directory: --out PATH",
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

/** One of several workers, `1/4`. @throws UsageError */
export function parseShard(text: string, destination: Target["destination"]): Shard {
  const [, number, count] = /^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text.trim()) ?? [];
  const shard = { number: Number(number), count: Number(count) };
  if (number === undefined || shard.number > shard.count) {
    throw new UsageError("usage.flag", `\`${text}\` is not one of several workers (--shard)`, {
      hint: "the first of four workers is `--shard 1/4`, the last `--shard 4/4`",
    });
  }
  if (destination?.kind !== "directory") {
    throw contradiction("workers share a directory, not a file", "name a directory: --out PATH");
  }
  return shard;
}
