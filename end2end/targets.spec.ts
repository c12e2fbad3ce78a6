// The target review: what it says is what the API says and what was entered, and an answer moves it.
import { expect, type Page } from '@playwright/test';
import { answerAll, expectThanks, send, stage } from './citizen.ts';
import { type House, TARGETS } from './house.ts';
import {
  api, count, decimal, expectFits, expectNoScript, open, range, said, signed, test, WIDE, YEAR,
} from './official.ts';
import {
  cell, judged, LAST, PUBLISHED, type Review, review, row, type Row, tables,
} from './review.ts';

interface Scored {
  code: string;
  score: number | null;
  low: number | null;
  high: number | null;
}
interface Index {
  responses: number;
  groups: (Scored & { components: Scored[] })[];
}

const fact = (page: Page, name: string) =>
  page.locator('.summary .numbers div').filter({ hasText: name }).locator('dd');

test('an answer on a phone changes the review', { tag: '@phone' }, async ({ page, office }) => {
  const code = office.code('son-tra-tt', 'Quầy 2');
  const before = await review(office, 'son-tra');
  await open(page, office, `/targets/son-tra/${YEAR}`);
  const responses = fact(page, 'Phiếu trong kỳ');
  const group = row(page, 'II Việc cung ứng');
  await expect(responses).toHaveText(count(before.responses));
  const shown = await cell(group, 'Kết quả đến nay').innerText();

  const phone = await page.context().newPage();
  for (let n = 1; n <= 5; n++) {
    await phone.goto(`${office.base}/s/${code}`);
    await stage(phone, 'result').tap();
    await answerAll(phone, ['1', '2', '1', '3', '2']);
    await send(phone).tap();
    await expectThanks(phone, code);
    // The number moves at once, the figures with the fifth.
    await page.reload();
    await expect(responses).toHaveText(count(before.responses + n));
    if (n < 5) expect(await cell(group, 'Kết quả đến nay').innerText()).toBe(shown);
  }

  const now = await review(office, 'son-tra');
  expect(now.responses).toBe(before.responses + 5);
  const rows = now.rows.filter((row) => row.measured);
  expect(rows.map((row) => row.code)).toEqual(['II', 'II.1', 'II.2', 'II.3', 'II.4', 'II.5']);
  for (const [i, now] of rows.entries()) {
    const old = before.rows.filter((row) => row.measured)[i];
    expect(now.current, now.code).not.toBe(old.current);
    expect(now.answers, now.code).toBe((old.answers ?? 0) + 5);
  }
  await expectSays(page, rows);
  await expectSameAsIndex(office, 'son-tra', now);
  await expect(page.locator('.summary .large b')).toHaveText(said(rows[0].current));
});

/** Each measured row of the page, as the API has it. */
async function expectSays(page: Page, rows: Row[]) {
  for (const { code, name, ...api } of rows) {
    const line = row(page, `${code} ${name}`);
    await expect(line).toHaveCount(1);
    await expect(line).toHaveClass(/\bmeasured\b/);
    const { interval, rank, projection } = api;
    // Less than five on the first day of a year.
    if (api.current === null) {
      await expect(cell(line, 'Kết quả đến nay')).toHaveText(/^Chưa (có|đủ 5)$/);
      continue;
    }
    const now = [
      said(api.current) + (api.answers! < 30 ? ' ít mẫu' : ''),
      interval ? range(decimal(interval.low, 1), decimal(interval.high, 1)) : '',
      `${count(api.answers!)} người`,
      rank ? place(rank) : '',
    ];
    await expect(cell(line, 'Kết quả đến nay')).toHaveText(now.join(''));
    await expect(cell(line, `Chỉ tiêu ${YEAR}`)).toHaveText(decimal(api.target!, 2));
    await expect(cell(line, 'Chênh')).toHaveText(signed(api.gap!));
    await expect(cell(line, 'Nhận định')).toHaveText(judged(api.verdict));
    if (projection) {
      const foreseen = cell(line, 'Dự báo cả năm');
      await expect(foreseen).toHaveText(new RegExp(`^${decimal(projection.score, 1)}`));
      const [low, high] = [projection.low, projection.high].map((end) => decimal(end, 1));
      await expect(foreseen).toContainText(range(low, high));
      await expect(foreseen).toContainText(`khả năng đạt: ${chance(projection.probability!)}`);
    }
  }
}

