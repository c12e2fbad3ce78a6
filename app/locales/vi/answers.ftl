# Nhập phiếu giấy, phiếu hỏi qua điện thoại.

answers-open = Nhập phiếu giấy
answers-open-of = Nhập phiếu giấy của { $point }
answers-title = Nhập phiếu giấy – { $point }
answers-lead = Chép đúng từng phiếu người dân đã điền trên giấy, hoặc đã trả lời qua điện thoại. Câu nào để trống trên phiếu thì giữ “Bỏ trống”. Nhật ký ghi ai nhập bao nhiêu phiếu của ngày nào.
answers-when = Ngày và cách trả lời
answers-day = Ngày trả lời
answers-day-hint = Ngày ghi trên phiếu, ví dụ 24/11/2026; không sau hôm nay. Phiếu sau giữ ngày và cách này.
answers-bad-day = Ngày trả lời – xin ghi ngày đúng dạng, ví dụ 24/11/2026, không sau hôm nay.
answers-not-open = Ngày trả lời – điểm không nhận phiếu vào ngày này.
answers-other-unit = Ngày trả lời – vào ngày này điểm thuộc đơn vị ngoài phạm vi của Ông/Bà.
answers-channel = Trả lời bằng
answers-no-channel = Trả lời bằng – xin chọn phiếu giấy hoặc điện thoại.
answers-scale = Chọn “Không áp dụng” khi phiếu ghi không áp dụng hoặc chưa có kết quả.
answers-na = Không áp dụng
answers-blank = Bỏ trống
answers-rest = Thông tin khác trên phiếu
answers-stage = Việc của người dân
answers-field = Lĩnh vực
answers-comment = Góp ý
answers-comment-hint = Không bắt buộc. Không chép tên người, số giấy tờ, số điện thoại.
answers-send = Lưu phiếu
answers-stored = Đã lưu phiếu. Xin nhập phiếu tiếp theo.
answers-known = Phiếu này đã được lưu trước đó nên không tính thêm.
answers-differs = Chưa lưu: từ trang này đã lưu một phiếu khác, ngày { $day }. Nếu đây là một phiếu nữa, xin bấm “Lưu phiếu” một lần nữa.
answers-busy = Hệ thống đang bận, phiếu chưa được lưu. Xin đợi vài giây rồi bấm “Lưu phiếu” một lần nữa.
answers-entered = Đã nhập { $n } phiếu trong lượt này.
