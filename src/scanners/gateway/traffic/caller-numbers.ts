import type { Role } from '../log-format.ts';
import { slotOf } from '../walker/slots.ts';
import type { ByteDictionary } from './byte-dictionary.ts';
import type { CallerRules } from './caller-rules.ts';
import { judgeAgent, productOf } from './known-agents.ts';
import { endOfAddress, isFilled } from './read-values.ts';

/** Kinds of texts beside the slots of the roles: a mapped system, and the product of an agent. */
export const kindOfSystem = 100;
export const kindOfProduct = 101;

/** What `read` gives for a call that only asks whether something is alive. */
export const healthCheck = -2;

/** Finds who called, most telling first: an identity, an agent or address that a rule maps, an address. */
export class CallerNumbers {
  /** The product that an unmapped caller says it is, or 0; set by `read`. */
  product = 0;

  readonly #texts: ByteDictionary;
  readonly #rules: CallerRules;
  readonly #identities: readonly number[];
  readonly #agent: number;
  readonly #address: number;
  /** Number of a text → the number of what it stands for, plus three; 0 where that is not known yet. */
  #meanings = new Int32Array(1024);

  constructor(roles: ReadonlySet<Role>, texts: ByteDictionary, rules: CallerRules) {
    const slot = (role: Role): number => (roles.has(role) ? 2 * slotOf[role] : -1);
    this.#texts = texts;
    this.#rules = rules;
    this.#identities = (['consumer', 'api-key', 'certificate', 'user'] as const)
      .map(slot)
      .filter((at) => at >= 0);
    this.#agent = slot('agent');
    this.#address = slot('address');
  }

  /** The number of the caller; 0 where the line names none, -1 where there is no room for it. */
  read(bytes: Uint8Array, words: DataView, slots: Int32Array): number {
    this.product = 0;
    const identity = this.#readIdentity(bytes, words, slots);
    if (identity !== 0) return identity;
    const agent = this.#readAgent(bytes, words, slots);
    if (agent < 0 || this.#isSystem(agent)) return agent;
    const address = this.#readAddress(bytes, words, slots);
    if (!this.#isSystem(address)) this.product = agent;
    return address;
  }

  #isSystem(number: number): boolean {
    return number > 0 && this.#texts.kind(number) === kindOfSystem;
  }

  #readIdentity(bytes: Uint8Array, words: DataView, slots: Int32Array): number {
    for (const slot of this.#identities) {
      const from = slots[slot] as number;
      const end = slots[slot + 1] as number;
      if (!isFilled(bytes, from, end)) continue;
      const number = this.#texts.number(bytes, words, from, end, slot >> 1);
      return this.#meaning(number, this.#meansOfIdentity);
    }
    return 0;
  }

  #readAgent(bytes: Uint8Array, words: DataView, slots: Int32Array): number {
    if (this.#agent < 0) return 0;
    const from = slots[this.#agent] as number;
    let end = slots[this.#agent + 1] as number;
    if (!isFilled(bytes, from, end)) return 0;
    // Versions and comments have no end of forms; they count only where a rule may name them.
    if (!this.#rules.hasAgents) {
      let at = from;
      while (at < end && bytes[at] !== 47 && bytes[at] !== 40) at++;
      end = at;
    }
    const number = this.#texts.number(bytes, words, from, end, slotOf.agent);
    return this.#meaning(number, this.#meansOfAgent);
  }

  #readAddress(bytes: Uint8Array, words: DataView, slots: Int32Array): number {
    if (this.#address < 0) return 0;
    const from = slots[this.#address] as number;
    const whole = slots[this.#address + 1] as number;
    if (!isFilled(bytes, from, whole)) return 0;
    const end = endOfAddress(bytes, from, whole);
    const start = bytes[from] === 91 ? from + 1 : from;
    if (start === end) return 0;
    const number = this.#texts.number(bytes, words, start, end, slotOf.address);
    return this.#meaning(number, this.#meansOfAddress);
  }

  /** What a text stands for, worked out on its first sight. */
  #meaning(number: number, means: (number: number) => number): number {
    if (number < 0) return number;
    if (number >= this.#meanings.length) {
      const larger = new Int32Array(2 * number);
      larger.set(this.#meanings);
      this.#meanings = larger;
    }
    const known = this.#meanings[number] as number;
    if (known !== 0) return known - 3;
    const meaning = means(number);
    this.#meanings[number] = meaning + 3;
    return meaning;
  }

  readonly #meansOfIdentity = (number: number): number => {
    const system = this.#rules.identity(this.#texts.text(number));
    return system === undefined ? number : this.#numberOf(system, kindOfSystem);
  };

  readonly #meansOfAddress = (number: number): number => {
    const system = this.#rules.address(this.#texts.text(number));
    return system === undefined ? number : this.#numberOf(system, kindOfSystem);
  };

  readonly #meansOfAgent = (number: number): number => {
    const agent = this.#texts.text(number);
    const system = this.#rules.agent(agent);
    if (system !== undefined) return this.#numberOf(system, kindOfSystem);
    const product = productOf(agent);
    const judged = judgeAgent(product);
    if (judged === 'health-check') return healthCheck;
    return judged === 'generic' ? 0 : this.#numberOf(product, kindOfProduct);
  };

  #numberOf(text: string, kind: number): number {
    const encoded = new TextEncoder().encode(text);
    const bytes = new Uint8Array(encoded.length + 4);
    bytes.set(encoded);
    return this.#texts.number(bytes, new DataView(bytes.buffer), 0, encoded.length, kind);
  }
}
