// The live board: it moves with every answer, finds its way back, and stands the night on a wall.
import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, type Route } from '@playwright/test';
import { day } from './house.ts';
import { test, WIDE } from './official.ts';
import { place } from './place.ts';
import { startServe } from './server.ts';

const ITEMS = ['A1', 'A2', 'A3', 'B1', 'B2', 'B3', 'B4', 'C1', 'C2', 'C3', 'D1', 'D2', 'D3', 'E1', 'E2', 'E3'];

/** Sends an answer to every item through the API, as another browser would. */
async function answer(base: string, point: string, score = 5) {
  const answers = Object.fromEntries(ITEMS.map((item) => [item, score]));
  const sent = await fetch(`${base}/api/v1/points/${point}/responses`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: randomUUID(), answers }),
  });
  expect(sent.status).toBe(201);
}

/** The first event of a stream. */
async function firstEvent(address: string): Promise<string> {
  const stream = await fetch(address);
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of stream.body!) {
    text += decoder.decode(bytes, { stream: true });
    const data = text.match(/^data: (.*)\n\n/m);
    // Leaving the loop lets go of the stream.
    if (data) return data[1];
  }
  throw new Error('the stream ended');
}

const today = (page: Page) => page.locator('.numbers dd').nth(1);
const live = (page: Page) => expect(page.locator('.freshness')).toHaveClass(/live/);

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'nothing moves without a script');

test('the count moves with an answer and the score after the fifth', WIDE, async ({ page }) => {
  const office = place();
  const server = await startServe(office.url);
  await page.goto(`${server.base}/boards/song-hinh`);
  await live(page);
  await answer(server.base, office.codes[0]);
  await expect(today(page)).toHaveText('1', { timeout: 2_000 });
  await expect(page.locator('.large')).toHaveText('Chưa đủ 5 người trả lời');
  // The same nodes take the new values.
  const node = await page.locator('.large').elementHandle();
  for (let n = 2; n <= 4; n++) await answer(server.base, office.codes[0]);
  await expect(today(page)).toHaveText('4', { timeout: 2_000 });
  await expect(page.locator('.large')).toHaveText('Chưa đủ 5 người trả lời');
  await answer(server.base, office.codes[0]);
  await expect(page.locator('.large')).toContainText('100,00', { timeout: 2_000 });
  expect(await node!.evaluate((node) => node.isConnected)).toBe(true);
  await expect(page.getByRole('row', { name: /Quầy 1/ })).toContainText('100,00');
  await expect(page.locator('#today-now')).toContainText('5');

  // What is unfolded stays so.
  await page.locator('#components summary').click();
  await answer(server.base, office.codes[1]);
  await expect(today(page)).toHaveText('6', { timeout: 2_000 });
  await expect(page.locator('#components details')).toHaveAttribute('open', '');
  await server.stop();
  office.remove();
});

test('the last change is told aloud, also where it came early', WIDE, async ({ page }) => {
  test.slow();
  const office = place();
  const server = await startServe(office.url);
  await page.goto(`${server.base}/boards/song-hinh`);
  await live(page);
  for (let n = 0; n < 5; n++) await answer(server.base, office.codes[0]);
  await expect(today(page)).toHaveText('5', { timeout: 2_000 });
  const told = page.locator('.unseen[role=status]');
  await expect(told).toBeEmpty();
  await expect(told).toHaveText('Chỉ số hài lòng: 100,00 (ít mẫu). Đã có 5 phiếu.', { timeout: 35_000 });
  await server.stop();
  office.remove();
});

test('an import beside the running service reaches the board', WIDE, async ({ page }) => {
  const office = place();
  const server = await startServe(office.url);
  await page.goto(`${server.base}/boards/song-hinh`);
  await live(page);
  const rows = Array.from({ length: 7 }, () => `${randomUUID()},${office.codes[0]},${day()},sipas-2023,,,qr,,5,4,4,5,4`);
  office.load('responses', [
    'id,point,answered_at,questionnaire,stage,field,channel,comment,A1,B1,C1,D1,E1',
    ...rows,
  ]);
  await expect(today(page)).toHaveText('7', { timeout: 2_000 });
  await server.stop();
  office.remove();
});

