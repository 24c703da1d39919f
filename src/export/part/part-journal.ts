import type { Interval } from "../../analytics/interval.ts";
import type { Guard } from "../files/guard.ts";
import { Journal, readEvents } from "../files/journal.ts";
import type { PartFile } from "../files/written-file.ts";
import type { IdChain } from "./id-chain.ts";
import { isPartEvent, type PartEvent } from "./part-event.ts";

/** State of a part according to its journal. */
export interface PartState {
  readonly phase: "new" | "fetching" | "fetched" | "converted" | "placed" | "refused";
  /** Number of the run that began the part, counted from 1. */
  readonly run: number;
  readonly interval: Interval | null;
  readonly job: string | null;
  /** Number of pieces in which the part is fetched, one after another; 1 for the whole part. */
  readonly pieces: number;
  /** Number of pieces whose last page is committed. */
  readonly finishedPieces: number;
  /** Zero-based index of the piece of this part whose records the job returns; null without a job. */
  readonly jobPiece: number | null;
  readonly releasedJobs: readonly string[];
  /** Whether no entry has moved to another page while the pages were read so far. */
  readonly isSettled: boolean;
  /** Last committed page; null before the first. */
  readonly page: Extract<PartEvent, { kind: "page" }> | null;
  readonly records: number;
  readonly duplicates: number;
  readonly elsewhere: number;
  readonly correlationIds: IdChain | null;
  /** Ids of conversations that were still in progress. */
  readonly open: readonly string[];
  readonly isConfirmed: boolean;
  readonly files: readonly PartFile[];
  /** One seal per placed file; empty when an earlier version placed them. */
  readonly seals: readonly string[];
  /**
   * Number of the owner that placed the files; null before placement, and when an earlier version placed them.
   */
  readonly owner: number | null;
  readonly refusal: Extract<PartEvent, { kind: "refused" }> | null;
  /**
   * State of an earlier run, whose files stay in place until newer ones replace them; null when no earlier run placed
   * files.
   */
  readonly earlier: PartState | null;
}

const NEW: PartState = {
  phase: "new",
  run: 0,
  interval: null,
  job: null,
  pieces: 1,
  finishedPieces: 0,
  jobPiece: null,
  releasedJobs: [],
  isSettled: true,
  page: null,
  records: 0,
  duplicates: 0,
  elsewhere: 0,
  correlationIds: null,
  open: [],
  isConfirmed: true,
  files: [],
  seals: [],
  owner: null,
  refusal: null,
  earlier: null,
};

/** Returns the state after one more event. */
export function nextState(state: PartState, event: PartEvent): PartState {
  switch (event.kind) {
    case "begun":
      return {
        ...NEW,
        phase: "fetching",
        run: event.run,
        interval: event.interval,
        releasedJobs: state.releasedJobs,
        earlier: placedState(state),
      };
    case "submitted":
      return { ...state, job: event.job, jobPiece: state.finishedPieces };
    case "released":
      return { ...state, job: null, jobPiece: null, releasedJobs: [...state.releasedJobs, event.job] };
    case "deleted":
      return { ...state, releasedJobs: state.releasedJobs.filter((job) => job !== event.job) };
    case "page":
      return {
        ...state,
        page: event,
        isSettled: state.isSettled && event.isSettled,
        finishedPieces: state.finishedPieces + (event.next === null ? 1 : 0),
        records: state.records + event.records,
        duplicates: state.duplicates + event.duplicates,
        elsewhere: state.elsewhere + event.elsewhere,
        correlationIds:
          event.correlationId === null
            ? state.correlationIds
            : { id: event.correlationId, before: state.correlationIds },
      };
    case "restarted":
    case "divided":
      return {
        ...NEW,
        phase: "fetching",
        pieces: event.kind === "divided" ? event.pieces : state.pieces,
        run: state.run,
        interval: state.interval,
        releasedJobs: state.releasedJobs,
        earlier: state.earlier,
      };
    case "fetched":
      return {
        ...state,
        phase: "fetched",
        open: event.open,
        isConfirmed: event.isConfirmed,
      };
    case "converted":
      return { ...state, phase: "converted", files: event.files };
    case "placed":
      return {
        ...state,
        phase: "placed",
        owner: event.owner ?? null,
        seals: event.seals ?? [],
        earlier: null,
      };
    case "sealed":
      return { ...state, seals: event.seals };
    case "refused":
      return { ...state, phase: "refused", refusal: event };
  }
}

/**
 * Returns the state, from this run or an earlier one, that describes the files in place; null when there are no files.
 */
export function placedState(state: PartState): PartState | null {
  return state.phase === "placed" ? state : state.earlier;
}

/** The journal of one part, and the state that results from its events. */
export class PartJournal {
  readonly #journal: Journal<PartEvent>;
  #state: PartState;

  private constructor(journal: Journal<PartEvent>) {
    this.#journal = journal;
    this.#state = journal.events.reduce(nextState, NEW);
  }

  /** Opens the journal, and creates it if it is missing. @throws OutputError */
  static async open(path: string, guard: Guard): Promise<PartJournal> {
    return new PartJournal(await Journal.open(path, guard, isPartEvent));
  }

  get state(): PartState {
    return this.#state;
  }

  /** Appends an event; it is durable when the promise resolves. @throws OutputError */
  async append(event: PartEvent): Promise<void> {
    await this.#journal.append(event);
    this.#state = nextState(this.#state, event);
  }

  async close(): Promise<void> {
    await this.#journal.close();
  }
}

/** Returns the state of a part that no worker is processing. @throws OutputError */
export async function readPartState(path: string): Promise<PartState> {
  return (await readEvents(path, isPartEvent)).reduce(nextState, NEW);
}
