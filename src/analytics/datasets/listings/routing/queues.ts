import { columnsOf } from "../../../tables/table-plan.ts";
import { listingOf } from "../../listing.ts";
import { HISTORY, IDENTITY, REFERENCE, SELF } from "../../shared-columns.ts";

/** Routing queues (`Queue`). */
export const queues = listingOf({
  name: "queues",
  path: "/api/v2/routing/queues",
  queries: [{ sortOrder: "asc" }],
  model: {
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
  },
});
