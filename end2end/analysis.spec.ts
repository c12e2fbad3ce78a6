// The analysis: what changed in words, who stands where, whether enough answered, how well it measures.
import { expect, type Locator, type Page } from '@playwright/test';
import { day } from './house.ts';
import {
  api, count, decimal, expectFits, expectNoScript, open, PERIOD, range, signed, test, WIDE,
} from './official.ts';
import { CHANGED } from './states.ts';

interface Compared {
  code: string;
  name: string;
  before: number | null;
  after: number | null;
  estimate: number | null;
  low: number | null;
  high: number | null;
  p_adjusted: number | null;
  direction: 'rising' | 'falling' | 'unclear' | null;
}
interface Analysis {
  responses: number;
  change: { reason: string | null; rows: Compared[] };
  difference: { name: string; rows: Compared[] } | null;
  drivers: { code: string; text: string; score: number; gain: number }[];
  ranks: {
    kind: string;
    units: {
      unit: string;
      name: string;
      responses: number;
      score: number | null;
      rank: { place: number; tied: boolean; low: number; high: number } | null;
    }[];
  }[];
  population: {
    dossiers: number;
    responses: number;
    rate: number;
    needed: number;
    missing: number;
    corrected: { low: number; high: number } | null;
  } | null;
}
interface Related {
  code: string;
  correlation: number | null;
  responses: number;
}
interface Instrument {
  responses: number;
  alpha: number | null;
  pairs: number;
  components: (Related & { alpha: number | null; pairs: number; items: Related[] })[];
}

const TAY_SON = `/analysis/tay-son${PERIOD}`;

const change = (page: Page) => page.locator('section.compared').first();
const cell = (row: Locator, label: string) => row.locator(`td[data-label="${label}"]`);

type Words = Record<'before' | 'after' | 'by' | 'rising' | 'falling', string>;
const CHANGE: Words = {
  before: 'Kỳ trước', after: 'Kỳ này', by: 'Thay đổi', rising: 'Tăng', falling: 'Giảm',
};
const DIFFERENCE: Words = {
  before: 'Đơn vị so sánh', after: 'Đơn vị đang xem', by: 'Chênh', rising: 'Cao hơn', falling: 'Thấp hơn',
};

/** A comparison on the page, as the API has it. */
async function expectCompared(section: Locator, rows: Compared[], words: Words) {
  const lines = section.locator('tbody tr');
  await expect(lines).toHaveCount(6);
  for (const [i, row] of rows.entries()) {
    const line = lines.nth(i);
    await expect(line.locator('th')).toHaveText(`${row.code} ${row.name}`);
    await expect(cell(line, words.before)).toHaveText(decimal(row.before!, 2));
    await expect(cell(line, words.after)).toHaveText(decimal(row.after!, 2));
    await expect(cell(line, words.by)).toHaveText(
      signed(row.estimate!) + range(signed(row.low!), signed(row.high!)),
    );
    const direction = {
      rising: `▲ ${words.rising}`,
      falling: `▼ ${words.falling}`,
      unclear: '◆ Chưa đủ căn cứ',
    }[row.direction!];
    const p = row.p_adjusted!;
    const sure = p < 0.001 ? 'p < 0,001' : `p = ${decimal(p, 3)}`;
    await expect(cell(line, 'Kết luận')).toHaveText(direction + sure);
  }
}

test('what changed is what the API says', async ({ page, demo }) => {
  await open(page, demo, TAY_SON);
  const found = await api<Analysis>(demo, `tay-son/analysis${PERIOD}`);
  await expect(change(page).locator('.dates')).toContainText(`: ${count(found.responses)} phiếu.`);
  await expectCompared(change(page), found.change.rows, CHANGE);
  // Compared with nobody.
  await expect(page.locator('section.compared')).toHaveCount(1);

  const drivers = page.locator('section.drivers');
  await expect(drivers.locator('details')).not.toHaveAttribute('open');
  await drivers.locator('summary').click();
  expect(found.drivers).toHaveLength(16);
  await expect(drivers.locator('tbody th')).toHaveText(
    found.drivers.map(({ code, text }) => `${code} ${text}`),
  );
  await expect(drivers.locator('tbody td:last-child')).toHaveText(
    found.drivers.map(({ gain }) => decimal(gain, 2)),
  );
});

test('better, worse and neither are told apart in words', async ({ page, office }) => {
  await open(page, office, CHANGED);
  const found = await api<Analysis>(office, CHANGED.replace(/.*(hoa-cuong)/, '$1/analysis'));
  expect(found.responses).toBe(100);
  await expectCompared(change(page), found.change.rows, CHANGE);
  const says = cell(change(page).locator('tbody tr'), 'Kết luận').locator('.trend');
  await expect(says).toHaveText([
    '▲ Tăng', '▲ Tăng', '▲ Tăng', '▼ Giảm', '▲ Tăng', '◆ Chưa đủ căn cứ',
  ]);
  // Three and four of five, after one and two.
  const access = change(page).getByRole('row', { name: 'II.1' });
  await expect(cell(access, 'Kỳ trước')).toHaveText('30,00');
  await expect(cell(access, 'Kỳ này')).toHaveText('70,00');
});

