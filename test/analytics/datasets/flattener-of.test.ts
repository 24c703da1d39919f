import { expect, test } from "vitest";
import { findDataset } from "../../../src/analytics/datasets/datasets.ts";
import { flattenerOf } from "../../../src/analytics/datasets/flattener-of.ts";
import { DATASET_TRUTHS } from "../../support/dataset-truths/dataset-truths.ts";
import { rowsOf } from "../tables/rows.ts";

const tablesOf = (dataset: string) => findDataset([dataset]).tables;

test.each(Object.entries(DATASET_TRUTHS))(
  "%s has its tables, each with distinct columns and `extra` at the end",
  async (dataset, { tables }) => {
    const flattener = await flattenerOf(tablesOf(dataset), { groupBy: ["queueId"] });
    expect(flattener.tables.map(({ name }) => name).toSorted()).toEqual(Object.keys(tables).toSorted());
    for (const { columns } of flattener.tables) {
      const names = columns.map(({ name }) => name);
      expect(names.at(-1)).toBe("extra");
      expect(new Set(names).size).toBe(names.length);
    }
  },
);

test.each([
  [
    "conversations details",
    "conversations participants sessions segments metrics media_endpoint_stats flow_outcomes evaluations surveys resolutions attributes",
  ],
  ["users details", "users_details user_presence user_routing_status"],
])("lists the tables of %s in the order %s", async (dataset, tables) => {
  const flattener = await flattenerOf(tablesOf(dataset), { groupBy: [] });
  expect(flattener.tables.map(({ name }) => name).join(" ")).toBe(tables);
});

test("keeps the columns of the five tables that are joined most often", async () => {
  const { tables } = await flattenerOf(tablesOf("conversations details"), { groupBy: [] });
  const columns = tables.slice(0, 5).map((table) => [table.name, table.columns.map(({ name }) => name)]);
  expect(columns).toMatchInlineSnapshot(`
    [
      [
        "conversations",
        [
          "conversationId",
          "conversationStart",
          "conversationEnd",
          "originatingDirection",
          "conversationInitiator",
          "customerParticipation",
          "divisionIds",
          "externalTag",
          "associatedConversationId",
          "consultationConversationIds",
          "conferenceStart",
          "inactivityTimeout",
          "knowledgeBaseIds",
          "selfServed",
          "accessAttributes",
          "originatingSocialMediaPublic",
          "mediaStatsMinConversationMos",
          "mediaStatsMinConversationRFactor",
          "durationMs",
          "mediaTypes",
          "queueIds",
          "agentCount",
          "extra",
        ],
      ],
      [
        "participants",
        [
          "conversationId",
          "participantIdx",
          "participantId",
          "participantName",
          "purpose",
          "userId",
          "teamId",
          "externalContactId",
          "externalOrganizationId",
          "flaggedReason",
          "screenRecording",
          "extra",
        ],
      ],
      [
        "sessions",
        [
          "conversationId",
          "participantIdx",
          "sessionIdx",
          "sessionId",
          "peerId",
          "edgeId",
          "provider",
          "protocolCallId",
          "scriptId",
          "roomId",
          "mediaBridgeId",
          "agentAssistantId",
          "assignerId",
          "selectedAgentId",
          "skillExpressionId",
          "monitoredParticipantId",
          "coachedParticipantId",
          "bargedParticipantId",
          "screenMonitoredUserId",
          "cobrowseRoomId",
          "screenShareRoomId",
          "videoRoomId",
          "mediaType",
          "messageType",
          "direction",
          "engagementSource",
          "mediaCount",
          "recording",
          "snippetRecording",
          "sharingScreen",
          "authenticated",
          "cobrowseRole",
          "deliveryStatus",
          "deliveryStatusChangeDate",
          "extendedDeliveryStatus",
          "deliveryPushed",
          "errorCodeDescription",
          "detectedSpeechStart",
          "detectedSpeechEnd",
          "ani",
          "dnis",
          "sessionDnis",
          "addressFrom",
          "addressTo",
          "addressSelf",
          "addressOther",
          "remote",
          "remoteNameDisplayable",
          "screenShareAddressSelf",
          "videoAddressSelf",
          "cc",
          "bcc",
          "callbackNumbers",
          "destinationAddresses",
          "requestedRoutings",
          "usedRouting",
          "activeSkillIds",
          "removedSkillIds",
          "routingRing",
          "agentBullseyeRing",
          "routingRule",
          "routingRuleType",
          "selectedAgentRank",
          "eligibleAgentCounts",
          "waitingInteractionCounts",
          "agentGroups",
          "proposedAgents",
          "callbackScheduledTime",
          "callbackUserName",
          "timeoutSeconds",
          "skipEnabled",
          "agentOwned",
          "outboundCampaignId",
          "outboundContactId",
          "outboundContactListId",
          "dispositionAnalyzer",
          "dispositionName",
          "flowInType",
          "flowOutType",
          "acwSkipped",
          "cleared",
          "journeyActionId",
          "journeyActionMapId",
          "journeyActionMapVersion",
          "journeyCustomerId",
          "journeyCustomerIdType",
          "journeyCustomerSessionId",
          "journeyCustomerSessionIdType",
          "flow_flowId",
          "flow_flowName",
          "flow_flowType",
          "flow_flowVersion",
          "flow_entryType",
          "flow_entryReason",
          "flow_exitReason",
          "flow_startingLanguage",
          "flow_endingLanguage",
          "flow_transferType",
          "flow_transferTargetName",
          "flow_transferTargetAddress",
          "flow_recognitionFailureReason",
          "flow_issuedCallback",
          "extra",
        ],
      ],
      [
        "segments",
        [
          "conversationId",
          "participantIdx",
          "sessionIdx",
          "segmentIdx",
          "segmentStart",
          "segmentEnd",
          "segmentType",
          "conference",
          "disconnectType",
          "queueId",
          "groupId",
          "errorCode",
          "subject",
          "wrapUpCode",
          "wrapUpNote",
          "wrapUpTags",
          "requestedLanguageId",
          "requestedRoutingSkillIds",
          "requestedRoutingUserIds",
          "sipResponseCodes",
          "q850ResponseCodes",
          "sourceConversationId",
          "sourceSessionId",
          "destinationConversationId",
          "destinationSessionId",
          "audioMuted",
          "videoMuted",
          "scoredAgents",
          "properties",
          "extra",
        ],
      ],
      [
        "metrics",
        [
          "conversationId",
          "participantIdx",
          "sessionIdx",
          "metricIdx",
          "name",
          "value",
          "emitDate",
          "extra",
        ],
      ],
    ]
  `);
});

