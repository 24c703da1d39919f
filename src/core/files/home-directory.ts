import { homedir, userInfo } from "node:os";
import { isAbsolute } from "node:path";

/**
 * Returns the absolute path of the user's home directory. An empty or relative `HOME` is ignored, because the working
 * directory could then choose the user's settings.
 */
export function homeDirectory(): string {
  const home = homedir();
  return isAbsolute(home) ? home : ofAccount();
}

function ofAccount(): string {
  try {
    return userInfo().homedir;
  } catch {
    // A container may run as a user without an account.
    return "/";
  }
}
