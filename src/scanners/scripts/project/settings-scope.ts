import { groupBy } from '../../../order.ts';
import { foldKey, type Setting, type SettingsReading } from '../settings/setting.ts';
import { placeOf } from './places.ts';

/** A setting and the file that gives it. */
export interface FoundSetting extends Setting {
  readonly file: string;
  /** It is for development or tests, or a sample: better than nothing. */
  readonly isWeak: boolean;
}

export interface FoundReading extends SettingsReading {
  readonly file: string;
}

/** Finds the values of a setting as a file sees it, the most telling first. */
export interface SettingsScope {
  find(key: string, file: string): readonly FoundSetting[];
}

/** Whether a file's settings are for development or tests, or a sample. */
export function isWeakReading({ file, profile }: FoundReading): boolean {
  return (
    (profile !== undefined && weakProfile.test(profile)) ||
    weakFile.test(baseOf(file)) ||
    placeOf(file) !== 'code'
  );
}

interface Layer {
  readonly folder: string;
  readonly isWeak: boolean;
  readonly settings: ReadonlyMap<string, FoundSetting>;
}

const weakProfile =
  /^(?:dev|develop|development|local|test|testing|tests|ci|it|integration|mock|docker-test|h2|hsqldb)$/i;
const weakFile =
  /[._-](?:dev|development|local|test|testing|example|sample|template|dist|default)(?:[._-]|$)|\.(?:example|sample|template|dist)$/i;

/**
 * Orders the settings of a source by who sees them: what a descriptor gives the module, then the
 * module's own files, then files of the folders around it; what is for production before the rest.
 * @param environmentOf what the descriptors put into the environment of a file's module
 * @param namesOf what the module of a file is called, for files named after it in a shared folder
 */
export function openSettings(
  readings: readonly FoundReading[],
  environmentOf: (file: string) => readonly (Setting & { readonly file: string })[],
  namesOf: (file: string) => readonly string[],
): SettingsScope {
  const layers = new Map<string, Layer[]>();
  const named = new Map<string, Layer[]>();
  for (const reading of readings) {
    const isWeak = isWeakReading(reading);
    const layer: Layer = {
      folder: settingsFolder(reading.file),
      isWeak,
      settings: index(reading, isWeak),
    };
    layers.set(layer.folder, [...(layers.get(layer.folder) ?? []), layer]);
    const stem = foldKey(baseOf(reading.file).replace(/\.[A-Za-z]+$/, ''));
    named.set(stem, [...(named.get(stem) ?? []), layer]);
  }
  const environments = new Map<string, ReadonlyMap<string, readonly FoundSetting[]>>();

  return {
    find: (key, file) => {
      const wanted = foldKey(key);
      const names = namesOf(file);
      const cached = names.join(' ');
      const environment =
        environments.get(cached) ??
        groupBy(
          environmentOf(file).map((setting) => ({ ...setting, isWeak: false })),
          (setting) => foldKey(setting.key),
        );
      environments.set(cached, environment);
      const around = [...ancestors(file).flatMap((folder) => layers.get(folder) ?? [])];
      const shared = names.flatMap((name) => named.get(foldKey(name)) ?? []);
      const all = [...around, ...shared].flatMap((layer) => layer.settings.get(wanted) ?? []);
      return [
        // Of several deployments, each may give another value.
        ...(environment.get(wanted) ?? []),
        ...all.filter(({ isWeak }) => !isWeak),
        ...all.filter(({ isWeak }) => isWeak),
      ];
    },
  };
}

function index(reading: FoundReading, isWeak: boolean): Map<string, FoundSetting> {
  const { file } = reading;
  const all = [...reading.settings].reverse();
  const entries = all.map((each) => [foldKey(each.key), { ...each, file, isWeak }] as const);
  const settings = new Map(entries);
  // Files of sections: `[database] host` is also looked up as `host`, where one section alone has it.
  for (const { key, ...rest } of all) {
    const last = /[.:]([^.:]+)$/.exec(key)?.[1];
    if (last === undefined || !/\.(?:ini|cfg|conf)$/.test(file)) continue;
    if (!settings.has(foldKey(last))) settings.set(foldKey(last), { ...rest, key, file, isWeak });
  }
  return settings;
}

/** The folder whose code sees a configuration file: `src/main/resources` is for all of the module, `group_vars` for all machines. */
function settingsFolder(file: string): string {
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
  return folder.replace(
    /(?:^|\/)(?:src\/main\/resources(?:\/config)?|config|conf|settings|resources|environments?|group_vars(?:\/all)?)$/,
    '',
  );
}

function ancestors(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return [...parts.map((_, at) => parts.slice(0, parts.length - at).join('/')), ''];
}

function baseOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
