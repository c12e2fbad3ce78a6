# Lời của báo cáo tháng, danh sách báo cáo và trang so sánh hai tháng.

tab-report = Báo cáo
simulated-report = Số liệu trong báo cáo này do máy tạo ra để dùng thử, không phải ý kiến của người dân.

report-title = { $unit } – Báo cáo tháng { $month }
report-heading = Báo cáo tháng { $month }
report-running = { $unit } – Báo cáo mức độ hài lòng tháng { $month }
report-page = Trang
report-month = Tháng
report-questionnaire = Bộ câu hỏi
report-version = Bộ câu hỏi { $code }: { $n } phiếu

## Đầu và cuối văn bản (chỉ khi in)

report-not-sipas = (Khảo sát tại quầy; không phải chỉ số SIPAS do Bộ Nội vụ công bố)

## Trạng thái

report-status-open = Đang mở
report-status-due = Chờ khóa sổ
report-status-sealed = Đã khóa sổ
report-status-broken = Không khớp niêm phong
report-status-corrected = Có đính chính
report-state-open = Tháng chưa kết thúc: số liệu đến ngày { $day }, còn thay đổi.
report-state-empty = Tháng này chưa có phiếu. Báo cáo chỉ được khóa sổ khi tháng có phiếu hoặc nằm trong mười hai tháng sau một tháng có phiếu.
report-state-due = Tháng đã kết thúc; báo cáo sẽ được khóa sổ trong ít phút, số liệu còn có thể thay đổi.
report-state-sealed = lúc { $time }; số liệu không thay đổi nữa.
report-state-sealed-before = Khóa sổ lúc { $time }; số liệu đã khóa giữ nguyên, phiếu đến sau được nêu ở phần riêng.
report-state-corrected = Sau khi khóa sổ có thêm { $n } phiếu: xem phần đính chính.
report-unit-opened = Đơn vị bắt đầu hoạt động từ ngày { $day }, nên báo cáo chỉ tính từ ngày đó.
report-closed-on = kết thúc ngày { $day }

## Thao tác

report-actions = Tải về và in
report-file-docx = Tải bản Word
report-file-xlsx = Tải bản Excel
report-file-csv = CSV
report-file-json = JSON
report-file-stem = bao-cao-hai-long
report-file-title = Báo cáo mức độ hài lòng – { $unit } – { $month }
report-print = In hoặc lưu PDF
report-list = Các tháng khác

## Tóm tắt

report-clusters = Số cụm (điểm phục vụ theo ngày)
report-points = Nhận xét chung
report-partial = Có thành phần chưa ai trả lời; chỉ số tính trên các thành phần còn lại.
report-point-month = So với tháng trước ({ $month }: { $score }): { $by } điểm, khoảng tin cậy 95% từ { $low } đến { $high }; { $says }.
report-point-month-none = So với tháng trước ({ $month }): { $why }.
report-point-year = So với cùng kỳ năm trước ({ $month }: { $score }): { $by } điểm, khoảng tin cậy 95% từ { $low } đến { $high }; { $says }.
report-point-year-none = So với cùng kỳ năm trước ({ $month }): { $why }.
report-not-compared-no-answers = tháng { $month } chưa có phiếu, nên chưa so sánh được
report-not-compared-other-questionnaire = hai tháng dùng hai bộ câu hỏi khác nhau, nên không so sánh được
report-not-compared-overlap = hai kỳ trùng nhau một phần, nên không so sánh được
report-says-rising = tăng, khó có thể là ngẫu nhiên
report-says-falling = giảm, khó có thể là ngẫu nhiên
report-says-unclear = chưa đủ căn cứ để kết luận tăng hay giảm
report-point-goal = Chỉ tiêu năm { $year } là { $target }; từ đầu năm đến nay đạt { $score } (chênh { $by } điểm); nhận định: { $says }.
report-point-goal-none = Chỉ tiêu năm { $year } là { $target }; chưa đủ số liệu để so sánh.
report-point-extremes = Thành phần cao nhất: { $high } ({ $highest }); thấp nhất: { $low } ({ $lowest }).
report-point-driver = Nội dung kéo điểm xuống nhiều nhất: “{ $text }”; nếu mọi người đều hài lòng với nội dung này thì chỉ số tăng thêm { $by } điểm.

