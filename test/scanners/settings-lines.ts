import { listConnections } from '../../src/scanners/scripts/settings/connections.ts';
import { readSettings } from '../../src/scanners/scripts/settings/read-settings.ts';
import type { Service, SettingsReading } from '../../src/scanners/scripts/settings/setting.ts';

/** The readings of a file; none for a file that is no configuration. */
export function read(file: string, text: string): readonly SettingsReading[] {
  return readSettings(text, file) ?? [];
}

/** Each setting as `line key = value`, behind its profile where it has one. */
export function drawSettings(file: string, text: string): string[] {
  return read(file, text).flatMap(({ profile, settings }) =>
    settings.map(
      ({ line, key, value, path }) =>
        `${profile === undefined ? '' : `(${profile}) `}${line} ${key} = ${value}${path === undefined ? '' : ` at ${path}`}`,
    ),
  );
}

/** Each name as `line name -> address protocol`. */
export function drawNames(file: string, text: string): string[] {
  return read(file, text).flatMap(({ names }) =>
    names.map(
      ({ line, name, address, protocol }) => `${line} ${name} -> ${address} ${protocol ?? '-'}`,
    ),
  );
}

/** The services of a file, by name. */
export function servicesOf(file: string, text: string): Record<string, Service> {
  return Object.fromEntries(
    read(file, text).flatMap(({ services }) => services.map((service) => [service.name, service])),
  );
}

/** The environment of a service as `line key = value`. */
export function environmentOf(service: Service | undefined): string[] {
  return (service?.settings ?? []).map(({ line, key, value }) => `${line} ${key} = ${value}`);
}

/** What configuration alone connects to, as `line arrow address protocol confidence`. */
export function drawConfigured(file: string, text: string, knownHosts: string[] = []): string[] {
  const arrows = { pull: '<-', push: '->', both: '<>', unknown: '??' };
  return read(file, text)
    .flatMap(({ settings, services }) => [settings, ...services.map((each) => each.settings)])
    .flatMap((settings) => listConnections(settings, new Set(knownHosts)))
    .map(
      ({ line, flow, address, protocol, confidence }) =>
        `${line} ${arrows[flow]} ${address} ${protocol ?? '-'} ${confidence}`,
    );
}
