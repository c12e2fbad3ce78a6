// A commune with two counters on a database of its own, so that nobody else answers there.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BINARY } from './server.ts';

/** On a PostgreSQL cluster where one is named. */
export function place(cluster?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'hailong-place-'));
  const name = `e2e_${randomUUID().replaceAll('-', '')}`;
  const url = cluster?.replace(/[^/]*$/, name) ?? `sqlite://${join(folder, 'hailong.db')}`;
  if (cluster) execFileSync('psql', [cluster, '-qc', `create database ${name}`]);
  const env = { ...process.env, HAILONG_DATABASE_URL: url, HAILONG_LOG: 'error' };
  const run = (...args: string[]) => execFileSync(BINARY, args, { encoding: 'utf8', env });
  const load = (kind: string, lines: string[]) => {
    const file = join(folder, `${kind}.csv`);
    writeFileSync(file, lines.join('\n'));
    run('import', kind, file);
  };
  load('units', ['code,parent,kind,name,valid_from,valid_to,predecessors', 'song-hinh,,commune,Xã Sông Hinh,,,']);
  load('points', ['code,unit,name,channel,open_from,open_to', ',song-hinh,Quầy 1,qr,,', ',song-hinh,Quầy 2,qr,,']);
  const file = join(folder, 'out.csv');
  run('export', 'points', file);
  const codes = readFileSync(file, 'utf8').trim().split('\n').slice(1).map((line) => line.split(',')[0]);
  return { url, codes, run, load, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
