export interface AttendanceFacts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether prompts are allowed; false with `--no-input`. */
  readonly mayAsk: boolean;
}

const REMOTE_VARIABLES = ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"] as const;
const DISPLAY_VARIABLES = ["DISPLAY", "WAYLAND_DISPLAY"] as const;

/**
 * Returns whether a user may be at the screen where the keychain would show its dialog. Over SSH the dialog appears
 * on the remote machine, CI has no user, and Linux has no dialog without a display.
 */
export function isAttended({ platform, env, mayAsk }: AttendanceFacts): boolean {
  const isSet = (name: string) => (env[name] ?? "") !== "";
  const hasDisplay = platform !== "linux" || DISPLAY_VARIABLES.some(isSet);
  return mayAsk && hasDisplay && !isSet("CI") && !REMOTE_VARIABLES.some(isSet);
}
