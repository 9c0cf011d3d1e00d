import { apiGateways } from './presets/api-gateways.ts';
import { clouds } from './presets/clouds.ts';
import type { Preset } from './presets/preset.ts';
import { proxies } from './presets/proxies.ts';
import { webServers } from './presets/web-servers.ts';

/** Every preset, in the order in which detection prefers equals. */
export const presets: readonly Preset[] = [...webServers, ...proxies, ...apiGateways, ...clouds];

const byName = new Map(
  presets.flatMap((preset) =>
    [preset.name, ...(preset.aliases ?? [])].map((name) => [name, preset]),
  ),
);

/** All names that `findPreset` knows, for messages. */
export const presetNames: readonly string[] = [...byName.keys()];

/** The preset of a name or alias, in any case. */
export function findPreset(name: string): Preset | undefined {
  return byName.get(name.toLowerCase());
}
