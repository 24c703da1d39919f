import { requestAccess } from "../../../access/request/access-request.ts";
import { renderMessageAsMarkdown, renderMessageAsText } from "../../../output/message.ts";
import type { Principal } from "../../../platform/reading/principal.ts";
import { verificationCommand } from "../../shell/verification-command.ts";
import type { JudgedItem } from "./judge.ts";
import type { CheckRequest } from "./request.ts";
import { composeRequest } from "./request-message.ts";
import { type CheckedPrincipal, type CheckScopesResult, nameOfItem } from "./result.ts";

/**
 * Composes the message for the administrator using the terms of the role editor; null when there is nothing to request.
 */
export function composeAdminRequest(
  principal: CheckedPrincipal,
  { principal: read, items }: { readonly principal: Principal; readonly items: readonly JudgedItem[] },
  { operations, permissions, division, policy, identity }: CheckRequest,
): CheckScopesResult["request"] {
  const labels = new Map(
    [...(read.ownedPermissions?.values() ?? [])].flatMap(({ permission, label }) =>
      label === null ? [] : [[permission, label]],
    ),
  );
  const request = requestAccess(
    items.map((item) => ({
      name: nameOfItem(item),
      verdict: item.verdict,
      layer: item.layer,
      mode: item.requirement.permissionMode,
      permissions: item.requirement.permissions,
      evidence: item.evidence,
      remedies: item.remedies,
    })),
    labels,
  );
  if (request === null) return null;
  const verification = verificationCommand({
    operations,
    permissions,
    division,
    policy,
    profile: null,
    identity,
  });
  const message = composeRequest(request, principal, verification);
  return {
    subject: message.subject,
    lines: renderMessageAsText(message).trimEnd().split("\n"),
    markdown: renderMessageAsMarkdown(message),
  };
}
