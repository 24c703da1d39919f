/**
 * Fields of the platform's model that the sandbox writes and never reads back are not listed below; `undefined`
 * is a field that is left out.
 */
interface Extensible {
  readonly [field: string]: unknown;
}

/** A span of one session. It has no id, on the platform neither. */
export interface Segment extends Extensible {
  readonly disconnectType?: string | undefined;
  readonly queueId?: string | undefined;
  readonly segmentEnd?: string | undefined;
  readonly segmentStart: string;
  readonly segmentType: string;
  readonly wrapUpCode?: string | undefined;
  readonly conference: boolean;
}

/** A measurement: milliseconds for names in `t`, a count for names in `n`. */
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
  /** In answers of jobs only. */
  readonly attributes?: Readonly<{ [name: string]: string }> | undefined;
  readonly sessions: readonly Session[];
}

/** A conversation as the detail query answers it: scalars by name, then what is nested. */
export interface Conversation extends Extensible {
  /** Absent while it goes on. */
  readonly conversationEnd?: string | undefined;
  readonly conversationId: string;
  readonly conversationStart: string;
  readonly divisionIds: readonly string[];
  readonly originatingDirection: string;
  readonly participants: readonly Participant[];
}
