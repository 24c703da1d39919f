import type { ServerResponse } from "node:http";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";

/** Sends a response with this text and breaks it off, in most cases after the first half. */
export type Breakage = (response: ServerResponse, text: string) => void;

const JSON_TYPE = { "content-type": "application/json" };
const half = (bytes: Uint8Array) => bytes.subarray(0, Math.floor(bytes.length / 2));

function compressed(encoding: string, compress: (text: string) => Uint8Array): Breakage {
  return (response, text) =>
    void response
      .writeHead(200, { ...JSON_TYPE, "content-encoding": encoding, connection: "close" })
      .end(half(compress(text)));
}

/** Every known way in which a response can break off between the service and the client. */
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
  "none of the announced bytes": (response, text) => {
    response.writeHead(200, { ...JSON_TYPE, "content-length": text.length });
    response.flushHeaders();
    setTimeout(() => response.destroy(), 20);
  },
  "chunks without the last one": (response, text) => {
    response.writeHead(200, JSON_TYPE);
    response.write(half(Buffer.from(text)), () => response.destroy());
  },
  "half the JSON in a complete response": (response, text) =>
    void response.writeHead(200, JSON_TYPE).end(half(Buffer.from(text))),
  "a complete response without a body": (response) => void response.writeHead(200, JSON_TYPE).end(),
  "half a gzip stream": compressed("gzip", gzipSync),
  "half a deflate stream": compressed("deflate", deflateSync),
  "half a brotli stream": compressed("br", brotliCompressSync),
};
