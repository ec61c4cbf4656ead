// @ts-check
/** The person's own browser. */
import { spawn } from 'node:child_process';

/**
 * Opens `address` there and does not wait for it. `onFailure` is told why that did not work, as far as the system says; whoever
 * calls has printed the address, so it is no more than a remark.
 *
 * @param {string} address
 * @param {(reason: string) => void} [onFailure]
 */
export function openBrowser(address, onFailure = () => {}) {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    onFailure('there is no display');
    return;
  }
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '""']
        : ['xdg-open'];
  const child = spawn(command, [...args, address], { detached: true, stdio: 'ignore' });
  child.once('error', ({ message }) => onFailure(message));
  child.once('exit', (code) => {
    if (code !== 0) onFailure(`${command} ended with ${code}`);
  });
  child.unref();
}
