/** A video of one turn around the cloud: WebM, recorded by the browser as it is drawn, so it takes as long as it lasts. */
import { InputError } from '../errors';

export interface Turntable {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** How long one turn takes. */
  readonly seconds: number;
  /** Draws the cloud turned by a share (0 to 1) of a whole turn. */
  readonly draw: (context: CanvasRenderingContext2D, share: number) => void;
  /** How much is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

const type = 'video/webm';
const framesPerSecond = 30;
/** Discs and letters have hard edges, which less than this smears. */
const bitsPerPixel = 0.25;
/** A frame that comes later than this many milliseconds after the last was held up: by a hidden page, above all. */
const heldUp = 500;
/** Milliseconds between two looks at whether the encoder is done, how many of them must find nothing new, and the most that are taken. */
const looks = { apart: 500, quiet: 2, most: 40 };

/** Whether this browser records such videos. */
export function canRecord(): boolean {
  return typeof MediaRecorder !== 'undefined' && MediaRecorder.isTypeSupported(type);
}

/**
 * The video. It says nothing of its length, as browsers stream it, and players find that by playing. Throws `videoMissing` where
 * the browser records none, `videoFailed` when it stops, and an `AbortError` once `signal` is aborted.
 */
export async function recordTurntable(document: Document, turntable: Turntable): Promise<Blob> {
  const { width, height, seconds, draw, onProgress, signal } = turntable;
  if (!canRecord()) throw new InputError('videoMissing');
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new InputError('pictureFailed', { width, height });
  signal?.throwIfAborted();
  draw(context, 0);
  const stream = canvas.captureStream(framesPerSecond);
  const videoBitsPerSecond = Math.round(width * height * framesPerSecond * bitsPerPixel);
  const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond });
  const chunks: Blob[] = [];
  recorder.ondataavailable = ({ data }) => chunks.push(data);
  const ended = new Promise<void>((resolve, reject) => {
    recorder.onstop = () => resolve();
    recorder.onerror = (event) => reject(new InputError('videoFailed', { reason: reasonOf(event) }));
  });
  recorder.start();
  try {
    await Promise.race([ended, turn(seconds, signal, (share) => (draw(context, share), onProgress?.(share)))]);
    await Promise.race([ended, encoded(recorder, signal)]);
    if (recorder.state === 'inactive') throw new InputError('videoFailed', { reason: 'inactive' });
    recorder.stop();
    await ended;
  } finally {
    if (recorder.state !== 'inactive') recorder.stop();
    for (const track of stream.getTracks()) track.stop();
  }
  return new Blob(chunks, { type });
}

/** Resolves once the encoder has nothing more to say: frames that wait for a slow one when it is stopped would be lost. */
async function encoded(recorder: MediaRecorder, signal: AbortSignal | undefined): Promise<void> {
  for (let look = 0, quiet = 0; look < looks.most && quiet < looks.quiet; look++) {
    await new Promise((resolve) => setTimeout(resolve, looks.apart));
    signal?.throwIfAborted();
    if (recorder.state === 'inactive') return;
    const size = await new Promise<number>((resolve) => {
      recorder.addEventListener('dataavailable', ({ data }) => resolve(data.size), { once: true });
      recorder.requestData();
    });
    quiet = size > 0 ? 0 : quiet + 1;
  }
}

/** Calls `step` at every frame with the share of the time that has gone by, the last time with 1. */
function turn(seconds: number, signal: AbortSignal | undefined, step: (share: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let [gone, last] = [0, performance.now()];
    const next = (now: number): void => {
      try {
        signal?.throwIfAborted();
        const share = Math.min((gone + Math.min(now - last, heldUp)) / (seconds * 1000), 1);
        // Half a frame early is on time: frames of the screen do not fall on those of the video.
        if (now - last >= 500 / framesPerSecond || share === 1) {
          gone += Math.min(now - last, heldUp);
          last = now;
          step(share);
        }
        if (share < 1) requestAnimationFrame(next);
        else resolve();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    requestAnimationFrame(next);
  });
}

function reasonOf(event: Event): string {
  return 'error' in event && event.error instanceof Error ? event.error.message : event.type;
}
