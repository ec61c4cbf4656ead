/** What a verb is given besides its arguments, so that it can run in any process. */
export interface Context {
  /** Results alone. */
  readonly stdout: Output;
  /** Progress, notes, timings and errors. */
  readonly stderr: Output;
  /** Aborted when the person interrupts. */
  readonly signal: AbortSignal;
  /** The folder that holds one folder a model. */
  readonly modelsFolder: string;
  /** The folder of the built page. */
  readonly pageFolder: string;
  /** Whether an unexpected failure shows its stack. */
  readonly debug: boolean;
}

/** The part of a writable stream that is used. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}
