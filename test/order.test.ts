import { expect, test } from 'vitest';
import { drain } from '../src/order.ts';

test('draining yields items in order, and holds none that it has yielded', () => {
  const items = ['a', 'b', 'c'];
  const left: number[] = [];
  const yielded: string[] = [];
  for (const item of drain(items)) {
    yielded.push(item);
    left.push(items.length);
  }
  expect(yielded).toEqual(['a', 'b', 'c']);
  expect(left).toEqual([2, 1, 0]);
});