## Các bảng

report-design-effect = Hệ số thiết kế
report-answers = Số câu trả lời
report-items-intro = Mỗi nội dung: tỷ lệ năm mức trả lời (và số câu trả lời từ mức 1 đến mức 5), điểm cùng khoảng tin cậy 95%.
scale-1 = Rất không hài lòng
scale-2 = Không hài lòng
scale-3 = Bình thường
scale-4 = Hài lòng
scale-5 = Rất hài lòng
report-change-heading = Thay đổi so với tháng trước và cùng kỳ năm trước
report-since-month = So với tháng trước ({ $month })
report-since-year = So với cùng kỳ năm trước ({ $month })
report-baseline = Kết quả năm trước
report-goals-heading = Thực hiện chỉ tiêu
report-shares-heading = Theo kênh, giai đoạn và lĩnh vực
report-by-channel = Theo kênh trả lời
report-by-stage = Theo giai đoạn giải quyết hồ sơ
report-stage-filing = Đang nộp hồ sơ
report-stage-result = Đã nhận kết quả
report-stage-asking = Chỉ hỏi thông tin
report-by-field = Theo lĩnh vực
report-no-interval = Phiếu theo giai đoạn và lĩnh vực chỉ được đếm theo tháng, không theo điểm phục vụ và ngày, nên không biết các điểm, các ngày khác nhau bao nhiêu và không tính được khoảng tin cậy.
report-stage-index = Chỉ số của một giai đoạn là trung bình cộng của các thành phần được hỏi ở giai đoạn đó.
report-unpublished = “Không công bố”: số liệu dựa trên ý kiến của dưới 5 người, hoặc có thể được suy ra từ số liệu khác, kể cả số liệu của đơn vị cấp dưới.
report-small-sample = Số liệu dựa trên ý kiến của dưới 30 người được ghi “ít mẫu”.
report-after-month = Chỉ có sau khi tháng kết thúc.
report-not-said = Không ghi
channel-qr = Mã QR
channel-kiosk = Máy tự phục vụ
channel-assisted = Có người hỗ trợ
channel-paper = Phiếu giấy
channel-phone = Điện thoại
report-trend-heading = Mười ba tháng gần nhất
report-trend-none = Chưa có câu trả lời nào trong những tháng này.
report-trend-line = Chỉ số trong tháng
report-trend-few = Tháng ít mẫu
report-trend-withheld = Tháng chưa đủ 5 người
report-trend-columns = Số phiếu mỗi tháng
report-trend-axis = Trục điểm không bắt đầu từ 0.

## Chất lượng số liệu

report-quality-heading = Ý kiến ghi thêm và chất lượng số liệu
report-comments = Có { $n } phiếu ghi thêm ý kiến. Báo cáo chỉ đếm, không trích dẫn.
report-comments-none = Không có phiếu nào ghi thêm ý kiến.
report-share = { $n } ({ $percent } %)
report-not-applicable = Câu trả lời “Không áp dụng / Chưa có kết quả”
report-simulated = Phiếu mô phỏng
report-flags = Cần xem lại
report-flag-few = Cả tháng có chưa đến 30 phiếu: số liệu chỉ để tham khảo.
report-flag-too-good = { $unit }: điểm trên { $score } với hơn { $n } phiếu. Kết quả gần như tuyệt đối thì nên kiểm tra lại cách thu phiếu (ngưỡng do hệ thống này đề xuất).
report-pairs = Số cặp
report-reliability-none = Cronbach’s alpha chỉ được tính khi khóa tháng và khi có từ 100 phiếu trở lên.

## Đính chính, địa giới

