# Đơn vị, điểm phục vụ, và các bước bắt đầu.

admin-units = Đơn vị
admin-points = Điểm phục vụ
audit-act-point-revoke = Thu hồi mã của điểm
audit-act-point-reissue = Cấp mã mới cho điểm
sheet-one = Nhãn của một điểm: { $point }. In đúng cỡ (100%), không co cho vừa trang.
sheet-all = In nhãn của mọi điểm trong đơn vị
home-start = Hệ thống chưa được thiết lập xong.

## Dùng chung

office-saved = Đã lưu thay đổi.
office-import = Có danh sách sẵn trong tệp? Nhập từ tệp
units-bad-name = Tên không được để trống và dài nhiều nhất 200 ký tự.
units-bad-code = Mã chỉ gồm chữ cái không dấu, chữ số, dấu chấm và gạch nối; nhiều nhất 64 ký tự.
units-code-taken = Mã này đã có đơn vị dùng.
units-no-kind = Xin chọn một loại đơn vị.
units-no-unit = Xin chọn một đơn vị còn hoạt động trong phạm vi của Ông/Bà.
units-not-a-day = Xin nhập ngày đúng dạng, ví dụ 2026-07-01.
units-bad-order = Ngày cuối không được trước ngày đầu.
units-bad-kin = Có đơn vị không chọn được: ngoài phạm vi của Ông/Bà, đã kết thúc, hoặc hai đơn vị thành kế thừa lẫn nhau.
units-answered = Đơn vị đã có phiếu đến hết ngày { $day }, nên ngày cuối không được trước ngày đó.
units-mistyped = Tên vừa nhập không trùng. Chưa có gì thay đổi.
points-no-channel = Xin chọn cách nhận ý kiến.
office-typed = Nhập “{ $name }” để xác nhận

## Đơn vị

units-title = Đơn vị
units-lead = Cây đơn vị trong phạm vi của Ông/Bà. Đơn vị không bị xóa, chỉ kết thúc vào một ngày: kết quả cũ vẫn xem được.
units-none = Chưa có đơn vị nào.
units-name = Tên đơn vị
units-kind = Loại
units-kind-none = Chọn một loại
units-valid = Thời gian hoạt động
units-valid-always = không giới hạn
units-valid-from = từ { $from }
units-valid-to = đến hết { $to }
units-valid-both = từ { $from } đến hết { $to }
units-ended = đã kết thúc
units-not-yet = chưa bắt đầu
units-public = Công khai
units-public-yes = Công khai
units-public-no = Nội bộ
units-points = Điểm đang mở
units-points-of = { $n } điểm đang mở của { $unit }
units-add-heading = Thêm đơn vị
units-add-send = Thêm đơn vị
units-parent = Thuộc đơn vị
units-parent-hint = Đơn vị cao nhất được tạo cùng tài khoản đầu tiên, hoặc nhập từ tệp.
units-code = Mã đơn vị
units-code-hint = Đứng trong địa chỉ trang và trong tệp, không đổi được về sau. Để trống thì hệ thống đặt theo tên.
units-from = Ngày bắt đầu hoạt động
units-from-hint = Không bắt buộc; cần khi đơn vị mới thành lập sau sáp nhập, chia tách.
units-public-label = Công khai kết quả: ai cũng xem được bảng kết quả, không cần đăng nhập
units-kin-open = Kế thừa đơn vị cũ (sáp nhập, chia tách)
units-predecessors = Đơn vị này kế thừa
units-predecessors-hint = Khi đơn vị cũ đã kết thúc, người có quyền ở đó có quyền ở đơn vị này; kết quả và chỉ tiêu cũ được xem tiếp tại đây.

unit-code = Mã
unit-above = Đơn vị cấp trên
unit-board = Bảng kết quả
unit-points = Điểm phục vụ
unit-change-heading = Tên, loại và công khai
unit-change-send = Lưu
unit-kin-heading = Sáp nhập, chia tách
unit-kin-before = Kế thừa: { $units }
unit-kin-before-none = Không kế thừa đơn vị nào.
unit-kin-after = Được kế thừa bởi: { $units }
unit-kin-none = Chưa có đơn vị nào khác trong phạm vi của Ông/Bà.
unit-kin-open = Sửa danh sách đơn vị được kế thừa
unit-kin-send = Lưu
unit-close-heading = Kết thúc đơn vị
unit-close-text = Khi sáp nhập, chia tách hoặc giải thể. Trang sau nói rõ sẽ có gì thay đổi trước khi làm.
unit-close-open = Kết thúc đơn vị này
unit-reopen-text = Đơn vị đã kết thúc hoặc đã có ngày kết thúc ({ $day }). Bỏ ngày này thì đơn vị và các điểm còn mở của nó lại hoạt động; đơn vị bên dưới không đổi theo.
unit-reopen-send = Cho hoạt động lại

