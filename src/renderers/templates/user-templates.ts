/** What a landscape's folder of templates holds, by what it is for. Nothing of it was read as a template yet. */
export interface UserTemplates {
  /** The folder as the configuration names it, for messages. */
  readonly folder: string;
  /** Part of the report → its template. */
  readonly parts: ReadonlyMap<string, string>;
  /** In place of our style. */
  readonly style?: string;
  /** After our style, or the one in its place. */
  readonly theme?: string;
  /** File to write → its template. */
  readonly pages: ReadonlyMap<string, string>;
  /** Every file that is used, with its SHA-256. */
  readonly inputs: readonly { readonly file: string; readonly sha256: string }[];
}
