import type { ServerResponse } from "node:http";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";

/** Ends an answer before it is whole. */
export type Breakage = (response: ServerResponse, text: string) => void;

const JSON_TYPE = { "content-type": "application/json" };
const half = (bytes: Uint8Array) => bytes.subarray(0, Math.floor(bytes.length / 2));

function compressed(encoding: string, compress: (text: string) => Uint8Array): Breakage {
  return (response, text) =>
    void response
      .writeHead(200, { ...JSON_TYPE, "content-encoding": encoding, connection: "close" })
      .end(half(compress(text)));
}

/** Every way in which an answer is known to break off between the service and its reader. */
export const BREAKAGES: Readonly<Record<string, Breakage>> = {
  "a connection that is reset before the answer": (response) => void response.socket?.resetAndDestroy(),
  "a connection that is closed before the answer": (response) => void response.destroy(),
  "fewer bytes than announced": (response, text) => {
    const bytes = Buffer.from(text);
    response.writeHead(200, { ...JSON_TYPE, "content-length": bytes.length });
    response.write(half(bytes), () => response.destroy());
  },
  "fewer bytes than announced, and a reset": (response, text) => {
    const bytes = Buffer.from(text);
    response.writeHead(200, { ...JSON_TYPE, "content-length": bytes.length });
    response.write(half(bytes), () => response.socket?.resetAndDestroy());
  },
  "no byte of what was announced": (response, text) => {
    response.writeHead(200, { ...JSON_TYPE, "content-length": text.length });
    response.flushHeaders();
    setTimeout(() => response.destroy(), 20);
  },
  "chunks without the last one": (response, text) => {
    response.writeHead(200, JSON_TYPE);
    response.write(half(Buffer.from(text)), () => response.destroy());
  },
  "half the JSON in good order": (response, text) =>
    void response.writeHead(200, JSON_TYPE).end(half(Buffer.from(text))),
  "no body in good order": (response) => void response.writeHead(200, JSON_TYPE).end(),
  "half of a gzip stream": compressed("gzip", gzipSync),
  "half of a deflate stream": compressed("deflate", deflateSync),
  "half of a brotli stream": compressed("br", brotliCompressSync),
};
