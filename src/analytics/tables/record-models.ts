import type { RecordModel } from "./record-flattener.ts";
import { columnsOf } from "./table-plan.ts";

const REFERENCE = ["id", "name"] as const;
const IDENTITY = columnsOf("string", "id", "name");
const SELF = columnsOf("string", "selfUri");
const HISTORY = [
  ...columnsOf("timestamp", "dateCreated", "dateModified"),
  ...columnsOf("string", "createdBy", "modifiedBy"),
];

/** `User`, as it comes when nothing is expanded. */
const USERS: RecordModel = {
  table: "users",
  columns: [
    ...IDENTITY,
    ...columnsOf("string", "email", "username", "state", "department", "title", "preferredName"),
    ...columnsOf("boolean", "acdAutoAnswer"),
    ...columnsOf("string", "languagePreference"),
    ...columnsOf("int32", "version"),
    ...columnsOf("timestamp", "dateLastLogin", "dateWelcomeSent"),
    ...columnsOf("strings", "certifications", "profileSkills"),
    ...columnsOf("json", "chat", "primaryContactInfo", "addresses", "images"),
    ...SELF,
  ],
  references: { division: REFERENCE, manager: REFERENCE },
};

/** `Queue`. */
const QUEUES: RecordModel = {
  table: "queues",
  columns: [
    ...IDENTITY,
    ...columnsOf("string", "description"),
    ...HISTORY,
    ...columnsOf("int32", "memberCount", "userMemberCount", "joinedMemberCount"),
    ...columnsOf("string", "skillEvaluationMethod", "scoringMethod", "lastAgentRoutingMode"),
    ...columnsOf("boolean", "autoAnswerOnly", "enableTranscription", "enableAudioMonitoring"),
    ...columnsOf("boolean", "enableManualAssignment", "suppressInQueueCallRecording"),
    ...columnsOf("string", "callingPartyName", "callingPartyNumber", "defaultMediaLanguage", "peerId"),
    ...columnsOf("json", "mediaSettings", "acwSettings", "routingRules", "bullseye", "memberGroups"),
    ...columnsOf("json", "conditionalGroupRouting", "conditionalGroupActivation", "agentOwnedRouting"),
    ...columnsOf("json", "directRouting", "cannedResponseLibraries", "defaultScripts"),
    ...columnsOf("json", "outboundMessagingAddresses", "outboundEmailAddress"),
    ...SELF,
  ],
  references: {
    division: REFERENCE,
    queueFlow: REFERENCE,
    emailInQueueFlow: REFERENCE,
    messageInQueueFlow: REFERENCE,
    whisperPrompt: REFERENCE,
    onHoldPrompt: REFERENCE,
  },
};

/** `WrapupCode`. */
const WRAP_UP_CODES: RecordModel = {
  table: "wrapup_codes",
  columns: [...IDENTITY, ...columnsOf("string", "description"), ...HISTORY, ...SELF],
  references: { division: REFERENCE },
};

/** `RoutingSkill`. */
const SKILLS: RecordModel = {
  table: "skills",
  columns: [
    ...IDENTITY,
    ...columnsOf("string", "state"),
    ...columnsOf("timestamp", "dateModified"),
    ...columnsOf("string", "version"),
    ...SELF,
  ],
  references: { division: REFERENCE },
};

/** `AuthzDivision`. */
const DIVISIONS: RecordModel = {
  table: "divisions",
  columns: [
    ...IDENTITY,
    ...columnsOf("string", "description"),
    ...columnsOf("boolean", "homeDivision"),
    ...columnsOf("json", "objectCounts"),
    ...SELF,
  ],
  references: {},
};

/** `Flow`. */
const FLOWS: RecordModel = {
  table: "flows",
  columns: [
    ...IDENTITY,
    ...columnsOf("string", "description", "type"),
    ...columnsOf("boolean", "active", "system", "deleted", "virtualAgentEnabled"),
    ...columnsOf("string", "worktypeId"),
    ...columnsOf("strings", "compatibleFlowTypes"),
    ...columnsOf("json", "publishedVersion", "savedVersion", "checkedInVersion", "debugVersion"),
    ...columnsOf("json", "inputSchema", "outputSchema", "currentOperation", "nluInfo", "supportedLanguages"),
    ...SELF,
  ],
  references: { division: REFERENCE, publishedBy: REFERENCE, lockedUser: REFERENCE, lockedClient: REFERENCE },
};

/** `OrganizationPresenceDefinition`, and what the older `OrganizationPresence` has besides. */
const PRESENCE_DEFINITIONS: RecordModel = {
  table: "presence_definitions",
  columns: [
    ...IDENTITY,
    ...columnsOf("string", "type", "systemPresence", "divisionId"),
    ...columnsOf("boolean", "deactivated", "primary"),
    ...columnsOf("json", "languageLabels"),
    ...columnsOf("timestamp", "createdDate", "modifiedDate"),
    ...SELF,
  ],
  references: { createdBy: REFERENCE, modifiedBy: REFERENCE },
};

/** `AuditLogMessage`. */
const AUDITS: RecordModel = {
  table: "audits",
  columns: [
    ...columnsOf("string", "id"),
    ...columnsOf("timestamp", "eventDate"),
    ...columnsOf("string", "serviceName", "entityType", "action", "status", "level", "application"),
    ...columnsOf("string", "userHomeOrgId"),
    ...columnsOf("strings", "remoteIp"),
    ...columnsOf("boolean", "transactionInitiator"),
    ...columnsOf("json", "message", "propertyChanges", "entityChanges", "context"),
  ],
  references: {
    user: REFERENCE,
    client: REFERENCE,
    entity: REFERENCE,
    initiatingAction: ["transactionId", "actionContext"],
  },
};

/** The datasets whose records are a row each, by name. */
export const RECORD_MODELS: Readonly<Record<string, RecordModel>> = {
  audits: AUDITS,
  users: USERS,
  queues: QUEUES,
  "wrap-up codes": WRAP_UP_CODES,
  skills: SKILLS,
  divisions: DIVISIONS,
  flows: FLOWS,
  "presence definitions": PRESENCE_DEFINITIONS,
};
