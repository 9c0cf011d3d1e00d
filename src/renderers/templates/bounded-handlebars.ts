import Handlebars from 'handlebars';
import { formatCount } from '../wording.ts';

const mostTurns = 2_000_000;
const mostCharacters = 64 * 1024 * 1024;
const mostMilliseconds = 60_000;

/** A template would write more, or for longer, than anybody reads. */
export class TooMuchError extends Error {
  override name = 'TooMuchError';
}

/** A text that is longer than any page. @throws TooMuchError */
export function refuseTooLong(length: number): void {
  if (length > mostCharacters)
    throw new TooMuchError(
      `would write more than ${mostCharacters / 1024 / 1024} MB; loop over less`,
    );
}

/**
 * Handlebars for templates of a user: no prototype, no log, and loops that end.
 * @param isStrict whether to loop over what is not there is a fault
 */
export function createBoundedHandlebars(isStrict: boolean): typeof Handlebars {
  const handlebars = Handlebars.create();
  handlebars.unregisterHelper('log');
  const each = handlebars.helpers['each'] as Handlebars.HelperDelegate;
  const started = performance.now();
  let turns = 0;
  handlebars.registerHelper(
    'each',
    function (this: unknown, items: unknown, options: Handlebars.HelperOptions) {
      if (isStrict && (items === undefined || items === null))
        throw new Error(
          'loops over what is not there; see docs/templates.md for what stands where',
        );
      let characters = 0;
      const counted = (context: unknown, data?: Handlebars.RuntimeOptions): string => {
        turns += 1;
        if (
          turns > mostTurns ||
          (turns % 1024 === 0 && performance.now() - started > mostMilliseconds)
        )
          throw new TooMuchError(
            `loops more than ${formatCount(mostTurns)} times or for a minute; loop over less, for example over the links of a team`,
          );
        const text = options.fn(context, data);
        characters += text.length;
        refuseTooLong(characters);
        return text;
      };
      return each.call(this, items, { ...options, fn: counted });
    },
  );
  return handlebars;
}

/** Without prototypes, and without a word on standard error about it. */
export const withoutPrototypes = {
  allowProtoPropertiesByDefault: false,
  allowProtoMethodsByDefault: false,
} as const;
