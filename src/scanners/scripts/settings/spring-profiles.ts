import { groupBy } from '../../../order.ts';
import { profileOfFile } from './profiles.ts';
import { splitLines } from './read-key-lines.ts';
import { foldKey, type Setting, type SettingsReading, toSettingsReading } from './setting.ts';

const profileKeys = new Set(
  ['spring.config.activate.on-profile', 'spring.profiles', '%profile'].map(foldKey),
);

/** The settings of a properties file by its documents, which lines of `#---` part. */
export function splitDocuments(settings: readonly Setting[], text: string): Setting[][] {
  const breaks = splitLines(text).flatMap((line, index) =>
    /^[#!]---\s*$/.test(line) ? [index + 1] : [],
  );
  if (breaks.length === 0 || breaks.length > 500) return [[...settings]];
  const documents = groupBy(settings, ({ line }) =>
    String(breaks.findLastIndex((at) => at < line)),
  );
  return [...documents.values()];
}

/**
 * The documents of a Spring configuration as one reading for each profile. A document says its
 * profile itself, else the file's name does; Quarkus writes it before the key, as in `%dev.a.b`.
 */
export function splitProfiles(
  documents: readonly (readonly Setting[])[],
  file: string,
): SettingsReading[] {
  const byProfile = new Map<string | undefined, Setting[]>();
  const add = (profile: string | undefined, setting: Setting): void => {
    const settings = byProfile.get(profile) ?? [];
    byProfile.set(profile, settings);
    settings.push(setting);
  };
  const ofFile = profileOfFile(file);
  for (const settings of documents) {
    const activated = settings.find(({ key }) => profileKeys.has(foldKey(key)))?.value;
    for (const setting of settings) {
      const quarkus = /^%([\w-]{1,40})\.(.+)$/.exec(setting.key);
      if (quarkus?.[2]) add(quarkus[1], { ...setting, key: quarkus[2] });
      else if (!profileKeys.has(foldKey(setting.key))) add(activated ?? ofFile, setting);
    }
  }
  return [...byProfile].map(([profile, settings]) => toSettingsReading({ settings }, profile));
}
