import type { Operation } from "../../../catalogue/facts/operation.ts";
import { originOf } from "../../verdict/wording.ts";

/** Sources that claims cite, so that a reader can check them. */
export const SOURCES = {
  sdks: "code of the official SDKs, CLI and Terraform provider",
  clientModel: "OAuth client model of the official SDKs",
  help: "Genesys Cloud help: permissions and scopes in the public API",
  limits: "rate limits page of the developer center; the organization's own limits apply",
  definition: "published definition of the platform API",
  cliReadme: "README of the official CLI",
  publicClients: "RFC 6749, section 2.1: a client in a browser is public",
  reports: "reports of live behavior in public threads",
  absence: "no official source mentions it",
  paste: "the paste itself",
  noToken: "no token was used",
} as const;

/** Returns the source and date of an operation's catalog entry. */
export function sourceOf(operation: Operation): string {
  return `catalog entry from ${originOf(operation.provenance)}`;
}
