import { SOURCES } from "../claims/source.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

const ADDRESS = /\bhttps?(?::\/\/|%3A%2F%2F)[^\s"'`<>()[\]{},;&]{3,200}/gi;
const MOST_ADDRESSES = 30;

/**
 * Recognizes two redirect URIs in the text that differ only in the trailing slash, the scheme or the port. At most one
 * of them can be the registered one.
 */
export function findRedirectUris({ failure, layer, words }: CircumstanceFacts): Circumstance | null {
  if (layer !== "credentials" || !/redirect/i.test(`${failure.code} ${failure.message}`)) return null;
  const addresses = Array.from(words.matchAll(ADDRESS), ([address]) => plainAddress(address));
  const unique = [...new Set(addresses)].slice(0, MOST_ADDRESSES);
  for (const [index, one] of unique.entries()) {
    const other = unique.slice(index + 1).find((candidate) => isAlmost(one, candidate));
    if (other !== undefined) return differing(one, other);
  }
  return null;
}

function differing(one: string, other: string): Circumstance {
  return {
    layer: "credentials",
    meaning: null,
    claims: [
      {
        text: `\`${one}\` and \`${other}\` are the same redirect URI`,
        verdict: "false",
        truth: `they differ in ${differenceOf(one, other)}, and the login page compares the whole URI`,
        source: SOURCES.sdks,
      },
    ],
    remedies: [
      {
        kind: "fix-credentials",
        summary: `send the redirect URI that the client has: \`${one}\` and \`${other}\` are different URIs`,
        menuPath: "Admin > Integrations > OAuth > the client",
      },
    ],
    isWholeRemedy: false,
  };
}

function plainAddress(address: string): string {
  const text = address.replace(/%3A/gi, ":").replace(/%2F/gi, "/");
  return text.replace(/[.:!?*]+$/, "");
}

function isAlmost(one: string, other: string): boolean {
  if (bare(one) !== bare(other)) return false;
  // A loopback address without a port matches every port.
  const isLoopback = /^https?:\/\/(?:localhost|127\.0\.0\.1)\b/i.test(one);
  return !(
    isLoopback &&
    differenceOf(one, other) === "the port" &&
    (portOf(one) === "" || portOf(other) === "")
  );
}

function bare(address: string): string {
  return address
    .replace(/^https?:\/\//i, "")
    .replace(/^([^/:]+):\d+/, "$1")
    .replace(/\/$/, "")
    .toLowerCase();
}

function portOf(address: string): string {
  return /^https?:\/\/[^/:]+:(\d+)/i.exec(address)?.[1] ?? "";
}

function differenceOf(one: string, other: string): string {
  if (/^https:/i.test(one) !== /^https:/i.test(other)) return "the scheme";
  if (portOf(one) !== portOf(other)) return "the port";
  return one.endsWith("/") === other.endsWith("/") ? "upper and lower case" : "the slash at the end";
}