test('a lost connection is said and mends itself', WIDE, async ({ page, errors }) => {
  const office = place();
  const server = await startServe(office.url);
  await page.goto(`${server.base}/boards/song-hinh`);
  await live(page);
  await answer(server.base, office.codes[0]);
  await expect(today(page)).toHaveText('1');
  await server.kill();
  const freshness = page.locator('.freshness');
  await expect(freshness).toHaveClass(/lost/, { timeout: 15_000 });
  await expect(freshness).toContainText('Mất kết nối');
  await expect(freshness).toContainText(/Số liệu lúc \d\d:\d\d/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);

  const again = await startServe(office.url, { port: Number(new URL(server.base).port) });
  await expect(freshness).toHaveClass(/live/, { timeout: 15_000 });
  await answer(again.base, office.codes[0]);
  await expect(today(page)).toHaveText('2', { timeout: 2_000 });
  // What the browser says of the time without a server is no fault of the page.
  errors.splice(0);
  await again.stop();
  office.remove();
});

for (const [what, from, to] of [
  ['a newer version came', '/main.css', '/newer.css'],
  ['the days shown are over', 'data-component="Live_', 'data-component="Freshness_'],
]) {
  test(`a board loads itself once more when ${what}`, WIDE, async ({ page }) => {
    const office = place();
    const server = await startServe(office.url);
    await page.goto(`${server.base}/boards/song-hinh`);
    await live(page);
    const event = await firstEvent(`${server.base}/api/v1/units/song-hinh/live?view=board`);
    const other = JSON.stringify({ ...JSON.parse(event), shape: 'another' });
    const body = `event: board\ndata: ${other}\n\n`;
    await page.route('**/live?**', (route) => route.fulfill({ contentType: 'text/event-stream', body }), { times: 1 });
    const changed = async (route: Route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replaceAll(from, to) });
    };
    await page.route('**/boards/song-hinh', changed, { times: 1 });
    const loaded = page.waitForEvent('load');
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await loaded;
    await live(page);
    await server.stop();
    office.remove();
  });
}

for (const locks of [true, false]) {
  test(`seven open boards do not starve each other ${locks ? 'with' : 'without'} locks`, WIDE, async ({ context }) => {
    // Over plain HTTP a browser has none.
    if (!locks) await context.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
    const office = place();
    const server = await startServe(office.url);
    const pages = [];
    for (let n = 0; n < 7; n++) {
      const page = await context.newPage();
      await page.goto(`${server.base}/boards/song-hinh`);
      pages.push(page);
    }
    for (const page of pages) await live(page);
    await answer(server.base, office.codes[0]);
    for (const page of pages) await expect(today(page)).toHaveText('1', { timeout: 4_000 });
    for (const page of pages) await page.close();
    await server.stop();
    office.remove();
  });
}

test('every letter of a screen stays within its card', WIDE, async ({ page, demo }) => {
  for (const [width, height] of [[1920, 1080], [1280, 720]]) {
    await page.setViewportSize({ width, height });
    for (const unit of ['tay-son-tt', 'gia-lai']) {
      await page.goto(`${demo.base}/boards/${unit}?tv=1`);
      await live(page);
      const outside = await page.evaluate(() => {
        const tv = document.querySelector<HTMLElement>('.tv')!;
        const found: string[] = [];
        // Counts of a larger place.
        for (const small of tv.querySelectorAll('li small')) small.textContent = '12.345 phiếu';
        const pictures = document.querySelectorAll('.pictures > section');
        for (const shown of pictures) {
          for (const one of pictures) one.toggleAttribute('data-shown', one === shown);
          for (const card of tv.querySelectorAll('section')) {
            const edge = card.getBoundingClientRect();
            for (const part of card.querySelectorAll('*')) {
              const { right, bottom } = part.getBoundingClientRect();
              if (right > edge.right + 1 || bottom > edge.bottom + 1) found.push(`${card.id} ${part.tagName}`);
            }
          }
        }
        return found;
      });
      expect(outside, `${unit} at ${width}`).toEqual([]);
    }
  }
});

