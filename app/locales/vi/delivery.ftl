# Báo cáo tháng: khóa sổ, người nhận, thư đã gửi.

admin-reports = Báo cáo tháng
delivery-title = Báo cáo tháng
delivery-lead = Khóa sổ các tháng đã hết, chọn ai nhận báo cáo của đơn vị nào, và xem từng thư đã gửi ra sao.
delivery-quiet = Chưa đặt máy chủ thư (HAILONG_SMTP_URL), nên chưa có thư nào được gửi. Người nhận vẫn thêm được; thư được gửi khi người vận hành đặt máy chủ thư.
delivery-only = Chỉ xem { $unit }
delivery-all = Xem mọi đơn vị

delivery-close-heading = Khóa sổ
delivery-none-unsealed = Mọi tháng đã hết đều đã khóa sổ. Hệ thống tự khóa sổ vào đêm đầu tháng, và mỗi đêm khi có phiếu nhập cho tháng cũ.
delivery-close-text = Các tháng đã hết mà chưa khóa sổ, trong phạm vi của Ông/Bà:
delivery-unsealed = Tháng { $month }: { $n } báo cáo
delivery-close-what = Khóa sổ ngay sẽ làm gì
delivery-close-sealed = Báo cáo của mỗi đơn vị trên được lập từ các phiếu đã có, niêm phong bằng mã băm và giữ nguyên; không mở lại được.
delivery-close-kept = Phiếu nhập sau cho các tháng này vẫn được nhận, và ghi bên cạnh báo cáo như phần đính chính.
delivery-close-sent = Người nhận đang có trong danh sách được gửi thư về tháng kết thúc chưa quá 31 ngày; báo cáo các tháng trước đó xem trên hệ thống. Nếu không bấm, hệ thống tự khóa sổ trong đêm tới.
delivery-close-send = Khóa sổ ngay
delivery-closed = { $n ->
    [0] Không còn báo cáo nào chờ khóa sổ.
   *[other] Đã khóa sổ { $n } báo cáo.
}

delivery-recipients = Người nhận
delivery-nobody = Chưa có ai nhận báo cáo.
delivery-address = Địa chỉ thư
delivery-address-hint = Mỗi lần một địa chỉ, ví dụ van-phong@gialai.gov.vn.
delivery-bad-address = Địa chỉ thư không đúng. Xin ghi một địa chỉ như van-phong@gialai.gov.vn.
delivery-lang = Ngôn ngữ của thư
delivery-files = Tệp đính kèm
delivery-files-hint = Không chọn tệp nào thì thư chỉ có đường dẫn đến báo cáo.
delivery-no-files = chỉ đường dẫn
delivery-since = Nhận từ ngày
delivery-add-heading = Thêm người nhận
delivery-add-text = Báo cáo khóa sổ từ nay trở đi được gửi đến địa chỉ này, trừ báo cáo của tháng đã kết thúc quá 31 ngày. Địa chỉ đã có thì được ghi lại theo lựa chọn mới.
delivery-add-send = Thêm người nhận
delivery-added = Đã ghi người nhận.
delivery-removed = Đã bỏ người nhận.
delivery-stop = Bỏ
delivery-stop-of = Bỏ người nhận { $name }
delivery-stop-title = Bỏ người nhận { $name }
delivery-stop-what = Địa chỉ này không nhận báo cáo của { $unit } nữa; thư đang chờ gửi cũng bị hủy.
delivery-stop-kept = Thư đã gửi vẫn còn trong danh sách thư. Có thể thêm lại sau.
delivery-stop-send = Bỏ người nhận
delivery-stop-back = Không bỏ, quay lại
delivery-mistyped = Địa chỉ vừa nhập không trùng. Chưa có gì thay đổi.

delivery-log = Thư đã gửi
delivery-no-mails = Chưa có thư nào. Thư được lập khi một tháng được khóa sổ.
delivery-more = Chỉ hiện một phần danh sách thư: thư không gửi được xếp trước, tiếp đến thư chờ gửi, sau cùng là thư đã gửi; trong mỗi nhóm, tháng mới nhất xếp trước.
delivery-more-unit = Bấm vào tên đơn vị để xem thư của riêng đơn vị đó.
delivery-month = Tháng
delivery-state = Tình trạng
delivery-state-queued = Chờ gửi
delivery-state-later = Gửi lại lúc { $time }
delivery-state-sent = Đã gửi lúc { $time }
delivery-state-failed = Không gửi được, đã ngừng
delivery-tries = Số lần gửi
delivery-problem = Lỗi lần cuối
delivery-problem-refused = Máy chủ thư từ chối (mã { $code })
delivery-problem-sign-in = Máy chủ thư không nhận tên hoặc mật khẩu của hệ thống (mã { $code })
delivery-problem-timeout = Máy chủ thư không trả lời kịp
delivery-problem-connection = Không kết nối được với máy chủ thư
delivery-problem-tls = Không mã hóa được đường truyền đến máy chủ thư
delivery-problem-address = Địa chỉ không dùng được
delivery-problem-other = Hệ thống không lập được thư ({ $code })
delivery-again = Gửi lại
delivery-again-of = Gửi lại báo cáo { $month } cho { $name }
delivery-again-done = Thư đang chờ gửi lại.
