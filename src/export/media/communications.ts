import { asString, type JsonRecord } from "../../core/json.ts";
import { recordsOfList } from "../page/records-of-list.ts";

/** Values of `purpose` for participants that are not people. */
const SILENT: ReadonlySet<string> = new Set(["acd", "ivr", "workflow", "campaign", "dialer"]);

/**
 * Returns a record for each communication of a conversation that may have a transcript, without duplicates.
 * @throws BrokenPage for participants or sessions that are not lists of objects
 */
export function communicationsOf(conversation: JsonRecord): readonly JsonRecord[] {
  const { conversationId, conversationStart, participants } = conversation;
  const found = new Map<string, JsonRecord>();
  for (const participant of recordsOfList(participants ?? [], "participants")) {
    const purpose = asString(participant["purpose"]);
    if (SILENT.has(purpose ?? "")) continue;
    for (const session of recordsOfList(participant["sessions"] ?? [], "sessions")) {
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
