import type { Attributes } from "./dbus-message.ts";

/** A received message; a reply refers to the call that it answers. */
export interface ArrivedMessage {
  /** Size of the message in bytes. */
  readonly size: number;
  readonly replyTo: number | null;
  readonly isError: boolean;
  readonly body: Decoder;
}

const FIXED_BYTES = 16;
const TYPE_RETURN = 2;
const TYPE_ERROR = 3;
const FIELD_REPLY_SERIAL = 5;

/** Returns the first message in the bytes that arrived; null while it is incomplete. */
export function decodeMessage(bytes: Buffer): ArrivedMessage | null {
  if (bytes.length < FIXED_BYTES) return null;
  // The sender chooses the byte order: `l` or `B`.
  const isLittle = bytes[0] === 0x6c;
  const header = new Decoder(bytes, isLittle);
  header.skip(4);
  const bodyBytes = header.uint32();
  header.skip(4);
  const fieldBytes = header.uint32();
  const bodyAt = FIXED_BYTES + Math.ceil(fieldBytes / 8) * 8;
  if (bytes.length < bodyAt + bodyBytes) return null;
  let replyTo: number | null = null;
  while (header.offset < FIXED_BYTES + fieldBytes) {
    header.align(8);
    const code = header.byte();
    const type = header.signature();
    if (type === "u") {
      const value = header.uint32();
      if (code === FIELD_REPLY_SERIAL) replyTo = value;
    } else if (type === "g") header.signature();
    else header.text();
  }
  return {
    size: bodyAt + bodyBytes,
    replyTo: bytes[1] === TYPE_RETURN || bytes[1] === TYPE_ERROR ? replyTo : null,
    isError: bytes[1] === TYPE_ERROR,
    body: new Decoder(bytes.subarray(bodyAt, bodyAt + bodyBytes), isLittle),
  };
}

/** Reads values with the alignment of each type. Reading past the end throws a RangeError. */
export class Decoder {
  offset = 0;
  readonly #bytes: Buffer;
  readonly #isLittle: boolean;

  constructor(bytes: Buffer, isLittle: boolean) {
    this.#bytes = bytes;
    this.#isLittle = isLittle;
  }

  skip(count: number): void {
    this.offset += count;
  }

  align(size: number): void {
    this.offset = Math.ceil(this.offset / size) * size;
  }

  byte(): number {
    const value = this.#bytes.readUInt8(this.offset);
    this.offset += 1;
    return value;
  }

  uint32(): number {
    this.align(4);
    const value = this.#isLittle
      ? this.#bytes.readUInt32LE(this.offset)
      : this.#bytes.readUInt32BE(this.offset);
    this.offset += 4;
    return value;
  }

  text(): string {
    return this.#take(this.uint32());
  }

  signature(): string {
    return this.#take(this.byte());
  }

  /** Reads an array of object paths. */
  paths(): readonly string[] {
    return this.#array(4, () => this.text());
  }

  /** Reads a variant that contains a dictionary of strings. */
  attributes(): Attributes {
    this.signature();
    const entries = this.#array(8, () => {
      this.align(8);
      return [this.text(), this.text()] as const;
    });
    return Object.fromEntries(entries);
  }

  #array<Element>(alignment: number, readElement: () => Element): readonly Element[] {
    const length = this.uint32();
    this.align(alignment);
    const end = this.offset + length;
    const elements: Element[] = [];
    while (this.offset < end) elements.push(readElement());
    return elements;
  }

  #take(length: number): string {
    const value = this.#bytes.toString("utf8", this.offset, this.offset + length);
    this.offset += length + 1;
    return value;
  }
}
