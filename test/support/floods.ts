import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";

/** Sends a response with far more data than a client should keep. */
export type Flood = (response: ServerResponse) => void;

const MIB = 1024 * 1024;
const JSON_TYPE = { "content-type": "application/json" };

/** Sends text as fast as the client reads it, and stops when the client closes the connection. */
function stream(
  pieces: () => Iterable<string | Uint8Array>,
  headers: Readonly<Record<string, string>> = {},
): Flood {
  return (response) => {
    response.writeHead(200, { ...JSON_TYPE, ...headers });
    void pipeline(Readable.from(pieces()), response).catch(() => response.destroy());
  };
}

function* repeated(piece: string | Uint8Array, times: number): Generator<string | Uint8Array> {
  for (let count = 0; count < times; count += 1) yield piece;
}

function* inside(start: string, pieces: Iterable<string | Uint8Array>, end: string) {
  yield start;
  yield* pieces;
  yield end;
}

const zeros = (mebibytes: number) => Buffer.alloc(mebibytes * MIB);
/** Bodies by name. Each is made once for all tests. */
const made = new Map<string, Uint8Array>();
function once(name: string, make: () => Uint8Array): Uint8Array {
  const known = made.get(name) ?? make();
  made.set(name, known);
  return known;
}

/** Returns 4 million fields with different names, in parts so that not all of them are strings at the same time. */
function manyKeys(): Uint8Array {
  const thousand = (from: number) =>
    Array.from({ length: 1_000 }, (_, place) => `,"k${from + place}":1`).join("");
  return Buffer.concat(Array.from({ length: 4_000 }, (_, part) => Buffer.from(thousand(part * 1_000))));
}

/**
 * Returns floods by the kind of excess. Each can be used for any number of requests. Records are in the field `key`.
 */
export function floodsFor(key: string): Readonly<Record<string, Flood>> {
  return {
    "a record of 400 MB": stream(() =>
      inside(`{"${key}":[{"id":"1","long":"`, repeated("x".repeat(MIB), 400), '"}]}'),
    ),
    "a document of 100,000 levels": stream(() =>
      inside(`{"${key}":[{"a":`, ["[".repeat(100_000)], `${"]".repeat(100_000)}}]}`),
    ),
    "an object of 4 million keys": stream(() =>
      inside(`{"${key}":[{"id":"1"`, [once("keys", manyKeys)], "}]}"),
    ),
    "20 million empty lists": stream(() =>
      inside(`{"${key}":[{"id":"1","a":[[]`, repeated(",[]".repeat(100_000), 200), "]}]}"),
    ),
    // A gzip stream may have several members (RFC 1952 section 2.2).
    "1 GB of zeros in gzip": stream(
      () =>
        repeated(
          once("gzip", () => gzipSync(zeros(16))),
          64,
        ),
      {
        "content-encoding": "gzip",
      },
    ),
    "256 MB of zeros in deflate": stream(() => [once("deflate", () => deflateSync(zeros(256)))], {
      "content-encoding": "deflate",
    }),
    "256 MB of zeros in brotli": stream(
      () => [
        once("br", () => brotliCompressSync(zeros(256), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })),
      ],
      { "content-encoding": "br" },
    ),
    "a flood of headers": (response) => {
      const { socket } = response;
      socket?.write("HTTP/1.1 200 OK\r\n");
      const flood = () => {
        while (socket?.writable === true && socket.write(`x-flood: ${"y".repeat(1_000)}\r\n`));
      };
      socket?.on("drain", flood).on("error", () => undefined);
      flood();
    },
  };
}