const place = ({ place, tied, low, high, of }: NonNullable<Row['rank']>) =>
  `${tied ? 'đồng ' : ''}hạng ${place}/${of} (từ ${low} đến ${high})`;

/** Nobody knows that something is certain. */
function chance(probability: number) {
  const percent = 100 * probability;
  if (percent < 1) return 'dưới 1%';
  return percent > 99 ? 'trên 99%' : `${percent.toFixed(0)}%`;
}

/** To the last digit, over the same days. */
async function expectSameAsIndex(house: House, unit: string, review: Review) {
  const { responses, groups } = await api<Index>(
    house,
    `${unit}/index?from=${review.from}&to=${review.to}`,
  );
  expect(review.responses).toBe(responses);
  const group = groups.find(({ code }) => code === 'II')!;
  const figures = [group, ...group.components];
  const rows = review.rows.filter((row) => row.measured);
  expect(rows.map(({ code, current, interval }) => ({ code, current, interval }))).toEqual(
    figures.map(({ code, score, low, high }) => ({
      code,
      current: score,
      interval: low === null ? null : { low, high },
    })),
  );
}

test('what a commune is measured by is what the API says', async ({ page, demo }) => {
  await open(page, demo, `/targets/tay-son/${YEAR}`);
  const now = await review(demo, 'tay-son');
  await expect(page.locator('.published tbody tr')).toHaveCount(6);
  expect(now.rows.map((row) => row.code)).toEqual(['II', 'II.1', 'II.2', 'II.3', 'II.4', 'II.5']);
  await expectSays(page, now.rows);
  await expectSameAsIndex(demo, 'tay-son', now);

  // The same again, large.
  const [group] = now.rows;
  await expect(page.locator('.summary .large b')).toHaveText(said(group.current));
  await expect(fact(page, `Chỉ tiêu ${YEAR}`)).toHaveText(decimal(group.target!, 2));
  await expect(fact(page, 'Chênh')).toHaveText(signed(group.gap!));
  await expect(fact(page, 'Phiếu trong kỳ')).toHaveText(count(now.responses));
  await expect(page.locator('.summary .verdict')).toHaveText(judged(group.verdict));

  // Thirteen months, also in words.
  for (const { code, name, trend } of now.rows) {
    const chart = row(page, `${code} ${name}`).getByRole('img');
    await expect(chart).toHaveAccessibleName(new RegExp(`^Điểm từng tháng: ${name}`));
    expect(trend.length).toBeGreaterThanOrEqual(12);
    const words = trend.map(({ score }) => (score === null ? 'Chưa đủ 5' : decimal(score, 2)));
    const told = (await chart.locator('desc').textContent())!;
    expect([...told.matchAll(/\d\d\/\d{4}: (.+?)\.(?= |$)/g)].map(([, word]) => word)).toEqual(words);
  }
});

test('a baseline that is inherited says whose it is', WIDE, async ({ page, demo }) => {
  await open(page, demo, `/targets/tay-son/${YEAR}`);
  for (const [name, value] of [
    ['II Việc cung ứng', '74,19'],
    ['II.1 Tiếp cận', '75,67'],
    ['II.2 Thủ tục', '73,71'],
    ['II.3 Công chức', '74,88'],
    ['II.4 Kết quả', '73,56'],
    ['II.5 Tiếp nhận', '73,14'],
  ]) {
    const baseline = cell(row(page, name), `Kết quả ${LAST}`);
    await expect(baseline).toHaveText(`${value}của Huyện Tây Sơn, năm 2023`);
    await expect(baseline.getByRole('link')).toHaveAttribute('href', PUBLISHED);
  }
  await cell(row(page, 'II Việc'), `Kết quả ${LAST}`).getByRole('link').click();
  await expect(page.locator('h1')).toHaveText('Huyện Tây Sơn');
  await expect(page.locator('h2.title')).toHaveText('Đánh giá chỉ tiêu năm 2024');
  const own = cell(row(page, 'II.1 Tiếp cận'), 'Kết quả 2023');
  await expect(own).toHaveText('75,67hạng 10/11');
});

