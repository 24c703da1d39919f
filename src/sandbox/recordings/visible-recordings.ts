import type { Exchange } from "../exchange.ts";
import { visibleDivisions } from "../exchange.ts";
import type { World } from "../world.ts";
import { type Recording, recordingsOf } from "./recording.ts";

/** Finds the recordings of a conversation, and its divisions; null for an unknown conversation. */
export function findRecordings(
  world: World,
  conversationId: string,
): { readonly recordings: readonly Recording[]; readonly divisionIds: readonly string[] } | null {
  const archive = world.archive();
  const place = archive.find(conversationId, world.dataTimeMs);
  if (place === null) return null;
  const conversation = archive.read(place.dayMs, place.index, world.dataTimeMs);
  return {
    recordings: recordingsOf(world.seed, conversation, world.settings.recordings),
    divisionIds: conversation.divisionIds,
  };
}

/** Returns whether the caller holds the permission for this kind of recording in any division. */
export function isVisibleKind(exchange: Exchange, { media }: Recording): boolean {
  const permissions =
    media === "screen"
      ? ["recording:screenRecording:view"]
      : ["recording:recording:view", "recording:recordingSegment:view"];
  const divisions = visibleDivisions(exchange, permissions);
  return typeof divisions === "string" || divisions.size > 0;
}
