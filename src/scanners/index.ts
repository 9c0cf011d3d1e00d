import type { Scanner } from './scanner.ts';

/** What a source says beside its kind. */
type Options = Readonly<Record<string, unknown>>;

/** Every kind of source, loaded when a landscape first names it. */
const registry: Readonly<Record<string, (options: Options) => Promise<Scanner>>> = {
  inventory: async () => (await import('./inventory/inventory.ts')).inventoryScanner as Scanner,
  model: async () => (await import('./models/models.ts')).modelsScanner as Scanner,
  cron: async () => (await import('./crontab.ts')).crontabScanner as Scanner,
  jobs: async () => (await import('./jobs.ts')).jobsScanner as Scanner,
  scripts: async () => (await import('./scripts/scripts.ts')).scriptsScanner as Scanner,
  telemetry: async () => (await import('./telemetry/telemetry.ts')).telemetryScanner as Scanner,
  platform: async () => (await import('./platforms/platforms.ts')).platformScanner as Scanner,
  gateway: async ({ engine }) =>
    engine === undefined
      ? ((await import('./gateway/gateway.ts')).gatewayScanner as Scanner)
      : (await import('./engines/engines.ts')).engineScanner(engine),
  evidence: async () => (await import('./collected/collected.ts')).collectedScanner as Scanner,
};

/** The kinds of source that `landscape.yaml` may name. */
export const sourceKinds: readonly string[] = Object.keys(registry);

/** Loads the scanner of a kind. @param options which of several scanners is meant, where a kind has them */
export async function loadScanner(kind: string, options: Options = {}): Promise<Scanner> {
  const load = registry[kind];
  if (!load) throw new Error(`no scanner for ${kind}`);
  return load(options);
}
