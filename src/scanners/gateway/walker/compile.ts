import type { LogFormat } from '../log-format.ts';
import { compileColumns } from './compile-columns.ts';
import { compileJson } from './compile-json.ts';
import { compileText } from './compile-text.ts';
import type { Walk } from './walk.ts';

/** The walker of a format; columns without a `#Fields:` line take the initial ones, by blanks. */
export function compile(format: LogFormat): Walk {
  switch (format.kind) {
    case 'text':
      return compileText(format);
    case 'json':
      return compileJson(format);
    case 'columns':
      return compileColumns(format, format.initial ?? [], ' ');
    default:
      return format satisfies never;
  }
}