test('what cannot be compared says why', WIDE, async ({ page, demo, office }) => {
  await open(page, demo, '/analysis/tay-son?from=2020-01-01&to=2020-01-31');
  await expect(change(page)).toContainText('chưa có phiếu nào, nên chưa so sánh được');
  await open(page, demo, `${TAY_SON}&before_from=${day(-70)}&before_to=${day(-50)}`);
  await expect(change(page)).toContainText('trùng nhau một phần nên không so sánh được');
  await open(page, office, '/analysis/an-hai');
  await expect(page.locator('.population')).toContainText('Chưa có số hồ sơ đã giải quyết');
  await expect(page.locator('main')).not.toContainText('0,00');
});

test('another unit is chosen with the keyboard alone', async ({ page, demo }) => {
  await open(page, demo, TAY_SON);
  const other = page.getByLabel('So sánh với');
  await page.getByText('Chọn ngày khác hoặc đơn vị để so sánh').focus();
  await page.keyboard.press('Enter');
  await expect(other).toBeVisible();
  // A field for a day has several stops.
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Từ ngày')).toBeFocused();
  for (let stop = 0; stop < 12 && !(await focused(other)); stop++) await page.keyboard.press('Tab');
  await expect(other).toBeFocused();
  await expect(other.locator('option')).toHaveText([
    'Không so sánh', 'Xã Bình Khê', 'Xã Bình Phú', 'Xã Bình Hiệp', 'Xã Bình An',
  ]);
  await page.keyboard.press('ArrowDown');
  await expect(other).toHaveValue('binh-khe');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Xem' })).toBeFocused();
  await page.keyboard.press('Enter');

  const section = page.locator('section.compared').nth(1);
  await expect(section.locator('h2')).toHaveText('So với Xã Bình Khê');
  await expect(other).toHaveValue('binh-khe');
  const found = await api<Analysis>(demo, `tay-son/analysis${PERIOD}&with=binh-khe`);
  await expectCompared(section, found.difference!.rows, DIFFERENCE);
  // The days stay as they were.
  await expectCompared(change(page), found.change.rows, CHANGE);
});

const focused = (field: Locator) => field.evaluate((one) => one === document.activeElement);

test('the communes of a province have places with ranges', async ({ page, demo }) => {
  await open(page, demo, `/analysis/gia-lai${PERIOD}`);
  const { ranks } = await api<Analysis>(demo, `gia-lai/analysis${PERIOD}`);
  const { units } = ranks.find(({ kind }) => kind === 'commune')!;
  expect(units).toHaveLength(5);
  const section = page.locator('section.ranks').first();
  await expect(section.locator('h2')).toHaveText('Thứ hạng: Cấp xã');
  const lines = section.locator('tbody tr');
  await expect(lines.locator('th')).toHaveText(units.map(({ name }) => name));
  for (const [i, { unit, rank, score, responses }] of units.entries()) {
    const { place, tied, low, high } = rank!;
    const line = lines.nth(i);
    await expect(line.getByRole('link')).toHaveAttribute('href', new RegExp(`^/analysis/${unit}`));
    await expect(cell(line, 'Hạng')).toHaveText(tied ? `đồng hạng ${place}` : String(place));
    await expect(cell(line, 'Khoảng hạng')).toHaveText(
      low === high ? String(low) : range(String(low), String(high)),
    );
    expect(low <= place && place <= high).toBe(true);
    await expect(cell(line, 'Chỉ số')).toContainText(decimal(score!, 2));
    await expect(cell(line, 'Số phiếu')).toHaveText(count(responses));
  }
});

test('whether enough answered', WIDE, async ({ page, demo }) => {
  await open(page, demo, TAY_SON);
  const of = (await api<Analysis>(demo, `tay-son/analysis${PERIOD}`)).population!;
  const fact = (name: string) =>
    page.locator('.population dl div').filter({ hasText: name }).locator('dd');
  await expect(page.locator('.population h2')).toHaveText('Số phiếu so với số hồ sơ đã giải quyết');
  await expect(fact('Hồ sơ đã giải quyết')).toHaveText(count(of.dossiers));
  await expect(fact('Phiếu trong kỳ')).toHaveText(count(of.responses));
  await expect(fact('Tỷ lệ trả lời')).toHaveText(`${decimal(of.rate, 1)} %`);
  await expect(fact('hiệu chỉnh')).toHaveText(
    range(decimal(of.corrected!.low, 2), decimal(of.corrected!.high, 2)),
  );
  // n = N / (1 + N·e²), rounded up.
  expect(of.needed).toBe(Math.ceil(of.dossiers / (1 + of.dossiers * 0.05 ** 2)));
  expect(of.rate).toBeCloseTo((100 * of.responses) / of.dossiers, 9);
  await expect(fact('e = 5%')).toHaveText(
    `${count(of.needed)} – ${of.missing ? `còn thiếu ${count(of.missing)}` : 'đã đủ'}`,
  );
});

