# Lời của trang chỉ tiêu, trang phân tích và trang cách tính.

tabs = Các trang của đơn vị
simulated-targets = Số đo tại quầy trên trang này do máy tạo ra để dùng thử; số nhập từ văn bản thì có ghi nguồn.
simulated-sheet = Mã trên trang này dẫn đến phiếu dùng thử: câu trả lời không tính vào kết quả thật.
tab-board = Bảng kết quả
tab-targets = Chỉ tiêu
tab-analysis = Phân tích
method-link = Cách tính và giới hạn của số liệu
chance-least = dưới 1%
chance-most = trên 99%

## Đánh giá chỉ tiêu

targets-title = { $unit } – Chỉ tiêu năm { $year }
targets-heading = Đánh giá chỉ tiêu năm { $year }
targets-year = Năm
targets-row = Nội dung
targets-max = Điểm tối đa
targets-baseline = Kết quả { $year }
targets-target = Chỉ tiêu { $year }
targets-current = Kết quả đến nay
targets-result = Kết quả năm { $year }
targets-true = Khả năng giá trị thật từ đầu năm đến nay đã đạt mức chỉ tiêu: { $percent }.
targets-broken = Không so sánh trực tiếp số liệu trước và sau { $list }: cách đo hoặc địa giới đã thay đổi.
targets-gap = Chênh
targets-projection = Dự báo cả năm
targets-verdict = Nhận định
targets-trend = 13 tháng
targets-trend-title = Điểm từng tháng: { $list }
targets-rank = Thứ hạng
targets-rank-of = hạng { $n }/{ $to }
targets-rank-now = hạng { $n }
targets-rank-tied = đồng hạng { $n }
place = { $n }/{ $to } (từ { $low } đến { $high })
targets-inherited = của { $unit }, năm { $year }
targets-entered = số nhập, ngày { $day }
targets-entered-undated = số nhập, chưa ghi ngày
targets-published = số công bố: { $score } ({ $day })
targets-published-undated = số công bố: { $score } (chưa ghi ngày)
targets-not-entered = Chưa nhập
targets-chance = khả năng đạt: { $percent }
targets-goal = Mục tiêu nêu trong lời văn của kế hoạch:
targets-goal-differs = Lời văn ghi { $stated }, bảng ghi { $target }.
targets-source = Nguồn:
targets-no-target = Chưa có chỉ tiêu riêng của năm này.
targets-outlook = Nếu các tháng còn lại tương tự từ đầu năm đến nay, kết quả cả năm dự kiến khoảng { $about }, trong khoảng từ { $low } đến { $high }. Khả năng đạt chỉ tiêu: { $percent }.
verdict-met = Đạt
verdict-missed = Không đạt
verdict-likely = Có khả năng đạt
verdict-unclear = Chưa rõ
verdict-unlikely = Khó đạt
verdict-insufficient = Chưa đủ số liệu
index-sipas = SIPAS – Chỉ số hài lòng của người dân, tổ chức
index-par = PAR INDEX – Chỉ số cải cách hành chính
index-ddci = DDCI – Chỉ số năng lực cạnh tranh cấp địa phương
index-dti = DTI – Chỉ số đánh giá chuyển đổi số

finding-heading = Chỗ chưa khớp trong bảng
finding-note = Ghi chú về bảng
finding-components = { $list }, { $names }: bảng ghi { $stated }; trung bình các thành phần là { $computed }.
finding-stated-groups = { $list }, { $names }: bảng ghi { $stated }; trung bình hai nhóm như bảng ghi là { $computed }.
finding-recomputed-groups = { $list }, { $names }: bảng ghi { $stated }; trung bình hai nhóm tính lại từ thành phần là { $computed }.
finding-sum = { $list }, { $names }: bảng ghi { $stated }; cộng các lĩnh vực được { $computed }.
finding-ten-means = { $list }, { $names }: bảng ghi { $stated }; trung bình các tiêu chí nhân 10 được { $computed }.
finding-increment = { $list }, { $names }: bảng ghi { $stated }, tức tăng { $low }, trong khi phần lớn các dòng tăng { $high }; có thể do gõ nhầm, số đúng có thể là { $computed }.
finding-row = dòng { $code } – { $names }
finding-holds = { $list }: các số tổng khớp với các dòng của bảng.
finding-mended = Nếu sửa những chỗ có thể gõ nhầm ấy thì cả bảng khớp.
finding-no-weights = Nhóm { $names } không tính lại được từ các chỉ số bên trong: không có trọng số.
finding-kept = Số đã nhập được giữ nguyên như trong văn bản.

