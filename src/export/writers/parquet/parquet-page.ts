import type { Compress } from "../compression.ts";
import { ParquetBytes } from "./parquet-bytes.ts";

/** Numbers of encodings in the format's `parquet.thrift`. */
const PLAIN = 0;
const RLE = 3;
const RLE_DICTIONARY = 8;
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;
/**
 * Field headers of Thrift's compact protocol: a 32-bit field or a struct, whose field number exceeds the
 * previous one by the given amount.
 */
const NEXT_INT32 = 0x15;
const STRUCT = 0x0c;
const STOP = 0;

interface PageSizes {
  readonly uncompressed: number;
  readonly compressed: number;
}

/** Size in bytes of a page with its header, before and after compression. */
export interface PageTotals {
  uncompressed: number;
  compressed: number;
}

/**
 * Writes pages of version 1, which every reader supports, each preceded by its header. Adds their sizes to the totals.
 */
export class PageWriter {
  readonly #compress: Compress | null;
  readonly #append: (bytes: Uint8Array) => void;

  constructor(compress: Compress | null, append: (bytes: Uint8Array) => void) {
    this.#compress = compress;
    this.#append = append;
  }

  /**
   * Writes a data page.
   * @param valueCount number of values, including absent ones
   */
  addDataPage(page: Uint8Array, valueCount: number, hasDictionary: boolean, totals: PageTotals): void {
    this.#addPage(page, totals, (sizes) => {
      const encoding = hasDictionary ? RLE_DICTIONARY : PLAIN;
      return headerOf(DATA_PAGE, 5, sizes, [valueCount, encoding, RLE, RLE]);
    });
  }

  addDictionaryPage(page: Uint8Array, valueCount: number, totals: PageTotals): void {
    this.#addPage(page, totals, (sizes) => headerOf(DICTIONARY_PAGE, 7, sizes, [valueCount, PLAIN]));
  }

  #addPage(page: Uint8Array, totals: PageTotals, header: (sizes: PageSizes) => Uint8Array): void {
    const compressed = this.#compress === null ? page : this.#compress(page);
    const head = header({ uncompressed: page.length, compressed: compressed.length });
    this.#append(head);
    this.#append(compressed);
    totals.uncompressed += head.length + page.length;
    totals.compressed += head.length + compressed.length;
  }
}

/** Writes a `PageHeader`: fields 1 to 3, then a struct of numbers in the field for the kind of page. */
function headerOf(
  type: number,
  structField: number,
  { uncompressed, compressed }: PageSizes,
  numbers: readonly number[],
): Uint8Array {
  const header = new ParquetBytes();
  for (const number of [type, uncompressed, compressed]) addInt32Field(header, number);
  header.addByte(((structField - 3) << 4) | STRUCT);
  for (const number of numbers) addInt32Field(header, number);
  header.addByte(STOP);
  header.addByte(STOP);
  return header.written;
}

function addInt32Field(header: ParquetBytes, value: number): void {
  header.addByte(NEXT_INT32);
  // This is the zigzag encoding of a non-negative number, and no number here is negative.
  header.addVarint(value * 2);
}
