import { type AppError, NetworkError } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import { Secret } from "../../core/secret.ts";
import { readBody } from "../../http/body.ts";
import { readCorrelationId } from "../../http/correlation.ts";
import { wholeJson } from "../../http/whole-json.ts";
import { MAX_ANSWER_BYTES, type TokenEndpoint } from "../token/token-endpoint.ts";
import { describeTokenRefusal, type ExplainRefusal, type TokenRefusalFacts } from "../token/token-refusal.ts";

/** One request to the token endpoint through our own transport, in the words of `fetch`. */
export interface Exchange {
  /** @throws AppError for every answer but 200 */
  fetch(url: string, request: FormRequest): Promise<Response>;
  /** What came back; null before it did. */
  readonly refusal: () => AppError | null;
}

interface FormRequest {
  readonly body: URLSearchParams;
}

export interface ExchangeOptions extends TokenEndpoint {
  readonly clientId: string;
  /** What the request carries and no message may show. */
  readonly secrets: readonly Secret[];
  readonly explain: ExplainRefusal;
}

/** Fields of a token request that anybody may see. */
const OPEN_FIELDS = new Set(["grant_type", "client_id", "redirect_uri"]);

/**
 * The bridge between a library that speaks `fetch` and our transport with its retries, proxies and tracing.
 * The request is sent once only, unless it was refused before anything was done: a code or a rotated refresh
 * token that arrives twice may revoke what it gave the first time.
 */
export function exchangeOver(options: ExchangeOptions): Exchange {
  const { region, regionSource, transport, signal, timeoutMs, clientId, secrets, explain } = options;
  let answer: Pick<TokenRefusalFacts, "answer" | "correlationId"> | null = null;

  const refusal = () =>
    answer === null
      ? null
      : describeTokenRefusal({ ...answer, region, regionSource, clientId, secrets }, explain);

  return {
    refusal,
    fetch: async (url, { body: form }) => {
      const fields = Object.fromEntries(
        [...form].map(([name, value]) => [name, OPEN_FIELDS.has(name) ? value : new Secret(value)]),
      );
      const { status, headers, body } = await transport({
        method: "POST",
        url: new URL(url),
        headers: { accept: "application/json" },
        body: { kind: "form", fields },
        repeatable: false,
        whole: wholeJson(MAX_ANSWER_BYTES),
        ...(signal === undefined ? {} : { signal }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
      });
      const text = new TextDecoder().decode(await readBody({ body }, MAX_ANSWER_BYTES));
      answer = {
        answer: { status, headers, body: parseJson(text), text },
        correlationId: readCorrelationId(headers),
      };
      if (status !== 200) {
        throw refusal();
      }
      return new Response(text, { status, headers: { "content-type": headers["content-type"] ?? "" } });
    },
  };
}

/** Why an answer with status 200 is of no use: something else than the token endpoint wrote it. */
export function refusalOf({ refusal }: Exchange): AppError {
  return (
    refusal() ??
    new NetworkError("network.invalid_response", "the token endpoint sent nothing that can be read")
  );
}
