/** The conversations whose files are exported. */
interface ConversationFiles {
  /** Query whose filters select the conversations. */
  readonly query: string;
  /** Live query that counts the conversations. */
  readonly countPath: string;
  /** Maximum number of files whose addresses are requested before the first is downloaded. */
  readonly largestBatch: number;
  /** Field of a record that identifies its file. */
  readonly idField: string;
}

/** Recordings: a list per conversation, and batches that return signed URLs of files. */
export interface RecordingOperations extends ConversationFiles {
  readonly kind: "recordings";
  /** Path of one conversation's recordings, with `{conversationId}`. */
  readonly metadataPath: string;
  /** Path for submitting a batch. */
  readonly batchPath: string;
}

/** Transcripts: one request per communication of a conversation, which returns a signed URL or 404. */
export interface TranscriptOperations extends ConversationFiles {
  readonly kind: "transcripts";
  /** Path that returns a signed URL, with `{conversationId}` and `{communicationId}`. */
  readonly addressPath: string;
}

/**
 * Operations of a dataset that first finds conversations, and then fetches their recordings or transcripts as files.
 */
export type FileOperations = RecordingOperations | TranscriptOperations;
