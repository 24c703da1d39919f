import { columnsOf } from "../../tables/table-plan.ts";
import { CONVERSATION_JOBS, CONVERSATION_QUERY } from "../conversations-details.ts";
import type { Dataset } from "../dataset.ts";

/**
 * Transcripts of speech and text analytics, by the day when their conversation began: a list of the communications
 * that have one, and a JSON file for each, with its phrases, topics and sentiment.
 */
export const transcripts: Dataset = {
  name: "transcripts",
  summary: "transcripts of conversations: a list of communications, and a JSON file for each",
  table: "transcripts",
  access: {
    kind: "jobs",
    // Pages are small, because each communication takes one request and an interrupted page is repeated.
    definition: { ...CONVERSATION_JOBS, largestPage: 50 },
    tail: null,
  },
  files: {
    kind: "transcripts",
    query: "conversations details",
    countPath: CONVERSATION_QUERY.path,
    addressPath:
      "/api/v2/speechandtextanalytics/conversations/{conversationId}/communications/{communicationId}/transcripturl",
    // An address may expire within minutes, so few addresses are requested before their files are downloaded.
    largestBatch: 16,
    idField: "communicationId",
  },
  identity: { fields: ["conversationId", "communicationId"] },
  life: null,
  withheld: ["url"],
  unknowns: [
    "how long after a conversation its transcript is complete",
    "how long a transcript's URL works; an expired URL is requested again",
    "whether a communication of an IVR, queue or campaign can have a transcript; genscope requests transcripts only for the other participants",
  ],
  metrics: [],
  tables: {
    kind: "one-row",
    model: {
      table: "transcripts",
      columns: [
        ...columnsOf("string", "conversationId", "communicationId"),
        ...columnsOf("timestamp", "conversationStart"),
        ...columnsOf("string", "purpose", "userId", "mediaType"),
      ],
      added: [
        ...columnsOf("string", "downloadPath"),
        ...columnsOf("int64", "downloadBytes"),
        ...columnsOf("string", "downloadSha256", "downloadContentType", "downloadCode", "downloadReason"),
      ],
      references: {},
    },
  },
};
