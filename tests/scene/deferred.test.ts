import { afterEach, expect, it, vi } from 'vitest';
import { Deferred, isProgram } from '../../src/scene/deferred';

afterEach(() => vi.unstubAllGlobals());

interface Fence {
  status: string;
}

/** A canvas and a browser that draw nothing, and say when a frame is done as they are told. */
function browser({ webgl = true, bitmaps = true } = {}) {
  const fences: Fence[] = [];
  const deleted: Fence[] = [];
  const context = {
    SYNC_GPU_COMMANDS_COMPLETE: 'complete',
    SYNC_STATUS: 'status',
    SIGNALED: 'signaled',
    fenceSync: () => {
      const fence = { status: 'unsignaled' };
      fences.push(fence);
      return fence;
    },
    getSyncParameter: (fence: Fence) => fence.status,
    deleteSync: (fence: Fence) => deleted.push(fence),
    flush: vi.fn(),
  };
  let frames = 0;
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = (kind: string) => (kind === 'webgl2' && webgl ? context : null);
      transferToImageBitmap = () => `frame ${++frames}`;
    },
  );
  const transferFromImageBitmap = vi.fn();
  const shown = transferFromImageBitmap.mock.calls;
  const getContext = (kind: string) => (kind === 'bitmaprenderer' && bitmaps ? { transferFromImageBitmap } : null);
  const canvas = Object.assign(Object.create(null), { getContext });
  return { canvas, fences, deleted, shown, deferred: Deferred.on(canvas, {}) };
}

it('shows a frame once it is done, and once', () => {
  const { deferred, fences, deleted, shown } = browser();
  expect(deferred!.isPending).toBe(false);
  expect(deferred!.land()).toBe(false);
  deferred!.begin();
  expect(deferred!.isPending).toBe(true);
  expect(deferred!.land()).toBe(false);
  expect(shown).toEqual([]);
  fences[0]!.status = 'signaled';
  expect(deferred!.land()).toBe(true);
  expect(shown).toEqual([['frame 1']]);
  expect(deleted).toEqual(fences);
  expect(deferred!.isPending).toBe(false);
  expect(deferred!.land()).toBe(false);
  expect(shown).toHaveLength(1);
});

it('waits for the last frame that was begun', () => {
  const { deferred, fences, deleted } = browser();
  deferred!.begin();
  deferred!.begin();
  expect(deleted).toEqual([fences[0]]);
  fences[0]!.status = 'signaled';
  expect(deferred!.land()).toBe(false);
  fences[1]!.status = 'signaled';
  expect(deferred!.land()).toBe(true);
});

it('shows what was drawn at once without waiting for it, or not at all', () => {
  const { deferred, shown } = browser();
  deferred!.begin();
  deferred!.show();
  expect(shown).toHaveLength(1);
  expect(deferred!.isPending).toBe(false);
  deferred!.begin();
  deferred!.drop();
  expect(deferred!.isPending).toBe(false);
  expect(shown).toHaveLength(1);
});

it.each([{ webgl: false }, { bitmaps: false }])('is not there where the browser cannot: %o', (lacks) => {
  expect(browser(lacks).deferred).toBeUndefined();
});

it.each([
  ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)', true],
  ['llvmpipe (LLVM 17.0.6, 256 bits)', true],
  ['ANGLE (Microsoft, Microsoft Basic Render Driver (0x0000008C) Direct3D11 vs_5_0 ps_5_0)', true],
  ['Apple Software Renderer', true],
  ['ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)', false],
  ['Apple M2', false],
  [null, false],
])('tells programs that draw from graphics cards: %s', (name, software) => {
  expect(isProgram(name)).toBe(software);
});
