/** onnxruntime's native build for Node. */
import { ownTensors, type Runtime, type RuntimeSession } from '../embedding/runtime';

/** The native library is loaded here: 130 ms that a command without a model does not pay. */
export async function createNodeRuntime(): Promise<Runtime> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  return {
    device: 'cpu',
    createSession: async (weights): Promise<RuntimeSession> => {
      const session = await InferenceSession.create(weights, {
        executionProviders: ['cpu'],
        graphOptimizationLevel: 'all',
        // Standard error is for the person, and errors are thrown as well as logged.
        logSeverityLevel: 4,
      });
      return {
        inputNames: session.inputNames,
        outputNames: session.outputNames,
        run: (feeds, fetches) => session.run(ownTensors(feeds, Tensor), fetches),
        release: () => session.release(),
      };
    },
    createTensor: (data, dims) => new Tensor('int64', data, dims),
  };
}
