# Lời của giao diện. Người dân được gọi là Ông/Bà; câu ngắn, nói như ở quầy.

app-name = Hài lòng
language-name = Tiếng Việt
simulated = Dữ liệu mô phỏng.
simulated-citizen = Đây là trang dùng thử: câu trả lời không tính vào kết quả thật.

## Phiếu của người dân

respond-title = Ý kiến của Ông/Bà
respond-heading = Ông/Bà có hài lòng với việc phục vụ ở đây không?
respond-why = Ý kiến của Ông/Bà giúp nơi này phục vụ người dân tốt hơn. Phiếu có { $n } câu, mất khoảng { $minutes } phút. Câu nào không muốn trả lời thì bỏ qua.
privacy-lead = Phiếu không ghi tên.
privacy-text = Chỉ lưu ngày, điểm phục vụ, ngôn ngữ và những gì Ông/Bà chọn hoặc viết ở đây. Không lưu họ tên, số điện thoại, địa chỉ thiết bị hay giờ gửi.
stage-legend = Việc của Ông/Bà đến đâu rồi?
stage-filing = Đang nộp hồ sơ
stage-result = Đã nhận kết quả
stage-asking = Chỉ hỏi thông tin
more-items = Trả lời thêm ({ $n } câu, không bắt buộc)
more-field = Trả lời thêm (không bắt buộc)
field-label = Ông/Bà đến làm việc về lĩnh vực nào?
field-none = Chọn một lĩnh vực
comment-label = Ông/Bà có muốn góp ý thêm không?
comment-hint = Không bắt buộc. Xin đừng ghi tên người hay số giấy tờ, số điện thoại.
send = Gửi câu trả lời
footer-code = Mã điểm phục vụ:
footer-method = Câu hỏi theo

error-title = Chưa gửi được: { $title }
error-heading = Chưa gửi được. Xin Ông/Bà xem lại:
error-kept = Những gì Ông/Bà đã chọn vẫn còn nguyên.
too-often-heading = Có quá nhiều phiếu gửi liên tiếp
too-often-text = Câu trả lời của Ông/Bà vẫn còn đây. Xin đợi { $seconds } giây rồi bấm “Gửi câu trả lời” một lần nữa.
busy-heading = Hệ thống đang bận
busy-text = Câu trả lời của Ông/Bà vẫn còn đây. Xin đợi vài giây rồi bấm “Gửi câu trả lời” một lần nữa.

## Lý do không nhận được, cũng dùng cho giao diện lập trình

problem-at = { $at } – { $problem }
problem-not-a-uuid = Mã của phiếu không đúng. Xin mở lại trang.
problem-unknown-questionnaire = Không có bộ câu hỏi này.
problem-unknown-form = Không có mẫu phiếu này.
problem-unknown-item = Phiếu không có câu hỏi này.
problem-not-an-answer = Xin chọn một trong các câu trả lời có sẵn.
problem-no-answer = Ông/Bà chưa chọn câu trả lời nào. Xin chọn ít nhất một câu.
problem-unknown-stage = Xin chọn một trong ba việc có sẵn.
problem-too-long = Nội dung dài quá. Xin viết ngắn lại.
problem-control-character = Nội dung có ký tự không đọc được. Xin viết lại.
problem-unknown-language = Chưa có ngôn ngữ này.
problem-not-seconds = Số giây không đúng.
problem-unknown-field = Không có mục này.
problem-wrong-type = Nội dung không đúng kiểu.
problem-twice = Mục này được gửi hai lần.
problem-not-a-day = Ngày không đúng.
problem-end-before-start = Ngày bắt đầu phải trước hoặc trùng ngày kết thúc.
problem-unknown-channel = Không có kênh này.

note-withheld = Chưa đủ 5 người trả lời, hoặc có thể suy ra từ số liệu khác, nên chưa công bố
note-no-answers = Chưa có câu trả lời
note-not-measured = Không đo
note-partial = Thiếu thành phần chưa có câu trả lời
note-few = Ít mẫu: dưới 30 người trả lời
note-no-interval = Chưa đủ 10 cụm (điểm phục vụ theo ngày) hoặc 30 câu trả lời để tính khoảng tin cậy

