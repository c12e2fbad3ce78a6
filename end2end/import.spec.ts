// Files in two steps, and figures typed by hand: as a manager of one commune does it, with and without
// JavaScript.
import { expect, type Page } from '@playwright/test';
import { at, heading, office, press, setPassword, signIn } from './office.ts';
import { look, test } from './official.ts';
import { axe } from './page.ts';

const YEAR = new Date().getFullYear();
const HEADER = 'unit;year;index;code;name;max;baseline;baseline_rank;rank_of;target;actual;actual_date;source';

/** Targets of one commune. */
const TARGETS = [
  HEADER,
  `ea-kar;${YEAR};par;1;Công tác chỉ đạo điều hành cải cách hành chính;11;10,04;7;11;10,50;;;`,
  `ea-kar;${YEAR};par;2;Cải cách thể chế;4;4;1;11;4;;;`,
  `ea-kar;${YEAR};par;total;Kết quả tổng hợp chung;;80,24;8;11;85,20;;;`,
];

async function upload(page: Page, kind: string, name: string, lines: string[]) {
  await page.getByLabel('Nội dung của tệp').selectOption(kind);
  const buffer = Buffer.from(lines.join('\r\n'));
  await page.getByLabel('Tệp', { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer });
  await press(page, 'Xem trước');
}

test('a file is looked at, written and changed by hand', async ({ page, errors }) => {
  test.setTimeout(240_000);
  const { server, run, load, end } = await office();
  load('targets', TARGETS);
  const link = run('account', 'add', '--name', 'binh@eakar', '--role', 'manager', '--unit', 'ea-kar');
  await setPassword(page, at(server, link));
  await signIn(page, 'binh@eakar');

  // What a manager may not do is not shown.
  await page.getByRole('link', { name: 'Nhập tệp' }).click();
  await expect(heading(page)).toHaveText('Nhập tệp');
  await expect(page.getByRole('link', { name: 'Người dùng' })).toHaveCount(0);
  await look(page, 'import-form');

  // Faults are named by line and column, in both languages; the form is there again.
  const bad = [HEADER, `ea-kar;${YEAR};par;1;Chỉ đạo;11;12;;;mười;;;`, `song-hinh;${YEAR};par;1;Chỉ đạo;;;;;;;;`];
  await upload(page, 'targets', 'chỉ tiêu.csv', bad);
  await expect(page.getByRole('alert')).toContainText('Chưa có gì được ghi');
  await expect(page.getByRole('row', { name: 'Dòng 2' })).toContainText('“mười” không phải là số');
  await expect(page.getByRole('row', { name: 'Dòng 3' })).toContainText('nằm ngoài phạm vi');
  await look(page, 'import-faults');

  // A good file is shown first, and written when confirmed.
  const good = [
    HEADER,
    `ea-kar;${YEAR};par;1;Công tác chỉ đạo điều hành cải cách hành chính;11;10,04;7;11;10,75;10,6;01/03/${YEAR};Báo cáo số 9/BC-UBND`,
    `ea-kar;${YEAR};par;2;Cải cách thể chế;4;4;1;11;4;;;`,
    `ea-kar;${YEAR};dti;total;Kết quả tổng hợp chung;;82;4;11;87;;;`,
  ];
  await upload(page, 'targets', 'chỉ tiêu.csv', good);
  await expect(heading(page)).toHaveText('Xem trước: chỉ tiêu');
  await expect(page.getByRole('row', { name: 'Dòng 2' })).toContainText('10,50 → 10,75');
  await look(page, 'import-plan');
  await press(page, 'Ghi 2 thay đổi');
  await expect(page.getByRole('status')).toHaveText('Đã ghi 2 thay đổi: chỉ tiêu.');
  await look(page, 'import-done');

  // A result is entered by hand, from the review.
  await page.goto(`${server.base}/targets/ea-kar/${YEAR}`);
  await page.getByRole('link', { name: 'Nhập chỉ tiêu và kết quả' }).click();
  await look(page, 'import-targets');
  await page.getByLabel('Chỉ tiêu: Cải cách thể chế').fill('4,5');
  await page.getByLabel('Kết quả đạt được: Cải cách thể chế').fill('3,75');
  await press(page, 'Lưu thay đổi bảng PAR');
  await expect(page.getByRole('alert')).toContainText('Chưa lưu');
  await expect(page.getByLabel('Chỉ tiêu: Cải cách thể chế')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Kết quả đạt được: Cải cách thể chế')).toHaveValue('3,75');
  await look(page, 'import-targets-wrong');
  await page.getByLabel('Chỉ tiêu: Cải cách thể chế').fill('3,9');
  await press(page, 'Lưu thay đổi bảng PAR');
  await expect(page.getByRole('status')).toHaveText('Đã lưu.');
  await expect(page.getByRole('row', { name: /binh@eakar.*PAR 2/ })).toContainText('4 → 3,9');
  await page.getByText('Thêm dòng').first().click();
  await look(page, 'import-targets-saved');

  // Dossiers by month.
  await page.getByRole('link', { name: 'Số hồ sơ' }).click();
  await page.getByLabel(`Số hồ sơ đã giải quyết: 01/${YEAR}`).fill('1.250');
  await press(page, 'Lưu thay đổi');
  await expect(page.getByRole('row', { name: /binh@eakar/ })).toContainText('1.250');
  await look(page, 'import-dossiers');

  // In English.
  await page.getByRole('link', { name: 'English' }).click();
  await expect(heading(page)).toHaveText(`Dossiers of ${YEAR}`);
  await axe(page);
  await page.getByRole('link', { name: 'Import' }).click();
  await expect(heading(page)).toHaveText('Import a file');
  await axe(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download targets as XLSX' }).click(),
  ]);
  await page.getByLabel('What the file holds').selectOption('targets');
  await page.getByLabel('File', { exact: true }).setInputFiles(await download.path());
  await press(page, 'Preview');
  await expect(page.getByText('The file says what is there already')).toBeVisible();
  errors.splice(0, errors.length, ...errors.filter((line) => !/status of (4\d\d)/.test(line)));
  await end();
});
