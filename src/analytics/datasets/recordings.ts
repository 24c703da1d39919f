import { columnsOf } from "../tables/table-plan.ts";
import { CONVERSATION_JOBS, CONVERSATION_QUERY } from "./conversations-details.ts";
import type { Dataset } from "./dataset.ts";
import { SELF } from "./shared-columns.ts";

/** Recordings (`RecordingMetadata`) of the conversations of each day, with their files. */
export const recordings: Dataset = {
  name: "recordings",
  summary: "conversation recordings: a list with metadata, and the files next to it",
  table: "recordings",
  access: {
    kind: "jobs",
    // Pages are small, because each conversation takes one request and an interrupted page is repeated.
    definition: { ...CONVERSATION_JOBS, largestPage: 100 },
    tail: null,
  },
  files: {
    kind: "recordings",
    query: "conversations details",
    countPath: CONVERSATION_QUERY.path,
    metadataPath: "/api/v2/conversations/{conversationId}/recordingmetadata",
    batchPath: "/api/v2/recording/batchrequests",
    largestBatch: 100,
    idField: "id",
  },
  identity: { fields: ["id"] },
  life: null,
  // Signed addresses are secrets while they are valid. The model of the metadata has no such fields, but a
  // response might.
  withheld: ["mediaUris", "mediaUri", "resultUrl"],
  metrics: [],
  tables: {
    kind: "one-row",
    model: {
      table: "recordings",
      columns: [
        ...columnsOf("string", "id", "conversationId", "name", "path"),
        ...columnsOf("timestamp", "startTime", "endTime"),
        ...columnsOf("string", "media", "mediaSubtype", "mediaSubject", "fileState"),
        ...columnsOf("timestamp", "restoreExpirationTime", "archiveDate"),
        ...columnsOf("string", "archiveMedium"),
        ...columnsOf("timestamp", "deleteDate", "exportDate", "exportedDate"),
        ...columnsOf("int32", "maxAllowedRestorationsForOrg", "remainingRestorationsAllowedForOrg"),
        ...columnsOf("string", "sessionId", "region"),
        ...columnsOf("json", "annotations"),
        ...SELF,
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
