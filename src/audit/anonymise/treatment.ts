import type { StandIns } from './stand-ins.ts';

/** What becomes of a text. It is called twice: first to learn what there is, then to replace it. */
export type TextTreatment = (standIns: StandIns, text: string) => string;

/** One of the words that the type allows: it says nothing of anybody, and stays. */
export const word = 'word';

type Figure = number | boolean | null | undefined;
type Text<T> = Exclude<T, Figure>;

/** Nothing but figures: a number, or a list of them. */
type IsFigures<T> = [Text<T>] extends [never]
  ? true
  : [Text<T>] extends [readonly (infer Item)[]]
    ? IsFigures<Item>
    : false;

type KeyOf<T> = T extends unknown ? keyof T : never;
type MemberOf<T, Key extends PropertyKey> = T extends unknown
  ? Key extends keyof T
    ? T[Key]
    : never
  : never;

/** A mapping whose keys come from the sources. */
export interface KeyedTreatment<Value> {
  readonly keys: TextTreatment;
  readonly values: IsFigures<Value> extends true ? null : Treatment<Value>;
}

/**
 * What becomes of each text in data of a type: every one must be named, or the build breaks. Only a
 * text that the type holds to a few words may stay as it is. Figures need no treatment.
 */
export type Treatment<T> = TreatmentOf<Text<T>>;

type TreatmentOf<T> = [T] extends [string]
  ? string extends T
    ? TextTreatment
    : typeof word
  : [T] extends [readonly (infer Item)[]]
    ? Treatment<Item>
    : string extends keyof T
      ? KeyedTreatment<T[keyof T]>
      : {
          readonly [Key in KeyOf<T> as IsFigures<MemberOf<T, Key>> extends true
            ? never
            : Key]-?: Treatment<MemberOf<T, Key>>;
        };

/** A treatment without its type, as it is walked. */
type AnyTreatment = TextTreatment | typeof word | { readonly [key: string]: AnyTreatment | null };

/**
 * Applies a treatment to data. What the treatment does not know fails, so that nothing slips
 * through which was added to the data and forgotten here.
 * @throws Error naming the place in the data
 */
export function treat<T>(value: T, treatment: Treatment<T>, standIns: StandIns, path: string): T {
  return apply(value, treatment as unknown as AnyTreatment, standIns, path) as T;
}

function apply(
  value: unknown,
  treatment: AnyTreatment | null | undefined,
  standIns: StandIns,
  path: string,
): unknown {
  if (typeof value === 'number' || typeof value === 'boolean' || value == null) return value;
  if (Array.isArray(value))
    return value.map((item) => apply(item, treatment, standIns, `${path}[]`));
  if (treatment == null) throw new Error(`${path}: no treatment makes this anonymous`);
  if (typeof value === 'string') {
    if (treatment === word) return value;
    if (typeof treatment === 'function') return treatment(standIns, value);
    throw new Error(`${path}: a text where the treatment expects none`);
  }
  if (typeof treatment === 'function' || treatment === word)
    throw new Error(`${path}: no text where the treatment expects one`);
  const { keys } = treatment;
  const entries = Object.entries(value as object).filter(([, member]) => member !== undefined);
  if (typeof keys === 'function')
    return Object.fromEntries(
      entries.map(([key, member]) => [
        keys(standIns, key),
        apply(member, treatment['values'], standIns, `${path}.*`),
      ]),
    );
  return Object.fromEntries(
    entries.map(([key, member]) => [
      key,
      apply(member, treatment[key], standIns, `${path}.${key}`),
    ]),
  );
}