test('what was entered shows with its day and a verdict', async ({ page, office }) => {
  const line = (actual: string, on: string) =>
    `an-hai,${LAST},par,1,Chỉ đạo điều hành,11,10.04,7,11,10.5,${actual},${on},Báo cáo số 9`;
  const at = `/targets/an-hai/${LAST}`;
  const RESULT = `Kết quả năm ${LAST}`;
  const first = row(page, '1 Chỉ đạo');
  office.import('targets', [TARGETS, line('', '')]);
  await open(page, office, at);
  await expect(cell(first, RESULT)).toHaveText('Chưa nhập');
  await expect(cell(first, 'Nhận định')).toHaveText(judged('Chưa đủ số liệu'));

  office.import('targets', [TARGETS, line('10.75', `${LAST}-12-20`)]);
  await page.reload();
  for (const [name, now, gap, verdict] of [
    ['1 Chỉ đạo', `10,75số nhập, ngày 20/12/${LAST}`, '+0,25', 'Đạt'],
    ['2 Cải cách thể chế', '3,5số nhập, chưa ghi ngày', '−0,50', 'Không đạt'],
    ['3 Cải cách thủ tục', 'Chưa nhập', '–', 'Chưa đủ số liệu'],
    ['Kết quả tổng hợp chung', `18,50số nhập, ngày 31/12/${LAST}`, '0,00', 'Đạt'],
  ]) {
    const line = row(page, name);
    await expect(line).toHaveClass(/\bentered\b/);
    await expect.soft(cell(line, RESULT)).toHaveText(now);
    await expect.soft(cell(line, 'Chênh')).toHaveText(gap);
    await expect.soft(cell(line, 'Nhận định')).toHaveText(judged(verdict));
  }
  // What was published of a row that counters measure stands beside what they say: here nothing.
  const measured = cell(row(page, 'II Việc'), RESULT);
  await expect(measured).toHaveText(`Chưa cósố công bố: 81,50 (20/12/${LAST})`);
  expect((await review(office, 'an-hai', LAST)).closed).toBe(true);
  await expect(tables(page).last().locator('.fine')).toHaveText('Nguồn: Báo cáo số 9');
  await expect(page.locator('.findings')).toHaveCount(0);
});

test('a group stands before its components, entered or not', WIDE, async ({ page, office }) => {
  const codes = ['II', 'II.1', 'II.2', 'II.3', 'II.4', 'II.5'];
  for (const [unit, year, before] of [
    ['son-tra', YEAR, ['I']],
    ['an-hai', LAST, []],
    ['hoa-cuong', YEAR, []],
  ] as const) {
    await open(page, office, `/targets/${unit}/${year}`);
    const shown = tables(page).first().locator('tbody .no');
    await expect.soft(shown, unit).toHaveText([...before, ...codes]);
  }
});

