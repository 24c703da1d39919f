/** A recording in a batch, with its file or the reason why the file is not available. */
export interface BatchItem {
  readonly conversationId: string;
  readonly recordingId: string;
  readonly outcome: { readonly file: string; readonly contentType: string } | { readonly error: string };
}

/** A request for the signed URLs of several files. */
export interface RecordingBatch {
  readonly id: string;
  /** Subject that submitted the batch. The batch is hidden from every other caller. */
  readonly ownerId: string;
  readonly items: readonly BatchItem[];
  /** Number of polls so far. */
  polls: number;
  /**
   * Time of the poll that first returned the complete batch; null before that poll. Its addresses are signed at that
   * time.
   */
  finishedAtMs: number | null;
}
