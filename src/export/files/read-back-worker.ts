// Entry point of a worker thread that reads one growing file back. Each message is the offset up to which the file
// is durable, or null when the file is finished. The reply to null is the ReadBack, or null when the file is
// missing or has changed.
import { parentPort, workerData } from "node:worker_threads";
import { ReadingBack } from "./read-back.ts";

const reading = ReadingBack.open(workerData as string);
let last: Promise<unknown> = reading;

parentPort?.on("message", (offset: number | null) => {
  // An error ends the thread and is thrown in the parent thread.
  last = last.then(async () => {
    const file = await reading;
    if (offset !== null) await file?.readTo(offset);
    else parentPort?.postMessage((await file?.finish()) ?? null);
  });
});
