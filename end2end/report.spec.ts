// The monthly report: the figures of the API, the list, two months side by side, and the PDF that an
// office prints: running heads, numbers of pages, no row cut.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { type House } from './house.ts';
import {
  api, count, decimal, expectFits, expectNoScript, open, range, said, test, WIDE,
} from './official.ts';
import { LAST_MONTH, month, MONTH_BEFORE, THIS_MONTH } from './states.ts';

const UNIT = 'tay-son';
const PAGE = `/reports/${UNIT}/${LAST_MONTH}`;
const COMPARE = `/reports/${UNIT}/compare?a=${MONTH_BEFORE}&b=${LAST_MONTH}`;

interface Estimate {
  score: number | null;
  low: number | null;
  high: number | null;
}
interface Index {
  responses: number;
  groups: (Estimate & {
    code: string;
    components: (Estimate & { code: string; name: string; items: (Estimate & { code: string })[] })[];
  })[];
}

/** The days of a month, as the API is asked for them. */
function days(of: string) {
  const [year, at] = of.split('-').map(Number);
  const last = new Date(Date.UTC(year, at, 0)).getUTCDate();
  return `from=${of}-01&to=${of}-${last}`;
}

/** Past months are sealed in the background after the start. */
async function sealed(page: Page, house: House, path = PAGE) {
  await expect(async () => {
    await open(page, house, path);
    await expect(page.locator('.sealing .status')).toHaveText('✓ Đã khóa sổ', { timeout: 100 });
  }).toPass({ timeout: 60_000 });
}

test('every figure is the one of the API', WIDE, async ({ page, demo }) => {
  await sealed(page, demo);
  const index = await api<Index>(demo, `${UNIT}/index?${days(LAST_MONTH)}`);
  const group = index.groups.find(({ code }) => code === 'II')!;
  await expect(page.locator('.summary .large b')).toHaveText(said(group.score));
  await expect(page.locator('.summary .numbers dd').first()).toHaveText(count(index.responses));
  const rows = page.locator('.components tbody tr');
  await expect(rows).toHaveCount(5);
  for (const [at, one] of group.components.entries()) {
    await expect(rows.nth(at).locator('th')).toHaveText(`${one.code} ${one.name}`);
    await expect(rows.nth(at).locator('td').nth(0)).toHaveText(said(one.score));
    const ends = range(decimal(one.low!, 2), decimal(one.high!, 2));
    await expect(rows.nth(at).locator('td').nth(1)).toHaveText(ends);
  }
  const items = group.components.flatMap(({ items }) => items);
  const lines = page.locator('.itemised tbody tr:not(.group)');
  await expect(lines).toHaveCount(items.length);
  await expect(lines.locator('td.strong')).toHaveText(
    items.map(({ score }) => new RegExp(`^${said(score)}`)),
  );
  // The channels together are the whole.
  const channels = page.locator('.shares-of table').first().locator('tbody tr');
  const responses = await channels.locator('td:nth-child(2)').allTextContents();
  const whole = responses.reduce((sum, text) => sum + Number(text.replaceAll('.', '')), 0);
  expect(whole).toBe(index.responses);
});

test('what is downloaded carries the seal that the page shows', WIDE, async ({ page, demo }) => {
  await sealed(page, demo);
  const file = await fetch(`${demo.base}${PAGE}?format=json`);
  const body = Buffer.from(await file.arrayBuffer());
  const hash = createHash('sha256').update(body).digest('hex');
  await expect(page.locator('.seal code').first()).toHaveText(hash);
  for (const [name, format] of [['Tải bản Word', 'docx'], ['Tải bản Excel', 'xlsx'], ['CSV', 'csv']]) {
    const link = await page.getByRole('link', { name }).getAttribute('href');
    const saved = await fetch(demo.base + link);
    expect(saved.status).toBe(200);
    const said = decodeURIComponent(saved.headers.get('content-disposition')!);
    expect(said).toContain(`Báo cáo mức độ hài lòng – Xã Tây Sơn`);
    expect(said).toMatch(new RegExp(`\\.${format}$`));
  }
});

