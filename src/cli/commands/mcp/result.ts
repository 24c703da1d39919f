/** A JSON Schema of an object, as the protocol requires for arguments and results. */
export interface ObjectSchema {
  readonly type: "object";
  readonly [keyword: string]: unknown;
}

/** The JSON contract of `mcp`: the server and its tools, without serving them. */
export interface McpResult {
  readonly schema: "genscope/mcp/v1";
  readonly server: { readonly name: string; readonly version: string };
  readonly tools: readonly {
    readonly name: string;
    readonly title: string;
    readonly description: string;
    readonly inputSchema: ObjectSchema;
    /** Name of the document that a call returns, such as `genscope/explain/v1`. */
    readonly document: string;
  }[];
}
