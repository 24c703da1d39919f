const INITIAL_BYTES = 1024;
/** Maximum number of UTF-8 bytes per UTF-16 unit. */
const BYTES_PER_UNIT = 3;
const LENGTH_BYTES = 4;
const TWO_TO_32 = 0x1_0000_0000;

/** A growing buffer that writes numbers and text in Parquet's little-endian forms. */
export class ParquetBytes {
  #bytes = Buffer.allocUnsafe(INITIAL_BYTES);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Returns the bytes written so far; they are valid until the next change. */
  get written(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  addByte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  addBytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  addInt32(value: number): void {
    this.#reserve(4);
    this.#length = this.#bytes.writeInt32LE(value, this.#length);
  }

  /** Writes a 64-bit integer, given as a number if that holds it exactly. */
  addInt64(value: number | bigint): void {
    this.#reserve(8);
    if (typeof value === "bigint") {
      this.#length = this.#bytes.writeBigInt64LE(value, this.#length);
      return;
    }
    const high = Math.floor(value / TWO_TO_32);
    this.#bytes.writeUInt32LE(value - high * TWO_TO_32, this.#length);
    this.#length = this.#bytes.writeInt32LE(high, this.#length + 4);
  }

  addDouble(value: number): void {
    this.#reserve(8);
    this.#length = this.#bytes.writeDoubleLE(value, this.#length);
  }

  /** Writes UTF-8 text after its length. */
  addText(text: string): void {
    this.#reserve(LENGTH_BYTES + text.length * BYTES_PER_UNIT);
    const bytes = this.#bytes;
    const start = this.#length + LENGTH_BYTES;
    let size = text.length;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 127) {
        size = bytes.write(text, start);
        break;
      }
      bytes[start + index] = code;
    }
    bytes.writeUInt32LE(size, this.#length);
    this.#length = start + size;
  }

  /** Writes an integer in groups of seven bits, lowest group first (ULEB128). */
  addVarint(value: number): void {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.addByte((rest % 128) | 128);
    this.addByte(rest);
  }

  #reserve(byteCount: number): void {
    if (this.#length + byteCount <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + byteCount));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
