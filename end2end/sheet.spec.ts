// The print sheet: printed to PDF, rendered, and every code on it read by another program.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { type House, test } from './house.ts';

const WIDE = { tag: '@desktop' };

interface Layout {
  name: string;
  columns: number;
  rows: number;
  /** Of the paper, in points. */
  width: number;
  height: number;
}
const LAYOUTS: Layout[] = [
  { name: 'a4-1', columns: 1, rows: 1, width: 595, height: 842 },
  { name: 'a4-2', columns: 1, rows: 2, width: 595, height: 842 },
  { name: 'a4-4', columns: 2, rows: 2, width: 595, height: 842 },
  { name: 'a4-8', columns: 2, rows: 4, width: 595, height: 842 },
  { name: 'a5', columns: 1, rows: 1, width: 420, height: 595 },
  { name: 'a6', columns: 1, rows: 1, width: 298, height: 420 },
  { name: 'sticker', columns: 3, rows: 4, width: 595, height: 842 },
];
const A6 = LAYOUTS[5];
const BASE = 'https://hailong.tayson.gialai.gov.vn';

/** Prints the page that is open, cuts each page into its labels, and reads what is on each. */
async function printed(page: Page, folder: string, { name, columns, rows }: Layout) {
  const pdf = join(folder, `${name}.pdf`);
  await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
  const information = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' });
  const pages = Number(/Pages:\s+(\d+)/.exec(information)![1]);
  const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(information)!.map(Number);
  const dots = 200 / 72;
  const [w, h] = [Math.floor((width / columns) * dots), Math.floor((height / rows) * dots)];
  const codes: string[] = [];
  for (let cell = 0; cell < columns * rows; cell++) {
    const [x, y] = [(cell % columns) * w, Math.floor(cell / columns) * h];
    const cut = ['-x', x, '-y', y, '-W', w, '-H', h].map(String);
    const prefix = `${name}_${cell}`;
    execFileSync('pdftoppm', ['-r', '200', '-gray', ...cut, pdf, join(folder, prefix)]);
    for (const picture of readdirSync(folder).filter((file) => file.startsWith(`${prefix}-`))) {
      codes.push(...scan(join(folder, picture)));
      rmSync(join(folder, picture));
    }
  }
  return { pages, width, height, codes: codes.sort() };
}

/** What a scanner reads from a picture; a label that was left blank has nothing. */
function scan(picture: string): string[] {
  const { status, stdout } = spawnSync('zbarimg', ['--quiet', '--raw', picture], { encoding: 'utf8' });
  expect([0, 4]).toContain(status);
  return stdout.trim().split('\n').filter(Boolean);
}

/** Covers a square of 12 % of each symbol's area, in its data, as a sticker or a stain would. */
async function stain(page: Page) {
  await page.evaluate(() => {
    for (const symbol of document.querySelectorAll('svg.symbol')) {
      const size = Number(symbol.getAttribute('viewBox')!.split(' ')[2]);
      const modules = size - 8;
      const side = modules * Math.sqrt(0.12);
      const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      const place = 4 + modules * 0.38;
      for (const [name, value] of Object.entries({ x: place, y: place, width: side, height: side })) {
        rect.setAttribute(name, String(value));
      }
      rect.setAttribute('fill', '#fff');
      symbol.append(rect);
    }
  });
}

const open = (house: House) => house.points.map((point) => `${BASE}/s/${point.code}`).sort();

test('every code of every layout is read from paper, also with a stain', WIDE, async ({ page, demo }) => {
  test.slow();
  for (const layout of LAYOUTS) {
    const { name, columns, rows, width, height } = layout;
    const file = join(demo.folder, `${name}.html`);
    demo.run(['qr', '--unit', 'gia-lai', '--layout', name, '--out', file], { HAILONG_BASE_URL: BASE });
    await page.goto(pathToFileURL(file).href);
    const paper = await printed(page, demo.folder, layout);
    expect(paper.codes).toEqual(open(demo));
    expect(paper.pages).toBe(Math.ceil(demo.points.length / (columns * rows)));
    expect(Math.abs(paper.width - width)).toBeLessThan(1.5);
    expect(Math.abs(paper.height - height)).toBeLessThan(1.5);
    await stain(page);
    expect((await printed(page, demo.folder, layout)).codes).toEqual(open(demo));
  }
});

test('a label says where, what and in both languages, inside its lines', WIDE, async ({ page, demo }) => {
  for (const { name: layout } of LAYOUTS) {
    const file = join(demo.folder, `${layout}.svg`);
    demo.run(['qr', '--unit', 'tay-son', '--layout', layout, '--out', file], { HAILONG_BASE_URL: BASE });
    await page.goto(pathToFileURL(file).href);
    const label = page.locator('g.label').first();
    const words = (await label.locator('text').allTextContents()).join(' ');
    for (const said of ['Quét mã để góp ý', 'Scan to rate', 'Quầy 1', 'Trung tâm Phục vụ hành chính công xã Tây Sơn']) {
      expect(words.replace(/\s+/g, ' ')).toContain(said);
    }
    expect(words).toContain(demo.points[0].code);
    for (const one of await page.locator('g.label').all()) await expect(one).toContainText('Dữ liệu mô phỏng');
    // Letters do not run over the symbol, nor over one another.
    const boxes = await label.locator('text, svg.symbol').evaluateAll((all) =>
      all.map((one) => one.getBoundingClientRect()).map(({ x, y, right, bottom }) => ({ x, y, right, bottom })),
    );
    for (const [i, a] of boxes.entries()) {
      for (const b of boxes.slice(i + 1)) {
        const over = Math.min(a.bottom, b.bottom) - Math.max(a.y, b.y);
        const beside = Math.min(a.right, b.right) - Math.max(a.x, b.x);
        const less = Math.min(a.bottom - a.y, b.bottom - b.y);
        expect(beside > 1 && over > 0.35 * less).toBe(false);
      }
    }
  }
});

test('the page prints its sheet and nothing else', WIDE, async ({ page, demo }) => {
  await page.goto(`${demo.base}/sheets/tay-son?layout=a6`);
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('In mã QR cho các điểm phục vụ');
  await expect(page.locator('aside.simulated')).toContainText('Dữ liệu mô phỏng.');
  const mine = demo.points.filter((point) => point.unit === 'tay-son-tt');
  await expect(page.locator('svg.sheet')).toHaveCount(mine.length);
  const paper = await printed(page, demo.folder, A6);
  expect(paper.pages).toBe(mine.length);
  expect(paper.codes).toEqual(mine.map((point) => `${demo.base}/s/${point.code}`).sort());
});

test('the button prints, and the file can be kept', async ({ page, demo }, info) => {
  await page.goto(`${demo.base}/sheets/tay-son`);
  const scripted = info.project.use.javaScriptEnabled !== false;
  const button = page.locator('#print');
  if (scripted) {
    await expect(button).toBeVisible();
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', 'yes');
    });
    await button.click();
    await expect(page.locator('body')).toHaveAttribute('data-printed', 'yes');
  } else {
    await expect(button).toBeHidden();
    await expect(page.locator('main')).toContainText('Ctrl+P');
  }
  const file = await fetch(`${demo.base}/sheets/tay-son/file?layout=sticker`);
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="tay-son-sticker.html"');
  const html = await file.text();
  expect(html).not.toMatch(/<script|<link|src=|url\(/);
  expect(html.match(/class="symbol"/g)).toHaveLength(4);
});
