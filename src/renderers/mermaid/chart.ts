/** A chart as Mermaid text, with the conclusion that it shows and what stands below it. */
export interface Chart {
  readonly title: string;
  readonly text: string;
  readonly note: string;
}
