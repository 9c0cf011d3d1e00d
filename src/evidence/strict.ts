import { z } from 'zod';
import { toPlainText } from './plain-text.ts';

/** A schema for each key of a type: one that is forgotten or does not fit is an error of types. */
type Shape<T> = { readonly [K in keyof T]-?: z.ZodType<T[K]> };

/** An object with exactly the keys of a type. */
export function strict<T>(shape: Shape<T>): z.ZodType<T> {
  return z.strictObject(shape) as unknown as z.ZodType<T>;
}

/** Every word of a type: one that is forgotten is an error of types. */
export function oneOf<T extends string>(words: Readonly<Record<T, true>>): z.ZodType<T> {
  return z.enum(Object.keys(words) as T[]) as unknown as z.ZodType<T>;
}

/** A text, made plain. */
export const text = z.string().transform(toPlainText);

/** A whole number from zero up. */
export const count = z.int().min(0);
