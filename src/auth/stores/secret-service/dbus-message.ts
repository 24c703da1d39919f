// D-Bus messages, limited to searching entries and changing a property (D-Bus specification 0.43, "Message
// Format").

/**
 * One argument of a method: a string, an object path, a dictionary of strings, or a variant of a string or a
 * dictionary.
 */
export type BusArgument =
  | { readonly type: "s" | "o"; readonly value: string }
  | { readonly type: "a{ss}"; readonly value: Attributes }
  | { readonly type: "v"; readonly value: Exclude<BusArgument, { readonly type: "v" }> };

/** Attributes of a Secret Service entry. */
export type Attributes = Readonly<Record<string, string>>;

/** Method to call, on an object of a service. */
export interface MethodCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly body?: readonly BusArgument[];
}

const METHOD_CALL = 1;
const FIELD = { path: 1, interface: 2, member: 3, destination: 6, signature: 8 } as const;

/** Returns the bytes of a method call, in little-endian order. */
export function encodeCall(call: MethodCall, serial: number): Buffer {
  const { body = [] } = call;
  const content = new Encoder();
  for (const argument of body) content.argument(argument);
  const header = new Encoder();
  header.bytes([0x6c, METHOD_CALL, 0, 1]);
  header.uint32(content.length);
  header.uint32(serial);
  header.array(8, () => {
    header.field(FIELD.path, "o", call.path);
    header.field(FIELD.interface, "s", call.interface);
    header.field(FIELD.member, "s", call.member);
    header.field(FIELD.destination, "s", call.destination);
    header.field(FIELD.signature, "g", body.map(({ type }) => type).join(""));
  });
  header.align(8);
  return Buffer.concat([header.toBuffer(), content.toBuffer()]);
}

/** Writes values with the alignment of each type. */
class Encoder {
  readonly #bytes: number[] = [];

  get length(): number {
    return this.#bytes.length;
  }

  toBuffer(): Buffer {
    return Buffer.from(this.#bytes);
  }

  bytes(values: Iterable<number>): void {
    for (const value of values) this.#bytes.push(value);
  }

  align(size: number): void {
    while (this.#bytes.length % size !== 0) this.#bytes.push(0);
  }

  uint32(value: number): void {
    this.align(4);
    this.bytes(littleEndian(value));
  }

  text(value: string): void {
    const encoded = Buffer.from(value, "utf8");
    this.uint32(encoded.length);
    this.bytes(encoded);
    this.bytes([0]);
  }

  signature(value: string): void {
    this.bytes([value.length, ...Buffer.from(value, "latin1"), 0]);
  }

  /** Writes an array: its length in bytes, without the padding before the first element. */
  array(alignment: number, writeElements: () => void): void {
    this.uint32(0);
    const at = this.#bytes.length - 4;
    this.align(alignment);
    const start = this.#bytes.length;
    writeElements();
    this.#bytes.splice(at, 4, ...littleEndian(this.#bytes.length - start));
  }

  field(code: number, type: "o" | "s" | "g", value: string): void {
    this.align(8);
    this.bytes([code]);
    this.signature(type);
    if (type === "g") this.signature(value);
    else this.text(value);
  }

  argument(argument: BusArgument): void {
    switch (argument.type) {
      case "s":
      case "o":
        this.text(argument.value);
        break;
      case "a{ss}":
        this.array(8, () => {
          for (const [name, value] of Object.entries(argument.value)) {
            this.align(8);
            this.text(name);
            this.text(value);
          }
        });
        break;
      case "v":
        this.signature(argument.value.type);
        this.argument(argument.value);
    }
  }
}

function littleEndian(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