report-correction-heading = Đính chính
report-correction-more = Sau khi báo cáo được khóa sổ, có thêm { $n } phiếu của tháng này (nhập muộn hoặc nhập từ tệp). Số liệu đã khóa được giữ nguyên; dưới đây là số liệu tính lại đến nay.
report-dossiers-heading = Số hồ sơ bổ sung sau khi khóa sổ
report-dossiers-added = Khi khóa sổ chưa có số hồ sơ đã giải quyết của tháng; đến nay là { $dossiers } hồ sơ. Tỷ lệ trả lời tính trên số này là { $percent } %; với sai số { $error } % cần { $needed } phiếu.
report-dossiers-changed = Khi khóa sổ, số hồ sơ đã giải quyết của tháng là { $sealed }; đến nay là { $dossiers } hồ sơ. Tỷ lệ trả lời tính trên số này là { $percent } %; với sai số { $error } % cần { $needed } phiếu.
report-dossiers-enough = Số phiếu đã đủ.
report-dossiers-missing = Còn thiếu { $n } phiếu.
report-late = Số liệu tháng { $month } ở đây đã gồm { $n } phiếu đến sau khi báo cáo tháng đó được khóa sổ, nên khác số liệu đã khóa sổ.
report-correction-responses = Bộ câu hỏi { $code }: { $low } phiếu khi khóa, { $high } phiếu đến nay.
report-correction-few = Chưa đủ 5 phiếu mới, nên chưa công bố điểm tính lại, để không lộ ý kiến của từng người.
report-correction-some = Dấu “–” ở cột “Đến nay”: có dưới 5 người mới trả lời, nên chưa công bố điểm tính lại.
report-as-sealed = Khi khóa
report-as-now = Đến nay
report-borders-heading = Theo địa giới cũ và mới
report-borders-why = Trong tháng có sắp xếp đơn vị. Báo cáo này tính theo đơn vị của ngày trả lời; bảng dưới đặt cạnh nhau số liệu của đơn vị cũ, của đơn vị này và của các điểm phục vụ nay thuộc đơn vị này.
report-borders-column = Đơn vị
report-borders-before = { $unit } (đến { $day })
report-borders-own = { $unit } (đơn vị của ngày trả lời)
report-borders-now = { $unit } (các điểm phục vụ hiện nay)

## Phương pháp

report-method-heading = Phương pháp và căn cứ
report-formula = Công thức: điểm nội dung = tỷ lệ hoặc điểm trung bình nêu trên; điểm thành phần = trung bình cộng điểm các nội dung; chỉ số = trung bình cộng điểm các thành phần.
report-source = Nguồn câu hỏi:
report-program = Phiên bản chương trình
report-made-at = Lập lúc
report-sealed-at = Khóa sổ lúc
report-sealed-by = Khóa sổ bởi
report-closed-by-person = Người phụ trách báo cáo, không đợi đến giờ tự động
report-closed-by-schedule = Tự động theo giờ đã đặt
report-closed-by-late = Tự động, khóa bổ sung sau hạn
report-hash = Mã kiểm tra SHA-256 của bản đã khóa
report-seal-why = Mã kiểm tra tính trên bản JSON đã khóa: tải bản JSON và tính lại SHA-256 thì phải ra đúng mã này.

## Danh sách

reports-title = { $unit } – Báo cáo tháng
reports-heading = Báo cáo tháng
reports-why = Mỗi tháng một báo cáo. Hết tháng, báo cáo tự động được khóa sổ và giữ nguyên; phiếu nhập muộn được ghi thành đính chính bên cạnh.
reports-none = Chưa có tháng nào có báo cáo.
reports-months = Các tháng
reports-month = Tháng { $month }
reports-status = Trạng thái
reports-sealed-at = lúc { $time }
reports-sealed-before = khóa sổ lúc { $time }
reports-more = thêm { $n } sau khi khóa
reports-files = Tải về
reports-file-of = tháng { $month }
reports-file-docx = Word
reports-file-xlsx = Excel
reports-file-csv = CSV
reports-file-json = JSON
reports-delivery = Khóa sổ và người nhận báo cáo
reports-mails = Thư
reports-mails-sent = { $n } đã gửi
reports-mails-queued = { $n } chờ gửi
reports-mails-failed = { $n } không gửi được

## So sánh hai tháng

compare-title = { $unit } – So sánh tháng { $low } và tháng { $high }
compare-heading = So sánh tháng { $low } và tháng { $high }
compare-choose = So sánh hai tháng
compare-before = Tháng gốc
compare-after = Tháng so sánh
compare-show = So sánh
compare-same = Hai tháng giống nhau, xin chọn tháng khác.
compare-as-now = Trang này tính theo số liệu đến nay, gồm cả phiếu nhập sau khi khóa.
