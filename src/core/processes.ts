/** A process, identified so that no other process on any machine matches. */
export interface ProcessMark {
  readonly pid: number;
  readonly host: string;
  /** Boot of the kernel and namespace of the process ids; null where the system reports neither. */
  readonly realm: string | null;
  /**
   * Start of the process in kernel ticks, unaffected by clock changes; null where the system does not report
   * it.
   */
  readonly start: string | null;
}

/** Port to the processes of this machine, with only what a lock needs. */
export interface Processes {
  /** The current process. */
  self(): ProcessMark;
  /** Returns `unknown` for a process of another host, boot, or namespace: only its heartbeat shows that it runs. */
  stateOf(process: ProcessMark): "running" | "gone" | "unknown";
  /** Whether any process of this machine and namespace has the id. */
  isRunning(pid: number): boolean;
}
