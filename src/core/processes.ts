/** Identifies a process uniquely, across all machines and reboots. */
export interface ProcessMark {
  readonly pid: number;
  readonly host: string;
  /** Boot of the kernel and namespace of process ids; null when the system reports neither. */
  readonly realm: string | null;
  /**
   * Start time of the process in kernel ticks, which clock changes do not affect; null when the system does not
   * report it.
   */
  readonly start: string | null;
}

/** Port for the processes of this machine, with only what a lock needs. */
export interface Processes {
  /** Identifies the current process. */
  self(): ProcessMark;
  /**
   * Returns the state of a process. `unknown` for one of another host, boot or namespace, where only a heartbeat
   * shows whether it runs.
   */
  stateOf(process: ProcessMark): "running" | "gone" | "unknown";
  /** Whether any process with this id runs on this machine and in this namespace. */
  isRunning(pid: number): boolean;
}
