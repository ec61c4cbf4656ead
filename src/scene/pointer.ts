/** Mouse, pen and finger on the canvas, as hovering, pressing and dragging. Other drags, and pinching, belong to the camera. */

export interface PointerHandlers {
  /** A mouse or pen is at this place, in CSS pixels of the element; undefined when it has left or drags. */
  readonly hover: (place: { x: number; y: number } | undefined) => void;
  /** A click, a tap, or a finger held still, which is additive as there are no modifier keys. */
  readonly press: (x: number, y: number, how: { additive: boolean; touch: boolean }) => void;
  /** The pointer goes down here: whether a drag from here is ours. Then no other listener hears of it. */
  readonly grab: (x: number, y: number, touch: boolean) => boolean;
  /** Our drag has gone on by so many CSS pixels. */
  readonly drag: (right: number, down: number) => void;
  /** What was grabbed is let go: to be kept where it is, or not (it was only pressed, or a second finger came). */
  readonly release: (kept: boolean) => void;
}

/** A press that moves further than this, in CSS pixels, is a drag. */
const still = { mouse: 4, touch: 10 };
/** Milliseconds after which a finger that stays still is a long press. */
const longPress = 500;

/** What is asked of the element that is listened on. */
export type PointerElement = Pick<
  HTMLElement,
  'addEventListener' | 'removeEventListener' | 'getBoundingClientRect' | 'setPointerCapture'
>;

/** Listens on `element` until the returned function is called. */
export function watchPointer(
  element: PointerElement,
  { hover, press, grab, drag, release }: PointerHandlers,
): () => void {
  let down: { id: number; x: number; y: number; touch: boolean; grabbed: boolean; dragged: boolean } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const place = (event: PointerEvent) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const forget = (kept = false) => {
    clearTimeout(timer);
    const grabbed = down?.grabbed;
    down = undefined;
    if (grabbed) release(kept);
  };
  const onDown = (event: PointerEvent) => {
    // A second finger or another button makes it a gesture of the camera.
    const other = down !== undefined || event.button !== 0;
    forget();
    if (other) return;
    const { x, y } = place(event);
    const touch = event.pointerType === 'touch';
    const grabbed = event.isPrimary && grab(x, y, touch);
    down = { id: event.pointerId, x, y, touch, grabbed, dragged: false };
    if (grabbed) {
      event.stopImmediatePropagation();
      element.setPointerCapture(event.pointerId);
    } else if (touch) {
      timer = setTimeout(() => {
        forget();
        press(x, y, { additive: true, touch });
      }, longPress);
    }
  };
  const onMove = (event: PointerEvent) => {
    const { x, y } = place(event);
    if (down?.id === event.pointerId) {
      const limit = down.touch ? still.touch : still.mouse;
      if (!down.dragged && Math.hypot(x - down.x, y - down.y) < limit) return;
      if (!down.dragged) hover(undefined);
      if (!down.grabbed) return forget();
      drag(x - down.x, y - down.y);
      down = { ...down, x, y, dragged: true };
    } else if (event.buttons === 0 && event.pointerType !== 'touch') hover({ x, y });
  };
  const onUp = (event: PointerEvent) => {
    if (down?.id !== event.pointerId) return;
    const { x, y, touch, dragged } = down;
    forget(dragged);
    if (!dragged) press(x, y, { additive: event.ctrlKey || event.shiftKey || event.metaKey, touch });
  };
  const onCancel = () => forget();
  const onLeave = () => hover(undefined);

  // While capturing: the camera's own listener, on the same element, comes after it.
  element.addEventListener('pointerdown', onDown, { capture: true });
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointercancel', onCancel);
  element.addEventListener('pointerleave', onLeave);
  return () => {
    forget();
    element.removeEventListener('pointerdown', onDown, { capture: true });
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('pointerup', onUp);
    element.removeEventListener('pointercancel', onCancel);
    element.removeEventListener('pointerleave', onLeave);
  };
}
