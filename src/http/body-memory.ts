import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** More often, and what is just passing through looks as if it were there to stay. */
const COLLECT_AFTER_BYTES = 6 * 1024 * 1024;
/** Some of it is kept for older than it is, until the whole heap is looked through: ten milliseconds each 400 MB. */
const COLLECTIONS_BEFORE_FULL = 64;
const OPTIMIZING = ["wasm-tier-up", "wasm-dynamic-tiering"];

/** V8's own: the whole heap, or its young generation only. */
type Collect = (options?: { readonly type: "minor" }) => void;

/**
 * Keeps the memory of long bodies small; to be told of every chunk that was dealt with. Their bytes lie outside of the
 * heap, which holds a small handle of each: V8 lets tens of megabytes of dead ones pile up before it looks at their
 * handles, and then walks the whole heap, often. The young generation alone is looked through in half a millisecond.
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
    // An engine without one keeps more in memory, and all else goes on.
    return () => undefined;
  } finally {
    setFlagsFromString("--no-expose-gc");
  }
}

/**
 * Does what compiles undici's parser of HTTP, which is WebAssembly, so that it is never optimized: it only looks at the
 * heads of answers, and optimizing it would take 25 MB for a moment and a third of a second of processor time.
 */
export async function withoutOptimizing<Result>(compile: () => Promise<Result>): Promise<Result> {
  for (const flag of OPTIMIZING) setFlagsFromString(`--no-${flag}`);
  try {
    return await compile();
  } finally {
    for (const flag of OPTIMIZING) setFlagsFromString(`--${flag}`);
  }
}
