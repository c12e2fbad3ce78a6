//! Dated units: a response keeps the unit of its day.

use axum::http::StatusCode;
use domain::access::Role;
use server::service::import::Kind;
use uuid::Uuid;

use crate::files::import;
use crate::house::{House, both};
use crate::visitor::Visitor;

both! {
    async fn results_stay_with_the_unit_of_their_day(engine: Engine) {
        let house = House::new(engine).await;
        let units = "code,parent,kind,name,valid_from,valid_to,predecessors\n\
            h,p,district,Huyện Cũ,,2025-06-30,\nx,p,commune,Xã Mới,2025-07-01,,h\n";
        import(&house, Kind::Units, units).await.unwrap();
        let code = domain::code::make(77);
        let points = format!("code,unit,name,channel,open_from,open_to\n{code},x,Quầy,qr,,\n");
        import(&house, Kind::Points, &points).await.unwrap();
        let header = "id,point,answered_at,questionnaire,stage,field,channel,comment,A1\n";
        let rows = |day: &str, n: usize| -> String {
            (0..n).map(|_| format!("{},{code},{day},,,,,,4\n", Uuid::new_v4())).collect()
        };
        let text = format!("{header}{}{}", rows("2025-06-30", 6), rows("2025-07-01", 8));
        import(&house, Kind::Responses, &text).await.unwrap();
        house.service.look().await.unwrap();
        let all = "?from=2025-01-01&to=2025-12-31";
        assert_eq!(house.index("h", all).await["responses"], 6);
        assert_eq!(house.index("x", all).await["responses"], 8);
        assert_eq!(house.index("p", all).await["responses"], 14);
        let board = house.get(&format!("/boards/h{all}")).await;
        assert!(board.body.contains("30/06/2025") && board.body.contains("/boards/x"), "{}", board.body);
        // A unit that has ended takes no more answers, and a point moved to another keeps its past.
        let moved = format!("code,unit,name,channel,open_from,open_to\n{code},c1,Quầy,qr,,\n");
        import(&house, Kind::Points, &moved).await.unwrap();
        house.service.look().await.unwrap();
        assert_eq!(house.index("x", all).await["responses"], 8);
        assert_eq!(house.index("c1", all).await["responses"], 0);
        assert_eq!(house.differences().await, [""; 0]);
    }

    async fn a_unit_does_not_end_before_its_answers(engine: Engine) {
        let house = House::new(engine).await;
        house.answer_all(&house.points[0], 1, 4).await;
        let units = |last: &str| format!("code,parent,kind,name,valid_from,valid_to,predecessors\n\
            t1,c1,centre,Trung tâm Phục vụ hành chính công xã Một,,{last},\n");
        let refused = import(&house, Kind::Units, &units("2026-10-09")).await.unwrap_err().to_string();
        assert!(refused.contains("answered") && refused.contains("10/10/2026"), "{refused}");
        let mut chief = Visitor::with_role(&house, "trưởng@p", Role::Administrator, "p").await;
        let close = |last: &'static str| [("last", last), ("below", "1"), ("typed", "Xã Một")];
        let refused = chief.post("/admin/units/c1/close", &close("2026-10-09")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("đã có phiếu đến hết ngày 10/10/2026"), "{}", refused.body);
        assert!(house.service.organisation().unit("t1").unwrap().valid_to.is_none());
        let closed = chief.post("/admin/units/c1/close", &close("2026-10-10")).await;
        assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
        import(&house, Kind::Units, &units("2026-10-10")).await.unwrap();
        // Another unit has none.
        let others = units("2026-10-09").replace("t1,c1", "t2,c2");
        import(&house, Kind::Units, &others).await.unwrap();
    }

    async fn a_point_of_an_ended_unit_is_closed(engine: Engine) {
        let house = House::new(engine).await;
        let units = "code,parent,kind,name,valid_from,valid_to,predecessors\nt1,c1,centre,Trung tâm,,2026-10-09,\n";
        import(&house, Kind::Units, units).await.unwrap();
        house.service.look().await.unwrap();
        let page = house.get(&format!("/s/{}", house.points[0])).await;
        assert_eq!(page.status, axum::http::StatusCode::GONE);
    }
}
