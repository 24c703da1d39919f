/** The flags that say what is asked of analytics, as they came: `query` and `export` share them. */
export interface QuestionFlags {
  readonly interval?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly filter?: readonly string[] | undefined;
  readonly groupBy?: readonly string[] | undefined;
  readonly metric?: readonly string[] | undefined;
  readonly granularity?: string | undefined;
  readonly body?: string | undefined;
}
