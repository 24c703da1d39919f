import { hideKnown, spellingsOf } from "../../core/redaction/known-secrets.ts";
import { Secret } from "../../core/secret.ts";
import type { HttpRequest, HttpResponse, Transport } from "./transport.ts";

/**
 * Removes the secrets of a request from its response. Gateways, proxies and careless services quote the requests
 * that they refuse, and errors show that text. JSON in a successful response stays unchanged, because it is
 * data, and a token endpoint may legitimately repeat the refresh token.
 */
export function hideEchoes(next: Transport): Transport {
  return async (request) => {
    const response = await next(request);
    const spellings = spellingsOf(secretsOf(request));
    return spellings.length === 0 ? response : withoutEchoes(response, spellings);
  };
}

function withoutEchoes(response: HttpResponse, spellings: readonly string[]): HttpResponse {
  const { status, headers, body } = response;
  const isData = status >= 200 && status < 300 && (headers["content-type"] ?? "").includes("json");
  return {
    status,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, hideKnown(value, spellings)]),
    ),
    body: isData ? body : hideInStream(body, spellings),
  };
}

/**
 * Returns the secrets of a request: each header and form field that is a `Secret`. Omits the scheme, such as `Bearer`.
 */
function secretsOf({ headers = {}, body }: HttpRequest): readonly string[] {
  const values = [...Object.values(headers), ...(body?.kind === "form" ? Object.values(body.fields) : [])];
  return values.flatMap((value) => (value instanceof Secret ? credentialsIn(value.reveal()) : []));
}

/**
 * Returns the credentials in an `Authorization` header without the scheme. For Basic, adds the password alone (RFC
 * 7617).
 */
function credentialsIn(value: string): readonly string[] {
  const [, scheme, credential] = /^(Bearer|Basic) (.+)$/.exec(value) ?? [];
  if (credential === undefined) return [value];
  if (scheme === "Bearer") return [credential];
  const pair = Buffer.from(credential, "base64").toString("utf8");
  return [credential, pair.slice(pair.indexOf(":") + 1)];
}

/**
 * Hides secrets in a stream. Treats bytes as latin1. Holds back the end of each chunk, because a secret can span
 * two chunks.
 */
async function* hideInStream(
  body: AsyncIterable<Uint8Array>,
  spellings: readonly string[],
): AsyncGenerator<Uint8Array> {
  const bytes = spellings.map((spelling) => Buffer.from(spelling, "utf8").toString("latin1"));
  const longest = Math.max(...bytes.map(({ length }) => length));
  let heldBack = "";
  for await (const chunk of body) {
    const text = hideKnown(heldBack + Buffer.from(chunk).toString("latin1"), bytes);
    const end = Math.max(0, text.length - longest + 1);
    heldBack = text.slice(end);
    yield Buffer.from(text.slice(0, end), "latin1");
  }
  yield Buffer.from(heldBack, "latin1");
}
