import { ParquetBytes } from "./parquet-bytes.ts";

/** The numbers of encodings in the format's `parquet.thrift`. */
const PLAIN = 0;
const RLE = 3;
const RLE_DICTIONARY = 8;
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;
/** In Thrift's compact protocol: a field of 32 bits, or a struct, whose number is so much higher than the last one's. */
const NEXT_INT32 = 0x15;
const STRUCT = 0x0c;
const STOP = 0;

/** Compresses a page as the file's codec has it. */
export type PageCompress = (page: Uint8Array) => Uint8Array;

interface PageSizes {
  readonly uncompressed: number;
  readonly compressed: number;
}

/** How many bytes a page takes with its header, before and after compression. */
export interface PageTotals {
  uncompressed: number;
  compressed: number;
}

/** Writes a page of the first version, which every reader knows, behind its header, and adds it up. */
export class PageWriter {
  readonly #compress: PageCompress | null;
  readonly #append: (bytes: Uint8Array) => void;

  constructor(compress: PageCompress | null, append: (bytes: Uint8Array) => void) {
    this.#compress = compress;
    this.#append = append;
  }

  /** @param valueCount with the absent ones */
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

/** A `PageHeader`: fields 1 to 3, and in the field of the kind of page a struct of numbers from field 1 on. */
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
  // Zigzag: nothing here is negative.
  header.addVarint(value * 2);
}
