import type { Answer } from "../answer.ts";
import { issueToken } from "../tokens.ts";
import { authenticationFailed, type GrantRequest, grantNotAllowed, tokenAnswer } from "./token-answer.ts";

/** Issues a token for the client itself (RFC 6749 section 4.4). */
export function grantToClient({ world, organization, client, isAuthenticated }: GrantRequest): Answer {
  if (!isAuthenticated) return authenticationFailed();
  if (client.authorizedGrantType !== "CLIENT-CREDENTIALS") return grantNotAllowed();
  return tokenAnswer(issueToken(world, { organization, client, user: null }));
}
