import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** A smaller interval would make short-lived chunks survive as if they were long-lived. */
const COLLECT_AFTER_BYTES = 6 * 1024 * 1024;
/** Interval of full collections, which free the chunks that survived: ten milliseconds per 400 MB. */
const COLLECTIONS_BEFORE_FULL = 64;
const OPTIMIZING = ["wasm-tier-up", "wasm-dynamic-tiering"];

/** V8's own function: collects the whole heap, or its young generation only. */
type Collect = (options?: { readonly type: "minor" }) => void;

/**
 * Keeps the memory of long bodies small; call it for every processed chunk. The bytes are outside the heap,
 * which contains only a small handle for each chunk. V8 accumulates tens of megabytes of dead chunks before
 * it examines their handles, and then often walks the whole heap. Collecting only the young generation takes
 * half a millisecond.
 */
export function createBodyCollector(): (bytes: number) => void {
  let collect: Collect | null = null;
  let pending = 0;
  let collections = 0;
  return (bytes) => {
    pending += bytes;
    if (pending < COLLECT_AFTER_BYTES) return;
    pending = 0;
    collect ??= exposeCollector();
    collections += 1;
    if (collections % COLLECTIONS_BEFORE_FULL === 0) collect();
    else collect({ type: "minor" });
  };
}

function exposeCollector(): Collect {
  setFlagsFromString("--expose-gc");
  try {
    return runInNewContext("gc") as Collect;
  } catch {
    // An engine without this function uses more memory and otherwise works the same.
    return () => undefined;
  } finally {
    setFlagsFromString("--no-expose-gc");
  }
}

/**
 * Runs the compilation of undici's HTTP parser, which is WebAssembly, with optimization off. The parser reads
 * only the heads of responses; optimizing it would briefly take 25 MB and a third of a second of processor
 * time.
 */
export async function withoutOptimizing<Result>(compile: () => Promise<Result>): Promise<Result> {
  for (const flag of OPTIMIZING) setFlagsFromString(`--no-${flag}`);
  try {
    return await compile();
  } finally {
    for (const flag of OPTIMIZING) setFlagsFromString(`--${flag}`);
  }
}