close-title = Kết thúc { $unit }
close-what-heading = Sẽ có gì thay đổi
close-what-points = { $n ->
    [0] Đơn vị không có điểm nào đang mở.
   *[other] { $n } điểm đang mở của đơn vị ngừng nhận ý kiến sau ngày cuối; ai quét mã sẽ thấy lời báo điểm đã ngừng. Muốn giữ mã đã in thì chuyển điểm sang đơn vị khác trước.
}
close-what-kept = Mọi phiếu, bảng kết quả, báo cáo và chỉ tiêu đã có đều được giữ nguyên.
close-what-rights = Người có quyền ở đơn vị này có quyền ở các đơn vị kế thừa được chọn dưới đây.
close-what-below = Còn { $n } đơn vị bên dưới đang hoạt động: { $units }. Nếu không chọn ô dưới đây, các đơn vị ấy vẫn hoạt động.
close-last = Ngày cuối hoạt động
close-last-hint = Hết ngày này đơn vị mới kết thúc.
close-below = Kết thúc cả các đơn vị bên dưới trong cùng ngày
close-successors = Đơn vị kế thừa
close-successors-hint = Không bắt buộc. Đơn vị mới phải được thêm trước thì mới có ở đây.
close-send = Kết thúc đơn vị
close-back = Không kết thúc, quay lại

## Điểm phục vụ

points-title = Điểm phục vụ
points-lead = Mỗi điểm (quầy, máy, bàn tiếp dân) có một mã QR riêng. Chọn đơn vị để mở, sửa hay đóng điểm.
points-none = Chưa có đơn vị nào trong phạm vi của Ông/Bà.
points-of-title = Điểm phục vụ – { $unit }
points-of-none = Đơn vị này chưa có điểm nào.
points-name = Tên điểm
points-name-hint = In trên nhãn, ví dụ “Quầy 3 – Hộ tịch, chứng thực”.
points-code = Mã
points-old-code = Mã cũ { $code }, thu hồi ngày { $day }
points-channel = Nhận ý kiến bằng
points-channel-none = Chọn một cách
points-state = Tình trạng
points-state-open = Đang mở
points-state-open-until = Đang mở, đến hết { $day }
points-state-not-yet = Chưa mở, mở từ { $day }
points-state-closed = Đã đóng, nhận phiếu đến hết { $day }
points-state-unit = Đóng theo đơn vị
points-from = Mở từ ngày
points-from-hint = Không bắt buộc; để trống thì mở ngay.
points-open-heading = Mở điểm mới
points-open-text = Hệ thống tự đặt mã cho điểm.
points-open-send = Mở điểm
points-ended = Đơn vị đã kết thúc nên không mở điểm mới được.
points-sheet = In mã QR của đơn vị

point-opened = Đã mở điểm. Mã của điểm là { $code }.
point-replaced = Đã thu hồi mã cũ. Mã mới là { $code }: xin in nhãn mới và thay tại quầy.
point-sheet = In mã QR của điểm này
point-page = Trang của người dân
point-old-heading = Mã đã thu hồi
point-change-heading = Sửa điểm
point-unit = Thuộc đơn vị
point-unit-note = Chuyển điểm sang đơn vị khác thì phiếu đã nhận vẫn thuộc đơn vị cũ; mã đã in vẫn dùng được.
point-change-send = Lưu
point-close-heading = Đóng điểm
point-close-text = Sau ngày cuối, ai quét mã sẽ thấy lời báo điểm đã ngừng nhận ý kiến. Có thể mở lại với cùng mã.
point-last = Ngày cuối nhận phiếu
point-last-hint = Chọn hôm nay thì điểm đóng khi hết ngày; chọn hôm qua thì đóng ngay.
point-close-send = Đóng điểm
point-reopen-heading = Mở lại điểm
point-reopen-text = Điểm nhận phiếu trở lại, với mã đã in.
point-reopen-send = Mở lại
point-revoke-heading = Thay mã
point-revoke-text = Khi mã bị sao chép, phát tán hoặc bị lạm dụng. Trang sau nói rõ sẽ có gì thay đổi trước khi làm.
point-revoke-open = Thu hồi mã và cấp mã mới

