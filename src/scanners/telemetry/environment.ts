const production = /^(?:prod|production|prd|live)$/i;

/** The environment that telemetry names, as the tool calls it; undefined where it names none. */
export function toEnvironment(name: string | undefined): string | undefined {
  const word = name?.trim().toLowerCase().slice(0, 60);
  if (!word || word === 'unknown') return undefined;
  return production.test(word) ? 'prod' : word;
}
