/** A helper of the space worker or of the layout worker: it runs the projection's kernel beside them. */
import { serveOrders, type HelperOrder } from '../kernels/helper';

serveOrders({
  send: (answer) => self.postMessage(answer),
  receive: (listener) => self.addEventListener('message', ({ data }: MessageEvent<HelperOrder>) => listener(data)),
});
