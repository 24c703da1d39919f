import { GrowingBytes } from "../growing-bytes.ts";

/** Maximum number of UTF-8 bytes per UTF-16 unit. */
const BYTES_PER_UNIT = 3;
const LENGTH_BYTES = 4;
const TWO_TO_32 = 0x1_0000_0000;

/**
 * A growing buffer that writes numbers and text in Parquet's little-endian encodings. It writes numbers through a
 * DataView, which V8 compiles to single instructions. The methods of Buffer check every argument.
 */
export class ParquetBytes extends GrowingBytes {
  addInt32(value: number): void {
    this.reserve(4);
    this.view.setInt32(this.end, value, true);
    this.end += 4;
  }

  /** Writes a 64-bit integer, passed as a number if a number can represent it exactly. */
  addInt64(value: number | bigint): void {
    this.reserve(8);
    const { view, end } = this;
    if (typeof value === "bigint") {
      view.setBigInt64(end, value, true);
    } else {
      const high = Math.floor(value / TWO_TO_32);
      view.setUint32(end, value - high * TWO_TO_32, true);
      view.setInt32(end + 4, high, true);
    }
    this.end = end + 8;
  }

  addDouble(value: number): void {
    this.reserve(8);
    this.view.setFloat64(this.end, value, true);
    this.end += 8;
  }

  /** Writes the length of a string, and then the string as UTF-8. */
  addText(text: string): void {
    this.reserve(LENGTH_BYTES + text.length * BYTES_PER_UNIT);
    const bytes = this.bytes;
    const start = this.end + LENGTH_BYTES;
    let size = text.length;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 127) {
        size = bytes.write(text, start);
        break;
      }
      bytes[start + index] = code;
    }
    this.view.setUint32(this.end, size, true);
    this.end = start + size;
  }

  /** Writes the length of a UTF-8 byte range, and then the range. */
  addTextRange(source: DataView, from: number, to: number): void {
    this.addInt32(to - from);
    this.addRange(source, from, to);
  }

  /** Writes an integer in groups of seven bits, lowest group first (ULEB128). */
  addVarint(value: number): void {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.addByte((rest % 128) | 128);
    this.addByte(rest);
  }
}
