import { expect, it } from 'vitest';
import { arrive } from '../../src/app/state/arrival';
import { InputError } from '../../src/errors';

type Parts = Parameters<typeof arrive>[0];
type Keeping = Parameters<typeof arrive>[1];

it('tries each kept collection once, the last one first, and says of each that it cannot be read', async () => {
  const tried: string[] = [];
  const said: unknown[] = [];
  const shown: string[] = [];
  const parts = {
    preferences: { lastCollection: 'b' },
    notices: { error: (error: unknown) => said.push(error) },
    library: { show: ({ id }: { id: string }) => shown.push(id) },
  };
  const keeping = {
    list: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
    load: async (id: string) => {
      tried.push(id);
      if (id !== 'c') throw new InputError('storedCollectionDamaged', { name: id, where: 'items' });
      return { id };
    },
  };
  await arrive(parts as unknown as Parts, keeping as unknown as Keeping);
  expect(tried).toEqual(['b', 'a', 'c']);
  expect(said).toMatchObject([{ params: { name: 'b' } }, { params: { name: 'a' } }]);
  expect(shown).toEqual(['c']);
});
