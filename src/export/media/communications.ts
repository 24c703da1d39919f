import { asArray, asRecord, asString, type JsonRecord } from "../../core/json.ts";

/** Purposes of participants that are not people. */
const SILENT: ReadonlySet<string> = new Set(["acd", "ivr", "workflow", "campaign", "dialer"]);

/** Returns a record for each communication of a conversation that may have a transcript, without duplicates. */
export function communicationsOf(conversation: JsonRecord): readonly JsonRecord[] {
  const { conversationId, conversationStart, participants } = conversation;
  const found = new Map<string, JsonRecord>();
  for (const participant of asArray(participants).map(asRecord)) {
    const purpose = asString(participant["purpose"]);
    if (SILENT.has(purpose ?? "")) continue;
    for (const session of asArray(participant["sessions"]).map(asRecord)) {
      const communicationId = asString(session["sessionId"]);
      if (communicationId === null || found.has(communicationId)) continue;
      const { userId } = participant;
      const { mediaType } = session;
      found.set(communicationId, {
        conversationId,
        communicationId,
        conversationStart,
        ...(purpose === null ? {} : { purpose }),
        ...(userId === undefined ? {} : { userId }),
        ...(mediaType === undefined ? {} : { mediaType }),
      });
    }
  }
  return [...found.values()];
}
