import { describeGrantType, describeSubject, isOther } from "../../../access/verdict/wording.ts";
import type { Principal } from "../../../platform/reading/principal.ts";
import type { CheckedPrincipal } from "./result.ts";

/** Returns the principal as the result document contains it. */
export function summarizePrincipal(principal: Principal, region: string): CheckedPrincipal {
  const { kind, client, user, organization, homeOrganization, scopes, scopesBind } = principal;
  const grant =
    client?.grantType === null || client?.grantType === undefined
      ? ""
      : ` (${describeGrantType(client.grantType)})`;
  const place = organization === null ? "" : ` in organization "${organization.name ?? organization.id}"`;
  const through =
    kind === "user" && client !== null ? ` through OAuth client "${client.name ?? client.id}"` : "";
  return {
    kind,
    description: `${describeSubject(principal)}${through}${grant}${place}, ${region}${isOther(principal) ? ", evaluated without its token" : ""}`,
    isJudgedWithoutToken: isOther(principal),
    client:
      client === null
        ? null
        : { id: client.id, name: client.name, grantType: client.grantType, state: client.state },
    user,
    organization,
    homeOrganization,
    region,
    scopes,
    scopesBind,
  };
}