rules-heading = So sánh hai cách tính
rules-why = Cùng một số phiếu, tính theo hai cách. Chưa có văn bản công khai nào nói rõ Bộ Nội vụ dùng cách nào.

targets-method-verdict = Nhận định “có khả năng đạt” khi khả năng đạt từ 80% trở lên, “khó đạt” khi không quá 20%, ở giữa là “chưa rõ”; số nhập từ văn bản khi năm chưa hết cũng là “chưa rõ”. “Đạt” và “không đạt” chỉ được kết luận khi đã hết năm. “Chưa đủ số liệu” khi chưa có chỉ tiêu, chưa nhập kết quả, hoặc chưa đủ phiếu để tính khoảng tin cậy. Hai mốc 80% và 20% do hệ thống này đề xuất.
targets-method-projection = Dự báo cả năm giả định những tháng còn lại có số phiếu và kết quả như từ đầu năm đến nay, không tính xu hướng hay mùa vụ.
why-not-sipas = Chỉ số này không phải SIPAS do Bộ Nội vụ công bố: SIPAS hỏi các hộ gia đình được chọn ngẫu nhiên, còn ở đây là người vừa đến làm thủ tục và tự nguyện trả lời. Vì vậy hai số có thể khác nhau.

## Phân tích

analysis-title = { $unit } – Phân tích
analysis-heading = Phân tích
analysis-choose = Chọn ngày khác hoặc đơn vị để so sánh
analysis-with = So sánh với
analysis-with-none = Không so sánh
change-heading = Thay đổi so với kỳ trước
change-now = { $list }: { $n } phiếu.
change-against = So với kỳ { $list }.
change-before = Kỳ trước
change-after = Kỳ này
change-by = Thay đổi
change-says = Kết luận
change-no-answers = Một trong hai bên chưa có phiếu nào, nên chưa so sánh được.
change-other-questionnaire = Hai bên dùng hai bộ câu hỏi khác nhau nên không so sánh được.
change-overlap = Hai kỳ (hoặc hai đơn vị) trùng nhau một phần nên không so sánh được.
difference-heading = So với { $unit }
difference-other = Đơn vị so sánh
difference-own = Đơn vị đang xem
direction-rising = Tăng
direction-falling = Giảm
direction-higher = Cao hơn
direction-lower = Thấp hơn
direction-unclear = Chưa đủ căn cứ
direction-none = Chưa đủ số liệu
p = p = { $score }
p-least = p < 0,001
drivers-heading = Nội dung kéo điểm xuống nhiều nhất
drivers-why = Cột cuối là số điểm chỉ số sẽ tăng thêm nếu mọi người đều hài lòng với nội dung đó (khoảng cách đến 100 nhân với trọng số). Đây là phép tính, chưa phải nguyên nhân.
drivers-gain = Có thể tăng
drivers-rest = Xem các nội dung còn lại
ranks-heading = Thứ hạng: { $names }
ranks-why = Chỉ xếp hạng điểm phục vụ, đơn vị có từ { $n } phiếu trở lên. Khoảng hạng cho biết mức độ chắc chắn của thứ hạng (độ tin cậy 95%).
ranks-place = Hạng
ranks-range = Khoảng hạng
ranks-tied = đồng hạng { $n }
ranks-none = Chưa đủ phiếu
population-heading = Số phiếu so với số hồ sơ đã giải quyết
population-none = Chưa có số hồ sơ đã giải quyết của kỳ này, nên chưa tính được tỷ lệ trả lời.
population-months = Tháng có số hồ sơ: { $list }
population-dossiers = Hồ sơ đã giải quyết
population-rate = Tỷ lệ trả lời
population-error = Phiếu cần có theo công thức của QĐ 1383 (e = { $percent }%)
population-width = Phiếu cần có để khoảng tin cậy là ±{ $n } điểm
population-enough = { $n } – đã đủ
population-missing = { $n } – còn thiếu { $to }
population-corrected = Khoảng tin cậy có hiệu chỉnh theo tổng số hồ sơ
population-part = Chỉ tính phiếu của đơn vị và tháng đã có số hồ sơ; phần còn lại của kỳ chưa có số hồ sơ nên không tính ở đây.
population-why = Số phiếu cần có theo công thức n = N / (1 + N·e²) trong tài liệu tập huấn năm 2013 về phương pháp của QĐ 1383/QĐ-BNV. Khoảng tin cậy có hiệu chỉnh chỉ để tham khảo bên cạnh khoảng thông thường, vì người trả lời là tự nguyện.
instrument-heading = Độ tin cậy của bộ câu hỏi
instrument-why = Phần này đọc từng phiếu của 12 tháng đã kết thúc gần nhất, nên chỉ tính khi cần.
instrument-compute = Tính độ tin cậy của bộ câu hỏi
instrument-none = Chưa có phiếu nào trong 12 tháng đã kết thúc gần nhất.
instrument-of = { $list }: { $n } phiếu.
instrument-all = Năm thành phần với nhau: Cronbach’s alpha { $score }, trên { $n } cặp câu trả lời của phiếu ngắn.
instrument-all-few = Năm thành phần với nhau: chưa đủ 100 cặp câu trả lời.
instrument-alpha = Cronbach’s alpha
instrument-correlation = Tương quan với phần còn lại
instrument-few = Chưa đủ 100 cặp
instrument-pairs = { $n } cặp
instrument-responses = { $n } phiếu
instrument-means = Cronbach’s alpha cho biết các câu hỏi có cùng đo một nội dung hay không: càng gần 1 càng nhất quán. Trong một thành phần, chỉ tính phiếu trả lời từ hai câu trở lên của thành phần đó (phần trả lời thêm, phiếu đầy đủ, phiếu giấy), tức là của người tự nguyện trả lời thêm. Giữa các thành phần thì dùng phiếu ngắn. Thành phần vừa có thể tăng nhiều điểm vừa tương quan cao với phần còn lại là thành phần chi phối điểm của đơn vị nhiều nhất. Dưới 100 cặp thì không công bố; tháng dưới 100 phiếu không được tính.
analysis-method-change = “Tăng” hay “giảm” chỉ được nói khi thay đổi khó có thể là ngẫu nhiên (5%, đã điều chỉnh theo Holm cho năm thành phần). Nếu không, trang ghi “chưa đủ căn cứ”.

