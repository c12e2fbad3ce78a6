// Starts the program that is tested, each time on a port of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const BINARY =
  process.env.HAILONG_BIN || fileURLToPath(new URL('../target/release/hailong', import.meta.url));

export interface Server {
  /** Where it answers, without a slash at the end: `http://127.0.0.1:34567`. */
  base: string;
  /** All that it has printed so far, stdout and stderr together. */
  output(): string;
  /** Asks it to end, as a service manager would, and fails where it does not end well. */
  stop(): Promise<void>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
}

export interface Options {
  /** Further flags. */
  args?: string[];
  /** Further configuration; nothing named HAILONG_… is taken over from the shell. */
  env?: Record<string, string>;
  /** Where it listens, where that must be where another one did. */
  port?: number;
}

/** The Tây Sơn sample on a throw-away database, without simulated citizens unless asked for. */
export function startDemo({ citizens = 0, args = [], env }: Options & { citizens?: number } = {}) {
  return start(['demo', '--citizens', String(citizens), ...args], env);
}

/** The service on the database given. */
export function startServe(databaseUrl: string, { args = [], env, port }: Options = {}) {
  return start(['serve', ...args], { HAILONG_DATABASE_URL: databaseUrl, ...env }, port);
}

async function start(args: string[], env: Record<string, string> = {}, port?: number): Promise<Server> {
  const listen = `127.0.0.1:${port ?? (await freePort())}`;
  const base = `http://${listen}`;
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('HAILONG_'));
  const child = spawn(BINARY, args, {
    env: { ...Object.fromEntries(inherited), HAILONG_LISTEN: listen, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

  let killed = false;
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (printed += text));
  child.on('error', (error) => (printed += `${error}\n`));

  // Nothing outlives the test run.
  const atExit = () => child.kill('SIGKILL');
  process.once('exit', atExit);
  const closed = once(child, 'close').catch(() => {}).finally(() => process.off('exit', atExit));
  const ended = () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

  const server: Server = {
    base,
    output: () => printed,
    async stop() {
      if (killed) return;
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await closed;
      clearTimeout(late);
      if (child.exitCode !== 0) throw new Error(told('did not end well'));
    },
    async kill() {
      killed = true;
      child.kill('SIGKILL');
      await closed;
    },
  };
  const told = (what: string) =>
    `hailong ${args.join(' ')} ${what} (exit ${child.exitCode ?? child.signalCode}):\n${printed}`;

  for (const limit = Date.now() + 20_000; Date.now() < limit && !ended(); await pause(25)) {
    const answer = await fetch(`${base}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return server;
  }
  await server.kill();
  throw new Error(told('did not start'));
}

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
