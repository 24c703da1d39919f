import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { BIN } from "./genscope-process.ts";
import { hasTerminals } from "./terminal.ts";

/** The shells in which completion is tested. */
export type ShellName = "bash" | "zsh" | "fish";

/** An interactive shell on its own terminal, with the completion script loaded. */
export interface CompletingShell {
  /** Working directory of the shell. */
  readonly directory: string;
  /** Types a line and a tab. Returns the line as the shell then shows it for editing. */
  complete(line: string): Promise<string>;
  /** Everything that the terminal showed. */
  screen(): string;
  close(): Promise<void>;
}

/**
 * Command and settings that start each shell without the user's own settings. Ctrl-T writes the edited line to
 * `$LINE_FILE`.
 */
const STARTS: Readonly<Record<ShellName, { readonly command: string; readonly set: string }>> = {
  bash: {
    command: 'bash --noprofile --rcfile "$SETTINGS" -i',
    set: `eval "$(genscope completion bash)"
show() { printf '%s\\n.' "$READLINE_LINE" >"$LINE_FILE"; }
bind -x '"\\C-t": show'`,
  },
  zsh: {
    command: 'ZDOTDIR="$(dirname "$SETTINGS")" zsh -d -i',
    set: `autoload -Uz compinit
compinit -u -D
eval "$(genscope completion zsh)"
show() { printf '%s\\n.' "$BUFFER" >"$LINE_FILE"; }
zle -N show
bindkey '^T' show`,
  },
  fish: {
    command: 'fish --no-config --interactive --init-command "source $SETTINGS"',
    set: `genscope completion fish | source
function show; printf '%s\\n.' (commandline) >"$LINE_FILE"; end
bind \\ct show`,
  },
};

/** Returns the name of a program that a test in this shell needs and that is missing, or null. */
export function missingForShell(shell: ShellName): string | null {
  if (spawnSync(shell, ["-c", "exit 7"]).status !== 7) return shell;
  return hasTerminals() ? null : "script of util-linux";
}

/** Starts a shell for a user with these profiles, given as the text of `config.toml`. */
export async function startCompletingShell(shell: ShellName, profiles: string): Promise<CompletingShell> {
  const root = await mkdtemp(join(tmpdir(), "genscope-shell-"));
  const [directory, bin, home, config] = ["work", "bin", "home", "config"].map((name) => join(root, name));
  if (directory === undefined || bin === undefined || home === undefined || config === undefined) {
    throw new Error("four directories have four names");
  }
  for (const path of [directory, bin, home, config]) await mkdir(path);
  await symlink(BIN, join(bin, "genscope"));
  await writeFile(join(config, "config.toml"), profiles);
  const { command, set } = STARTS[shell];
  const settings = join(root, ".zshrc");
  const lineFile = join(root, "line");
  const readyFile = join(root, "ready");
  await writeFile(
    settings,
    `PS1='$ '\n${set}\necho >"$READY_FILE"\n`.replace(shell === "fish" ? /^PS1.*/ : /^$/, ""),
  );
  const child = spawn("script", ["-qefc", `stty cols 200 rows 50; exec env ${command}`, "/dev/null"], {
    cwd: directory,
    stdio: "pipe",
    env: {
      PATH: `${bin}:${process.env["PATH"]}`,
      HOME: home,
      TERM: "xterm",
      SHELL: "/bin/sh",
      GENSCOPE_CONFIG_DIR: config,
      SETTINGS: settings,
      LINE_FILE: lineFile,
      READY_FILE: readyFile,
    },
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const waitFor = async (isDone: () => boolean) => {
    while (!isDone()) {
      if (child.exitCode !== null) throw new Error(`${shell} ended:\n${output}`);
      await delay(20);
    }
  };
  await waitFor(() => existsSync(readyFile));
  return {
    directory,
    complete: async (line) => {
      rmSync(lineFile, { force: true });
      child.stdin.write(`${line}\t\x14`);
      const read = () => (existsSync(lineFile) ? readFileSync(lineFile, "utf8") : "");
      await waitFor(() => read().endsWith("\n."));
      // Ctrl-U empties the line.
      child.stdin.write("\x15");
      return read().slice(0, -2);
    },
    screen: () => output,
    close: async () => {
      child.kill();
      await ended;
      await rm(root, { recursive: true, force: true });
    },
  };
}