## Trang cảm ơn

thanks-heading = Cảm ơn Ông/Bà!
thanks-stored = Câu trả lời của Ông/Bà đã được lưu.
thanks-kept-first = Phiếu này đã gửi trước đó rồi. Câu trả lời đầu tiên của Ông/Bà được giữ, lần gửi sau không tính.
thanks-use = Ý kiến này sẽ giúp nơi đây phục vụ người dân tốt hơn.
thanks-close = Ông/Bà có thể đóng trang này.
thanks-kiosk = Trang sẽ tự trở về đầu sau vài giây, để người kế tiếp trả lời.
thanks-start = Bắt đầu lại

## Thông báo

skip = Đến nội dung chính
notice-home = Về trang chủ
notice-unknown-point-heading = Không tìm thấy điểm phục vụ này
notice-unknown-point-text = Mã Ông/Bà vừa mở không có trong hệ thống. Xin quét lại ô mã QR, hoặc về trang chủ rồi nhập mã in bên dưới ô đó.
notice-closed-point-heading = Điểm này không còn nhận ý kiến
notice-closed-point-text = Điểm phục vụ này đã ngừng nhận câu trả lời. Xin Ông/Bà quét mã QR đang đặt tại quầy. Cảm ơn Ông/Bà.
notice-revoked-code-heading = Mã này đã được thay bằng mã mới
notice-revoked-code-text = Điểm phục vụ vẫn nhận ý kiến, nhưng bằng mã khác. Xin Ông/Bà quét mã QR đang đặt tại quầy. Cảm ơn Ông/Bà.
notice-not-found-heading = Không có trang này
notice-not-found-text = Địa chỉ không đúng, hoặc trang đã được dời đi.
notice-unauthorized-heading = Cần đăng nhập
notice-unauthorized-text = Trang này chỉ dành cho cán bộ được cấp quyền. Xin đăng nhập, hoặc liên hệ quản trị viên của đơn vị.
notice-revoked-display-heading = Đường dẫn màn hình này đã bị thu hồi
notice-revoked-display-text = Xin quản trị viên của đơn vị cấp đường dẫn mới cho màn hình.
notice-forbidden-heading = Ngoài phạm vi được xem
notice-forbidden-text = Quyền của Ông/Bà không bao gồm đơn vị hoặc việc này.
notice-loopback-only-heading = Chưa mở cho bên ngoài
notice-loopback-only-text = Hệ thống chưa có tài khoản hay khóa truy cập nào, nên trang này chỉ xem được ngay trên máy chủ. Người quản trị tạo tài khoản đầu tiên bằng lệnh “hailong account add”.
notice-bad-request-heading = Không đọc được nội dung gửi lên
notice-bad-request-text = Xin quay lại, tải lại trang rồi gửi một lần nữa.
notice-bad-address-heading = Địa chỉ thiếu hoặc sai thông tin
notice-bad-address-text = Xin xem lại tháng, ngày hoặc định dạng trong địa chỉ, hoặc quay lại trang trước.
notice-end-before-start-heading = Ngày bắt đầu phải trước hoặc trùng ngày kết thúc
notice-end-before-start-text = Xin quay lại trang trước rồi chọn lại ngày.
notice-cross-site-heading = Phiếu được gửi từ một trang khác
notice-cross-site-text = Để tránh giả mạo, hệ thống chỉ nhận phiếu gửi từ chính trang này. Xin quét lại mã QR tại quầy.
notice-too-large-heading = Nội dung dài quá
notice-too-large-text = Xin quay lại, viết ngắn hơn rồi gửi một lần nữa.
notice-file-too-large-heading = Tệp lớn quá
notice-file-too-large-text = Hệ thống không nhận tệp này và chưa ghi gì. Xin chia thành nhiều tệp nhỏ hơn, hoặc nhờ người quản trị máy chủ nhập bằng lệnh “hailong import”.
notice-busy-heading = Hệ thống đang bận
notice-busy-text = Có nhiều người cùng truy cập. Xin đợi vài giây rồi thử lại.
notice-too-often-heading = Gửi quá nhiều lần liên tiếp
notice-too-often-text = Xin đợi một lát rồi thử lại.
notice-slow-heading = Nội dung gửi lên quá chậm
notice-slow-text = Đường truyền có thể bị gián đoạn. Xin quay lại rồi gửi một lần nữa.
notice-not-as-sealed-heading = Báo cáo không khớp niêm phong
notice-not-as-sealed-text = Báo cáo đang lưu không phải là bản đã khóa sổ, nên không hiển thị số liệu. Xin báo người quản trị kiểm tra bằng lệnh hailong audit verify.
notice-internal-heading = Hệ thống gặp lỗi
notice-internal-text = Lỗi đã được ghi lại để khắc phục. Xin thử lại sau ít phút.
notice-method-not-allowed-heading = Trang này không nhận thao tác đó
notice-method-not-allowed-text = Xin mở lại trang từ đầu.

