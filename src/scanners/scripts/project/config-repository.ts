import { readEnvironment } from '../../../vocabulary/environment-words.ts';
import { folderOf } from '../settings/paths.ts';
import { withoutProfile } from '../settings/profiles.ts';
import { toService } from '../settings/service.ts';
import type { FoundService } from './found-service.ts';
import { type FoundManifest, rootOfManifest } from './modules.ts';
import type { FoundReading } from './settings-scope.ts';

const settingsFile = /\.(?:ya?ml|properties)$/i;
/** What all applications are given. */
const shared = /^(?:application|bootstrap)(?:-[\w-]+)?$/i;

/**
 * Tells the files of a folder that applications find their configuration in by their names, as those
 * of Spring Cloud Config do: `application.yml` lies there for all of them. Not the resources of one.
 */
export function openKeptFiles(paths: readonly string[]): (file: string) => boolean {
  const folders = new Set(
    paths.filter((file) => settingsFile.test(file) && shared.test(stemOf(file))).map(folderOf),
  );
  return (file) =>
    settingsFile.test(file) &&
    folders.has(folderOf(file)) &&
    !/(?:^|\/)(?:src|resources|target|templates|conf\.d)\//.test(file);
}

/** Files that lie beside configuration, and are of no application by their name. */
const ofNobody =
  /^(?:values|chart|kustomization|config|settings|database|databases|prometheus|(?:docker-)?compose|vars|env|secrets?|logback|log4j2?|messages|common|defaults?|global|shared)(?:[-_.]|$)/i;

/**
 * Whose configuration a file of such a folder is, by its name: `orders.yml` and `orders-staging.yml`
 * are those of `orders`. What all are given is nobody's; undefined for any other file.
 */
export function openConfigRepository(
  readings: readonly FoundReading[],
): (file: string) => string | 'all' | undefined {
  // Manifests of Argo CD are called `application.yaml`, too, and set nothing.
  const files = readings
    .filter(({ settings, services }) => settings.length > 0 && services.length === 0)
    .map(({ file }) => file);
  const isKept = openKeptFiles(files);
  const kept = files.filter(
    (file) => isKept(file) && !shared.test(stemOf(file)) && !ofNobody.test(stemOf(file)),
  );
  const named = new Set(kept.map(pathOf));
  const folders = new Set(kept.map(folderOf));
  return (file) => {
    if (!isKept(file) || !folders.has(folderOf(file))) return undefined;
    const stem = stemOf(file);
    if (shared.test(stem)) return 'all';
    if (ofNobody.test(stem)) return undefined;
    // Any word may be a profile; where the file without it is there, it is one.
    const parts = stem.split('-');
    for (let count = 1; count < parts.length && count < 20; count++) {
      const name = parts.slice(0, count).join('-');
      if (named.has(`${folderOf(file)}/${name}`)) return name;
    }
    return withoutProfile(stem);
  };
}

/**
 * The applications that a repository of configuration names, as services without an image. Beside
 * code, the folders of the code are the applications.
 */
export function listConfiguredApplications(
  readings: readonly FoundReading[],
  manifests: readonly FoundManifest[],
): FoundService[] {
  const find = openConfigRepository(readings);
  const roots = manifests
    .filter(({ isAggregator }) => !isAggregator)
    .map(({ file }) => rootOfManifest(file));
  return readings.flatMap(({ file, profile }): FoundService[] => {
    const name = find(file);
    if (name === undefined || name === 'all') return [];
    if (roots.some((root) => root === '' || file.startsWith(`${root}/`))) return [];
    // What is there for tests alone runs nowhere else.
    if ((readEnvironment(profile ?? '') ?? 'prod') !== 'prod') return [];
    return [{ ...toService(name, { line: 1, column: 1 }, {}), file }];
  });
}

function pathOf(file: string): string {
  return `${folderOf(file)}/${stemOf(file)}`;
}

function stemOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}