test("writes each period of a user as a separate row", async () => {
  const flattener = await flattenerOf(tablesOf("users details"), { groupBy: [] });
  const startTime = "2026-10-01T08:00:00.000Z";
  const endTime = "2026-10-01T09:00:00.000Z";
  const tables = rowsOf(
    flattener,
    {
      userId: "u-1",
      primaryPresence: [
        { startTime, endTime, systemPresence: "AVAILABLE", organizationPresenceId: "o-1" },
        { startTime: endTime, systemPresence: "MEAL", mood: "hungry" },
      ],
      routingStatus: [{ startTime, endTime, routingStatus: "IDLE" }],
    },
    { userId: "u-2", nickname: "x" },
  );
  expect(tables).toEqual({
    users_details: [{ userId: "u-1" }, { userId: "u-2", extra: '{"nickname":"x"}' }],
    user_presence: [
      {
        userId: "u-1",
        presenceIdx: 0,
        startTime,
        endTime,
        systemPresence: "AVAILABLE",
        organizationPresenceId: "o-1",
      },
      {
        userId: "u-1",
        presenceIdx: 1,
        startTime: endTime,
        systemPresence: "MEAL",
        extra: '{"mood":"hungry"}',
      },
    ],
    user_routing_status: [{ userId: "u-1", statusIdx: 0, startTime, endTime, routingStatus: "IDLE" }],
  });
});

test("reduces a referenced object to its id and name", async () => {
  const { queues } = rowsOf(await flattenerOf(tablesOf("queues"), { groupBy: [] }), {
    id: "q-1",
    name: "Support",
    division: { id: "d-1", name: "Home", selfUri: "/api/v2/authorization/divisions/d-1" },
    queueFlow: { id: "f-1", name: 7, tier: "x" },
    whisperPrompt: "none",
    memberCount: 12,
    acwSettings: { timeoutMs: 1000 },
    newField: true,
  });
  expect(queues).toEqual([
    {
      id: "q-1",
      name: "Support",
      divisionId: "d-1",
      divisionName: "Home",
      queueFlowId: "f-1",
      memberCount: 12,
      acwSettings: '{"timeoutMs":1000}',
      extra: '{"whisperPrompt":"none","newField":true,"queueFlow":{"name":7,"tier":"x"}}',
    },
  ]);
});