## Trang chủ

home-what = Người dân cho ý kiến ngay tại quầy; cơ quan xem kết quả và làm tốt hơn.
home-code-heading = Góp ý về nơi vừa phục vụ Ông/Bà
home-code-label = Mã in dưới ô QR
home-code-hint = Mười chữ cái và chữ số, viết hoa hay viết thường đều được.
home-code-send = Mở phiếu
home-boards-heading = Xem kết quả
home-ended = (đã kết thúc)
home-boards-none = Chưa có đơn vị nào công khai kết quả. Cán bộ xin đăng nhập để xem.
home-method = Câu hỏi theo phương pháp đo lường sự hài lòng của Bộ Nội vụ. Kết quả ở đây là khảo sát tại quầy, không phải chỉ số SIPAS do Bộ Nội vụ công bố.

## Bảng kết quả

simulated-board = Số liệu trên trang này do máy tạo ra để dùng thử, không phải ý kiến thật.
board-title = { $unit } – Chỉ số hài lòng
board-path = Đơn vị cấp trên
board-index-heading = Chỉ số hài lòng về cung ứng dịch vụ hành chính công (khảo sát tại quầy)
board-not-sipas = Đây không phải chỉ số SIPAS do Bộ Nội vụ công bố.
board-further = Xem tiếp trong trang này
board-place = điểm phục vụ
board-freshness = Số liệu lúc { $time } ngày { $day }
board-just-now = vừa xong
board-minutes = cách đây {"{n}"} phút
board-hours = cách đây {"{n}"} giờ
board-closed = Đơn vị này đã kết thúc hoạt động ngày { $day }. Số liệu được giữ lại để tra cứu.
board-successors = Nay là:
board-predecessors = Tiếp nối:
kind-province = Cấp tỉnh
kind-department = Sở, ngành
kind-district = Cấp huyện
kind-commune = Cấp xã
kind-vertical = Cơ quan ngành dọc
kind-centre = Trung tâm phục vụ hành chính công
kind-branch = Chi nhánh
kind-reception = Bộ phận Một cửa

period = Kỳ xem
period-dates = Từ { $from } đến { $to }
period-one-day = Ngày { $from }
period-month = Tháng này
period-last-month = Tháng trước
period-days = 30 ngày
period-year = Từ đầu năm
period-final-month = Tháng cuối
period-final-days = 30 ngày cuối
period-final-year = Năm cuối
period-from = Từ ngày
period-to = Đến ngày
period-choose = Chọn ngày khác
period-show = Xem
rule = Cách tính
rule-top2 = Tỷ lệ hài lòng
rule-mean5 = Điểm trung bình
rule-top2-means = Tỷ lệ trả lời “Hài lòng” và “Rất hài lòng”, tính theo phần trăm.
rule-mean5-means = Điểm trung bình của thang 5 mức, quy về 100.

