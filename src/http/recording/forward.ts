import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import { reasonOf } from "../../core/system-error.ts";
import { startRequest, type UpstreamOptions } from "./upstream.ts";

/** Headers that apply to a single connection and are not forwarded (RFC 9110 section 7.6.1). */
const OF_CONNECTION: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Forwards a request to its server and streams the response back. Changes only the headers that belong to a single
 * connection.
 * @returns the status of the response; null when the server sent none
 */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  options: UpstreamOptions,
): Promise<number | null> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    const outgoing = await startRequest(
      url,
      { method: request.method ?? "GET", headers: [...endToEnd(request.rawHeaders), ...framingOf(request)] },
      options,
      gone.signal,
    );
    return await new Promise<number>((resolve, reject) => {
      // This listener stays after the response has begun: a client that disconnects later aborts the request, and
      // without a listener that error would end the process.
      outgoing.on("error", reject);
      outgoing.once("response", (answer) => {
        const { statusCode = 502, statusMessage } = answer;
        response.writeHead(statusCode, statusMessage, endToEnd(answer.rawHeaders));
        // Errors are ignored here. The program notices a truncated response by itself.
        pipeline(answer, response, () => {});
        resolve(statusCode);
      });
      pipeline(request, outgoing, () => {});
    });
  } catch (error) {
    if (!response.headersSent) {
      response.writeHead(502, { "Content-Type": "text/plain; charset=utf-8", Connection: "close" });
      response.end(`genscope record: no response from ${url.host}: ${reasonOf(error)}\n`);
    }
    return null;
  }
}

/** Returns the header that a body of unknown length needs, because Node adds none for some methods. */
function framingOf({ headers }: IncomingMessage): readonly string[] {
  return headers["transfer-encoding"] === undefined ? [] : ["Transfer-Encoding", "chunked"];
}

function endToEnd(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    if (!OF_CONNECTION.has(name.toLowerCase())) kept.push(name, rawHeaders[index + 1] ?? "");
  }
  return kept;
}
