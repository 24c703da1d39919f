import type { Answer } from "./answer.ts";

/**
 * A refusal before it is converted to an error envelope. In the template, `{name}` is a placeholder for the parameter
 * `name`.
 */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly retryAfterSeconds?: number;
  /** The layer that refuses; absent when the operation itself refuses. */
  readonly layer?: string;
}

export function refusal(
  status: number,
  code: string,
  template: string,
  parameters: Readonly<Record<string, string>> = {},
): Refusal {
  return { status, code, template, parameters };
}

/** Attributes a refusal to a layer, unless a more specific rule has done so. */
export function inLayer<Outcome extends Refusal | null>(layer: string, outcome: Outcome): Outcome {
  return outcome === null ? outcome : { layer, ...outcome };
}

/**
 * Returns the refusal of a value in a parameter or body field. For most of them, the platform's error code is not
 * published.
 */
export function invalidValue(value: string, type: string): Refusal {
  return refusal(400, "invalid.value", "Value [{value}] is not valid for parameter type [{type}]", {
    value,
    type,
  });
}

export function isRefusal(value: object): value is Refusal {
  return "template" in value;
}

/** Returns the platform's error envelope (`ErrorBody` of the API definition). */
export function refusalAnswer(refused: Refusal, contextId: string): Answer {
  const message = refused.template.replace(
    /\{(\w+)\}/g,
    (whole, name: string) => refused.parameters[name] ?? whole,
  );
  return {
    status: refused.status,
    refusedBy: { layer: refused.layer ?? "request", code: refused.code },
    headers:
      refused.retryAfterSeconds === undefined ? {} : { "Retry-After": String(refused.retryAfterSeconds) },
    json: {
      message,
      code: refused.code,
      status: refused.status,
      messageWithParams: refused.template,
      messageParams: refused.parameters,
      contextId,
      details: [],
      errors: [],
    },
  };
}

// Codes and messages come from the public API definition, with named parameters instead of `%s`.

export const AUTHENTICATION_REQUIRED = refusal(
  401,
  "authentication.required",
  "No authentication bearer token specified in authorization header.",
);

export const BAD_CREDENTIALS = refusal(401, "bad.credentials", "Invalid login credentials.");

export const CREDENTIALS_EXPIRED = refusal(
  401,
  "credentials.expired",
  "The supplied credentials are expired and cannot be used.",
);

export const NOT_A_USER = refusal(
  400,
  "not.a.user",
  "This request requires a user context. Client credentials cannot be used for requests to this resource.",
);

export const NOT_A_CLIENT = refusal(
  400,
  "not.a.client",
  "This request requires a non-user context. User token cannot be used for requests to this resource.",
);

export const NOT_AUTHORIZED = refusal(
  403,
  "not.authorized",
  "You are not authorized to perform the requested action.",
);

export const FEATURE_FORBIDDEN = refusal(
  403,
  "feature.forbidden",
  "This feature is not enabled for this organization.",
);

export const NOT_FOUND = refusal(404, "not.found", "The requested resource was not found.");

export const METHOD_NOT_ALLOWED = refusal(
  405,
  "method.not.allowed",
  "The request method is not supported for this resource.",
);

export const INTERNAL_ERROR = refusal(
  500,
  "internal.server.error",
  "The server encountered an unexpected condition which prevented it from fulfilling the request.",
);

export const MALFORMED_BODY = refusal(
  400,
  "bad.request",
  "The request could not be understood by the server due to malformed syntax.",
);