test('a screen keeps the mark of few answers within its card', WIDE, async ({ page }) => {
  const office = place();
  const server = await startServe(office.url);
  for (let n = 0; n < 8; n++) await answer(server.base, office.codes[0], 4);
  for (const [width, height] of [[1920, 1080], [1280, 720]]) {
    await page.setViewportSize({ width, height });
    await page.goto(`${server.base}/boards/song-hinh?tv=1`);
    await live(page);
    const card = (await page.locator('#summary').boundingBox())!;
    for (const part of await page.locator('#summary .few, #summary .range, #summary dd').all()) {
      const { x, width } = (await part.boundingBox())!;
      expect(x + width).toBeLessThanOrEqual(card.x + card.width);
    }
    await expect(page.locator('#summary .few')).toHaveText('ít mẫu');
  }
  await server.stop();
  office.remove();
});

test('a screen shows one picture after another and does not grow', WIDE, async ({ page, errors }) => {
  test.slow();
  const office = place();
  const server = await startServe(office.url);
  const link = office.run('account', 'display', '--name', 'Sảnh', '--unit', 'song-hinh').trim();
  const path = link.slice(link.indexOf('/boards/'));
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto(server.base + path);
  await live(page);
  for (let n = 0; n < 6; n++) await answer(server.base, office.codes[0], 4);
  await expect(page.locator('.large')).toContainText('100,00');
  await expect(page.locator('.pictures > section')).toHaveCount(8);
  const shown = () => page.locator('.pictures > section:visible').getAttribute('id');
  const first = await shown();
  await expect.poll(shown, { timeout: 20_000 }).not.toBe(first);

  const client = await page.context().newCDPSession(page);
  // A thousand events, each with other numbers, in the words of the service.
  const address = server.base + path.replace('/boards/song-hinh?', '/api/v1/units/song-hinh/live?view=board&');
  const event = await firstEvent(address);
  const thousand = (from: number) =>
    Array.from({ length: 1_000 }, (_, n) => event.replaceAll('<dd>6</dd>', `<dd>${from + n}</dd>`))
      .map((data) => `event: board\ndata: ${data}\n\n`)
      .join('');
  const pass = async (from: number) => {
    let sent = false;
    await page.route('**/live?**', (route) => {
      if (sent) return route.abort();
      sent = true;
      return route.fulfill({ contentType: 'text/event-stream', body: thousand(from) });
    });
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect(page.locator('.now dd').nth(1)).toHaveText(String(from + 999), { timeout: 30_000 });
    await page.unroute('**/live?**');
    await client.send('HeapProfiler.collectGarbage');
    const { usedSize } = await client.send('Runtime.getHeapUsage');
    return { bytes: usedSize, nodes: await page.evaluate(() => document.querySelectorAll('*').length) };
  };
  const before = await pass(1_000);
  const after = await pass(5_000);
  expect(after.nodes).toBe(before.nodes);
  expect(after.bytes).toBeLessThan(before.bytes * 1.1 + 500_000);
  errors.splice(0);

  // An ended link shows nothing more, and its screen stops.
  const [id] = office.run('account', 'displays').split('\t');
  office.run('account', 'revoke-display', id);
  await expect.poll(async () => (await fetch(server.base + path)).status).toBe(401);
  await expect(page.locator('main')).toHaveText('Đường dẫn màn hình này đã bị thu hồi.', { timeout: 20_000 });
  await expect(page.locator('.freshness')).not.toContainText(/Mất kết nối|Số liệu/);
  await page.reload();
  await expect(page.locator('h1')).toHaveText('Đường dẫn màn hình này đã bị thu hồi');
  errors.splice(0);
  await server.stop();
  office.remove();
});
