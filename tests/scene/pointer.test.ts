import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchPointer, type PointerElement } from '../../src/scene/pointer';

/** As long as a finger must stay still for a long press, and more. */
const long = 600;
const corner = { left: 100, top: 50 };

interface Given {
  x: number;
  y: number;
  id?: number;
  touch?: boolean;
  button?: number;
  shiftKey?: boolean;
}

function watched(grabs = false) {
  const target = new EventTarget();
  const camera = vi.fn();
  const handlers = { hover: vi.fn(), press: vi.fn(), grab: vi.fn(() => grabs), drag: vi.fn(), release: vi.fn() };
  const setPointerCapture = vi.fn();
  const element: PointerElement = {
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
    getBoundingClientRect: () => ({
      ...corner,
      ...{ x: 0, y: 0, right: 0, bottom: 0, width: 0, height: 0, toJSON: () => '' },
    }),
    setPointerCapture,
  };
  const unwatch = watchPointer(element, handlers);
  target.addEventListener('pointerdown', camera);
  const send = (type: string, { x, y, id = 1, touch = false, button = 0, shiftKey = false }: Given) =>
    target.dispatchEvent(
      Object.assign(new Event(type), {
        clientX: x + corner.left,
        clientY: y + corner.top,
        pointerId: id,
        pointerType: touch ? 'touch' : 'mouse',
        isPrimary: id === 1,
        button,
        buttons: type === 'pointerdown' ? 1 : 0,
        shiftKey,
        ctrlKey: false,
        metaKey: false,
      }),
    );
  return { ...handlers, camera, setPointerCapture, send, unwatch };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a mouse', () => {
  it('hovers, and presses where it went down, additively with Shift', () => {
    const { hover, press, send } = watched();
    send('pointermove', { x: 10, y: 20 });
    expect(hover).toHaveBeenLastCalledWith({ x: 10, y: 20 });
    send('pointerdown', { x: 10, y: 20 });
    send('pointerup', { x: 12, y: 20 });
    expect(press).toHaveBeenLastCalledWith(10, 20, { additive: false, touch: false });
    send('pointerdown', { x: 30, y: 20 });
    send('pointerup', { x: 30, y: 20, shiftKey: true });
    expect(press).toHaveBeenLastCalledWith(30, 20, { additive: true, touch: false });
    send('pointerleave', { x: 0, y: 0 });
    expect(hover).toHaveBeenLastCalledWith(undefined);
  });

  it('leaves a drag that begins on nothing of ours to the camera', () => {
    const { press, drag, release, camera, send } = watched();
    send('pointerdown', { x: 10, y: 20 });
    send('pointermove', { x: 40, y: 20 });
    send('pointerup', { x: 40, y: 20 });
    expect(camera).toHaveBeenCalledOnce();
    for (const handler of [press, drag, release]) expect(handler).not.toHaveBeenCalled();
  });
});

describe('a finger', () => {
  it('taps where it came down, moving less than a fingertip does', () => {
    const { press, send } = watched();
    send('pointerdown', { x: 10, y: 20, touch: true });
    send('pointermove', { x: 16, y: 24, touch: true });
    send('pointerup', { x: 16, y: 24, touch: true });
    expect(press.mock.calls).toEqual([[10, 20, { additive: false, touch: true }]]);
    vi.advanceTimersByTime(long);
    expect(press).toHaveBeenCalledOnce();
  });

  it('held still selects once, additively, and lifting it does nothing more', () => {
    const { press, send } = watched();
    send('pointerdown', { x: 10, y: 20, touch: true });
    vi.advanceTimersByTime(long);
    expect(press.mock.calls).toEqual([[10, 20, { additive: true, touch: true }]]);
    send('pointerup', { x: 10, y: 20, touch: true });
    expect(press).toHaveBeenCalledOnce();
  });

  it('that moves turns the view: no press, however long it lasts', () => {
    const { press, camera, send } = watched();
    send('pointerdown', { x: 10, y: 20, touch: true });
    send('pointermove', { x: 40, y: 20, touch: true });
    vi.advanceTimersByTime(long);
    send('pointerup', { x: 40, y: 20, touch: true });
    expect(camera).toHaveBeenCalledOnce();
    expect(press).not.toHaveBeenCalled();
  });

  it('with a second one pinches: neither is a press, and the camera hears of both', () => {
    const { press, camera, send } = watched();
    send('pointerdown', { x: 10, y: 20, touch: true });
    send('pointerdown', { x: 90, y: 20, touch: true, id: 2 });
    vi.advanceTimersByTime(long);
    send('pointerup', { x: 10, y: 20, touch: true });
    send('pointerup', { x: 90, y: 20, touch: true, id: 2 });
    expect(camera).toHaveBeenCalledTimes(2);
    expect(press).not.toHaveBeenCalled();
  });

  it('that the system takes away presses nothing', () => {
    const { press, send } = watched();
    send('pointerdown', { x: 10, y: 20, touch: true });
    send('pointercancel', { x: 10, y: 20, touch: true });
    vi.advanceTimersByTime(long);
    expect(press).not.toHaveBeenCalled();
  });
});

describe('a drag of ours', () => {
  it('is captured, kept from the camera, told step by step, and kept where it ends', () => {
    const { grab, drag, press, release, camera, setPointerCapture, send } = watched(true);
    send('pointerdown', { x: 10, y: 20 });
    expect(grab).toHaveBeenCalledWith(10, 20, false);
    expect(setPointerCapture).toHaveBeenCalledWith(1);
    send('pointermove', { x: 12, y: 20 });
    expect(drag).not.toHaveBeenCalled();
    send('pointermove', { x: 30, y: 25 });
    send('pointermove', { x: 31, y: 25 });
    expect(drag.mock.calls).toEqual([
      [20, 5],
      [1, 0],
    ]);
    send('pointerup', { x: 31, y: 25 });
    expect(release.mock.calls).toEqual([[true]]);
    for (const handler of [camera, press]) expect(handler).not.toHaveBeenCalled();
  });

  it('is put back when a second finger comes or the listening ends', () => {
    const second = watched(true);
    second.send('pointerdown', { x: 10, y: 20, touch: true });
    second.send('pointermove', { x: 50, y: 20, touch: true });
    second.send('pointerdown', { x: 90, y: 20, touch: true, id: 2 });
    expect(second.release.mock.calls).toEqual([[false]]);
    const ended = watched(true);
    ended.send('pointerdown', { x: 10, y: 20 });
    ended.unwatch();
    expect(ended.release.mock.calls).toEqual([[false]]);
    ended.send('pointermove', { x: 50, y: 20 });
    expect(ended.hover).not.toHaveBeenCalled();
  });
});