## Cách tính

method-title = Cách tính và giới hạn của số liệu
method-what = Con số này nói về điều gì
method-what-asked = Người dân trả lời tại quầy hoặc ngay sau khi về. Mỗi phiếu ngắn hỏi một câu của mỗi thành phần; các câu luân phiên đều nhau để cùng nhau đủ bộ câu hỏi chính thức.
method-estimand = Điểm phản ánh đánh giá của người đến giao dịch trong kỳ tại các điểm phục vụ này. Chênh lệch lâu dài giữa các quầy không phải là sai số chọn mẫu. Người trả lời là tự nguyện: khoảng tin cậy không bù được việc người không trả lời có thể nghĩ khác.
method-score = Từ câu trả lời đến chỉ số
method-score-rules = Có hai cách tính điểm một câu: tỷ lệ trả lời “Hài lòng” và “Rất hài lòng”, hoặc điểm trung bình của thang 5 mức quy về 100. Chưa có văn bản công khai nào nói rõ Bộ Nội vụ dùng cách nào.
method-score-decimals = Không làm tròn giữa chừng; chỉ khi hiển thị mới làm tròn đến hai chữ số thập phân, chữ số 5 được làm tròn lên.
method-interval = Khoảng tin cậy
method-interval-how = Câu trả lời của cùng một điểm trong cùng một ngày thường giống nhau, nên mỗi điểm mỗi ngày là một cụm. Phương sai được tính theo cụm (tuyến tính hóa Taylor), khoảng tin cậy 95% theo phân phối Student. Các câu hỏi cùng cụm được tính chung, nên tương quan giữa chúng không bị bỏ qua.
method-interval-when = Dưới 10 cụm hoặc dưới 30 câu trả lời thì không có khoảng tin cậy. Khi mọi câu trả lời đều như nhau, khoảng tin cậy tính theo Wilson, coi các câu trả lời là độc lập, nên có thể hẹp hơn thực tế.
method-interval-coverage = Kiểm bằng mô phỏng với ảnh hưởng theo ngày và câu hỏi luân phiên: từ 93 đến 97 trên 100 khoảng chứa giá trị thật. Khi các quầy khác nhau lâu dài, khoảng này rộng hơn mức cần.
method-target = Chỉ tiêu và dự báo
method-target-entered = Số nhập từ văn bản và số tính được đặt cạnh nhau; số đã nhập không bao giờ bị ghi đè. Số liệu trước và sau năm 2022, trước và sau ngày 01/07/2025 không nối liền với nhau, vì cách đo hoặc địa giới đã đổi.
method-compare = So sánh, thứ hạng, cỡ mẫu
method-rank = Thứ hạng chỉ tính giữa các đơn vị cùng loại có đủ phiếu; điểm hiển thị bằng nhau thì đồng hạng. Khoảng hạng được tính bằng mô phỏng với một bộ số ngẫu nhiên cố định, nên cùng số liệu luôn cho cùng kết quả.
method-population = Khi biết số hồ sơ đã giải quyết, trang phân tích cho biết tỷ lệ trả lời, số phiếu cần có và số còn thiếu. Khoảng tin cậy có hiệu chỉnh theo tổng thể hữu hạn đặt bên cạnh, không thay khoảng thông thường.
method-instrument = Độ tin cậy của bộ câu hỏi
method-shown = Khi nào không công bố
method-shown-why = Số dựa trên dưới 5 người không được công bố (“Chưa đủ 5”); một số khác cũng được giữ lại (“Không công bố”) nếu từ đó có thể suy ra số này bằng phép trừ. Dưới 30 người thì ghi “ít mẫu”.
method-legal = Căn cứ
method-legal-open = Trọng số bằng nhau giữa các thành phần và giữa hai nhóm được kiểm từ các bảng đã công bố. Công thức tính điểm từng câu trong phụ lục chưa công khai, nên là một lựa chọn của bộ câu hỏi.

