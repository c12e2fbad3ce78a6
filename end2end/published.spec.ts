// The published tables of the district of Tây Sơn: kept as they were entered, and read critically.
import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { cells } from './house.ts';
import { comma, expectNoWider, open, test, WIDE, YEAR } from './official.ts';
import { cell, judged, PUBLISHED, review, tables } from './review.ts';

/** The sample as it was typed from the plan: the rows of each table in their order. */
function planned(index: string) {
  const file = new URL('../server/sample/targets.csv', import.meta.url);
  const [head, ...rows] = readFileSync(file, 'utf8').trim().split('\n').map(cells);
  const named = rows.map((row) => Object.fromEntries(row.map((cell, i) => [head[i], cell])));
  return named.filter((row) => row.unit === 'tay-son-huyen' && row.index === index);
}

test('four published tables, as they were entered', async ({ page, demo }) => {
  await open(page, demo, PUBLISHED);
  await expect(tables(page).locator('h2')).toHaveText([
    /^SIPAS –/, /^PAR INDEX –/, /^DDCI –/, /^DTI –/,
  ]);
  for (const [i, index] of ['sipas', 'par', 'ddci', 'dti'].entries()) {
    const plan = planned(index);
    expect(plan).toHaveLength([12, 10, 10, 11][i]);
    const lines = tables(page).nth(i).locator('tbody tr');
    const named = ({ code, name }: Record<string, string>) =>
      code === 'total' ? name : `${code} ${name}`;
    await expect(lines.locator('th')).toHaveText(plan.map(named));
    await expect(cell(lines, 'Kết quả 2023')).toHaveText(
      plan.map((row) => `${comma(row.baseline)}hạng ${row.baseline_rank}/${row.rank_of}`),
    );
    await expect(cell(lines, 'Chỉ tiêu 2024')).toHaveText(plan.map((row) => comma(row.target)));
    await expect(cell(lines, 'Điểm tối đa')).toHaveText(
      index === 'par' ? plan.map((row) => comma(row.max) || '–') : [],
    );
    await expect(cell(lines, 'Nhận định')).toHaveText(plan.map(() => judged('chưa đủ số liệu')));
    await expect(tables(page).nth(i)).toContainText(`Nguồn: ${plan[0].source}`);
  }
});

test('what does not add up is named, to the figure', WIDE, async ({ page, demo }) => {
  await open(page, demo, PUBLISHED);
  const said = [
    [
      'Chỉ tiêu 2024, dòng I – Việc ban hành, tổ chức thực hiện các chính sách: bảng ghi 83,50; trung bình các thành phần là 83,49.',
      'Chỉ tiêu 2024, dòng II – Việc cung ứng dịch vụ hành chính công: bảng ghi 84,19; trung bình các thành phần là 83,99.',
      'Chỉ tiêu 2024, Kết quả tổng hợp chung: bảng ghi 83,84; trung bình hai nhóm như bảng ghi là 83,85.',
      'Chỉ tiêu 2024, Kết quả tổng hợp chung: bảng ghi 83,84; trung bình hai nhóm tính lại từ thành phần là 83,74.',
      'Chỉ tiêu 2024, dòng I – Việc ban hành, tổ chức thực hiện các chính sách: bảng ghi 83,50, tức tăng 10,01, trong khi phần lớn các dòng tăng 10,00; có thể do gõ nhầm, số đúng có thể là 83,49.',
      'Chỉ tiêu 2024, dòng I.1 – Trách nhiệm giải trình của cơ quan: bảng ghi 82,91, tức tăng 10,01, trong khi phần lớn các dòng tăng 10,00; có thể do gõ nhầm, số đúng có thể là 82,90.',
      'Chỉ tiêu 2024, dòng II.2 – Thủ tục hành chính: bảng ghi 82,72, tức tăng 9,01, trong khi phần lớn các dòng tăng 10,00; có thể do gõ nhầm, số đúng có thể là 83,71.',
      'Nếu sửa những chỗ có thể gõ nhầm ấy thì cả bảng khớp.',
      'Kết quả 2023: các số tổng khớp với các dòng của bảng.',
    ],
    [
      'Kết quả 2023, Kết quả tổng hợp chung: bảng ghi 80,24; cộng các lĩnh vực được 79,24.',
      'Chỉ tiêu 2024, Kết quả tổng hợp chung: bảng ghi 85,2; cộng các lĩnh vực được 87,20.',
    ],
    [
      'Chỉ tiêu 2024, Kết quả tổng hợp chung: bảng ghi 75,20; trung bình các tiêu chí nhân 10 được 78,00.',
      'Kết quả 2023: các số tổng khớp với các dòng của bảng.',
    ],
    [
      'Nhóm I, II không tính lại được từ các chỉ số bên trong: không có trọng số.',
      'Kết quả 2023: các số tổng khớp với các dòng của bảng.',
      'Chỉ tiêu 2024: các số tổng khớp với các dòng của bảng.',
    ],
  ];
  for (const [i, sentences] of said.entries()) {
    await expect(tables(page).nth(i).locator('.findings li')).toHaveText(sentences);
  }
  expect((await review(demo, 'tay-son-huyen', 2024)).inconsistencies).toHaveLength(10);
});

