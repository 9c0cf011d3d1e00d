import { foldKey, type Setting } from '../settings/setting.ts';
import type { Module } from './modules.ts';
import type { FoundReading } from './settings-scope.ts';

/**
 * The routes of gateways that have none written down: Zuul leads to every service of its registry by
 * default. A setting for each, as if somebody had written it.
 * @param readings the settings of the source, and whose they are
 */
export function listDiscoveredRoutes(
  modules: readonly Module[],
  readings: readonly FoundReading[],
  ownerOf: (file: string) => Module | undefined,
): { readonly module: Module; readonly file: string; readonly settings: readonly Setting[] }[] {
  const services = modules.filter(
    ({ discovery, isDeployable }) => isDeployable && discovery?.role === 'service',
  );
  const routed = new Set(
    readings
      .filter(({ settings }) => settings.some(({ key }) => routeKey.test(foldKey(key))))
      .map(({ file }) => ownerOf(file)?.root),
  );
  return modules.flatMap((module) => {
    const { discovery, isDeployable, root } = module;
    if (!isDeployable || discovery?.role !== 'gateway' || routed.has(root)) return [];
    const settings = services.map(
      ({ name }): Setting => ({
        key: 'zuul.routes.all.serviceId',
        value: name,
        line: 1,
        column: 1,
      }),
    );
    return [{ module, file: discovery.file, settings }];
  });
}

/** Keys by which somebody says where a gateway leads, or that it leads nowhere by itself. */
const routeKey = /^zuul(?:routes|ignoredservices)|^springcloudgateway\w{0,30}routes/;