board-range = Khoảng { $about }, từ { $low } đến { $high } (độ tin cậy 95%).
board-no-range = Chưa đủ số liệu để tính khoảng tin cậy.
range = từ { $low } đến { $high }
range-column = Khoảng tin cậy 95%
board-responses = Phiếu trong kỳ
board-today = Phiếu hôm nay
board-partial = Chưa ai trả lời về: { $names }. Chỉ số tính trên các thành phần còn lại.
board-other-versions = Trong kỳ còn { $n } phiếu theo bộ câu hỏi { $code }. Hai bộ câu hỏi khác nhau nên không gộp chung.
board-overall-unmeasured = Nhóm I (chính sách) không hỏi tại quầy, nên không có chỉ số chung của hai nhóm.

withheld = Chưa đủ 5 người trả lời
withheld-short = Chưa đủ 5
none = Chưa có câu trả lời
unpublished = Không công bố, để không suy ra được số liệu khác
unpublished-short = Không công bố
none-short = Chưa có
few = ít mẫu
withheld-means = Chưa đủ 5 người trả lời, hoặc có thể suy ra từ số khác: không công bố, để không lộ ý kiến của từng người.
few-means = Dưới 30 người trả lời: số có thể thay đổi nhiều, xem để tham khảo.
none-means = Chưa ai trả lời: chưa biết, không phải là 0.
legend = Chú thích
tints = Màu nền theo điểm
tint-1 = dưới 50
tint-2 = từ 50 đến dưới 65
tint-3 = từ 65 đến dưới 80
tint-4 = từ 80 đến dưới 90
tint-5 = từ 90 trở lên
persons = { $n } người
see-table = Xem bảng số

components-heading = Năm thành phần
components-desc = Biểu đồ thanh ngang, thang từ 0 đến 100. { $list }
components-column = Thành phần
items-heading = Từng nội dung
items-intro = Mỗi nội dung: điểm, tỷ lệ năm mức trả lời và số người đã trả lời.
items-column = Nội dung
distribution = Tỷ lệ năm mức trả lời
share = { $label }: { $n } ({ $percent }%)
not-applicable = Không áp dụng
persons-column = Số người
score-column = Điểm

trend-heading = 30 ngày qua
trend-heading-to = 30 ngày đến { $day }
trend-none = Chưa có câu trả lời nào trong những ngày này.
trend-desc = Chỉ số mỗi ngày từ { $from } đến { $to }. Thấp nhất { $low }, cao nhất { $high }, gần nhất { $last }.
trend-desc-empty = Từ { $from } đến { $to } chưa có ngày nào đủ số người trả lời.
trend-point = { $day }: { $score } ({ $n } phiếu)
trend-line = Chỉ số trong ngày
trend-few = Ngày ít mẫu
trend-withheld = Ngày chưa đủ 5 người
trend-columns = Số phiếu mỗi ngày
day-column = Ngày
responses-column = Số phiếu
index-column = Chỉ số

parts-heading = Đơn vị và điểm phục vụ trực thuộc
parts-heading-units = Các đơn vị trực thuộc
parts-heading-points = Các điểm phục vụ
parts-none = Chưa có đơn vị hay điểm phục vụ nào.
parts-name = Tên
parts-scroll = Bảng kết quả theo đơn vị, điểm phục vụ
parts-sort = Bấm tên cột để sắp xếp.

method-heading = Cách đọc số liệu
method-index = Chỉ số là trung bình cộng của năm thành phần; mỗi thành phần là trung bình cộng các nội dung của nó. Câu trả lời “Không áp dụng / Chưa có kết quả” không tính vào điểm.
method-release = Số phiếu hôm nay tăng ngay khi có người gửi; điểm của hôm nay chỉ cập nhật theo từng nhóm 5 phiếu ở mỗi điểm, để không ai đoán được ý kiến của một người.
method-source = Bộ câu hỏi { $code }, theo
