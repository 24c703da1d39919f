/** The raw flags of an analytics request, which `query` and `export` share. */
export interface QuestionFlags {
  readonly interval?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly filter?: readonly string[] | undefined;
  readonly groupBy?: readonly string[] | undefined;
  readonly metric?: readonly string[] | undefined;
  readonly granularity?: string | undefined;
  readonly body?: string | undefined;
}
