/** A span of one session. It has no id, on the platform neither. */
export interface Segment {
  readonly disconnectType?: string;
  readonly queueId?: string;
  readonly segmentEnd?: string;
  readonly segmentStart: string;
  readonly segmentType: string;
  readonly wrapUpCode?: string;
  readonly conference: boolean;
}

/** A measurement: milliseconds for names in `t`, a count for names in `n`. */
export interface Metric {
  readonly emitDate: string;
  readonly name: string;
  readonly value: number;
}

export interface Session {
  readonly ani?: string;
  readonly direction: string;
  readonly dnis?: string;
  readonly mediaType: string;
  readonly messageType?: string;
  readonly peerId?: string;
  readonly provider: string;
  readonly requestedRoutings?: readonly string[];
  readonly sessionId: string;
  readonly usedRouting?: string;
  readonly metrics: readonly Metric[];
  readonly segments: readonly Segment[];
}

export interface Participant {
  readonly participantId: string;
  readonly participantName?: string;
  readonly purpose: string;
  readonly userId?: string;
  readonly sessions: readonly Session[];
}

/** A conversation as the detail query answers it: scalars by name, then what is nested. */
export interface Conversation {
  /** Absent while it goes on. */
  readonly conversationEnd?: string;
  readonly conversationId: string;
  readonly conversationStart: string;
  readonly divisionIds: readonly string[];
  readonly originatingDirection: string;
  readonly participants: readonly Participant[];
}
