/** Messages as an application sends them: JSON with names that recur and values that do not. */

const names = ['Ada', 'Grace', 'Linus', 'Margaret', 'Dennis', 'Barbara', 'Ken', 'Radia', 'Vint'];
const words =
  'the order was shipped to your address and will arrive on monday please call us if you have any question about this delivery or want to return it later thank you for your patience we are sorry that it took so long new items have come in and prices are lower than before see them all here'.split(
    ' ',
  );
const events = ['order.created', 'order.paid', 'order.shipped', 'chat.message', 'presence'];

class Random {
  constructor(private state: number) {}

  below(limit: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * limit);
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  hex(digits: number): string {
    return Array.from({ length: digits }, () => this.below(16).toString(16)).join('');
  }
}

function record(random: Random, i: number): object {
  return {
    id: `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-${random.hex(12)}`,
    type: random.of(events),
    at: new Date(1_700_000_000_000 + i * 1371 + random.below(1000)).toISOString(),
    user: { id: random.below(100_000), name: random.of(names), online: random.below(2) === 1 },
    amount: random.below(1_000_000) / 100,
    position: { lat: 47 + random.below(1e6) / 1e6, lon: 8 + random.below(1e6) / 1e6 },
    tags: Array.from({ length: random.below(4) }, () => random.of(words)),
    text: Array.from({ length: 5 + random.below(20) }, () => random.of(words)).join(' '),
  };
}

/** Returns `count` messages of about `length` bytes each, the same in every run. */
export function corpus(length: number, count: number): Uint8Array[] {
  const random = new Random(length);
  return Array.from({ length: count }, (_, i) => {
    const records: object[] = [];
    const envelope = (): string => JSON.stringify({ seq: i, channel: 'orders', records });
    do records.push(record(random, i * 100 + records.length));
    while (envelope().length < length - 150);
    return new TextEncoder().encode(envelope());
  });
}
