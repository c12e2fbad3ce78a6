# The words of the mail that brings a monthly report.

mail-subject = Monthly satisfaction report { $month } – { $unit }
mail-simulated = [Simulated data] { $subject }
mail-greeting = Dear reader,
mail-text = Hài lòng sends you the report of { $month } on how satisfied citizens and organisations are with the public administrative services of { $unit }.
mail-figures = Responses of the month: { $n }. { $index }: { $score }.
mail-simulated-text = The figures of this report were made by a machine to try the program; they are not opinions of citizens.
mail-files = Files attached: { $list }
mail-link = The report as a page (for those who may read it): { $link }
mail-automatic = This mail was sent automatically; please do not reply to it. If you no longer wish to receive it, please tell the administrator of the office.