revoke-title = Thay mã của { $point }
revoke-what-heading = Sẽ có gì thay đổi
revoke-what-old = Mã { $code } mất hiệu lực ngay và không bao giờ dùng lại: mọi nhãn đã in với mã này phải bỏ. Ai quét mã cũ sẽ được báo quét mã mới tại quầy.
revoke-what-new = Điểm nhận một mã mới; xin in nhãn và thay tại quầy ngay sau đó.
revoke-what-kept = Điểm vẫn là một: mọi phiếu đã nhận, số liệu, biểu đồ và báo cáo được nối tiếp, bảng kết quả vẫn một dòng.
revoke-send = Thu hồi mã và cấp mã mới
revoke-back = Không thay, quay lại

## Bắt đầu

start-title = Các bước bắt đầu
start-lead = Từ cơ sở dữ liệu trống đến nhãn QR đầu tiên. Trang đọc tình trạng từ cơ sở dữ liệu; việc nào xong thì tự được đánh dấu.
start-done = Mọi việc cần thiết đã xong.
start-state-done = Đã có
start-state-missing = Còn thiếu
start-state-optional = Không bắt buộc
start-administrator-heading = Quản trị viên đầu tiên
start-administrator-done = { $n } quản trị viên đăng nhập được.
start-administrator-missing = Chưa có ai đăng nhập được. Trên máy chủ, chạy lệnh sau với tên và đơn vị thật, rồi mở đường dẫn dùng một lần mà lệnh in ra để đặt mật khẩu:
start-administrator-new = Lệnh này cũng tạo đơn vị cao nhất. --unit là mã, không đổi được về sau.
start-administrator-invited = { $n } người đã được mời nhưng chưa đặt mật khẩu.
start-administrator-link = Người dùng
start-second-heading = Xác thực hai bước
start-second-done = Mọi quản trị viên đã bật hoặc bị buộc phải bật xác thực hai bước.
start-second-missing = { $n ->
    [0] Sau khi có quản trị viên, yêu cầu mỗi người bật xác thực hai bước.
   *[other] { $n } quản trị viên chưa bật và chưa bị buộc phải bật. Quản trị viên xem và đổi được mọi thứ, nên chỉ một mật khẩu là chưa đủ an toàn.
}
start-second-own = Bật cho tài khoản của tôi
start-second-link = Yêu cầu ở trang người dùng
start-units-heading = Đơn vị
start-units-done = { $n } đơn vị đang hoạt động.
start-units-missing = Thêm các đơn vị bên dưới đơn vị cao nhất, hoặc nhập cả danh sách từ tệp.
start-points-heading = Điểm phục vụ
start-points-done = { $n } điểm đang nhận ý kiến.
start-points-missing = Mở ít nhất một điểm: một quầy, một máy hay một bàn tiếp dân.
start-address-heading = Địa chỉ công khai
start-address-done = Mã QR dẫn tới địa chỉ mà máy khác mở được.
start-address-missing = Mã QR đang dẫn tới chính máy chủ này, điện thoại của người dân không mở được. Trước khi in nhãn, đặt địa chỉ công khai cho dịch vụ rồi khởi động lại, ví dụ:
start-sheet-heading = Nhãn QR
start-sheet-done = Tờ in nhãn đã được mở.
start-sheet-missing = In nhãn có mã QR và đặt tại quầy.
start-sheet-link = Tờ in nhãn
start-dossiers-heading = Số hồ sơ
start-dossiers-done = Đã có số hồ sơ giải quyết.
start-dossiers-missing = Số hồ sơ giải quyết mỗi tháng cho biết bao nhiêu phần người dân đã trả lời, và cần bao nhiêu phiếu.
start-dossiers-link = Số hồ sơ
start-targets-heading = Chỉ tiêu
start-targets-done = Đã có bảng chỉ tiêu.
start-targets-missing = Nhập kết quả năm trước và chỉ tiêu năm nay để so với kết quả đo được.
start-targets-link = Chỉ tiêu
start-mail-heading = Gửi báo cáo qua thư
start-mail-done = Đã có người nhận báo cáo tháng.
start-mail-missing = Báo cáo tháng có thể tự gửi qua thư: đặt HAILONG_SMTP_URL và HAILONG_MAIL_FROM cho dịch vụ, rồi thêm người nhận.
start-mail-link = Người nhận báo cáo
start-import-link = Nhập từ tệp
