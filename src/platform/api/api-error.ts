import type { ErrorCode } from "../../core/error-codes.ts";
import { AppError } from "../../core/errors.ts";
import type { ExitName } from "../../core/exit-codes.ts";
import { redactLine } from "../../core/redaction/redact-secrets.ts";
import { oneLine } from "../../core/text.ts";
import type { ApiAnswer, ApiRequest } from "./api.ts";
import { type ApiRefusal, readRefusal } from "./refusal.ts";

/** The service responded, but not with the requested data. */
export class ApiError extends AppError {
  override readonly exit: ExitName;
  readonly status: number;
  /** The platform's own code, e.g. `missing.any.permissions`. */
  readonly apiCode: string | null;
  readonly refusal: ApiRefusal | null;
  readonly method: string;
  readonly path: string;

  constructor(
    code: ErrorCode,
    message: string,
    about: {
      readonly request: Pick<ApiRequest, "method" | "path">;
      readonly answer: Pick<ApiAnswer, "status" | "correlationId" | "body">;
      readonly hint?: string | undefined;
    },
  ) {
    super(code, message, { hint: about.hint, correlationId: about.answer.correlationId ?? undefined });
    this.status = about.answer.status;
    this.refusal = readRefusal(about.answer.body);
    this.exit = exitOf(this.status, this.refusal !== null);
    this.apiCode = this.refusal?.code ?? null;
    this.method = about.request.method;
    this.path = about.request.path;
  }
}

/**
 * Returns the error for a response whose body is the platform's error envelope, with the platform's own message. Null
 * for any other body.
 */
export function refusedError(
  request: Pick<ApiRequest, "method" | "path">,
  answer: ApiAnswer,
): ApiError | null {
  const refusal = readRefusal(answer.body);
  if (refusal === null) return null;
  const { status } = answer;
  const said = [
    refusal.code && `\`${oneLine(refusal.code, 100)}\``,
    refusal.message && oneLine(redactLine(refusal.message)),
  ]
    .filter(Boolean)
    .join(": ");
  return new ApiError(codeOf(status), `\`${request.method} ${request.path}\` returned ${status} ${said}`, {
    request,
    answer,
    hint: hintOf(status, request),
  });
}

/**
 * Returns the exit code for a status. A 401 or 403 without the platform's envelope came from a proxy or gateway,
 * so it reveals nothing about the token.
 */
function exitOf(status: number, isInPlatformWords: boolean): ExitName {
  if (status === 401 && isInPlatformWords) return "auth";
  if (status === 403 && isInPlatformWords) return "denied";
  return status === 429 || status >= 500 ? "limited" : "error";
}

function codeOf(status: number): ErrorCode {
  switch (status) {
    case 401:
      return "api.unauthorized";
    case 403:
      return "api.forbidden";
    case 404:
      return "api.not_found";
    case 429:
      return "limited.rate";
    default:
      return status >= 500 ? "api.unavailable" : "api.refused";
  }
}

function hintOf(status: number, { method, path }: Pick<ApiRequest, "method" | "path">): string | undefined {
  if (status === 401) {
    return "run `genscope whoami` to check that the token is still valid and belongs to this region";
  }
  if (status === 403) return `see which access is missing: \`genscope check-scopes "${method} ${path}"\``;
  return status >= 500
    ? "the service has a problem; try again later and quote the correlation id"
    : undefined;
}
