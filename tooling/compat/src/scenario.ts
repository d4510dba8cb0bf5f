/** What a statement, a scenario and a section of the contract are. */
import type { World } from './world.js';

/** Something that programs can observe, in one sentence; the id starts with its section. */
export type Statements = Readonly<{ [id: string]: string }>;

export interface Scenario {
  /** What is tried. */
  readonly title: string;
  /** The ids of the statements that it shows. */
  readonly covers: readonly string[];
  /**
   * Does it, writing down with `world.note` whatever can be seen. It runs once
   * with each implementation; the two records must be equal.
   */
  run(world: World): Promise<void> | void;
  /**
   * Where the record is not deterministic, or differs on purpose (section 0 of
   * the contract): why.
   */
  readonly because?: string;
  /** With `because`: the part of a record that is compared. */
  compare?(entries: readonly (readonly unknown[])[]): unknown;
  /** With `because`: what each record must be, where the two differ on purpose. */
  readonly expected?: { readonly ws: unknown; readonly hybi: unknown };
}

/** One section of the contract. */
export interface Section {
  /** Its number in the contract. */
  readonly number: number;
  readonly title: string;
  readonly statements: Statements;
  readonly scenarios: readonly Scenario[];
}