## Tờ in mã QR

tab-sheet = In mã QR
sheet-title = { $unit } – In mã QR
sheet-heading = In mã QR cho các điểm phục vụ
sheet-text = { $n } điểm phục vụ đang mở, mỗi điểm một nhãn. In đúng cỡ (100%), không co giãn theo trang.
sheet-none = Đơn vị này chưa có điểm phục vụ nào đang mở.
sheet-loopback = Hệ thống chưa có địa chỉ công khai nên mã in ra chỉ dùng được trên máy này. Xin báo quản trị viên trước khi in.
sheet-plain = Địa chỉ trong mã bắt đầu bằng http://: câu trả lời của người dân không được mã hóa trên đường truyền.
sheet-layout = Cỡ nhãn
sheet-print = In ngay
sheet-file = Tải tệp để in
sheet-how = Cắt theo các dấu mảnh ở mép và ở giữa trang. Không có nút “In ngay” thì bấm Ctrl+P.
layout-a4-1 = A4, một nhãn
layout-a4-2 = A4, hai nhãn
layout-a4-4 = A4, bốn nhãn
layout-a4-8 = A4, tám nhãn
layout-a5 = Khổ A5
layout-a6 = Khổ A6
layout-sticker = Nhãn dán nhỏ (12 nhãn một trang A4)
label-scan = Quét mã để góp ý về việc phục vụ
label-privacy = Không cần cài ứng dụng. Phiếu không ghi tên.
label-simulated = Dữ liệu mô phỏng
