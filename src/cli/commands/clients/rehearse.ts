import type { ClientAssessment } from "../../../access/clients/assess-client.ts";
import { usesOf } from "../../../access/clients/operation-use.ts";
import type { RehearsalKind } from "../../../access/rehearsal/rehearsal-kind.ts";
import { type RehearsalQuestion, rehearse } from "../../../access/rehearsal/rehearse-client.ts";
import { rehearseUsers, type UserUse } from "../../../access/rehearsal/rehearse-users.ts";
import type { Catalogue } from "../../../catalogue/facts/catalogue.ts";
import type { Api } from "../../../platform/api/api.ts";
import { type Approvals, readApprovals } from "../../../platform/clients/client-approval.ts";
import { doubtsOfApproval } from "../../../platform/clients/token-doubts.ts";
import type { Polling } from "../../../platform/reading/polling.ts";
import type { UsageRows } from "../../../platform/usage/read-usage.ts";
import { groupBy } from "./group-by.ts";
import { readUsesByUser, sourceOf, type UsagePeriod } from "./read-organization.ts";
import type { InventoriedClient, UnreadableSource } from "./result.ts";

type WholeRehearsal = NonNullable<InventoriedClient["rehearsal"]>;

/** The rehearsals by client id, and the facts that could not be read for them. */
export interface RehearsedClients {
  readonly byClient: ReadonlyMap<string, WholeRehearsal>;
  readonly unreadable: readonly UnreadableSource[];
}

export interface RehearsedReading {
  readonly assessments: readonly ClientAssessment[];
  readonly catalogue: Pick<Catalogue, "find">;
  readonly period: UsagePeriod;
  /** Id of a single client; null for all. */
  readonly chosen: string | null;
}

/**
 * Rehearses a change for every client and for its users. The approvals of clients and the calls per user are
 * read only when the change affects a client.
 */
export async function rehearseClients(
  api: Api,
  polling: Polling,
  change: RehearsalKind,
  { assessments, catalogue, period, chosen }: RehearsedReading,
): Promise<RehearsedClients> {
  const ofUsers = assessments.filter((each) => isConcerned(change, each));
  if (ofUsers.length === 0) return { byClient: rehearseAll(change, assessments, null, null), unreadable: [] };
  const [approvals, usage] = await Promise.all([
    change === "scope-enforcement" ? readApprovals(api) : null,
    // When API usage can't be read at all, usage by user can't be read either.
    ofUsers.some(({ uses }) => uses !== null) ? readUsesByUser(api, polling, period, chosen) : null,
  ]);
  const users = usage?.isRead ? usersByClient(usage.value, catalogue) : null;
  return {
    byClient: rehearseAll(change, assessments, approvals, users),
    unreadable: [
      ...(approvals?.failure ? [sourceOf("approvals of OAuth clients", approvals.failure)] : []),
      ...(usage?.isRead === false ? [sourceOf("API usage by user", usage)] : []),
    ],
  };
}

/** Returns whether the outcome depends on calls or logins of users. */
function isConcerned(change: RehearsalKind, { principal, openings }: ClientAssessment): boolean {
  return rehearse(change, { principal, uses: [], openings }).outcome !== "not-affected";
}

type UsersOf = (clientId: string) => Parameters<typeof rehearseUsers>[2];

function rehearseAll(
  change: RehearsalKind,
  assessments: readonly ClientAssessment[],
  approvals: Approvals | null,
  usersOf: UsersOf | null,
): ReadonlyMap<string, WholeRehearsal> {
  return new Map(
    assessments.map((assessment) => {
      const { client, uses, openings } = assessment;
      const tokenDoubts = approvals === null ? [] : doubtsOfApproval(client, approvals.of(client.id));
      const question: RehearsalQuestion = {
        principal: { ...assessment.principal, tokenDoubts },
        uses,
        openings,
      };
      const users =
        usersOf === null || !isConcerned(change, assessment)
          ? null
          : rehearseUsers(change, question, usersOf(client.id));
      return [client.id, { ...rehearse(change, question), users }];
    }),
  );
}

function usersByClient({ rows, isCut }: UsageRows, { find }: Pick<Catalogue, "find">): UsersOf {
  const byClient = groupBy(rows, ({ clientId }) => clientId);
  return (clientId) => ({
    users: [...groupBy(byClient.get(clientId) ?? [], ({ userId }) => userId)].map(
      ([id, own]): UserUse => ({
        id,
        name: own.find(({ userName }) => userName !== null)?.userName ?? null,
        uses: usesOf(own, (method, path) => find(method, path), false),
      }),
    ),
    isCut,
  });
}
