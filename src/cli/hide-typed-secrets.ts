import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Io, OutputStream } from "../core/io.ts";
import { hideTyped } from "../core/redaction/typed-secrets.ts";
import type { Context } from "./context.ts";

/** Minimum length of a word that may be a credential. Most command lines contain only shorter words. */
const SHORTEST_WORD = 12;
const SCHEME = /^(?:basic|bearer)$/i;

/**
 * Returns the context with streams that hide command-line words that look like secrets. Errors, notes, documents and
 * reports may repeat such a word, so hiding it in the streams covers every command.
 */
export function hideTypedSecrets(words: readonly string[], context: Context): Context {
  const { io, env, workingDirectory } = context;
  const hide = hideTyped(
    words.filter(
      (word) => SCHEME.test(word) || (word.length >= SHORTEST_WORD && !isPath(word, workingDirectory)),
    ),
  );
  return hide === null ? context : context.withEnvironment(env, hidingIo(io, hide));
}

/**
 * Returns whether a word, or the value of an option, is the path of an existing file, or of a new file in an existing
 * directory.
 */
function isPath(word: string, workingDirectory: string): boolean {
  const path = word.replace(/^--[a-z-]{1,20}=(?=.)/, "");
  const parent = dirname(path);
  const isInDirectory = path !== parent && dirname(parent) !== parent && /[\\/]/.test(path);
  return (
    exists(resolve(workingDirectory, path)) || (isInDirectory && exists(resolve(workingDirectory, parent)))
  );
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}

function hidingIo(io: Io, hide: (text: string) => string): Io {
  return {
    ...io,
    stdout: hidingStream(io.stdout, hide),
    stderr: hidingStream(io.stderr, hide),
    typedSecrets: { hide, records: io.stdout },
  };
}

/**
 * Wraps a stream so that it hides secrets in text. Bytes are records of an export and stay unchanged. The stream has no
 * `terminal`, because a line that is redrawn in place would bypass the hiding.
 */
function hidingStream(stream: OutputStream, hide: (text: string) => string): OutputStream {
  return {
    write: async (text) => await stream.write(hide(text)),
    writeExact: async (data) => await stream.writeExact(typeof data === "string" ? hide(data) : data),
    get isTerminal() {
      return stream.isTerminal;
    },
    get columns() {
      return stream.columns;
    },
    get colourLevel() {
      return stream.colourLevel;
    },
    isUnicode: stream.isUnicode,
    terminal: null,
  };
}
