# Monthly reports: closing, recipients, mails.

admin-reports = Monthly reports
delivery-title = Monthly reports
delivery-lead = Close the months that are over, decide who is sent the reports of which unit, and see what became of each mail.
delivery-quiet = No mail server is configured (HAILONG_SMTP_URL), so no mail is sent. Recipients can be added all the same; mails go out once whoever runs the service has named a mail server.
delivery-only = { $unit } alone
delivery-all = Show all units

delivery-close-heading = Month close
delivery-none-unsealed = All months that are over are sealed. The service seals by itself in the first night of a month, and every night where responses came in for an old month.
delivery-close-text = Months that are over and not sealed, in your part:
delivery-unsealed = { $n ->
    [one] { $month }: one report
   *[other] { $month }: { $n } reports
}
delivery-close-what = What sealing now does
delivery-close-sealed = The report of each of these units is made of the responses that are there, sealed with its hash and kept; it cannot be opened again.
delivery-close-kept = Responses that are entered for these months later are taken, and stand beside the report as a correction.
delivery-close-sent = Those who are recipients now are sent a mail about a month that ended at most 31 days ago; reports of older months are read here. Without this button the service seals by itself in the coming night.
delivery-close-send = Seal now
delivery-closed = { $n ->
    [0] No report waits for its seal any more.
    [one] One report sealed.
   *[other] { $n } reports sealed.
}

delivery-recipients = Recipients
delivery-nobody = Nobody is sent reports yet.
delivery-address = Mail address
delivery-address-hint = One address at a time, such as van-phong@gialai.gov.vn.
delivery-bad-address = Not an address of mail. Write one such as van-phong@gialai.gov.vn.
delivery-lang = Language of the mail
delivery-files = Files
delivery-files-hint = Without a file the mail has a link to the report alone.
delivery-no-files = the link alone
delivery-since = Since
delivery-add-heading = Add a recipient
delivery-add-text = Reports that are sealed from now on are sent to this address, except those of months that ended more than 31 days ago. An address that is there already is written again as chosen here.
delivery-add-send = Add recipient
delivery-added = The recipient is written.
delivery-removed = The recipient is taken off.
delivery-stop = Take off
delivery-stop-of = Take off { $name }
delivery-stop-title = Take off { $name }
delivery-stop-what = This address is not sent reports of { $unit } any more; mails that wait are dropped.
delivery-stop-kept = Mails that were sent stay in the list. The address can be added again.
delivery-stop-send = Take off
delivery-stop-back = Leave it as it is
delivery-mistyped = The address typed is another one. Nothing has changed.

delivery-log = Mails
delivery-no-mails = No mails yet. They are made when a month is sealed.
delivery-more = Not all mails are shown: those given up come first, then those that wait, then those sent; of each the newest month first.
delivery-more-unit = Follow the name of a unit for the mails of that unit.
delivery-month = Month
delivery-state = State
delivery-state-queued = Waits to be sent
delivery-state-later = Tried again at { $time }
delivery-state-sent = Sent at { $time }
delivery-state-failed = Given up
delivery-tries = Tries
delivery-problem = Last failure
delivery-problem-refused = The mail server refused (code { $code })
delivery-problem-sign-in = The mail server did not take name or password of the service (code { $code })
delivery-problem-timeout = The mail server did not answer in time
delivery-problem-connection = The mail server could not be reached
delivery-problem-tls = The connection to the mail server could not be encrypted
delivery-problem-address = The address cannot be used
delivery-problem-other = The mail could not be made ({ $code })
delivery-again = Try again
delivery-again-of = Try the report of { $month } to { $name } again
delivery-again-done = The mail waits to be sent again.
