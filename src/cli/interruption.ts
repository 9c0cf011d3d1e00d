/** Aborted by Ctrl-C: what runs elsewhere, such as the query of an engine, listens and ends it there. */
export const interruption = new AbortController();
