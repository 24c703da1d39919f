import type { AccessRequest, RequestedNeed } from "../../../access/request/access-request.ts";
import type { RequestedChange } from "../../../access/request/requested-change.ts";
import { NOTHING_ELSE } from "../../../access/request/side-effect.ts";
import type { VerdictName } from "../../../access/verdict/verdict.ts";
import { describeGrantType } from "../../../access/verdict/wording.ts";
import { plural } from "../../../core/text.ts";
import type { Message, MessageItem, MessageSection } from "../../../output/message.ts";
import type { Named, OAuthClient, Principal } from "../../../platform/reading/principal.ts";

/** The fields of the principal in a `check-scopes` result that describe the requester. */
export interface RequestingPrincipal {
  readonly kind: Principal["kind"];
  readonly client: Pick<OAuthClient, "id" | "name" | "grantType"> | null;
  readonly user: Principal["user"];
  readonly organization: Named | null;
  readonly region: string;
}

const MOST_REASONS = 3;

const WORDS: Readonly<Record<Exclude<VerdictName, "allowed">, string>> = {
  denied: "refused",
  conditional: "allowed only in part",
  unknown: "possibly refused",
};

/**
 * Composes the message for the administrator: the requester, the purpose and reason, the smallest change with
 * its menu path, its side effects, and how to verify it.
 */
export function composeRequest(
  request: AccessRequest,
  principal: RequestingPrincipal,
  verification: string,
): Message {
  const { needs, changes, ownSteps, correlationIds } = request;
  const [first] = needs;
  const what = needs.length === 1 ? (first?.name ?? "") : plural(needs.length, "API call");
  const subject = `Access to ${what} for ${nameOf(principal)}`;
  const sections: readonly MessageSection[] = [
    { title: "Requester", isNumbered: false, items: requesterItems(principal) },
    { title: "Required API calls", isNumbered: false, items: needs.map(describeNeed) },
    ...section(
      changes.length === 1 ? "Smallest change" : "Smallest changes (all of them are needed)",
      changes.map((change) => describeChange(change, needs.length)),
      changes.length > 1,
    ),
    ...section(
      "Steps on our side",
      ownSteps.map(({ name, summary }) => item(`\`${name}\`: ${summary}`)),
      false,
    ),
    { title: "How to verify", isNumbered: false, items: howToVerify(request, verification) },
    ...section(
      "For the platform's support",
      correlationIds.map((id) => item(`correlation id \`${id}\``)),
      false,
    ),
  ];
  const greeting =
    changes.length === 0
      ? `Hello, ${nameOf(principal)} cannot make ${needs.length === 1 ? "this API call" : "these API calls"} yet.`
      : `Hello, could you please make ${changes.length === 1 ? "the change" : "the changes"} below, so that ${nameOf(principal)} can do its work?`;
  return { subject, greeting, sections, closing: "Thank you." };
}

function section(
  title: string,
  items: readonly MessageItem[],
  isNumbered: boolean,
): readonly MessageSection[] {
  return items.length === 0 ? [] : [{ title, isNumbered, items }];
}

function item(text: string, details: readonly string[] = [], command: string | null = null): MessageItem {
  return { text, details, command };
}

function nameOf({ kind, client, user }: RequestingPrincipal): string {
  if (kind === "user" && user !== null) return `user "${user.name ?? user.id}"`;
  return client === null ? "our token" : `OAuth client "${client.name ?? client.id}"`;
}

function requesterItems({
  kind,
  client,
  user,
  organization,
  region,
}: RequestingPrincipal): readonly MessageItem[] {
  const grant =
    client?.grantType === null || client?.grantType === undefined
      ? ""
      : `, ${describeGrantType(client.grantType)}`;
  return [
    ...(kind === "user" && user !== null
      ? [
          item(
            `user "${user.name ?? user.id}"${user.email === null ? "" : ` <${user.email}>`} (id \`${user.id}\`)`,
          ),
        ]
      : []),
    ...(client === null
      ? []
      : [item(`OAuth client "${client.name ?? client.id}" (id \`${client.id}\`${grant})`)]),
    ...(organization === null
      ? []
      : [item(`organization "${organization.name ?? organization.id}" (id \`${organization.id}\`)`)]),
    item(`region ${region}`),
  ];
}

function describeNeed({ name, verdict, layer, reasons }: RequestedNeed): MessageItem {
  const left = reasons.length - MOST_REASONS;
  return item(`\`${name}\`: ${WORDS[verdict]} (${layer})`, [
    ...reasons.slice(0, MOST_REASONS),
    ...(left > 0 ? [`and ${plural(left, "further reason")}`] : []),
  ]);
}

function describeChange(change: RequestedChange, needCount: number): MessageItem {
  const { summary, menuPath, newMenuPath, sideEffect, permissions, names, alternative } = change;
  return item(summary, [
    ...(names.length === needCount ? [] : [`for ${names.map((name) => `\`${name}\``).join(", ")}`]),
    ...(menuPath === null ? [] : [`where: ${menuPath}`]),
    ...(newMenuPath === null ? [] : [`in the new navigation: ${newMenuPath}`]),
    ...permissions.flatMap(({ permission, label }) =>
      label === null ? [] : [`the role editor calls \`${permission}\` "${label}"`],
    ),
    ...(sideEffect === null ? [] : [describeSideEffect(sideEffect)]),
    ...(alternative === null
      ? []
      : [
          `or, without extra permissions: ${alternative.summary}${alternative.menuPath === null ? "" : ` (${alternative.menuPath})`}`,
        ]),
  ]);
}

function describeSideEffect(sideEffect: string): string {
  return sideEffect === NOTHING_ELSE ? "it would allow nothing else" : `it would also allow: ${sideEffect}`;
}

function howToVerify({ needsNewLogin, changes }: AccessRequest, command: string): readonly MessageItem[] {
  const when =
    changes.length === 0 ? "we run" : "a changed role takes effect within about a minute; then we run";
  const login = needsNewLogin ? [item("a new scope applies only to new tokens: we log in again first")] : [];
  return [...login, item(when, [], command)];
}
