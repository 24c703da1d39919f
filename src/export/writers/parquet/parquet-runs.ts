import { ParquetBytes } from "./parquet-bytes.ts";

const GROUP = 8;

/**
 * Encodes each number in as few bits as possible, as Parquet's levels and indexes require (the "RLE/bit-packing hybrid"
 * of the format's Encodings.md): a single run, either one repeated value or packed values.
 */
export function addRun(bytes: ParquetBytes, values: ArrayLike<number>, bitWidth: number): void {
  const first = values[0] ?? 0;
  if (isConstant(values, first)) addRepeated(bytes, first, values.length, bitWidth);
  else addPacked(bytes, values, bitWidth);
}

/** Returns dictionary numbers in the form that a data page contains: their bit width, and then a run. */
export function indexBytes(numbers: ArrayLike<number>, distinct: number): Uint8Array {
  const bytes = new ParquetBytes();
  const bitWidth = Math.max(1, Math.ceil(Math.log2(distinct)));
  bytes.addByte(bitWidth);
  addRun(bytes, numbers, bitWidth);
  return bytes.written;
}

/** Writes a run of one repeated value. */
export function addRepeated(bytes: ParquetBytes, value: number, count: number, bitWidth: number): void {
  bytes.addVarint(count * 2);
  for (let shift = 0; shift < bitWidth; shift += 8) bytes.addByte((value >> shift) & 0xff);
}

/** Writes a packed run of bits that are already packed, lowest bit first, in whole groups of eight. */
export function addBits(bytes: ParquetBytes, bits: Uint8Array): void {
  bytes.addVarint(bits.length * 2 + 1);
  bytes.addBytes(bits);
}

/** Writes the size of levels, and then the levels, as a version 1 page requires. */
export function addLevels(page: ParquetBytes, add: (levels: ParquetBytes) => void): void {
  const levels = new ParquetBytes();
  add(levels);
  page.addInt32(levels.length);
  page.addBytes(levels.written);
}

function isConstant(values: ArrayLike<number>, first: number): boolean {
  for (let index = 1; index < values.length; index += 1) if (values[index] !== first) return false;
  return true;
}

function addPacked(bytes: ParquetBytes, values: ArrayLike<number>, bitWidth: number): void {
  bytes.addVarint(Math.ceil(values.length / GROUP) * 2 + 1);
  addPackedBits(bytes, values, bitWidth);
}

/** Writes numbers with this many bits each, lowest bit first, padded to whole groups of eight. */
export function addPackedBits(bytes: ParquetBytes, values: ArrayLike<number>, bitWidth: number): void {
  const packed = new Uint8Array(Math.ceil(values.length / GROUP) * bitWidth);
  let end = 0;
  let pending = 0;
  let pendingBits = 0;
  for (let index = 0; index < values.length; index += 1) {
    pending |= (values[index] as number) << pendingBits;
    for (pendingBits += bitWidth; pendingBits >= 8; pendingBits -= 8) {
      packed[end] = pending & 0xff;
      end += 1;
      pending >>>= 8;
    }
  }
  if (pendingBits > 0) packed[end] = pending & 0xff;
  bytes.addBytes(packed);
}
