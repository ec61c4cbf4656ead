/** Mouse, pen and finger on the canvas, as hovering and pressing. Dragging and pinching belong to the camera. */

export interface PointerHandlers {
  /** A mouse or pen is at this place, in CSS pixels of the element; undefined when it has left or drags. */
  readonly hover: (place: { x: number; y: number } | undefined) => void;
  /** A click, a tap, or a finger held still, which is additive as there are no modifier keys. */
  readonly press: (x: number, y: number, how: { additive: boolean; touch: boolean }) => void;
}

/** A press that moves further than this, in CSS pixels, is a drag. */
const still = { mouse: 4, touch: 10 };
/** Milliseconds after which a finger that stays still is a long press. */
const longPress = 500;

/** Listens on `element` until the returned function is called. */
export function watchPointer(element: HTMLElement, { hover, press }: PointerHandlers): () => void {
  let down: { id: number; x: number; y: number; touch: boolean } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const place = (event: PointerEvent) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const forget = () => {
    clearTimeout(timer);
    down = undefined;
  };
  const onDown = (event: PointerEvent) => {
    // A second finger or another button makes it a gesture of the camera.
    const other = down !== undefined || event.button !== 0;
    forget();
    if (other) return;
    const { x, y } = place(event);
    const touch = event.pointerType === 'touch';
    down = { id: event.pointerId, x, y, touch };
    if (!touch) return;
    timer = setTimeout(() => {
      forget();
      press(x, y, { additive: true, touch });
    }, longPress);
  };
  const onMove = (event: PointerEvent) => {
    const { x, y } = place(event);
    if (down?.id === event.pointerId) {
      const limit = down.touch ? still.touch : still.mouse;
      if (Math.hypot(x - down.x, y - down.y) < limit) return;
      forget();
      hover(undefined);
    } else if (event.buttons === 0 && event.pointerType !== 'touch') hover({ x, y });
  };
  const onUp = (event: PointerEvent) => {
    if (down?.id !== event.pointerId) return;
    const { x, y, touch } = down;
    forget();
    press(x, y, { additive: event.ctrlKey || event.shiftKey || event.metaKey, touch });
  };
  const onLeave = () => hover(undefined);

  element.addEventListener('pointerdown', onDown);
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointercancel', forget);
  element.addEventListener('pointerleave', onLeave);
  return () => {
    forget();
    element.removeEventListener('pointerdown', onDown);
    element.removeEventListener('pointermove', onMove);
    element.removeEventListener('pointerup', onUp);
    element.removeEventListener('pointercancel', forget);
    element.removeEventListener('pointerleave', onLeave);
  };
}