test('what the text of the plan names stands beside the table', WIDE, async ({ page, demo }) => {
  await open(page, demo, PUBLISHED);
  for (const [i, [quote, difference]] of [
    ['đạt từ 83% trở lên', 'Lời văn ghi 83, bảng ghi 83,84.'],
    ['đạt từ 85% trở lên', 'Lời văn ghi 85, bảng ghi 85,2.'],
    ['đạt trên 75 điểm', 'Lời văn ghi 75, bảng ghi 75,20.'],
    ['đạt trên 85 điểm', 'Lời văn ghi 85, bảng ghi 87.'],
  ].entries()) {
    const goal = tables(page).nth(i).locator('.goal');
    await expect(goal.locator('q')).toContainText(quote);
    await expect(goal).toContainText(difference);
  }
});

test('what counters cannot measure looks different', async ({ page, demo }) => {
  await open(page, demo, PUBLISHED);
  const entered = page.locator('.published tr.entered');
  await expect(entered).toHaveCount(6 + 10 + 10 + 11);
  await expect(cell(entered, 'Kết quả năm 2024')).toHaveText(Array(37).fill('Chưa nhập'));
  const measured = page.locator('.published tr.measured');
  await expect(cell(measured, 'Kết quả năm 2024')).toHaveText(Array(6).fill('Chưa có'));
  for (const label of ['Kết quả 2023', 'Chỉ tiêu 2024']) {
    await expect(cell(entered.first(), label)).toHaveCSS('font-style', 'italic');
    await expect(cell(measured.first(), label)).toHaveCSS('font-style', 'normal');
  }
  // Nothing known is never a nought.
  await expect(page.locator('.published tbody').filter({ hasText: '0,00' })).toHaveCount(0);
});

test('on paper nothing is cut', { tag: '@desktop' }, async ({ page, demo }) => {
  // A4 less its margins of 15 mm, at 96 dots an inch.
  const width = Math.floor((180 / 25.4) * 96);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width, height: 1000 });
  for (const [path, most] of [
    [PUBLISHED, 5],
    [`/targets/tay-son/${YEAR}`, 3],
  ] as const) {
    await open(page, demo, path);
    await expectNoWider(page, width);
    for (const part of ['.published tbody tr', '.summary .large']) {
      await expect(page.locator(part).first()).toBeVisible();
    }
    for (const line of await page.locator('table.cards tr').all()) {
      await expect(line).toHaveCSS('break-inside', 'avoid');
    }
    await expect(page.locator('.tabs')).toBeHidden();
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)!.length;
    expect(pages, path).toBeLessThanOrEqual(most);
  }
});
