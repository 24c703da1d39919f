import { Secret } from "../../core/secret.ts";
import type { HttpRequest, HttpResponse, Transport } from "./transport.ts";

/** Shorter secrets would match innocent words; no credential of the platform has fewer than 20 characters. */
const SHORTEST_LENGTH = 6;
const HIDDEN = String(new Secret(""));

/**
 * Removes the secrets of a request from its answer, because gateways, proxies and careless endpoints quote
 * what they refuse, and an error shows their text. The JSON of a success stays unchanged: it is data, and a
 * token endpoint may legitimately repeat the refresh token.
 */
export function hideEchoes(next: Transport): Transport {
  return async (request) => {
    const response = await next(request);
    const spellings = secretsOf(request);
    return spellings.length === 0 ? response : withoutEchoes(response, spellings);
  };
}

function withoutEchoes(response: HttpResponse, spellings: readonly string[]): HttpResponse {
  const { status, headers, body } = response;
  const isData = status >= 200 && status < 300 && (headers["content-type"] ?? "").includes("json");
  return {
    status,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, hide(value, spellings)]),
    ),
    body: isData ? body : hideInStream(body, spellings),
  };
}

/** Every spelling in which a secret of this request can come back, the longest first. */
function secretsOf({ headers = {}, body }: HttpRequest): readonly string[] {
  const values = [...Object.values(headers), ...(body?.kind === "form" ? Object.values(body.fields) : [])];
  const spellings = values
    .flatMap((value) => (value instanceof Secret ? credentialsIn(value.reveal()) : []))
    .flatMap((text) => [text, encodeURIComponent(text)])
    .filter((text) => text.length >= SHORTEST_LENGTH);
  return [...new Set(spellings)].toSorted((a, b) => b.length - a.length);
}

/** The part of an `Authorization` after its scheme, and for Basic the password in it (RFC 7617). */
function credentialsIn(value: string): readonly string[] {
  const [, scheme, credential] = /^(Bearer|Basic) (.+)$/.exec(value) ?? [];
  if (credential === undefined) return [value];
  if (scheme === "Bearer") return [credential];
  const pair = Buffer.from(credential, "base64").toString("utf8");
  return [credential, pair.slice(pair.indexOf(":") + 1)];
}

function hide(text: string, spellings: readonly string[]): string {
  return spellings.reduce((shown, spelling) => shown.replaceAll(spelling, HIDDEN), text);
}

/** Works on bytes as latin1. A secret can span two chunks, so the end of each is held back. */
async function* hideInStream(
  body: AsyncIterable<Uint8Array>,
  spellings: readonly string[],
): AsyncGenerator<Uint8Array> {
  const bytes = spellings.map((spelling) => Buffer.from(spelling, "utf8").toString("latin1"));
  const longest = Math.max(...bytes.map(({ length }) => length));
  let heldBack = "";
  for await (const chunk of body) {
    const text = hide(heldBack + Buffer.from(chunk).toString("latin1"), bytes);
    const end = Math.max(0, text.length - longest + 1);
    heldBack = text.slice(end);
    yield Buffer.from(text.slice(0, end), "latin1");
  }
  yield Buffer.from(heldBack, "latin1");
}