test('years and both rules are links', WIDE, async ({ page, demo }) => {
  await open(page, demo, `/targets/tay-son/${YEAR}`);
  const rules = page.getByRole('navigation', { name: 'Cách tính' });
  await expect(rules.locator('[aria-current]')).toHaveText('Tỷ lệ hài lòng');
  const top2 = await review(demo, 'tay-son');
  const mean5 = await review(demo, 'tay-son', YEAR, '?rule=mean5');
  for (const [i, { code, name, current }] of top2.rows.entries()) {
    if (current === null) continue;
    const rules = page.locator('section.rules');
    const head = rules.getByRole('rowheader', { name: `${code} ${name}` });
    const cells = head.locator('xpath=following-sibling::td');
    await expect(cells.first()).toContainText(said(current));
    await expect(cells.last()).toContainText(said(mean5.rows[i].current));
  }
  await rules.getByRole('link', { name: 'Điểm trung bình' }).click();
  await expect(rules.locator('[aria-current]')).toHaveText('Điểm trung bình');
  await expectSays(page, mean5.rows);

  const years = page.getByRole('navigation', { name: 'Năm' });
  for (const year of [LAST, LAST - 1]) {
    await years.getByRole('link', { name: String(year) }).click();
    await expect(page.locator('h2.title')).toHaveText(`Đánh giá chỉ tiêu năm ${year}`);
    await expect(years.locator('[aria-current]')).toHaveText(String(year));
    await expect(rules.locator('[aria-current]')).toHaveText('Điểm trung bình');
  }
});

test('the tabs lead from page to page', WIDE, async ({ page, demo }) => {
  await open(page, demo, '/boards/tay-son');
  const tabs = page.getByRole('navigation', { name: 'Các trang của đơn vị' });
  await expect(tabs.getByRole('link')).toHaveText([
    'Bảng kết quả',
    'Chỉ tiêu',
    'Phân tích',
    'Báo cáo',
    'In mã QR',
  ]);
  for (const [tab, path] of [
    ['Chỉ tiêu', `/targets/tay-son/${YEAR}`],
    ['Phân tích', '/analysis/tay-son'],
    ['Báo cáo', '/reports/tay-son'],
    ['Bảng kết quả', '/boards/tay-son'],
  ]) {
    await tabs.getByRole('link', { name: tab }).click();
    await expect(page).toHaveURL(demo.base + path);
    await expect(page.locator('h1')).toHaveText('Xã Tây Sơn');
    await expect(tabs.locator('[aria-current=page]')).toHaveText(tab);
  }
});

test('the same in English', async ({ page, demo }) => {
  await open(page, demo, `${PUBLISHED}?lang=en`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('h2.title')).toHaveText('Target review 2024');
  const line = row(page, 'I.1 Trách nhiệm');
  await expect(cell(line, 'Result 2023')).toHaveText('72.90rank 10 of 11');
  await expect(cell(line, 'Target 2024')).toHaveText('82.91');
  await expect(cell(line, 'Result 2024')).toHaveText('Not entered');
  const goal = tables(page).first().locator('.goal');
  await expect(goal).toContainText('The text says 83, the table 83.84.');
  await expect(tables(page).nth(2).locator('.findings')).toContainText('78.00');
  await page.getByRole('link', { name: 'Analysis' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.goBack();
  await page.getByRole('link', { name: 'Tiếng Việt' }).click();
  await expect(page.locator('h2.title')).toHaveText('Đánh giá chỉ tiêu năm 2024');
});

test('no script is sent', async ({ page, demo }) => {
  await expectNoScript(page, demo, [PUBLISHED, `/targets/tay-son/${YEAR}`, `${PUBLISHED}?lang=en`]);
});

test('no sideways scrolling; rows are cards', { tag: '@phone' }, async ({ page, demo, office }) => {
  for (const width of [360, 320]) {
    for (const [house, path] of [
      [demo, PUBLISHED],
      [demo, `/targets/tay-son/${YEAR}?lang=en`],
      [office, `/targets/an-hai/${LAST}`],
    ] as const) {
      await open(page, house, path);
      await expectFits(page, width);
      // Its words stand before each figure, and what is read aloud is still a table.
      const line = page.locator('.published tbody tr').first();
      await expect(line).toHaveCSS('display', 'block');
      await expect(line).toHaveRole('row');
      await expect(page.getByRole('columnheader').first()).toBeAttached();
      const said = await line.locator('td').evaluateAll((cells) =>
        cells.map((cell) => getComputedStyle(cell, '::before').content),
      );
      expect(said.length).toBeGreaterThanOrEqual(5);
      expect(said.every((words) => /^"\S.*"$/.test(words))).toBe(true);
    }
  }
});
