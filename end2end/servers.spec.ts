// Two servers on one database: what a citizen answers at one is seen at the other, also after one of them
// was ended at once. On PostgreSQL where a cluster is at hand, as `make end2end` has it.
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';
import { answerAll, expectThanks, send } from './citizen.ts';
import { test, WIDE } from './official.ts';
import { BINARY, startServe } from './server.ts';

const CLUSTER = process.env.HAILONG_TEST_POSTGRES;

/** A database of its own, with one point of a commune. */
function place() {
  const folder = mkdtempSync(join(tmpdir(), 'hailong-servers-'));
  const name = `e2e_${randomUUID().replaceAll('-', '')}`;
  const url = CLUSTER?.replace(/[^/]*$/, name) ?? `sqlite://${join(folder, 'hailong.db')}`;
  if (CLUSTER) execFileSync('psql', [CLUSTER, '-qc', `create database ${name}`]);
  const env = { ...process.env, HAILONG_DATABASE_URL: url, HAILONG_LOG: 'error' };
  const run = (...args: string[]) => execFileSync(BINARY, args, { encoding: 'utf8', env });
  const load = (kind: string, lines: string[]) => {
    const file = join(folder, `${kind}.csv`);
    writeFileSync(file, lines.join('\n'));
    run('import', kind, file);
  };
  load('units', ['code,parent,kind,name,valid_from,valid_to,predecessors', 'song-hinh,,commune,Xã Sông Hinh,,,']);
  load('points', ['code,unit,name,channel,open_from,open_to', ',song-hinh,Quầy 1,qr,,']);
  const file = join(folder, 'out.csv');
  run('export', 'points', file);
  const [, row] = readFileSync(file, 'utf8').split('\n');
  return { url, code: row.split(',')[0], run, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A citizen in a browser of his own. */
async function citizen(browser: Browser, address: string, code: string) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'vi-VN' });
  const page = await context.newPage();
  await page.goto(`${address}/s/${code}`);
  await answerAll(page, ['5']);
  await send(page).click();
  await expectThanks(page, code);
  await context.close();
}

const today = (page: Page) => page.locator('.numbers dd').nth(1);

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'nothing moves without a script');

test('an answer at one server moves the board of another', WIDE, async ({ page, browser }) => {
  test.setTimeout(90_000);
  const { url, code, run, remove } = place();
  const [here, there] = [await startServe(url), await startServe(url)];
  await page.goto(`${there.base}/boards/song-hinh`);
  await expect(page.locator('.freshness')).toHaveClass(/live/);
  for (let n = 1; n <= 5; n++) {
    await citizen(browser, here.base, code);
    await expect(today(page)).toHaveText(String(n), { timeout: 2_000 });
  }
  await expect(page.locator('.large')).toContainText('100,00', { timeout: 2_000 });

  // One server is gone: what it acknowledged stands, and the other one goes on.
  await citizen(browser, here.base, code);
  await here.kill();
  await expect(today(page)).toHaveText('6', { timeout: 2_000 });
  await citizen(browser, there.base, code);
  await expect(today(page)).toHaveText('7', { timeout: 2_000 });
  await there.stop();
  run('reconcile');
  remove();
});
