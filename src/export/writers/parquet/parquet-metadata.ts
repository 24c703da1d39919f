import type { ParquetWriter } from "hyparquet-writer";
import type { Column, ColumnType } from "../../../analytics/table.ts";
import type { ColumnSummary } from "./parquet-column.ts";

/** Metadata of a row group in the footer. */
export type RowGroup = ParquetWriter["row_groups"][number];
type ColumnChunk = RowGroup["columns"][number];
export type Codec = "UNCOMPRESSED" | "GZIP" | "ZSTD";

/** The fields of `SchemaElement` in the format's `parquet.thrift` that genscope uses. */
interface SchemaNode {
  readonly name: string;
  readonly repetition_type?: "OPTIONAL" | "REQUIRED" | "REPEATED";
  readonly type?: "BYTE_ARRAY" | "BOOLEAN" | "INT32" | "INT64" | "DOUBLE";
  /** The type in the older form (converted) and the newer form (logical), because some readers support only one. */
  readonly converted_type?: "UTF8" | "TIMESTAMP_MILLIS" | "LIST";
  readonly logical_type?:
    | { readonly type: "STRING" | "LIST" }
    | { readonly type: "TIMESTAMP"; readonly isAdjustedToUTC: true; readonly unit: "MILLIS" };
  readonly num_children?: number;
}

const TEXT = { type: "BYTE_ARRAY", converted_type: "UTF8", logical_type: { type: "STRING" } } as const;
const INSTANT = {
  type: "INT64",
  converted_type: "TIMESTAMP_MILLIS",
  logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
} as const;
const INT64 = { type: "INT64" } as const;

/**
 * Storage type of each column type. JSON is stored as text, because not every engine has a JSON type, but all have JSON
 * functions that accept text.
 */
const LEAVES: Readonly<Record<ColumnType, Omit<SchemaNode, "name"> & Pick<Required<SchemaNode>, "type">>> = {
  string: TEXT,
  json: TEXT,
  boolean: { type: "BOOLEAN" },
  int32: { type: "INT32" },
  int64: INT64,
  double: { type: "DOUBLE" },
  timestamp: INSTANT,
  strings: TEXT,
  integers: INT64,
};

/** Returns the schema elements of a table, depth first: the root, and then the columns. */
export function schemaOf(columns: readonly Column[]): SchemaNode[] {
  return [{ name: "root", num_children: columns.length }, ...columns.flatMap(nodesOf)];
}

function nodesOf({ name, type }: Column): readonly SchemaNode[] {
  if (!isList(type)) return [{ name, repetition_type: "OPTIONAL", ...LEAVES[type] }];
  return [
    {
      name,
      repetition_type: "OPTIONAL",
      converted_type: "LIST",
      logical_type: { type: "LIST" },
      num_children: 1,
    },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    { name: "element", repetition_type: "REQUIRED", ...LEAVES[type] },
  ];
}

function isList(type: ColumnType): boolean {
  return type === "strings" || type === "integers";
}

/** Returns the footer's `ColumnChunk` for a column that begins at this offset. */
export function chunkOf(
  { name, type }: Column,
  start: number,
  codec: Codec,
  summary: ColumnSummary,
): ColumnChunk {
  const { hasDictionary, dataPageAt, valueCount, absentCount, range } = summary;
  const plain: "PLAIN"[] = ["PLAIN"];
  return {
    file_offset: BigInt(start),
    meta_data: {
      type: LEAVES[type].type,
      encodings: [...plain, "RLE" as const, ...(hasDictionary ? (["RLE_DICTIONARY"] as const) : [])],
      path_in_schema: isList(type) ? [name, "list", "element"] : [name],
      codec,
      num_values: BigInt(valueCount),
      total_uncompressed_size: BigInt(summary.uncompressed),
      total_compressed_size: BigInt(summary.compressed),
      data_page_offset: BigInt(start + dataPageAt),
      ...(hasDictionary ? { dictionary_page_offset: BigInt(start) } : {}),
      statistics: {
        null_count: BigInt(absentCount),
        ...(range === null ? {} : { min_value: range[0], max_value: range[1] }),
      },
    },
  };
}

/** Returns a row group with its offsets increased by this many bytes. */
export function movedBy(offset: number, group: RowGroup): RowGroup {
  const by = BigInt(offset);
  return { ...group, columns: group.columns.map((chunk) => movedChunk(by, chunk)) };
}

function movedChunk(by: bigint, chunk: ColumnChunk): ColumnChunk {
  const { meta_data: data } = chunk;
  if (data === undefined) return chunk;
  const { dictionary_page_offset: dictionary } = data;
  return {
    ...chunk,
    file_offset: chunk.file_offset + by,
    meta_data: {
      ...data,
      data_page_offset: data.data_page_offset + by,
      ...(dictionary === undefined ? {} : { dictionary_page_offset: dictionary + by }),
    },
  };
}
