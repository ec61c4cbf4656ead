/** Threads of Node for the projection's kernel. */
import { Worker } from 'node:worker_threads';
import { prepareCrew, type Crew, type Helper } from '../kernels/crew';
import { serveOrders, type HelperAnswer } from '../kernels/helper';

/** The whole of a helper: the command line is one file, which a helper has no need to load. */
const program = `const { parentPort } = require('node:worker_threads');
(${serveOrders.toString()})({
  send: (answer) => parentPort.postMessage(answer),
  receive: (listener) => parentPort.on('message', listener),
});`;

/** As many threads as are asked for, up to four. They do not keep the process alive. */
export function startCrew(threads: number): Promise<Crew> {
  return prepareCrew(threads, startHelper);
}

function startHelper(): Helper {
  const worker = new Worker(program, { eval: true });
  worker.unref();
  let answered: (answer: HelperAnswer) => void = () => undefined;
  worker.on('message', (answer: HelperAnswer) => answered(answer));
  worker.on('error', (error) => answered({ failed: String(error) }));
  worker.on('exit', (code) => answered({ failed: `a helper has ended with ${code}` }));
  return {
    send: (order) => worker.postMessage(order),
    answer: async () => {
      // While somebody waits for it, the process does.
      worker.ref();
      const answer = await new Promise<HelperAnswer>((resolve) => (answered = resolve));
      worker.unref();
      return answer;
    },
  };
}
