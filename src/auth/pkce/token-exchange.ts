import { type AppError, NetworkError } from "../../core/errors.ts";
import { parseJson } from "../../core/json.ts";
import { Secret } from "../../core/secret.ts";
import { readBody } from "../../http/transport/body.ts";
import { readCorrelationId } from "../../http/transport/correlation.ts";
import { wholeJson } from "../../http/transport/whole-json.ts";
import { MAX_ANSWER_BYTES, type TokenEndpoint } from "../token/token-endpoint.ts";
import { describeTokenRefusal, type ExplainRefusal, type TokenRefusalFacts } from "../token/token-refusal.ts";

/** Single request to the token endpoint through genscope's transport, with the interface of `fetch`. */
export interface TokenExchange {
  /**
   * Sends the request.
   * @throws AppError for every status but 200
   */
  fetch(url: string, request: FormRequest): Promise<Response>;
  /** Describes the response as a refusal; null before a response has arrived. */
  readonly refusal: () => AppError | null;
}

interface FormRequest {
  readonly body: URLSearchParams;
}

export interface ExchangeOptions extends TokenEndpoint {
  readonly clientId: string;
  /** Secrets of the request that no message may show. */
  readonly secrets: readonly Secret[];
  readonly explain: ExplainRefusal;
}

/** Fields of a token request that are not secret. */
const OPEN_FIELDS = new Set(["grant_type", "client_id", "redirect_uri"]);

/**
 * Adapts a library that expects `fetch` to genscope's transport with its retries, proxies and tracing. The
 * request is sent once, unless it was refused before it had any effect: a code or a rotated refresh token
 * that is used again may revoke the tokens that it first produced.
 */
export function exchangeOver(options: ExchangeOptions): TokenExchange {
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
      if (status !== 200) throw refusal();
      return new Response(text, { status, headers: { "content-type": headers["content-type"] ?? "" } });
    },
  };
}

/** Explains why a response with status 200 is unusable: it does not come from the token endpoint. */
export function refusalOf({ refusal }: TokenExchange): AppError {
  return (
    refusal() ??
    new NetworkError("network.invalid_response", "the token endpoint sent an unreadable response")
  );
}
