# Lời của thư gửi báo cáo tháng.

mail-subject = Báo cáo tháng { $month } về mức độ hài lòng – { $unit }
mail-simulated = [Dữ liệu mô phỏng] { $subject }
mail-greeting = Kính gửi Ông/Bà,
mail-text = Hệ thống Hài lòng gửi báo cáo tháng { $month } về mức độ hài lòng của người dân, tổ chức đối với việc cung ứng dịch vụ hành chính công của { $unit }.
mail-figures = Số phiếu trong tháng: { $n }. { $index }: { $score }.
mail-simulated-text = Số liệu trong báo cáo này do máy tạo ra để dùng thử, không phải ý kiến của người dân.
mail-files = Tệp đính kèm: { $list }
mail-link = Xem báo cáo trên trang (cần quyền xem): { $link }
mail-automatic = Thư này do hệ thống tự động gửi; xin không trả lời thư này. Nếu không muốn nhận thư nữa, xin báo người quản trị hệ thống của đơn vị.
