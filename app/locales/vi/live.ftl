# Bảng kết quả trực tiếp và màn hình ở sảnh.

live-on = Trực tiếp
live-connecting = Đang kết nối
live-lost = Mất kết nối, đang nối lại
live-back = Đã nối lại, số liệu lại được cập nhật.
live-revoked = Đường dẫn màn hình này đã bị thu hồi.
live-signed-out = Phiên làm việc đã hết, xin đăng nhập lại.
live-said = Chỉ số hài lòng: { $score }. Đã có { $n } phiếu.

today-heading = Hôm nay
today-now = Hôm nay, đến lúc này
today-weekday-column = So với các { $weekday } trước (cả ngày)
today-alone = Hôm nay là { $weekday }, đến lúc này có { $n } phiếu. Bốn tuần qua chưa có { $weekday } nào để so sánh.
today-usual = Đến lúc này có { $n } phiếu. Trong { $weeks } { $weekday } gần nhất có phiếu, trung bình mỗi ngày có { $mean } phiếu.
today-usual-score = Đến lúc này có { $n } phiếu, chỉ số { $score }. Trong { $weeks } { $weekday } gần nhất có phiếu, trung bình mỗi ngày có { $mean } phiếu, chỉ số từ { $low } đến { $high }.
weekday-1 = thứ Hai
weekday-2 = thứ Ba
weekday-3 = thứ Tư
weekday-4 = thứ Năm
weekday-5 = thứ Sáu
weekday-6 = thứ Bảy
weekday-7 = Chủ nhật
hours-heading = Phiếu đến theo giờ
hour = { $hour } giờ
hour-short = { $hour }h
hour-column = Giờ
hours-unknown = chưa rõ
hours-unknown-why = Ô gạch chéo: chưa rõ, vì hệ thống không lưu giờ gửi phiếu, chỉ đếm được từ lúc chương trình bắt đầu chạy.

usual-heading = Thấp hơn mức thường thấy
usual-unknown = Chưa đủ số liệu để so sánh.
usual-none = Đã so sánh { $n } mục: không mục nào thấp hơn mức thường thấy.
usual-recent = 7 ngày qua
usual-usual = Thường thấy
usual-change = Chênh lệch
usual-means = So 7 ngày từ { $recent_from } đến { $recent_to } với 12 tuần trước đó ({ $before_from } – { $before_to }). Chỉ nêu những mục có chênh lệch khó do ngẫu nhiên (mức ý nghĩa 5%, hiệu chỉnh Holm). Cách so sánh này do hệ thống đề xuất.

trend-break-questionnaire = Từ { $day } dùng bộ câu hỏi khác: không so sánh với những ngày trước.
trend-break-unit = Từ { $day } tổ chức đơn vị thay đổi: không so sánh với những ngày trước.

tv-index = Mức độ hài lòng của người dân
tv-simulated = Dữ liệu mô phỏng
tv-not-sipas = Khảo sát tại quầy, không phải chỉ số SIPAS của Bộ Nội vụ.
tv-empty = Chưa có câu trả lời nào trong kỳ này.
tv-responses = { $n } phiếu
