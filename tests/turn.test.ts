import { expect, it } from 'vitest';
import { nextTurn } from '../src/turn';

it('lets what waits in the event loop run before it goes on', async () => {
  const order: string[] = [];
  setImmediate(() => order.push('waiting'));
  await nextTurn();
  order.push('work');
  expect(order).toEqual(['waiting', 'work']);
});
