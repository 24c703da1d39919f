import { OutputError } from "../core/errors.ts";
import type { Io, OutputStream } from "../core/io.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The reader of our pipe has gone (`| head`): not an error, but nothing more can be said. */
export class ClosedPipe extends Error {}

/** The process's streams as our port; `main.ts` passes the real ones. */
export function nodeIo(streams: Pick<NodeJS.Process, "stdin" | "stdout" | "stderr">, env: Environment): Io {
  return {
    stdout: outputStream(streams.stdout, env),
    stderr: outputStream(streams.stderr, env),
    stdin: {
      isTerminal: streams.stdin.isTTY === true,
      readText: async (maxBytes) => await readText(streams.stdin, maxBytes),
    },
  };
}

function outputStream(stream: NodeJS.WriteStream, env: Environment): OutputStream {
  // A broken pipe arrives both at the callback below and as an event; unheard, the event ends the process.
  stream.on("error", () => {});
  const isTerminal = stream.isTTY === true;
  return {
    isTerminal,
    columns: isTerminal ? stream.columns : null,
    colourLevel: colourLevel(isTerminal, env),
    terminal: isTerminal && env["CI"] === undefined && env["TERM"] !== "dumb" ? stream : null,
    write: async (text) => {
      await new Promise<void>((resolve, reject) => {
        stream.write(text, (error) => {
          if (error === null || error === undefined) resolve();
          else if ((error as NodeJS.ErrnoException).code === "EPIPE")
            reject(new ClosedPipe("closed pipe", { cause: error }));
          else
            reject(
              new OutputError("output.write", `can't write the output: ${error.message}`, { cause: error }),
            );
        });
      });
    },
  };
}

/** `NO_COLOR` (no-color.org) and `FORCE_COLOR` (0 to 3) beat what the terminal says of itself. */
function colourLevel(isTerminal: boolean, env: Environment): 0 | 1 | 2 | 3 {
  if (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") return 0;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined)
    return forced === "0" || forced === "false" ? 0 : forced === "2" ? 2 : forced === "3" ? 3 : 1;
  if (!isTerminal || env["TERM"] === "dumb") return 0;
  return env["COLORTERM"] === "truecolor" ? 3 : env["TERM"]?.includes("256") === true ? 2 : 1;
}

async function readText(stream: NodeJS.ReadStream, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > maxBytes)
      throw new OutputError("input.too_large", `standard input is larger than ${maxBytes} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}
