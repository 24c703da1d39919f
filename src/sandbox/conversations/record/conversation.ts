/**
 * Accepts fields that the types below do not list, because the sandbox writes but never reads them. A field with the
 * value `undefined` is omitted.
 */
interface Extensible {
  readonly [field: string]: unknown;
}

/** A segment of one session. As on the platform, it has no id. */
export interface Segment extends Extensible {
  readonly disconnectType?: string | undefined;
  readonly queueId?: string | undefined;
  readonly segmentEnd?: string | undefined;
  readonly segmentStart: string;
  readonly segmentType: string;
  readonly wrapUpCode?: string | undefined;
  readonly conference: boolean;
}

/** A measurement: milliseconds if the name begins with `t`, a count if it begins with `n`. */
export interface Metric {
  readonly emitDate: string;
  readonly name: string;
  readonly value: number;
}

export interface Session extends Extensible {
  readonly ani?: string | undefined;
  readonly direction: string;
  readonly dnis?: string | undefined;
  readonly mediaType: string;
  readonly messageType?: string | undefined;
  readonly peerId?: string | undefined;
  readonly provider: string;
  readonly requestedRoutings?: readonly string[] | undefined;
  readonly sessionId: string;
  readonly usedRouting?: string | undefined;
  readonly metrics: readonly Metric[];
  readonly segments: readonly Segment[];
}

export interface Participant extends Extensible {
  readonly participantId: string;
  readonly participantName?: string | undefined;
  readonly purpose: string;
  readonly userId?: string | undefined;
  /** Present only in results of jobs. */
  readonly attributes?: Readonly<{ [name: string]: string }> | undefined;
  readonly sessions: readonly Session[];
}

/** A conversation in the form that the detail query returns: scalar fields sorted by name, followed by nested ones. */
export interface Conversation extends Extensible {
  /** Absent while the conversation is open. */
  readonly conversationEnd?: string | undefined;
  readonly conversationId: string;
  readonly conversationStart: string;
  readonly divisionIds: readonly string[];
  readonly originatingDirection: string;
  readonly participants: readonly Participant[];
}
