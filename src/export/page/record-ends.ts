import { RECORD_ENDS_CODE } from "./record-ends-code.ts";

/** State of the JSON nesting after the bytes so far, carried from chunk to chunk. */
export interface Nesting {
  depth: number;
  isInString: boolean;
  /** Whether the next byte follows a backslash. */
  isEscaped: boolean;
  /** Upper bound of the depths that occurred since the caller last set this to 0. */
  deepest: number;
}

/** Nesting depth of a page's array of records. */
export const RECORDS_DEPTH = 2;

/** The part of WebAssembly that is used here. Only the DOM's type declarations include WebAssembly. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** Exports of record-ends.wat. */
interface Kernel {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly depth: { value: number };
  readonly isInString: { value: number };
  readonly isEscaped: { value: number };
  readonly deepest: { readonly value: number };
  find(length: number, most: number): number;
}

const BACKSLASH = 0x5c;
const SPACE = 0x20;
/** Maximum number of bytes per call of the WebAssembly function. */
const MOST_BYTES = 64 * 1024;
/**
 * Number of bytes that the WebAssembly function may read beyond the text: the rest of its last step, and the byte after
 * a record.
 */
const PADDING_BYTES = 34;
const ENDS_OFFSET = 0x10080;

/**
 * Finds the ends of records. Each finder has its own WebAssembly instance and memory, and serves all pages of a part.
 */
export class RecordEndFinder {
  readonly #kernel: Kernel;
  readonly #text: Uint8Array;
  readonly #found: Uint32Array;

  constructor() {
    const module = new WebAssembly.Module(Buffer.from(RECORD_ENDS_CODE, "base64"));
    this.#kernel = new WebAssembly.Instance(module).exports as Kernel;
    this.#text = new Uint8Array(this.#kernel.memory.buffer, 0, MOST_BYTES + PADDING_BYTES);
    this.#found = new Uint32Array(this.#kernel.memory.buffer, ENDS_OFFSET);
  }

  /**
   * Finds the end of each record in a chunk, starting inside a record. Records separated only by a comma are handled in
   * a single call of the WebAssembly function, because a call per record would cost more than the search.
   * @param ends receives the index after each record
   * @returns the number of records that ended. If `nesting` is deeper than the array afterwards, the chunk ends inside
   * another record.
   */
  find(chunk: Uint8Array, from: number, nesting: Nesting, ends: Int32Array): number {
    const found = this.#found;
    let count = 0;
    for (let offset = from; offset < chunk.length; offset += MOST_BYTES) {
      const piece = chunk.subarray(offset, offset + MOST_BYTES);
      const number = this.#findInPiece(piece, nesting, ends.length - count);
      for (let index = 0; index < number; index += 1) ends[count + index] = offset + (found[index] as number);
      count += number;
      if (nesting.depth === RECORDS_DEPTH) break;
    }
    return count;
  }

  #findInPiece(piece: Uint8Array, nesting: Nesting, most: number): number {
    const kernel = this.#kernel;
    this.#text.set(piece);
    this.#text.fill(SPACE, piece.length, piece.length + PADDING_BYTES);
    kernel.depth.value = nesting.depth;
    kernel.isInString.value = Number(nesting.isInString);
    kernel.isEscaped.value = Number(nesting.isEscaped);
    const count = kernel.find(piece.length, most);
    nesting.depth = kernel.depth.value;
    nesting.deepest = Math.max(nesting.deepest, kernel.deepest.value);
    nesting.isInString = kernel.isInString.value === 1;
    nesting.isEscaped = nesting.isInString && endsEscaping(piece, nesting.isEscaped);
    return count;
  }
}

/** Returns whether the byte after this chunk follows a backslash that is not itself escaped. */
function endsEscaping(piece: Uint8Array, isEscaped: boolean): boolean {
  let run = 0;
  while (run < piece.length && piece[piece.length - 1 - run] === BACKSLASH) run += 1;
  return (run + (run === piece.length ? Number(isEscaped) : 0)) % 2 === 1;
}
