import { expect, it } from 'vitest';
import { blobOf } from '../../src/workers/blobOf';

it('keeps each piece as it was when it was handed out', async () => {
  const piece = new Uint8Array(2);
  function* pieces() {
    for (let i = 1; i < 4; i++) yield piece.fill(i);
  }
  expect([...new Uint8Array(await blobOf(pieces()).arrayBuffer())]).toEqual([1, 1, 2, 2, 3, 3]);
});
