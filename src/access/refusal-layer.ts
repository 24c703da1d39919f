import { LAYERS } from "./layers.ts";
import { LAYER_NAMES, type Layer } from "./verdict/verdict.ts";

/** The layer of each status, for refusals whose code is missing or not declared. */
const BY_STATUS: Readonly<Record<number, Layer>> = {
  400: "request",
  401: "token",
  403: "unknown",
  404: "request",
  405: "path",
  407: "network",
  408: "service",
  429: "rate-limit",
};

/**
 * Returns the layer that a refusal code indicates, or null when no layer lists the code. The meaning of a code
 * depends on its status: 400 `missing.permissions` is about social-media tokens, and 503 `forbidden` is an
 * outage.
 */
export function announcedLayer(status: number | "oauth", code: string): Layer | null {
  return LAYER_NAMES.findLast((layer) => LAYERS[layer].codes[status]?.test(code) === true) ?? null;
}

/**
 * Returns the layer that refuses with this status and code. If no layer lists the code, only the status counts.
 */
export function layerOfRefusal(status: number | null, code: string | null): Layer {
  if (status === null) return "unknown";
  const announced = code === null ? null : announcedLayer(status, code);
  if (announced !== null) return announced;
  if (status >= 500) return "service";
  return BY_STATUS[status] ?? (status >= 400 ? "request" : "none");
}

/**
 * Returns the layer of a token endpoint error `{error, description}`. This endpoint throttles with status 400 instead
 * of 429, so only the description identifies throttling.
 */
export function layerOfTokenError(error: string | null, description: string | null): Layer {
  if (/^rate limit exceeded;?/i.test(description ?? "")) return "throttle";
  return (error === null ? null : announcedLayer("oauth", error)) ?? "credentials";
}