test('from the board to the list, to a month, to two months', async ({ page, demo }) => {
  await sealed(page, demo);
  await open(page, demo, `/boards/${UNIT}`);
  await page.getByRole('navigation', { name: 'Các trang của đơn vị' }).getByText('Báo cáo').click();
  await expect(page).toHaveURL(`${demo.base}/reports/${UNIT}`);
  const rows = page.locator('.months tbody tr');
  expect(await rows.count()).toBeGreaterThanOrEqual(13);
  await expect(rows.nth(0).locator('.status')).toHaveText('… Đang mở');
  await expect(rows.nth(1).locator('.status')).toHaveText('✓ Đã khóa sổ');
  await rows.nth(1).getByRole('link', { name: `Tháng ${month(LAST_MONTH)}`, exact: true }).click();
  await expect(page).toHaveURL(demo.base + PAGE);
  await page.getByRole('link', { name: 'Các tháng khác' }).click();
  await page.getByLabel('Tháng gốc').selectOption(MONTH_BEFORE);
  await page.getByLabel('Tháng so sánh').selectOption(LAST_MONTH);
  await page.getByRole('button', { name: 'So sánh' }).click();
  await expect(page.locator('.title')).toHaveText(
    `So sánh tháng ${month(MONTH_BEFORE)} và tháng ${month(LAST_MONTH)}`,
  );
  const two = await Promise.all(
    [MONTH_BEFORE, LAST_MONTH].map((of) => api<Index>(demo, `${UNIT}/index?${days(of)}`)),
  );
  const scores = two.map(({ groups }) => said(groups.find(({ code }) => code === 'II')!.score));
  await expect(page.locator('.two .large b')).toHaveText(scores);
  await expect(page.locator('section.compared tbody tr')).toHaveCount(6);
});

test('a month that runs says so, and keeps its stages to itself', WIDE, async ({ page, demo }) => {
  await open(page, demo, `/reports/${UNIT}/${THIS_MONTH}`);
  await expect(page.locator('.sealing')).toContainText('Tháng chưa kết thúc');
  const shares = page.locator('.shares-of');
  if (await shares.count()) {
    await expect(shares.getByText('Chỉ có sau khi tháng kết thúc.')).toHaveCount(2);
  }
});

test('at 320 and 360 px nothing sticks out', WIDE, async ({ page, demo }) => {
  await sealed(page, demo);
  for (const path of [PAGE, `/reports/${UNIT}`, COMPARE]) {
    for (const width of [320, 360]) {
      await open(page, demo, path);
      // Wide tables scroll within their own box.
      await page.locator('.wide').evaluateAll((all) => all.forEach((one) => one.remove()));
      await expectFits(page, width);
    }
  }
});

test('list and comparison have no script', WIDE, async ({ page, demo }) => {
  await expectNoScript(page, demo, [`/reports/${UNIT}`, COMPARE]);
});

/** The words of each page of the PDF, in the order of the page. */
async function printed(page: Page, folder: string, name: string) {
  const path = join(folder, `${name}.pdf`);
  await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
  const text = execFileSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8' });
  const pages = text.split('\f').slice(0, -1).map((one) => one.replace(/\s+/g, ' '));
  return { path, pages };
}

for (const lang of ['vi', 'en'] as const) {
  test(`on paper (${lang}): heads, numbers, whole rows`, WIDE, async ({ page, demo }) => {
    await sealed(page, demo);
    await open(page, demo, `${PAGE}?lang=${lang}`);
    const rows = await page.locator('main table tbody tr').evaluateAll((all) =>
      all.map((row) => row.querySelector('th')!.textContent!.replace(/\s+/g, ' ').trim()),
    );
    const { path, pages } = await printed(page, demo.folder, `report-${lang}`);
    const information = execFileSync('pdfinfo', [path], { encoding: 'utf8' });
    expect(information).toMatch(/Page size:\s+59\d(\.\d+)? x 84\d(\.\d+)? pts \(A4\)/);
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.length).toBeLessThan(12);
    const word = { vi: 'Trang', en: 'Page' }[lang];
    const head = {
      vi: `Xã Tây Sơn – Báo cáo mức độ hài lòng tháng ${month(LAST_MONTH)}`,
      en: `Xã Tây Sơn – Satisfaction report of ${month(LAST_MONTH)}`,
    }[lang];
    for (const [at, text] of pages.entries()) {
      expect(text, `page ${at + 1}`).toContain(`${word} ${at + 1}/${pages.length}`);
      expect(text.includes(head), `head of page ${at + 1}`).toBe(at > 0);
    }
    expect(pages[0]).toContain({ vi: 'Độc lập - Tự do - Hạnh phúc', en: 'Independence' }[lang]);
    expect(pages.at(-1)).toContain({ vi: 'Nơi nhận', en: 'Records.' }[lang]);
    // What leads elsewhere is not on paper.
    for (const control of ['Tải bản', 'Download', 'Bảng kết quả', 'English', 'Tiếng Việt', 'Tài khoản']) {
      expect(pages.join(' ')).not.toContain(control);
    }
    expect(rows.length).toBeGreaterThan(60);
    // Where a line ends within a word, paper has a space that the page has not.
    const bare = (text: string) => text.replace(/\s/g, '');
    const cut = rows.filter((row) => !pages.some((text) => bare(text).includes(bare(row))));
    expect(cut).toEqual([]);
  });
}
