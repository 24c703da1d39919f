import type { Answer } from "../answer.ts";
import { badRequest, type Exchange } from "../exchange.ts";
import { configuredListings } from "../state/configured-kinds.ts";

/** Query parameters of the listings in the sandbox, by the definition of July 2026. */
export const DECLARED_PARAMETERS: Readonly<Record<string, ReadonlySet<string>>> = {
  ...Object.fromEntries(
    configuredListings().map(([, { operation, parameters }]) => [operation, namesIn(parameters)]),
  ),
  "GET /api/v2/users": namesIn(`
    pageSize pageNumber id jabberId sortOrder expand integrationPresenceSource userCustomAttributeSchemaIds state
  `),
  "GET /api/v2/routing/queues": namesIn(`
    pageSize pageNumber sortOrder name id divisionId peerId cannedResponseLibraryId hasPeer expand
  `),
  "GET /api/v2/routing/wrapupcodes": namesIn("pageSize pageNumber sortBy sortOrder name id divisionId"),
  "GET /api/v2/routing/skills": namesIn("pageSize pageNumber name id"),
  "GET /api/v2/routing/languages": namesIn("pageSize pageNumber sortOrder name id"),
  "GET /api/v2/routing/skillgroups": namesIn("pageSize name after before"),
  "GET /api/v2/flows": namesIn(`
    type pageNumber pageSize sortBy sortOrder id name description nameOrDescription publishVersionId editableBy
    lockedBy lockedByClientId secure deleted includeSchemas virtualAgentEnabled publishedAfter publishedBefore
    divisionId
  `),
  "GET /api/v2/teams": namesIn("pageSize name after before expand"),
  "GET /api/v2/externalcontacts/scan/contacts": namesIn("limit cursor divisionId"),
  "GET /api/v2/externalcontacts/scan/organizations": namesIn("limit cursor divisionId"),
  "GET /api/v2/routing/queues/{queueId}/members": namesIn(`
    pageNumber pageSize sortOrder expand name profileSkills skills languages routingStatus presence memberBy joined
  `),
  "GET /api/v2/groups/{groupId}/members": namesIn("pageSize pageNumber sortOrder expand"),
  "GET /api/v2/teams/{teamId}/members": namesIn("pageSize before after expand"),
  "GET /api/v2/routing/skillgroups/{skillGroupId}/members": namesIn("pageSize after before expand"),
  "GET /api/v2/quality/publishedforms/evaluations": namesIn("pageSize pageNumber name onlyLatestPerContext"),
  "GET /api/v2/quality/publishedforms/surveys": namesIn(
    "pageSize pageNumber name onlyLatestEnabledPerContext",
  ),
  "GET /api/v2/speechandtextanalytics/conversations/{conversationId}": namesIn(""),
  "GET /api/v2/speechandtextanalytics/topics": namesIn(
    "nextPage pageSize pageNumber state name ids dialects sortBy sortOrder",
  ),
  "GET /api/v2/quality/forms/evaluations/{formId}": namesIn(""),
  "GET /api/v2/quality/forms/surveys/{formId}": namesIn(""),
  "GET /api/v2/quality/conversations/{conversationId}/evaluations/{evaluationId}": namesIn("expand"),
  "GET /api/v2/quality/conversations/{conversationId}/surveys": namesIn(""),
  "GET /api/v2/authorization/roles/{roleId}/subjectgrants": namesIn(
    "pageSize pageNumber sortBy expand nextPage previousPage",
  ),
  "GET /api/v2/presence/definitions": namesIn("deactivated divisionId localeCode"),
  "GET /api/v2/scim/v2/users": namesIn("startIndex count attributes excludedAttributes filter"),
  "GET /api/v2/authorization/divisions": namesIn(`
    pageSize pageNumber sortBy expand nextPage previousPage objectCount id name
  `),
  "GET /api/v2/authorization/divisionspermitted/me": namesIn("name permission"),
  "GET /api/v2/authorization/divisionspermitted/paged/me": namesIn("permission pageNumber pageSize"),
  "GET /api/v2/authorization/divisionspermitted/paged/{subjectId}": namesIn("permission pageNumber pageSize"),
  "GET /api/v2/authorization/roles": namesIn(`
    pageSize pageNumber sortBy expand nextPage previousPage name permission defaultRoleId userCount id
  `),
  "GET /api/v2/authorization/policies": namesIn("after pageSize"),
  "GET /api/v2/authorization/policies/subject/{subjectId}": namesIn("after pageSize"),
  "GET /api/v2/authorization/permissions": namesIn("pageSize pageNumber queryType query"),
  "GET /api/v2/authorization/products": namesIn(""),
  "GET /api/v2/oauth/clients": namesIn(""),
  "GET /api/v2/oauth/authorizations": namesIn(""),
  "GET /api/v2/oauth/scopes": namesIn(""),
  "GET /api/v2/notifications/availabletopics": namesIn("expand includePreview"),
  "GET /api/v2/analytics/conversations/details": namesIn("id"),
  "GET /api/v2/audits/query/servicemapping": namesIn(""),
  "GET /api/v2/audits/query/realtime/servicemapping": namesIn(""),
  "POST /api/v2/audits/query/realtime": namesIn("expand"),
  "POST /api/v2/analytics/conversations/activity/query": namesIn("pageSize pageNumber"),
  "POST /api/v2/analytics/routing/activity/query": namesIn("pageSize pageNumber"),
  "POST /api/v2/analytics/users/activity/query": namesIn("pageSize pageNumber"),
  "POST /api/v2/analytics/flows/activity/query": namesIn("pageSize pageNumber"),
};

/**
 * Refuses a query parameter that the definition does not declare; null for a valid request and for an operation
 * that is not listed above. It is not published whether the platform refuses or ignores such a parameter; a
 * refusal reveals the mistake.
 */
export function checkParameters(exchange: Exchange): Answer | null {
  const { method, path } = exchange.match.operation;
  const declared = DECLARED_PARAMETERS[`${method} ${path}`];
  const unknown = [...exchange.request.query.keys()].find((name) => declared?.has(name) === false);
  return unknown === undefined ? null : badRequest(exchange, `Unrecognized parameter "${unknown}"`);
}

function namesIn(text: string): ReadonlySet<string> {
  return new Set(text.trim() === "" ? [] : text.trim().split(/\s+/));
}
