import type { components } from './generated/api';

/** What the server answers and takes, from the description of its API: the build makes these types anew each time. */
export type Schemas = components['schemas'];

/** Whether a value of the type `Known` is one of those that are described, and no value but some text is left out. */
type Agrees<Known, Described> = unknown extends Described
  ? true
  : [Known] extends [Described]
    ? null extends Described
      ? null extends Known
        ? Covers<NonNullable<Known>, NonNullable<Described>>
        : false
      : Covers<NonNullable<Known>, NonNullable<Described>>
    : false;

type Covers<Known, Described> = string extends Described
  ? true
  : Described extends readonly unknown[]
    ? true
    : [Described] extends [object]
      ? [Differing<Known, Described>] extends [never]
        ? true
        : false
      : [Described] extends [Known]
        ? true
        : false;

/** The names of the fields that are not described, or as something else. */
export type Differing<Known, Described> = {
  [K in keyof Known]-?: K extends keyof Described ? (Agrees<Known[K], Described[K]> extends true ? never : K) : K;
}[keyof Known];

/** A schema with some fields that are known more precisely than they are described; each must be a case of that. */
export type Refined<
  Schema,
  Fields extends { readonly [K in keyof Fields]: K extends keyof Schema ? Schema[K] : never },
> = Omit<Schema, keyof Fields> & Fields;

/** All values of a union, for a list to choose from: a value that is missing, or too many, does not compile. */
export function valuesOf<Union extends string>() {
  return <const List extends readonly Union[]>(list: List & ([Union] extends [List[number]] ? unknown : never)): List =>
    list;
}
