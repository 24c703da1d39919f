import type { Region } from "../../platform/region/region.ts";

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/;

/**
 * Returns whether an address is safe to download from: https without a user name, or plain http on the loopback
 * interface if the API is there too.
 */
export function isSafeAddress(url: URL, region: Pick<Region, "apiUrl">): boolean {
  if (url.username !== "" || url.password !== "") return false;
  if (url.protocol === "https:") return true;
  return url.protocol === "http:" && isLoopback(url) && isLoopback(new URL(region.apiUrl));
}

function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.test(hostname);
}
