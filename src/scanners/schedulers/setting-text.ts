import type { SettingOf } from './scheduled-job.ts';

/** A text whose settings are filled, or the setting that stands elsewhere. */
export type FilledText = { readonly text: string } | { readonly missing: string };

const most = 20;

/**
 * Fills `${key:default}` of Spring and `{key}` of Quarkus. What the settings of the source say goes
 * before the default.
 */
export function fillSettings(written: string, settingOf: SettingOf | undefined): FilledText {
  let text = written.slice(0, 2_000);
  if (text.includes('#{')) return { missing: text };
  for (let count = 0; count < most; count++) {
    // The innermost first, for a default may be a setting.
    const match = /\$?\{\s*([\w.[\]-]{1,200})\s*(?::([^{}]*))?\}/.exec(text);
    if (!match) return /\$?\{/.test(text) ? { missing: text } : { text: text.trim() };
    const value = settingOf?.(match[1] ?? '') ?? match[2];
    if (value === undefined) return { missing: match[1] ?? '' };
    text = text.slice(0, match.index) + value + text.slice(match.index + match[0].length);
  }
  return { missing: written };
}
