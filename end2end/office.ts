// An office with people: how it begins, and what everybody does in it.
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { BINARY, type Options, type Server, startServe } from './server.ts';

export const PASSWORD = 'ruộng lúa ven sông Côn';

export interface Office {
  server: Server;
  run(...args: string[]): string;
  /** Imports lines of CSV, the first with the names of the columns. */
  load(kind: string, lines: string[]): void;
  end(): Promise<void>;
}

/** A province with two communes, on a database of its own. */
export async function office(options?: Options): Promise<Office> {
  const folder = mkdtempSync(join(tmpdir(), 'hailong-'));
  const url = `sqlite://${join(folder, 'hailong.db')}`;
  const run = (...args: string[]) =>
    execFileSync(BINARY, args, {
      encoding: 'utf8',
      env: { ...process.env, HAILONG_DATABASE_URL: url, HAILONG_LOG: 'error' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const load = (kind: string, lines: string[]) => {
    const file = join(folder, `${kind}.csv`);
    writeFileSync(file, lines.join('\n'));
    run('import', kind, file);
  };
  load('units', [
    'code,parent,kind,name,valid_from,valid_to,predecessors',
    'dak-lak,,province,Tỉnh Đắk Lắk,,,',
    'ea-kar,dak-lak,commune,Xã Ea Kar,,,',
    'song-hinh,dak-lak,commune,Xã Sông Hinh,,,',
  ]);
  const server = await startServe(url, options);
  return {
    server,
    run,
    load,
    async end() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The page of a link that the program has printed or shown, at the port where it runs. */
export const at = (server: Server, link: string) => server.base + link.trim().replace(/^https?:\/\/[^/]+/, '');

/** The six digits of now, RFC 6238. */
export function code(secret: string, steps = 0): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
  const count = Buffer.alloc(8);
  count.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac('sha1', key).update(count).digest();
  const word = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(word % 1_000_000).padStart(6, '0');
}

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
export const heading = (page: Page) => page.getByRole('heading', { level: 1 });

export async function setPassword(page: Page, link: string) {
  await page.goto(link);
  await expect(heading(page)).toHaveText('Đặt mật khẩu');
  await page.getByLabel('Mật khẩu mới', { exact: true }).fill(PASSWORD);
  await page.getByLabel('Nhập lại mật khẩu mới').fill(PASSWORD);
  await press(page, 'Đặt mật khẩu');
  await expect(page.getByRole('status')).toContainText('Đã đặt mật khẩu');
}

export async function signIn(page: Page, name: string, password = PASSWORD) {
  await page.getByLabel('Tên đăng nhập').fill(name);
  await page.getByLabel('Mật khẩu').fill(password);
  await press(page, 'Đăng nhập');
}
