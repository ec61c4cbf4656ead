/** The command line as one function: arguments in, exit code out. */
import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { InputError, isAbort } from '../errors';
import { clustersCommand } from './clusters';
import { attentionCommand } from './attention';
import { axesCommand } from './axes';
import { biasCommand } from './bias';
import { compareCommand } from './compare';
import type { Context } from './context';
import { convertCommand } from './convert';
import { embedCommand } from './embed';
import { explainCommand } from './explain';
import { fidelityCommand } from './fidelity';
import { layersCommand } from './layers';
import { mapCommand } from './map';
import { neighboursCommand } from './neighbours';
import { openCommand } from './open';
import { oneLine } from './oneLine';
import { promptsCommand } from './prompts';
import { openNamedModels } from './ownModels';
import { similarityCommand } from './similarity';
import { tuneCommand } from './tune';

/** In the order of the help. */
const verbs = {
  embed: embedCommand,
  map: mapCommand,
  fidelity: fidelityCommand,
  compare: compareCommand,
  convert: convertCommand,
  clusters: clustersCommand,
  axes: axesCommand,
  neighbours: neighboursCommand,
  similarity: similarityCommand,
  attention: attentionCommand,
  explain: explainCommand,
  bias: biasCommand,
  prompts: promptsCommand,
  tune: tuneCommand,
  layers: layersCommand,
  open: openCommand,
};

/** What the shell expects of a command that Ctrl+C ended: 128 and the number of SIGINT. */
export const interrupted = 130;

/**
 * Runs one command. Resolves to 0 on success, 2 when the person's input is at fault (one line on standard error says how),
 * 130 when it was interrupted, 1 for anything unexpected. Rejects never.
 */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  const fail = (message: string) => context.stderr.write(`constela: ${oneLine(message)}\n`);
  try {
    if (argv.length === 0) throw verbMissing();
    await createProgram(context).parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    if (isAbort(error) && context.signal.aborted) return interrupted;
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      fail(usageMessage(error));
      return 2;
    }
    if (error instanceof InputError) {
      fail(error.message);
      return 2;
    }
    fail(`unexpected failure: ${error instanceof Error ? error.message : String(error)}`);
    if (context.debug && error instanceof Error) context.stderr.write(`${error.stack}\n`);
    return 1;
  }
}

function verbMissing(): InputError {
  return new InputError('verbMissing', { verbs: Object.keys(verbs).join(', ') });
}

/** What commander says of wrong arguments, as one sentence in our words. */
function usageMessage({ code, message }: CommanderError): string {
  // Asked for the help of a verb that is none, commander would show the whole help instead.
  if (code === 'commander.help') return verbMissing().message;
  const said = oneLine(message)
    .replace(/^error: /, '')
    .replace('unknown command', 'unknown verb')
    .replace(/([^.?)])$/, '$1.');
  return `${said} See constela --help.`;
}

function createProgram(context: Context): Command {
  const program = new Command('constela')
    .description('Turns texts into vectors by a sentence-embedding model, maps them, and compares neighbours. Offline.')
    .usage('<verb> [options]')
    .version(version, '-V, --version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .configureHelp({ showGlobalOptions: false, styleTitle: (title) => title.replace('Commands', 'Verbs') })
    .helpCommand('help [verb]', 'Print the help of a verb.')
    .addHelpText(
      'after',
      [
        '',
        'Every verb has its own help: constela map --help.',
        'Results go to standard output or to the file of --out; progress and errors go to standard error.',
        'Exit codes: 0 success, 2 something in the arguments or files is wrong, 130 interrupted, 1 anything else.',
        'Environment: CONSTELA_MODELS is the folder of the models, CONSTELA_PAGE that of the built page; CONSTELA_DEBUG=1 shows the',
        'stack of an unexpected failure.',
      ].join('\n'),
    );
  const commands = Object.values(verbs).map((create) => create(context));
  for (const command of [program, ...commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => context.stdout.write(text),
      // Errors are written once, as one line, by `run`.
      writeErr: () => undefined,
    });
  }
  program.hook('preAction', (_, verb) => openNamedModels(verb, context.signal));
  for (const verb of commands) program.addCommand(verb.helpOption('-h, --help', 'Print this help.'));
  return program;
}