/** The last twelve months that are over. */
function twelveMonths() {
  const [year, month] = day().split('-').map(Number);
  const at = (back: number) => {
    const n = year * 12 + month - 1 - back;
    return `${Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}`;
  };
  return `?from=${at(12)}&to=${at(1)}`;
}

test('how well the questionnaire measures, when asked for', async ({ page, demo }) => {
  await open(page, demo, TAY_SON);
  const section = page.locator('#instrument');
  await expect(section.locator('table')).toHaveCount(0);
  await section.getByRole('link', { name: 'Tính độ tin cậy của bộ câu hỏi' }).click();
  await expect(page).toHaveURL(/&instrument=1#instrument$/);
  await expect(section).toBeInViewport();

  const found = await api<Instrument>(demo, `tay-son/instrument${twelveMonths()}`);
  await expect(section).toContainText(`: ${count(found.responses)} phiếu.`);
  await expect(section).toContainText(
    `Cronbach’s alpha ${number(found.alpha!)}, trên ${count(found.pairs)} cặp câu trả lời`,
  );
  const lines = section.locator('tbody tr');
  await expect(lines).toHaveCount(5 + 16);
  const rows = found.components.flatMap((component) => [
    {
      code: component.code,
      alpha: value(component.alpha, `${count(component.pairs)} cặp`),
      ...related(component),
    },
    ...component.items.map((item) => ({ code: item.code, alpha: '–', ...related(item) })),
  ]);
  await expect(lines.locator('.no')).toHaveText(rows.map(({ code }) => code));
  await expect(cell(lines, 'Cronbach’s alpha')).toHaveText(rows.map(({ alpha }) => alpha));
  await expect(cell(lines, 'Tương quan với phần còn lại')).toHaveText(
    rows.map(({ correlation }) => correlation),
  );
});

const related = ({ correlation, responses }: Related) => ({
  correlation: value(correlation, `${count(responses)} phiếu`),
});

const value = (value: number | null, n: string) =>
  (value === null ? 'Chưa đủ 100 cặp' : number(value)) + n;

/** Below nought with a minus as everywhere else, and nought without. */
const number = (value: number) => signed(value).replace('+', '');

test('the same in English, kept from page to page', WIDE, async ({ page, demo }) => {
  await open(page, demo, `${TAY_SON}&with=binh-khe&lang=en`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('h2.title')).toHaveText('Analysis');
  await expect(change(page).locator('h2')).toHaveText('Change since the period before');
  await page.getByRole('button').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page).toHaveURL(/with=binh-khe/);
  await page.getByRole('link', { name: 'Targets' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('contentinfo').getByRole('link').click();
  await expect(page).toHaveURL(`${demo.base}/method?lang=en`);
  await expect(page.locator('h1')).toHaveText('How figures are computed, and their limits');
});

test('the method reads from top to bottom', async ({ page, demo }) => {
  await open(page, demo, TAY_SON);
  await page.getByRole('link', { name: 'Cách tính và giới hạn của số liệu' }).click();
  await expect(page).toHaveURL(`${demo.base}/method`);
  await expect(page.locator('h1')).toHaveText('Cách tính và giới hạn của số liệu');
  await expect(page.locator('main h2')).toHaveText([
    'Con số này nói về điều gì',
    'Từ câu trả lời đến chỉ số',
    'Khoảng tin cậy',
    'Chỉ tiêu và dự báo',
    'So sánh, thứ hạng, cỡ mẫu',
    'Độ tin cậy của bộ câu hỏi',
    'Khi nào không công bố',
    'Căn cứ',
  ]);
  const main = page.locator('main');
  await expect(main).toContainText('Chỉ số này không phải SIPAS do Bộ Nội vụ công bố');
  await expect(main).toContainText('Quyết định 1001/QĐ-BNV ngày 11/12/2023');
  // A key without words would stand there by itself.
  await expect(main).not.toContainText(/\b[a-z]+-[a-z]+(-[a-z]+)*(?!-?\d)\b/);
});

test('no script is sent', async ({ page, demo }) => {
  const paths = [TAY_SON, `${TAY_SON}&instrument=1`, '/analysis/gia-lai', '/method'];
  await expectNoScript(page, demo, paths);
});

test('no sideways scrolling', { tag: '@phone' }, async ({ page, demo, office }) => {
  for (const width of [360, 320]) {
    for (const [house, path] of [
      [demo, `${TAY_SON}&with=binh-khe&instrument=1`],
      [demo, `/analysis/gia-lai${PERIOD}&lang=en`],
      [office, CHANGED],
      [demo, '/method'],
      [demo, '/method?lang=en'],
    ] as const) {
      await open(page, house, path);
      await expectFits(page, width);
    }
  }
});
