const INITIAL_BYTES = 1024;

/** A growing buffer that keeps its memory when it is cleared. */
export class GrowingBytes {
  protected bytes = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  protected end = 0;

  get length(): number {
    return this.end;
  }

  /** Returns the bytes written so far; they are valid until the next change. */
  get written(): Buffer {
    return this.bytes.subarray(0, this.end);
  }

  clear(): void {
    this.end = 0;
  }

  addByte(byte: number): void {
    this.reserve(1);
    this.bytes[this.end] = byte;
    this.end += 1;
  }

  addBytes(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.end);
    this.end += bytes.length;
  }

  /** Reserves room for this many more bytes. */
  protected reserve(byteCount: number): void {
    if (this.end + byteCount <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.end + byteCount));
    this.bytes.copy(larger, 0, 0, this.end);
    this.bytes = larger;
  }
}
