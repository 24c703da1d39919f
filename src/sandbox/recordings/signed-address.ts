import { createHmac } from "node:crypto";
import { asNumber } from "../../core/json.ts";

/** Returns a signed URL of a file that is valid until `expiresAtMs`. */
export function signAddress(
  { mediaOrigin, seed }: { readonly mediaOrigin: string; readonly seed: number },
  file: string,
  expiresAtMs: number,
): string {
  const path = `/media/${file}`;
  return `${mediaOrigin}${path}?X-Expires=${expiresAtMs}&X-Signature=${signatureOf(seed, path, expiresAtMs)}`;
}

/** Checks whether an address was signed by this sandbox and has not expired. */
export function checkAddressOf(
  seed: number,
  { path, query }: { readonly path: string; readonly query: URLSearchParams },
  nowMs: number,
): "valid" | "expired" | "forged" {
  const expiresAtMs = asNumber(Number(query.get("X-Expires") ?? Number.NaN)) ?? 0;
  if (query.get("X-Signature") !== signatureOf(seed, path, expiresAtMs)) return "forged";
  return nowMs < expiresAtMs ? "valid" : "expired";
}

function signatureOf(seed: number, path: string, expiresAtMs: number): string {
  return createHmac("sha256", `media ${seed}`).update(`${path} ${expiresAtMs}`).digest("hex");
}
